"""`saidao targets`: every region's targets and results in one table, with what changed and what is missing."""

from __future__ import annotations

import sys
from typing import Any

import click

from saidao.cli.framework import Command, nothing
from saidao.cli.options import database_argument, filter_options, output_options
from saidao.filters import Targets
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column, format_of, opened, write

_DECIMALS = frozenset(
    (
        "low",
        "high",
        "last_low",
        "last_high",
        "result_low",
        "result_high",
        "lowest",
        "highest",
        "mean",
        "median",
        "weighted",
    )
)
_INTEGERS = frozenset(
    ("year", "start", "end", "last_start", "last_end", "result_start", "result_end", "regions", "figures", "in_words",
     "raised", "held", "cut", "new", "reworded", "dropped", "approx", "ge", "le", "range", "eq", "better_result",
     "weighted_regions")
)  # fmt: skip
_WIDE = {"sentence": 80, "quote": 18, "indicator": 20, "title": 30, "qualitative": 20, "document": 17, "region": 14}


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(database: str, part: str, format: str | None, output: str | None, **choice: Any) -> int:
        import saidao

        chosen = format_of(format, output)
        with saidao.open(database) as opened_database:
            found = opened_database.round_up(**choice)
            if not found.cells:
                return nothing(say, "targets.none", choice)
            if chosen == "table":
                _show(found, say)
            elif chosen == "xlsx" and part == "cells":
                from saidao.outputs import round_up_book

                with opened(output, binary=True) as out:
                    round_up_book.write(found, out, say)
            else:
                rows, names = found.part(part)
                write(rows, columns(names), chosen, output, say, name=f"targets.{part}")
            if output not in (None, "-"):
                count = len(found.cells if chosen == "xlsx" else found.part(part)[0])
                print(say("output.written", count=f"{count:,}", path=output), file=sys.stderr)
        return 0

    return Command(
        name="targets",
        say=say,
        callback=run,
        params=[
            database_argument(),
            click.Option(["--year"], metavar="YEAR", help=say("targets.option.year")),
            *filter_options(say, Targets, without=("year",)),
            *output_options(say),
        ],
    )


def columns(names: tuple[str, ...]) -> list[Column]:
    """The columns of a part, for files."""
    made = []
    for name in names:
        kind = "decimal" if name in _DECIMALS else "integer" if name in _INTEGERS else "text"
        if name == "disagrees":
            kind = "list"
        elif name == "sentence":
            kind = "sentence"
        elif name in ("level", "bound", "section"):
            kind = "code"
        made.append(Column(name, kind, width=_WIDE.get(name, 12)))
    return made


def _show(found: Any, say: Messages) -> None:
    """The table to read, what stands under it, and what is missing, for each year that was asked for."""
    from saidao.outputs import round_up

    core = [(line.id, say.indicator(line.id) or line.id) for line in found.indicators]
    for year in found.shown_years:
        print(say("targets.head", year=year, last=year - 1))
        print()
        if len(core) == 1:
            round_up.list_of(found.cells, year, say)
        else:
            left = round_up.matrix(found.cells, year, core, say)
            print(say("targets.legend"))
            if left:
                print(say("targets.left", names=("、" if say.language == "zh" else ", ").join(left)))
        print()
        round_up.under(found.summary, year, say, {id for id, _ in core})
        print()
        round_up.missing(found.coverage, year, say)
        round_up.disagreements(found.cells, year, say)
