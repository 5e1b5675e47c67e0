"""`saidao carriers`: the register of clusters, chains, centres, projects, parks, firms, funds and actions."""

from __future__ import annotations

import click

from saidao.cli.industries import SOURCE_COLUMNS
from saidao.cli.listing import listing
from saidao.filters import Carriers
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column

COLUMNS = [
    Column("id", width=17, terminal=False),
    Column("issuer_region", width=14),
    Column("report_year", "integer", width=6, label="column.year"),
    Column("type", "code", width=10, label="carriers.type", codes="carrier"),
    Column("quote", width=24, label="carriers.quote"),
    Column("number", "integer", width=8),
    Column("scale", width=16),
    Column("deadline", "integer", width=8),
    Column("status", "code", width=8),
    Column("sentence", "sentence", width=80),
    Column("name", width=24, label="carriers.name", terminal=False),
    Column("low", "decimal", width=18, label="carriers.low", terminal=False),
    Column("high", "decimal", width=18, label="carriers.high", terminal=False),
    Column("unit", width=8, label="carriers.unit", terminal=False),
    Column("bound", "code", width=8, terminal=False),
    Column("measured", width=20, terminal=False),
    Column("region", width=12, label="statements.region", terminal=False),
    Column("industries", "codes", width=24, codes="industry", terminal=False),
    Column("tools", "codes", width=24, codes="tool", terminal=False),
    Column("section", "code", width=14, terminal=False),
    Column("statement_id", width=17, label="column.statement", terminal=False),
]


def command(say: Messages) -> click.Command:
    """The command in a language."""
    return listing("carriers", [*COLUMNS, *SOURCE_COLUMNS], Carriers, say)
