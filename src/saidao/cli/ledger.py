"""`saidao ledger`: what became of last year's promises."""

from __future__ import annotations

import sys
from typing import Any

import click

from saidao.cli.framework import Command, nothing
from saidao.cli.options import database_argument, filter_options, output_options
from saidao.filters import Ledger
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column, format_of, write

_DECIMALS = frozenset(
    ("gap", "target_low", "target_high", "result_low", "result_high", "other", "statistic", "low", "high", "base",
     "latest", "pace_so_far", "pace_needed", "share", "mean_gap")
)  # fmt: skip
_INTEGERS = frozenset(
    ("year", "made", "due", "target_start", "target_end", "result_start", "result_end",
     "said_start", "said_end", "start", "end", "base_year",
     "latest_year", "latest_start", "latest_end", "repeated", "judged", "kept", "beaten", "met", "missed",
     "not_comparable", "open")
)  # fmt: skip


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(
        database: str, outcome: tuple[str, ...], part: str, format: str | None, output: str | None, **choice: Any
    ) -> int:  # fmt: skip
        import saidao

        chosen = format_of(format, output)
        with saidao.open(database) as opened:
            found = opened.promises(**choice, commitments=part == "commitments")
        rows, names = found.part(part, list(outcome) or None)
        if not rows:
            return nothing(say, "ledger.none", choice)
        if chosen == "table":
            _show(found, rows, part, bool(outcome), say)
            return 0
        write(rows, columns(names), chosen, output, say, name=f"ledger.{part}")
        if output not in (None, "-"):
            print(say("output.written", count=f"{len(rows):,}", path=output), file=sys.stderr)
        return 0

    return Command(
        name="ledger",
        say=say,
        callback=run,
        params=[
            database_argument(),
            click.Option(["--year"], metavar="YEAR", help=say("ledger.option.year")),
            *filter_options(say, Ledger, without=("year",)),
            *output_options(say),
        ],
    )  # fmt: skip


def columns(names: tuple[str, ...]) -> list[Column]:
    """The columns of a part, for files."""
    made = []
    for name in names:
        kind = "decimal" if name in _DECIMALS else "integer" if name in _INTEGERS else "text"
        if name == "disagrees":
            kind = "list"
        elif name.endswith("sentence"):
            kind = "sentence"
        elif name == "level":
            kind = "code"
        made.append(Column(name, kind, width=60 if kind == "sentence" else 14))
    return made


def _show(found: Any, rows: list[dict[str, Any]], part: str, chosen: bool, say: Messages) -> None:
    """The ledger to read: of one indicator or of chosen outcomes a list, else a table of regions and indicators."""
    from saidao.outputs import promises

    core = [(line.id, say.indicator(line.id) or line.id) for line in found.indicators]
    if part == "record":
        promises.record(rows, say)
    elif part == "commitments":
        promises.commitments(rows, say)
    elif len(core) == 1 or chosen:
        promises.list_of(rows, say)
    else:
        for year in found.shown_years:
            print(say("ledger.head", year=year, next=year + 1))
            print()
            left = promises.matrix(rows, year, core, say)
            print(say("ledger.legend"))
            if left:
                print(say("ledger.left", names=("、" if say.language == "zh" else ", ").join(left)))
            print()
        promises.counts(rows, found.shown_years, say, {id for id, _ in core})
    if part == "promises":
        _, growth = found.rules.tolerances["growth"]
        _, level = found.rules.tolerances["level"]
        print(say("ledger.tolerance", points=growth, relative=f"{level * 100:g}"))
