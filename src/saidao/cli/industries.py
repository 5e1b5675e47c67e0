"""`saidao industries`: which industries are named where, with the sentence."""

from __future__ import annotations

import click

from saidao.cli.listing import listing
from saidao.filters import Mentions
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column

COLUMNS = [
    Column("id", width=17, terminal=False),
    Column("issuer_region", width=14),
    Column("report_year", "integer", width=6, label="column.year"),
    Column("industry_id", "code", width=16, codes="industry"),
    Column("quote", width=16, label="mentions.quote"),
    Column("status", "code", width=8),
    Column("tools", "codes", width=24, codes="tool"),
    Column("sentence", "sentence", width=80),
    Column("themes", "codes", width=12, codes="theme", terminal=False),
    Column("generic", "boolean", width=8, terminal=False),
    Column("section", "code", width=14, terminal=False),
]
SOURCE_COLUMNS = [
    Column("title", width=40, terminal=False),
    Column("issuer", width=20, terminal=False),
    Column("document_type", "code", width=14, terminal=False, codes="type"),
    Column("date", "date", width=12, terminal=False),
    Column("url", width=30, terminal=False),
    Column("path", width=40, terminal=False),
    Column("member", width=30, terminal=False),
    Column("sheet", width=12, terminal=False),
    Column("row", "integer", width=8, terminal=False),
    Column("document_id", width=17, terminal=False),
    Column("start", "integer", width=8, terminal=False),
    Column("end", "integer", width=8, terminal=False),
]
"""Where a record stands: for every list of what sentences do."""


def command(say: Messages) -> click.Command:
    """The command in a language."""
    return listing("industries", [*COLUMNS, *SOURCE_COLUMNS], Mentions, say)
