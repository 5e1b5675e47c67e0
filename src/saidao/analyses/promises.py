"""The ledger as a whole: promises of a year, commitments of several, and the record over the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb

from saidao.analyses import commitments as several_years
from saidao.analyses import evidence as evidences
from saidao.analyses import ledger as ledgers
from saidao.analyses.evidence import Choice
from saidao.analyses.judge import Rules, rules
from saidao.analyses.lines import Line, core
from saidao.analyses.said import said
from saidao.analyses.targets import Record, gather
from saidao.filters.names import indicator_ids, year_span
from saidao.lexicon import Lexicon


@dataclass(slots=True)
class Promises:
    """What became of targets."""

    promises: list[Record]
    rules: Rules
    commitments: list[Record] = field(default_factory=list)
    record: list[Record] = field(default_factory=list)
    indicators: list[Line] = field(default_factory=list)
    """The columns of the table to read, in their order."""
    shown_years: list[int] = field(default_factory=list)
    """Years of the table to read: those asked for, else the latest with an outcome."""

    def part(self, name: str, outcomes: Sequence[str] | None = None) -> tuple[list[Record], tuple[str, ...]]:
        """`promises`, `commitments` or `record`: its records, those of the given outcomes only, and its columns."""
        rows, names = {
            "promises": (self.promises, ledgers.COLUMNS),
            "commitments": (self.commitments, several_years.COLUMNS),
            "record": (self.record, ledgers.RECORD_COLUMNS),
        }[name]
        if outcomes:
            rows = [row for row in rows if (row.get("outcome") or row.get("state")) in outcomes]
        return rows, names


def promises(
    connection: duckdb.DuckDBPyConnection,
    lexicon: Lexicon,
    *,
    year: int | str | None = None,
    region: Sequence[str] = (),
    within: str | None = None,
    level: str | None = None,
    indicator: Sequence[str] = (),
    commitments: bool = True,
) -> Promises:
    """The ledger of the reports that are asked for; see `saidao.api.Database.ledger`.

    GDP is read whatever the indicator: targets that speak of economic growth are judged by it. Commitments are followed
    through the reports of all years; without them, promises of some years need those of a year around alone.
    """
    ids = {id for name in indicator for id in indicator_ids(name)}
    wanted = ids | {"gdp"} if ids else ()
    every = Choice(tuple(region), within, level)
    choice = every if commitments else Choice(tuple(region), within, level, year)
    material = gather(connection, choice, lexicon, wanted)
    if choice.year is not None:
        # A result is late if any later report is there.
        material.reports = evidences.reports(connection, every, lexicon)
    nation = gather(connection, Choice(level="central", year=year), lexicon, wanted).cells
    figures = ledgers.statistics(connection)
    found = rules(lexicon)
    first, last = year_span(year) if year is not None else (0, 9999)
    told = said(connection, material.reports, material.lines, lexicon, first, last)
    rows = _asked(ledgers.ledger(material, figures, found, first, last, nation, told), ids)
    order = [line for line in core(lexicon) if not ids or line.id in ids]
    order += [material.lines[id] for id in sorted(ids) if id in material.lines and not material.lines[id].order]
    judged = sorted({row["year"] for row in rows if row["outcome"] != "open"})
    return Promises(
        promises=rows,
        rules=found,
        commitments=_made(several_years.commitments(material, figures), ids, first, last) if commitments else [],
        record=ledgers.record(rows),
        indicators=order,
        shown_years=judged if year is not None else judged[-1:],
    )


def _asked(rows: list[Record], ids: set[str]) -> list[Record]:
    return [row for row in rows if not ids or row["indicator_id"] in ids]


def _made(rows: list[Record], ids: set[str], first: int, last: int) -> list[Record]:
    """Commitments that were made or fall due in the years asked for."""
    return [row for row in _asked(rows, ids) if first <= row["due"] and row["made"] <= last]
