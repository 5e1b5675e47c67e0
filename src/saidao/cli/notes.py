"""`saidao notes`: doubts inside documents, such as a year that file name and text do not agree on."""

from __future__ import annotations

import click

from saidao.cli.framework import Command
from saidao.cli.options import database_argument, output_options
from saidao.cli.problems import ADVICE, EXPLANATION, list_problems, problem_options
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column

COLUMNS = [
    Column("code", width=18, terminal=False),
    EXPLANATION,
    ADVICE,
    Column("region", width=12),
    Column("year", "integer", width=6),
    Column("type", "code", width=14, terminal=False),
    Column("title", width=30),
    Column("path", width=40, terminal=False),
    Column("member", width=30, terminal=False),
    Column("sheet", width=12, terminal=False),
    Column("row", "integer", width=8, terminal=False),
    Column("detail", width=30, terminal=False),
    Column("document_id", width=17),
]


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(
        database: str, format: str | None, output: str | None, limit: int | None, everything: bool, code: tuple[str, ...],
        region: tuple[str, ...], year: str | None, type: tuple[str, ...],
    ) -> int:  # fmt: skip
        from saidao.store.issues import notes_query

        query = notes_query(code=list(code), region=list(region), year=year, type=list(type))
        return list_problems(
            database, query, "notes", COLUMNS, format=format, output=output, limit=limit,
            everything=everything, say=say,
        )  # fmt: skip

    return Command(
        name="notes",
        say=say,
        callback=run,
        params=[
            database_argument(),
            click.Option(["--code"], metavar="CODE", multiple=True, help=say("problems.option.code")),
            click.Option(["--region"], metavar="NAME", multiple=True, help=say("option.region")),
            click.Option(["--year"], metavar="YEAR", help=say("option.year")),
            click.Option(["--type"], metavar="TYPE", multiple=True, help=say("option.type")),
            *output_options(say),
            *problem_options(say),
        ],
    )
