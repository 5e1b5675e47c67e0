"""Commands that list records of a database: filters in, a table or a file out."""

from __future__ import annotations

import sys
from typing import Any

import click

from saidao.cli.framework import Command, nothing
from saidao.cli.options import database_argument, filter_options, output_options
from saidao.filters import Filters
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column, format_of, write

SHOWN = 20
"""Rows of a table unless told; files hold all."""


def listing(name: str, columns: list[Column], filters: type[Filters], say: Messages) -> click.Command:
    """A command that lists what the method of `Database` with its name answers.

    Args:
        name: of the command, of the method, and of its messages.
        columns: of the table.
        filters: what the method takes.
        say: the messages.
    """

    def run(
        database: str, format: str | None, output: str | None, limit: int | None, everything: bool, **given: Any
    ) -> int:
        import saidao

        chosen = format_of(format, output)
        if limit is None and chosen == "table" and not everything:
            limit = SHOWN
        with saidao.open(database) as opened:
            ask = getattr(opened, name)
            total = len(ask(**given))
            if not total:
                return nothing(say, f"{name}.none", given)
            write(ask(**given, limit=limit), columns, chosen, output, say, name=name)
        shown = total if limit is None else min(limit, total)
        if output not in (None, "-"):
            print(say("output.written", count=f"{shown:,}", path=output), file=sys.stderr)
        elif shown < total and chosen == "table":
            sys.stdout.flush()
            print(say("listing.more", shown=f"{shown:,}", total=f"{total:,}"), file=sys.stderr)
        return 0

    return Command(
        name=name,
        say=say,
        callback=run,
        params=[
            database_argument(),
            *filter_options(say, filters, without=("document", "limit")),
            click.Option(["--limit"], metavar="N", type=click.IntRange(1), help=say("option.limit")),
            click.Option(["--all", "everything"], is_flag=True, help=say("option.all")),
            *output_options(say),
        ],
    )
