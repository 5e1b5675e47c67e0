"""`saidao statements`: who promises what, how much, by when, with the sentence."""

from __future__ import annotations

import sys
from typing import Any

import click

from saidao.cli.framework import NOTHING, Command
from saidao.cli.options import database_argument, filter_options, output_options
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column, format_of, write

SHOWN = 20
"""Rows of a table unless told; files hold all."""

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

    def run(
        database: str, format: str | None, output: str | None, limit: int | None, everything: bool, **filters: Any
    ) -> int:
        import saidao

        chosen = format_of(format, output)
        if limit is None and chosen == "table" and not everything:
            limit = SHOWN
        wanted: dict[str, Any] = {name: _given(value) for name, value in filters.items()}
        with saidao.open(database) as opened:
            total = len(opened.statements(**wanted))
            if not total:
                print(say("statements.none"), file=sys.stderr)
                return NOTHING
            rows = opened.statements(**wanted, limit=limit)
            write(rows, COLUMNS, chosen, output, say)
        shown = total if limit is None else min(limit, total)
        if output not in (None, "-"):
            print(say("output.written", count=f"{shown:,}", path=output), file=sys.stderr)
        elif shown < total and chosen == "table":
            sys.stdout.flush()
            print(say("statements.more", shown=f"{shown:,}", total=f"{total:,}"), file=sys.stderr)
        return 0

    return Command(
        name="statements",
        say=say,
        callback=run,
        params=[
            database_argument(),
            *filter_options(say),
            click.Option(["--limit"], metavar="N", type=click.IntRange(1), help=say("option.limit")),
            click.Option(["--all", "everything"], is_flag=True, help=say("option.all")),
            *output_options(say),
        ],
    )


def _given(value: Any) -> Any:
    """The values of a filter; None where it was not given."""
    return (list(value) if isinstance(value, tuple) else value) or None
