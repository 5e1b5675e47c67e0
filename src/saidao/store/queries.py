"""The questions that the Python interface and the command line ask, as SQL with parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from saidao.errors import UsageError
from saidao.lexicon import Lexicon, load, variants

Several = str | Sequence[str] | None


@dataclass(slots=True)
class Query:
    """SQL and what fills its question marks."""

    sql: str
    parameters: list[Any] = field(default_factory=list)


DOCUMENT_COLUMNS = (
    "id", "title", "issuer", "level", "adcode", "region", "type", "year", "date", "session", "publisher",
    "aggregator", "url", "categories", "characters", "path", "member", "sheet", "row",
)  # fmt: skip

_STATEMENT_FIELDS = (
    "id", "indicator", "indicator_id", "quote", "kind", "low", "high", "unit", "bound", "status", "period", "region",
    "industry", "scope", "hedge", "wording", "section",
)  # fmt: skip

_STATEMENTS = (
    "SELECT "
    + ", ".join(f"s.{name}" for name in _STATEMENT_FIELDS)
    + ", x.text AS sentence, d.region AS issuer_region, d.year AS report_year, d.issuer, d.title, d.type, d.date,"
    ' d.url, d.path, d.member, d.sheet, d."row", s.document_id, s."start", s."end",'
    ' s."start" - x."start" AS quote_start'
    " FROM statements s JOIN documents d ON d.id = s.document_id LEFT JOIN sentences x ON x.id = s.sentence_id"
)
_ORDER = ' ORDER BY d.adcode, d.year, d.date, s.document_id, s."start", s."end", s.id'


def documents_query(*, region: Several, year: int | str | None, type: Several, issuer: str | None) -> Query:
    """Documents without their texts."""
    where = _Where()
    where.region(region, statements=False)
    where.years(year)
    where.among("d.type", type)
    where.holds(["d.issuer"], issuer)
    columns = ", ".join(f'd."{name}"' for name in DOCUMENT_COLUMNS)
    return where.query(f"SELECT {columns} FROM documents d", " ORDER BY d.adcode, d.year, d.date, d.id")


def statements_query(
    *,
    id: str | None = None,
    region: Several = None,
    year: int | str | None = None,
    industry: Several = None,
    indicator: Several = None,
    status: Several = None,
    kind: Several = None,
    section: Several = None,
    type: Several = None,
    period: Several = None,
    words: Several = None,
    document: str | None = None,
    limit: int | None = None,
) -> Query:
    """Statements with their sentence, document and source."""
    where = _Where()
    where.among("s.id", id)
    where.among("s.document_id", document)
    where.region(region, statements=True)
    where.years(year)
    where.holds(["s.industry"], industry)
    where.indicator(indicator)
    where.among("s.status", status)
    where.among("s.kind", kind)
    where.among("s.section", section)
    where.among("d.type", type)
    where.period(period)
    for word in several(words):
        where.add("contains(x.text, ?)", word)
    order = _ORDER + (f" LIMIT {int(limit)}" if limit is not None else "")
    return where.query(_STATEMENTS, order)


def statistics_query(*, region: Several, year: int | str | None, indicator: Several) -> Query:
    """Imported statistics."""
    where = _Where()
    where.region(region, statements=False)
    where.years(year)
    where.indicator(indicator, "d")
    order = ' ORDER BY d.adcode, d.indicator_id, d.indicator, d.measure, d.year, d.path, d.sheet, d."row", d."column"'
    return where.query("SELECT d.* FROM statistics d", order)


def several(value: Several) -> list[str]:
    """One value, several, or none, as a list."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def year_span(value: int | str) -> tuple[int, int]:
    """The first and last year of 2026 or of "2024-2026".

    Raises:
        UsageError: it is neither.
    """
    found = re.fullmatch(r"(\d{4})(?:[-–—~至](\d{4}))?", str(value).strip())
    if found is None:
        raise UsageError(f"{value}: not a year (2026) or a span of years (2024-2026)")
    first = int(found[1])
    last = int(found[2] or first)
    if last < first:
        raise UsageError(f"{value}: the span ends before it begins")
    return first, last


