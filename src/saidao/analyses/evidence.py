"""The statements of reports that name a standard indicator, with their documents: what every answer is made from."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

import duckdb

from saidao.filters.names import divisions, year_span
from saidao.lexicon import Lexicon, variants

_LIST = re.compile("[、和与及]")
_CODE = re.compile("[0-9]{6}")

REPORTS = ("work_report", "plan_report", "budget_report")
"""Documents that set targets for a year, the one that decides first."""

FIELDS = ", ".join((
    "d.id", "d.type", "d.region", "d.adcode", "d.level", "d.year", "d.date", "d.title", "s.id", 's."start"', 's."end"',
    "s.quote", "s.indicator", "s.indicator_id", "s.kind", "s.low", "s.high", "s.unit", "s.bound", "s.status", "s.period",
    "s.scope", "s.hedge", "s.wording", "s.section", "s.sentence_id",
))  # fmt: skip
"""What evidence is made of, of a table `s` of statements and `d` of their documents."""

EVERY_YEAR, NO_YEAR = (0, 9999), (1, 0)

_OF_THE_YEAR = (
    "((s.status = 'target' AND left(s.period, 4) = d.year::VARCHAR)"
    " OR (s.status = 'achieved' AND left(s.period, 4) = (d.year - 1)::VARCHAR))"
)
"""What may be a cell: a target for the report's year, a result of the year before."""


_SEVERAL = "(s.kind = 'growth' AND regexp_matches(s.indicator, '[、和与及]'))"
"""What may give a rate to several indicators at once."""

NEAREST = (
    "QUALIFY row_number() OVER (PARTITION BY d.adcode, d.region, d.year, s.status, s.kind, s.indicator_id,"
    f" CASE WHEN {_SEVERAL} THEN s.indicator END, coalesce(s.section = 'main_targets', false)"
    " ORDER BY coalesce(s.section NOT IN ('main_targets', 'outlook_five_years', 'review_five_years'), true), s.\"start\","
    ' d.type, d.date, d.id, s."end") = 1'
)
"""Of what a division's reports of a year say of an indicator in one way, one statement: the one that tells most of all years."""

LATER = (
    "AND s.status = 'target' AND s.low IS NOT NULL AND (contains(s.period, '-') OR left(s.period, 4) > d.year::VARCHAR)"
)
"""Targets with a figure for a later year than the report's, or for several."""


