"""`saidao statements`: who promises what, how much, by when, with the sentence."""

from __future__ import annotations

import click

from saidao.cli.listing import listing
from saidao.filters import Statements
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column

COLUMNS = [
    Column("id", width=17, terminal=False),
    Column("issuer_region", width=14),
    Column("report_year", "integer", width=6, label="column.year"),
    Column("indicator", width=24),
    Column("quote", width=16),
    Column("status", "code", width=8),
    Column("period", width=9),
    Column("sentence", "sentence", width=80),
    Column("kind", "code", width=10, terminal=False),
    Column("low", "decimal", width=18, terminal=False),
    Column("high", "decimal", width=18, terminal=False),
    Column("unit", width=8, terminal=False),
    Column("bound", "code", width=8, terminal=False),
    Column("region", width=12, label="statements.region", terminal=False),
    Column("industry", width=16, terminal=False),
    Column("industry_id", "code", width=16, terminal=False, codes="industry"),
    Column("scope", width=12, terminal=False),
    Column("hedge", width=12, terminal=False),
    Column("wording", width=16, terminal=False),
    Column("section", "code", width=14, terminal=False),
    Column("indicator_id", width=18, terminal=False),
    Column("title", width=40, terminal=False),
    Column("issuer", width=20, terminal=False),
    Column("type", "code", width=14, terminal=False),
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


def command(say: Messages) -> click.Command:
    """The command in a language."""
    return listing("statements", COLUMNS, Statements, say)
