"""`saidao info`: what a database holds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from saidao.cli.framework import NOTHING, Command
from saidao.cli.options import database_argument
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column, Record

if TYPE_CHECKING:
    from saidao.store.overview import Info

YEARS = 8
"""Years that the coverage table has columns for; earlier ones are joined in one."""


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(database: str) -> int:
        import saidao

        with saidao.open(database) as opened:
            found = opened.info()
        show(database, found, say)
        return 0 if found.counts["documents"] or found.counts["statistics"] else NOTHING

    return Command(name="info", say=say, callback=run, params=[database_argument()])


def show(database: str, info: Info, say: Messages) -> None:
    """Prints an overview."""
    counts = info.counts
    years = f"{info.first_year}–{info.last_year}" if info.first_year is not None else "—"
    print(
        say(
            "info.head", database=database, documents=f"{counts['documents']:,}", sources=f"{counts['sources']:,}",
            characters=f"{info.characters:,}", years=years, sentences=f"{counts['sentences']:,}",
            statements=f"{counts['statements']:,}", measures=f"{counts['measures']:,}",
            mentions=f"{counts['mentions']:,}", carriers=f"{counts['carriers']:,}",
        )
    )  # fmt: skip
    _counted(say("info.types"), {say.value("type", key): n for key, n in info.types.items()})
    _counted(say("info.statuses"), {say.value("status", key): n for key, n in info.statuses.items()})
    _counted(say("info.kinds"), {say.value("kind", key): n for key, n in info.kinds.items()})
    _coverage(info, say)
    _indicators(info, say)
    _rejects(info, say)
    _statistics(info, say)
    if info.runs:
        last = info.runs[0]
        print()
        state = say.value("state", last["state"])
        print(say("info.run", id=last["id"], started=last["started"], state=state, version=last["version"]))


def _counted(title: str, counts: dict[str, int]) -> None:
    if counts:
        print(f"{title} " + " · ".join(f"{name or '—'} {count:,}" for name, count in counts.items()))


def _coverage(info: Info, say: Messages) -> None:
    """Documents and statements by region and year."""
    if not info.coverage:
        return
    years = sorted({year for _, _, year, _, _ in info.coverage if year is not None})
    shown, earlier = years[-YEARS:], set(years[:-YEARS])
    records: dict[tuple[str, str], Record] = {}
    totals: dict[tuple[str, str], dict[str, list[int]]] = {}
    for code, region, year, documents, statements in info.coverage:
        key = "none" if year is None else "earlier" if year in earlier else str(year)
        cell = totals.setdefault((code, region), {}).setdefault(key, [0, 0])
        cell[0] += documents
        cell[1] += statements
    for place, cells in totals.items():
        records[place] = {"region": place[1] or "—"} | {key: f"{d}/{s:,}" for key, (d, s) in cells.items()}
    columns = [Column("region", width=24)]
    if earlier:
        columns.append(Column("earlier", width=12, label="info.earlier"))
    columns += [Column(str(year), width=12) for year in shown]
    if any("none" in record for record in records.values()):
        columns.append(Column("none", width=12, label="info.no_year"))
    print()
    print(say("info.coverage"))
    _table(list(records.values()), columns, say)


def _indicators(info: Info, say: Messages) -> None:
    if not info.indicators:
        return
    print()
    print(say("info.indicators"))
    records: list[Record] = [
        {
            "indicator": say.indicator(name) if standard else name,
            "indicator_id": standard or None,
            "statements": statements,
            "documents": documents,
        }
        for name, standard, statements, documents in info.indicators
    ]
    columns = [
        Column("indicator", width=36),
        Column("indicator_id", width=28),
        Column("documents", "decimal", width=10),
        Column("statements", "decimal", width=10),
    ]
    _table(records, columns, say)


def _rejects(info: Info, say: Messages) -> None:
    if not info.rejects:
        return
    print()
    print(say("info.rejects", count=f"{info.counts['rejects']:,}"))
    for code, count, example in info.rejects:
        print(f"  {count:>6,}  {say.explained('rejects', code, '…')}  [{code}]")
        print(f"          {say('info.example', example=example)}")


def _statistics(info: Info, say: Messages) -> None:
    """Imported statistics by indicator, and what could not be read of them."""
    from saidao.cli.import_statistics import reject_line
    from saidao.models import StatisticReject

    if info.statistics:
        print()
        print(say("info.statistics", count=f"{info.counts['statistics']:,}"))
        records: list[Record] = [
            {
                "indicator": name, "indicator_id": standard or None, "measure": measure, "figures": figures,
                "regions": regions, "years": f"{first}–{last}", "files": files,
            }
            for name, standard, measure, figures, regions, first, last, files in info.statistics
        ]  # fmt: skip
        columns = [
            Column("indicator", width=36),
            Column("indicator_id", width=24),
            Column("measure", "code", width=8, codes="kind"),
            Column("figures", "decimal", width=10),
            Column("regions", "decimal", width=8),
            Column("years", width=10),
            Column("files", "decimal", width=8),
        ]
        _table(records, columns, say)
    if info.statistics_rejects:
        print()
        count = info.counts["statistics_rejects"]
        print(say("info.statistics_rejects", count=f"{count:,}"))
        for each in info.statistics_rejects:
            print(f"  {reject_line(StatisticReject(*each), say)}")
        if count > len(info.statistics_rejects):
            print(f"  {say('info.statistics_more')}")


def _table(records: list[Record], columns: list[Column], say: Messages) -> None:
    from saidao.outputs.terminal import table

    table(records, columns, sys.stdout, say)