@dataclass(frozen=True, slots=True)
class Report:
    """A document that sets targets and reports results."""

    id: str
    type: str
    region: str
    adcode: str
    level: str
    year: int
    date: datetime.date | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement of a standard indicator for the issuer's whole area, and its report."""

    report: Report
    id: str
    start: int
    end: int
    quote: str
    indicator: str | None
    indicator_id: str
    kind: str
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    bound: str | None
    status: str
    period: str | None
    scope: str | None
    hedge: str | None
    wording: str | None
    section: str | None
    sentence_id: str | None

    @property
    def value(self) -> tuple[Decimal | None, Decimal | None, str | None]:
        """What it says: low, high, bound."""
        return (self.low, self.high, self.bound)

    @property
    def scopes(self) -> frozenset[str]:
        """Its scope words."""
        return frozenset((self.scope or "").split(";")) - {""}

    @property
    def hedges(self) -> frozenset[str]:
        """The words that soften or stress it."""
        return frozenset((self.hedge or "").split(";")) - {""}

    @property
    def span(self) -> tuple[int, int] | None:
        """First and last year it is about."""
        return years_of(self.period)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which documents an answer is made from."""

    region: Sequence[str] = ()
    within: str | None = None
    level: str | None = None
    year: int | str | None = None


@lru_cache(maxsize=4096)
def years_of(period: str | None) -> tuple[int, int] | None:
    """First and last year of a period: 2025, 2021-2025."""
    if not period or not period[:4].isdigit():
        return None
    first, _, last = period.partition("-")
    return (int(first[:4]), int(last[:4] if last[:4].isdigit() else first[:4]))


def reports(connection: duckdb.DuckDBPyConnection, choice: Choice, lexicon: Lexicon) -> list[Report]:
    """The reports that a choice means, ordered by division, year, kind and date."""
    where, parameters = scope(choice, lexicon)
    rows = connection.execute(
        f"SELECT d.id, d.type, d.region, d.adcode, d.level, d.year, d.date, d.title FROM documents d WHERE {where}"
        " ORDER BY d.adcode, d.region, d.year, d.type, d.date, d.id",
        parameters,
    ).fetchall()
    return [Report(*row) for row in rows]


def each(
    connection: duckdb.DuckDBPyConnection,
    choice: Choice,
    lexicon: Lexicon,
    indicators: Collection[str] = (),
    whole: tuple[int, int] = EVERY_YEAR,
    only: str = "",
) -> Iterator[Evidence]:
    """The statements of those reports that name a standard indicator for the whole area, in the order of the text.

    Args:
        connection: the database; it answers no other question meanwhile.
        choice: which reports.
        lexicon: the data files.
        indicators: ids; all if empty.
        whole: first and last year of the reports whose statements are all read; of the others only
            targets for the report's own year and results of the year before.
        only: which of them: `NEAREST`, `LATER`, or all.
    """
    where, parameters = scope(choice, lexicon)
    named = "s.indicator_id IS NOT NULL"
    if indicators:
        named = "s.indicator_id IN (SELECT unnest(?::VARCHAR[]))"
        parameters.append(sorted(indicators))
    where += f" AND ({named} OR {_SEVERAL})"
    if whole != EVERY_YEAR:
        where += f" AND (d.year BETWEEN ? AND ? OR {_OF_THE_YEAR})"
        parameters += whole
    cursor = connection.execute(
        f"SELECT {FIELDS} FROM statements s JOIN documents d ON d.id = s.document_id WHERE {where}"
        f" AND (s.region IS NULL OR s.region = d.region) {only}"
        ' ORDER BY d.adcode, d.region, d.year, d.type, d.date, d.id, s."start", s."end"',
        parameters,
    )
    known: dict[str, Report] = {}
    names = lexicon.compiled("analyses.names", _names)
    while rows := cursor.fetchmany(10_000):
        for row in rows:
            found = of_row(row, known)
            both = _named(found.indicator or "", names) if found.kind == "growth" else []
            if len(both) > 1:
                for part, id in both:
                    if not indicators or id in indicators:
                        yield replace(found, indicator=part, indicator_id=id)
            elif found.indicator_id and (not indicators or found.indicator_id in indicators):
                yield found


def of_row(row: Sequence[Any], known: dict[str, Report]) -> Evidence:
    """The evidence of a row of `FIELDS`; `known` holds the reports met so far, by id."""
    report = known.get(row[0])
    if report is None:
        report = known[row[0]] = Report(*row[:8])
    return Evidence(report, *row[8:])


def _named(indicator: str, names: dict[str, str]) -> list[tuple[str, str]]:
    """The standard indicators that share one rate, if all of a list are: 零售总额、固定资产投资增长4%."""
    parts = _LIST.split(indicator)
    if len(parts) == 1:
        return []
    ids = [names.get(part) for part in parts]
    return [(part, each) for part, each in zip(parts, ids, strict=True) if each] if all(ids) else []


def _names(lexicon: Lexicon) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in lexicon.rows("indicators"):
        for name in (row["zh"], *variants(row["variants"])):
            found.setdefault(name, row["id"])
    return found


def sentences(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> dict[str, str]:
    """The texts of sentences by their ids."""
    rows = connection.execute("SELECT id, text FROM sentences WHERE id IN (SELECT unnest(?::VARCHAR[]))", [list(ids)])
    return dict(rows.fetchall())


def scope(choice: Choice, lexicon: Lexicon, types: Sequence[str] = REPORTS) -> tuple[str, list[object]]:
    """The condition that documents of a choice and of some types meet, and what fills its question marks."""
    where = [
        "d.type IN (SELECT unnest(?::VARCHAR[]))",
        "d.region IS NOT NULL",
        "d.adcode IS NOT NULL",
        "d.year IS NOT NULL",
    ]
    parameters: list[object] = [list(types)]
    if choice.region:
        codes: list[str] = []
        for name in choice.region:
            codes += [name] if _CODE.fullmatch(name) else divisions(name, lexicon)[0] or [name]
        where.append("d.adcode IN (SELECT unnest(?::VARCHAR[]))")
        parameters.append(codes)
    if choice.within is not None:
        prefixes = [code.rstrip("0") if code != "100000" else "" for code in divisions(choice.within, lexicon)[0]]
        width = max((len(p) + len(p) % 2 for p in prefixes), default=6)
        where.append(f"left(d.adcode, {width}) IN (SELECT unnest(?::VARCHAR[]))")
        parameters.append([prefix.ljust(width, "0") for prefix in prefixes])
        where.append("d.adcode NOT IN (SELECT unnest(?::VARCHAR[]))")
        parameters.append(divisions(choice.within, lexicon)[0])
    if choice.level is not None:
        where.append("d.level = ?")
        parameters.append(choice.level)
    if choice.year is not None:
        where.append("d.year BETWEEN ? AND ?")
        parameters += year_span(choice.year)
    return " AND ".join(where), parameters
