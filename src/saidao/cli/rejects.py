"""`saidao rejects`: inputs that did not become documents or statistics, and why."""

from __future__ import annotations

import click

from saidao.cli.framework import Command
from saidao.cli.options import database_argument, output_options
from saidao.cli.problems import ADVICE, EXPLANATION, list_problems, problem_options
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column

COLUMNS = [
    Column("code", width=18, terminal=False),
    Column("path", width=50),
    Column("member", width=20),
    Column("sheet", width=12, terminal=False),
    Column("row", "integer", width=6),
    Column("column", width=12, terminal=False),
    EXPLANATION,
    ADVICE,
    Column("format", width=9, terminal=False),
    Column("detail", width=30, terminal=False),
]


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(
        database: str, code: tuple[str, ...], file: tuple[str, ...], format: str | None, output: str | None,
        limit: int | None, everything: bool,
    ) -> int:  # fmt: skip
        from saidao.store.issues import rejects_query

        query = rejects_query(code=list(code), words=list(file))
        return list_problems(
            database, query, "rejects", COLUMNS, format=format, output=output, limit=limit, everything=everything,
            say=say,
        )  # fmt: skip

    return Command(
        name="rejects",
        say=say,
        callback=run,
        params=[
            database_argument(),
            click.Option(["--code"], metavar="CODE", multiple=True, help=say("problems.option.code")),
            click.Option(["--file"], metavar="WORDS", multiple=True, help=say("problems.option.file")),
            *output_options(say),
            *problem_options(say),
        ],
    )
