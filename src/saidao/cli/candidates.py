"""`saidao candidates`: phrases that look like industries and that no data file knows."""

from __future__ import annotations

import sys
from typing import Any

import click

from saidao.cli.framework import NOTHING, Command
from saidao.cli.options import database_argument, output_options
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column, format_of, write

COLUMNS = [
    Column("name", width=24),
    Column("uses", "integer", width=6),
    Column("documents", "integer", width=9),
    Column("sentence", "sentence", width=80),
]


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(
        database: str,
        region: tuple[str, ...],
        type: tuple[str, ...],
        format: str | None,
        output: str | None,
        **own: Any,
    ) -> int:
        import saidao

        with saidao.open(database) as opened:
            rows = opened.industry_candidates(region=list(region) or None, type=list(type) or None, **own).rows()
        if not rows:
            print(say("candidates.none"), file=sys.stderr)
            return NOTHING
        for row in rows:
            row |= {"quote": row["name"], "quote_start": row["sentence"].find(row["name"])}
        write(rows, COLUMNS, format_of(format, output), output, say, name="candidates")
        return 0

    return Command(
        name="candidates",
        say=say,
        callback=run,
        params=[
            database_argument(),
            click.Option(["--region"], metavar="NAME", multiple=True, help=say("option.region")),
            click.Option(["--year"], metavar="YEAR", help=say("option.year")),
            click.Option(["--type"], metavar="TYPE", multiple=True, help=say("option.type")),
            click.Option(
                ["--uses"], metavar="N", type=click.IntRange(1), default=3, help=say("candidates.option.uses")
            ),
            *output_options(say),
        ],
    )
