"""Conditions of a query: names that people use for divisions, indicators and industries, years and spans of years."""

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


class Where:
    """Collects conditions that must all hold; `d` is the table of documents, `s` that of statements."""

    def __init__(self) -> None:
        self._conditions: list[str] = []
        self._parameters: list[Any] = []

    def add(self, condition: str, *parameters: Any) -> None:
        """A condition, with what fills its question marks."""
        self._conditions.append(condition)
        self._parameters += parameters

    def among(self, column: str, value: Several) -> None:
        """The column has one of the values; all, where none is given."""
        values = several(value)
        if values:
            self.add(f"{column} IN (SELECT unnest(?::VARCHAR[]))", values)

    def holds(self, columns: Iterable[str], value: Several) -> None:
        """One of the columns holds one of the words."""
        values = several(value)
        if values:
            tests = [f"contains({column}, ?)" for column in columns for _ in values]
            self.add(f"({' OR '.join(tests)})", *[value for _ in columns for value in values])

    def indicator(self, value: Several, table: str = "s") -> None:
        """It is of one of the standard indicators, or its own words hold the name."""
        values = several(value)
        if values:
            ids = [found for value in values for found in indicator_ids(value)]
            tests = " OR ".join(f"contains({table}.indicator, ?)" for _ in values)
            self.add(f"({table}.indicator_id IN (SELECT unnest(?::VARCHAR[])) OR {tests})", ids, *values)

    def region(self, value: Several, *, named: str | None = None) -> None:
        """The issuer's division is one of these, or the condition `named` holds for one of their names."""
        tests: list[str] = []
        parameters: list[Any] = []
        for name in several(value):
            codes, names = divisions(name, load())
            tests.append("d.adcode IN (SELECT unnest(?::VARCHAR[])) OR d.region IN (SELECT unnest(?::VARCHAR[]))")
            parameters += [codes or [name], names]
            if named is not None:
                tests.append(named)
                parameters.append(names)
        if tests:
            self.add(f"({' OR '.join(tests)})", *parameters)

    def industry(self, value: Several) -> None:
        """It is of one of the industries or of those below them, or its own words hold the name."""
        values = several(value)
        if values:
            ids = [found for value in values for found in industry_ids(value)]
            tests = " OR ".join("contains(s.industry, ?)" for _ in values)
            self.add(f"(s.industry_id IN (SELECT unnest(?::VARCHAR[])) OR {tests})", ids, *values)

    def years(self, value: int | str | None) -> None:
        """The document's year lies within the span."""
        if value is not None:
            self.add("d.year BETWEEN ? AND ?", *year_span(value))

    def period(self, value: Several) -> None:
        """The statement's period meets one of the spans."""
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
        """The whole query."""
        where = f" WHERE {' AND '.join(self._conditions)}" if self._conditions else ""
        return Query(select + where + order, self._parameters)


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


def industry_ids(name: str, lexicon: Lexicon | None = None) -> list[str]:
    """The industries that a name means, with all that stand below them: 新能源, new_energy, New energy.

    A name that no industry has means those whose names hold it.
    """
    rows = (lexicon or load()).rows("industry_names")
    named = [row for row in rows if name in (row["id"], row["label"], row["english"])]
    named = named or [row for row in rows if name in variants(row["variants"])]
    named = named or [row for row in rows if name in row["label"]]
    chosen = [row["id"] for row in named]
    for parent in chosen:
        chosen += [row["id"] for row in rows if row["parent"] == parent and row["id"] not in chosen]
    return chosen


def indicator_ids(value: str) -> list[str]:
    """The standard indicators of an id or a name: exactly so named, else those whose names hold it."""
    rows = load().rows("indicators")
    exact = [row["id"] for row in rows if value in (row["id"], row.get("zh"), row.get("name"))]
    if exact:
        return exact
    spelled = [row["id"] for row in rows if value in variants(row.get("variants", ""))]
    return spelled or [value]
