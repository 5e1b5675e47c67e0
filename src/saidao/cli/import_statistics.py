"""`saidao import-statistics`: statistics that were downloaded, into a database."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from saidao.cli.framework import NOTHING, Command
from saidao.cli.options import database_argument
from saidao.errors import UsageError
from saidao.outputs.messages import Messages

if TYPE_CHECKING:
    from saidao.models import StatisticReject
    from saidao.pipeline.imports import Imported

SHOWN = 10
"""Rejects and unknown indicators that the summary names."""


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(
        database: str, files: tuple[str, ...], mapping: tuple[str, ...], indicator: str | None, unit: str | None,
        region: str | None, year: int | None, lexicon: str | None, quiet: bool,
    ) -> int:  # fmt: skip
        from saidao.lexicon import load
        from saidao.pipeline.imports import import_statistics

        for file in files:
            if not Path(file).is_file():
                raise UsageError("import-statistics.no_file", path=file)
        summary = import_statistics(
            database, files, mapping=mapping_of(mapping), indicator=indicator, unit=unit, region=region, year=year,
            lexicon=load(Path(lexicon)) if lexicon is not None else None,
        )  # fmt: skip
        if not quiet:
            print("\n".join(summary_lines(summary, say)), file=sys.stderr)
        return 0 if summary.figures else NOTHING

    return Command(
        name="import-statistics",
        say=say,
        callback=run,
        params=[
            database_argument(),
            click.Argument(["files"], metavar="FILE...", nargs=-1, required=True, type=click.Path()),
            click.Option(
                ["--map", "mapping"], metavar="COLUMN=FIELD", multiple=True, help=say("import-statistics.map")
            ),
            click.Option(["--indicator"], metavar="NAME", help=say("import-statistics.indicator")),
            click.Option(["--unit"], metavar="UNIT", help=say("import-statistics.unit")),
            click.Option(["--region"], metavar="NAME", help=say("import-statistics.region")),
            click.Option(
                ["--year"], metavar="YEAR", type=click.IntRange(1900, 2100), help=say("import-statistics.year")
            ),
            click.Option(["--lexicon"], metavar="DIR", type=click.Path(), help=say("build.lexicon")),
            click.Option(["--quiet", "-q"], is_flag=True, help=say("import-statistics.quiet")),
        ],
    )


def mapping_of(pairs: Sequence[str]) -> dict[str, str]:
    """`省份名=region` and the like as a dictionary.

    Raises:
        UsageError: a pair has no =, or nothing on one side of it.
    """
    mapping = {}
    for pair in pairs:
        # A heading may hold a = of its own: 指数(上年=100)=gdp.
        column, _, field = pair.rpartition("=")
        if not column.strip() or not field.strip():
            raise UsageError("import-statistics.bad_map", pair=pair)
        mapping[column.strip()] = field.strip()
    return mapping


def summary_lines(summary: Imported, say: Messages) -> list[str]:
    """What the import did, in a few lines."""
    first, last = summary.years or ("—", "—")
    lines = [
        say(
            "import-statistics.done", database=summary.database, files=f"{len(summary.files):,}",
            figures=f"{summary.figures:,}", regions=f"{summary.regions:,}", first=first, last=last,
        )
    ]  # fmt: skip
    known = sorted({id for id in summary.indicators.values() if id is not None})
    if known:
        named = say("import-statistics.between").join(f"{say.indicator(id)} ({id})" for id in known)
        lines.append(say("import-statistics.known", names=named))
    unknown = [name for name, id in summary.indicators.items() if id is None]
    if unknown:
        more = "…" if len(unknown) > SHOWN else ""
        named = say("import-statistics.between").join(unknown[:SHOWN]) + more
        lines.append(say("import-statistics.unknown", count=f"{len(unknown):,}", names=named))
    if summary.without_unit:
        lines.append(say("import-statistics.without_unit", count=f"{summary.without_unit:,}"))
    if summary.repeated_different:
        lines.append(say("import-statistics.different", count=f"{summary.repeated_different:,}"))
    if summary.repeated_same:
        lines.append(say("import-statistics.same", count=f"{summary.repeated_same:,}"))
    if summary.rejects:
        count = f"{len(summary.rejects):,}"
        lines.append(say("import-statistics.rejects", count=count, database=summary.database))
        lines += [f"  {reject_line(reject, say)}" for reject in summary.rejects[:SHOWN]]
        if len(summary.rejects) > SHOWN:
            lines.append("  …")
    return lines


def reject_line(reject: StatisticReject, say: Messages) -> str:
    """A reject in a line: file, sheet, row, column, reason."""
    places = [reject.path]
    if reject.sheet:
        places.append(reject.sheet)
    if reject.row is not None:
        places.append(say("import-statistics.row", row=reject.row))
    if reject.column:
        places.append(reject.column)
    return f"{' · '.join(places)}: {say.explained('rejects', reject.code, reject.detail)}"
