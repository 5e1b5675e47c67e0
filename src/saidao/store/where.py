"""Conditions of a query, collected one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from saidao.filters import Records, Texts
from saidao.filters.names import Several, divisions, indicator_ids, industry_ids, several, year_span
from saidao.filters.spellings import spelled


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
            codes, names = divisions(name)
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

    def texts(self, asked: Texts, named: str | None = None) -> None:
        """The document is of the region, the years and the kind; see `region` for `named`."""
        self.region(asked.region, named=named)
        self.years(asked.year)
        self.among("d.type", asked.type)

    def passages(self, asked: Records, table: str, named: str) -> None:
        """The record of a table stands in such a document and section, in a sentence that holds the words."""
        self.texts(asked, named)
        self.among(f"{table}.section", asked.section)
        self.among(f"{table}.document_id", asked.document)
        self.words("x.text", asked.words)

    def words(self, column: str, value: Several) -> None:
        """The column holds all of the words, in any of their spellings."""
        for word in several(value):
            self.add(f"regexp_matches({column}, ?)", spelled(word))

    def query(self, select: str, order: str) -> Query:
        """The whole query."""
        where = f" WHERE {' AND '.join(self._conditions)}" if self._conditions else ""
        return Query(select + where + order, self._parameters)
