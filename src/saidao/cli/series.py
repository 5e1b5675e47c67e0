"""`saidao series`: one indicator through the years, as a table and a chart."""

from __future__ import annotations

import sys
from typing import Any

import click

from saidao.cli.framework import Command, nothing
from saidao.cli.options import database_argument, output_options
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column, format_of, write

MEASURES = ("growth", "level", "share", "delta")

_DECIMALS = frozenset(("target_low", "target_high", "result_low", "result_high", "statistic", "gap"))
_INTEGERS = frozenset(("year", "target_start", "target_end", "result_start", "result_end"))
_CODES = {
    "level": "level", "measure": "kind", "target_bound": "bound", "result_bound": "bound", "target_reason": "reason",
    "result_reason": "reason", "outcome": "outcome", "outcome_reason": "why",
}  # fmt: skip


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(
        database: str, indicator: str, region: tuple[str, ...], year: str | None, measure: str | None,
        chart: str | None, format: str | None, output: str | None,
    ) -> int:  # fmt: skip
        import saidao
        from saidao.outputs import charts, series

        chosen = format_of(format, output)
        if chart is not None:
            charts.checked(chart)
        with saidao.open(database) as opened:
            found = opened.series(indicator=indicator, region=list(region) or None, year=year, measure=measure)
            rows = found.rows()
        if not any(row["target_reason"] is None or row["result_reason"] is None for row in rows):
            return nothing(say, "series.none", {"indicator": indicator, "region": region})
        if chart is not None:
            if not series.write_chart(rows, chart, say):
                print(say("charts.no_font"), file=sys.stderr)
            print(say("charts.written", path=chart), file=sys.stderr)
        if chosen == "table" and output in (None, "-"):
            _show(rows, say)
        else:
            write(rows, columns(found.columns), chosen, output, say, name="series")
        if output not in (None, "-"):
            print(say("output.written", count=f"{len(rows):,}", path=output), file=sys.stderr)
        return 0

    return Command(
        name="series",
        say=say,
        callback=run,
        params=[
            database_argument(),
            click.Option(["--indicator"], metavar="NAME", required=True, help=say("series.option.indicator")),
            click.Option(["--region"], metavar="NAME", multiple=True, help=say("series.option.region")),
            click.Option(["--year"], metavar="YEAR", help=say("series.option.year")),
            click.Option(
                ["--measure"], type=click.Choice(MEASURES), metavar="|".join(MEASURES), help=say("series.option.measure")
            ),
            click.Option(["--chart"], metavar="FILE", type=click.Path(dir_okay=False), help=say("series.option.chart")),
            *output_options(say),
        ],
    )  # fmt: skip


def columns(names: list[str]) -> list[Column]:
    """The columns, for files."""
    made = []
    for name in names:
        kind = "decimal" if name in _DECIMALS else "integer" if name in _INTEGERS else "text"
        if name == "disagrees":
            kind = "list"
        elif name in _CODES:
            kind = "code"
        elif name.endswith("sentence"):
            kind = "sentence"
        made.append(Column(name, kind, width=60 if kind == "sentence" else 14, codes=_CODES.get(name)))
    return made


def _show(rows: list[dict[str, Any]], say: Messages) -> None:
    from saidao.outputs import series

    measure = say.label(f"kind.{rows[0]['measure']}")
    print(say("series.head", indicator=series.name_of(rows, say), measure=measure))
    print()
    series.show(rows, say)
    print()
    series.under(rows, say)
