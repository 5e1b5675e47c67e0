"""`saidao matrix`: which regions bet on which industries, how that changed, who else does, and the sentences behind it."""

from __future__ import annotations

import sys
from typing import Any

import click

from saidao.cli.framework import NOTHING, Command
from saidao.cli.listing import SHOWN
from saidao.cli.options import database_argument, filter_options, output_options
from saidao.filters import Matrix
from saidao.outputs.messages import Messages
from saidao.outputs.tables import format_of, opened, write


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(
        database: str, part: str, chart: str | None, format: str | None, output: str | None, limit: int | None,
        everything: bool, **choice: Any,
    ) -> int:  # fmt: skip
        import saidao
        from saidao.outputs import charts, heat, matrix, matrix_book

        chosen = format_of(format, output)
        if chart is not None:
            charts.checked(chart)
        book = chosen == "xlsx" and part == "cells"
        with saidao.open(database) as opened_database:
            found = opened_database.matrix_report(**choice, evidence=book or part == "evidence")
        if not found.cells:
            print(say("matrix.none"), file=sys.stderr)
            if found.gaps and chosen == "table":
                matrix.show_gaps(found.gaps, say, sys.stderr)
            return NOTHING
        if chart is not None:
            if not heat.write_chart(found, chart, say):
                print(say("charts.no_font"), file=sys.stderr)
            print(say("charts.written", path=chart), file=sys.stderr)
        rows, names = found.part(part)
        if book:
            with opened(output, binary=True) as out:
                matrix_book.write(found, out, say)
        elif chosen == "table" and part == "cells" and output in (None, "-"):
            matrix.show(found, say)
        else:
            if chosen == "table" and not everything:
                limit = limit or SHOWN
            write(rows[:limit], matrix.columns(names), chosen, output, say, name=f"matrix.{part}")
            if limit is not None and limit < len(rows) and chosen == "table":
                sys.stdout.flush()
                print(say("listing.more", shown=f"{limit:,}", total=f"{len(rows):,}"), file=sys.stderr)
        if output not in (None, "-"):
            print(say("output.written", count=f"{len(rows[:limit]):,}", path=output), file=sys.stderr)
        return 0

    return Command(
        name="matrix",
        say=say,
        callback=run,
        params=[
            database_argument(),
            *filter_options(say, Matrix),
            click.Option(["--chart"], metavar="FILE", type=click.Path(dir_okay=False), help=say("matrix.option.chart")),
            click.Option(["--limit"], metavar="N", type=click.IntRange(1), help=say("option.limit")),
            click.Option(["--all", "everything"], is_flag=True, help=say("option.all")),
            *output_options(say),
        ],
    )  # fmt: skip