def divisions(name: str, lexicon: Lexicon) -> tuple[list[str], list[str]]:
    """Codes and names of the divisions that a name or code means: 湖南, 湖南省 and 430000 are the same.

    A name that several levels share (吉林) means the highest.
    """
    found = [
        row
        for row in lexicon.rows("regions")
        if name in (row["id"], row["name"]) or name in variants(row.get("variants", ""))
    ]
    if not found:
        return [], [name]
    highest = min(_rank(row["id"]) for row in found)
    chosen = [row for row in found if _rank(row["id"]) == highest]
    names = {name} | {n for row in chosen for n in (row["name"], *variants(row.get("variants", "")))}
    return [row["id"] for row in chosen], sorted(names)


def _rank(code: str) -> int:
    if code.endswith("0000"):
        return 0
    return 1 if code.endswith("00") else 2


class _Where:
    """Collects conditions that must all hold."""

    def __init__(self) -> None:
        self._conditions: list[str] = []
        self._parameters: list[Any] = []

    def add(self, condition: str, *parameters: Any) -> None:
        self._conditions.append(condition)
        self._parameters += parameters

    def among(self, column: str, value: Several) -> None:
        values = several(value)
        if values:
            self.add(f"{column} IN (SELECT unnest(?::VARCHAR[]))", values)

    def holds(self, columns: Iterable[str], value: Several) -> None:
        values = several(value)
        if values:
            tests = [f"contains({column}, ?)" for column in columns for _ in values]
            self.add(f"({' OR '.join(tests)})", *[value for _ in columns for value in values])

    def indicator(self, value: Several, table: str = "s") -> None:
        values = several(value)
        if values:
            ids = [found for value in values for found in indicator_ids(value)]
            tests = " OR ".join(f"contains({table}.indicator, ?)" for _ in values)
            self.add(f"({table}.indicator_id IN (SELECT unnest(?::VARCHAR[])) OR {tests})", ids, *values)

    def region(self, value: Several, *, statements: bool) -> None:
        tests: list[str] = []
        parameters: list[Any] = []
        for name in several(value):
            codes, names = divisions(name, load())
            tests.append("d.adcode IN (SELECT unnest(?::VARCHAR[])) OR d.region IN (SELECT unnest(?::VARCHAR[]))")
            parameters += [codes or [name], names]
            if statements:
                tests.append("s.region IN (SELECT unnest(?::VARCHAR[]))")
                parameters.append(names)
        if tests:
            self.add(f"({' OR '.join(tests)})", *parameters)

    def years(self, value: int | str | None) -> None:
        if value is not None:
            self.add("d.year BETWEEN ? AND ?", *year_span(value))

    def period(self, value: Several) -> None:
        tests, parameters = [], []
        for span in several(str(value) if isinstance(value, int) else value):
            first, last = year_span(span)
            # A period is a year (2025) or a span (2021-2025); the spans must meet.
            year = "TRY_CAST({}(s.period, 4) AS INTEGER)"
            tests.append(f"({year.format('left')} <= ? AND {year.format('right')} >= ?)")
            parameters += [last, first]
        if tests:
            self.add(f"({' OR '.join(tests)})", *parameters)

    def query(self, select: str, order: str) -> Query:
        where = f" WHERE {' AND '.join(self._conditions)}" if self._conditions else ""
        return Query(select + where + order, self._parameters)


def indicator_ids(value: str) -> list[str]:
    """The standard indicators of an id or a name: exactly so named, else those whose names hold it."""
    rows = load().rows("indicators")
    exact = [row["id"] for row in rows if value in (row["id"], row.get("zh"), row.get("name"))]
    if exact:
        return exact
    spelled = [row["id"] for row in rows if value in variants(row.get("variants", ""))]
    return spelled or [value]
