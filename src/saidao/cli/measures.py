"""`saidao measures`: what government does, with which tools, in which words."""

from __future__ import annotations

import click

from saidao.cli.industries import SOURCE_COLUMNS
from saidao.cli.listing import listing
from saidao.filters import Measures
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column

COLUMNS = [
    Column("id", width=17, terminal=False),
    Column("issuer_region", width=14),
    Column("report_year", "integer", width=6, label="column.year"),
    Column("tools", "codes", width=24, codes="tool"),
    Column("status", "code", width=8),
    Column("themes", "codes", width=12, codes="theme"),
    Column("strength", "integer", width=8),
    Column("sentence", "sentence", width=80),
    Column("industries", "codes", width=24, codes="industry", terminal=False),
    Column("commits", "codes", width=14, codes="commits", terminal=False),
    Column("mechanisms", "codes", width=16, codes="mechanism", terminal=False),
    Column("relations", "codes", width=16, codes="relation", terminal=False),
    Column("regions", "list", width=14, label="measures.regions", terminal=False),
    Column("cues", "list", width=30, terminal=False),
    Column("section", "code", width=14, terminal=False),
]


def command(say: Messages) -> click.Command:
    """The command in a language."""
    return listing("measures", [*COLUMNS, *SOURCE_COLUMNS], Measures, say)
