"""The documents that are read: which of two groups each belongs to, and their texts in batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np

from saidao.filters.names import divisions, year_span
from saidao.lexicon import Lexicon
from saidao.phrases.candidates import MOST_DOCUMENTS
from saidao.phrases.codes import Array

BATCH = 500_000
"""Characters of a batch, as far as whole documents allow."""

_ROWS = 64
"""Rows that are fetched at once."""

Batches = Iterator[tuple[list[int], list[str]]]
"""Numbers and texts of documents, some at a time."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which documents. What is None or empty is not asked for.

    Attributes:
        year: 2026, or "2024-2026".
        region: divisions by name or code.
        within: a division whose parts are meant.
        level: central, province, prefecture, county.
        type: kinds of document.
        rest: the regions that are not `region`.
    """

    year: int | str | None = None
    region: tuple[str, ...] = ()
    within: str | None = None
    level: str | None = None
    type: tuple[str, ...] = ()
    rest: bool = False

    def sql(self, lexicon: Lexicon) -> tuple[str, list[Any]]:
        """A condition on `documents`, and what fills its question marks."""
        tests: list[str] = []
        parameters: list[Any] = []
        if self.year is not None:
            tests.append("year BETWEEN ? AND ?")
            parameters += year_span(self.year)
        if self.region:
            codes, names = [], []
            for name in self.region:
                found = divisions(name, lexicon)
                codes += found[0]
                names += found[1]
            test = "(coalesce(adcode IN (SELECT unnest(?::VARCHAR[])), false)"
            test += " OR coalesce(region IN (SELECT unnest(?::VARCHAR[])), false))"
            tests.append(f"NOT {test}" if self.rest else test)
            parameters += [codes, names]
        if self.within is not None:
            parents = set(divisions(self.within, lexicon)[0])
            parts = [row["id"] for row in lexicon.rows("regions") if row["parent"] in parents]
            tests.append("adcode IN (SELECT unnest(?::VARCHAR[]))")
            parameters.append(parts)
        if self.level is not None:
            tests.append("level = ?")
            parameters.append(self.level)
        if self.type:
            tests.append("type IN (SELECT unnest(?::VARCHAR[]))")
            parameters.append(list(self.type))
        return " AND ".join(tests) or "true", parameters


@dataclass(frozen=True, slots=True)
class Document:
    """What is known of a document beside its text."""

    id: str
    title: str | None
    level: str | None
    adcode: str | None
    region: str | None
    year: int | None
    date: Any
    chosen: bool
    """Whether it belongs to the group that is looked at."""
    other: bool
    """Whether it belongs to the group it is compared with."""


@dataclass(slots=True)
class Documents:
    """The documents of one or two groups, the earliest first.

    Attributes:
        all: the documents.
        characters: characters of all texts.
    """

    connection: duckdb.DuckDBPyConnection
    all: list[Document]
    characters: int
    _where: str
    _parameters: list[Any]
    _numbers: Array
    """The number of each document, in the order of the file."""

    @classmethod
    def of(
        cls, connection: duckdb.DuckDBPyConnection, lexicon: Lexicon, choice: Choice, other: Choice | None = None
    ) -> Documents:
        """The documents that a choice names, and those of the other group."""
        first, parameters = choice.sql(lexicon)
        second, more = other.sql(lexicon) if other is not None else ("false", [])
        rows = connection.execute(
            "SELECT id, title, level, adcode, region, year, date, chosen, other, place, characters FROM ("
            f"SELECT *, rowid AS place, coalesce({first}, false) AS chosen, coalesce({second}, false) AS other"
            " FROM documents) WHERE chosen OR other ORDER BY year NULLS LAST, date NULLS LAST, adcode, id",
            [*parameters, *more],
        ).fetchall()
        # a document of both groups belongs to the first
        found = [
            Document(id, title, level, adcode, region, year, date, own, their and not own)
            for id, title, level, adcode, region, year, date, own, their, _, _ in rows
        ]
        numbers = np.argsort(np.array([row[9] for row in rows], np.int64))
        characters = sum(row[10] for row in rows)
        return cls(connection, found, characters, f"({first}) OR ({second})", [*parameters, *more], numbers)

    def batches(self) -> Batches:
        """Numbers and texts of the documents, in the order in which the file holds them."""
        # one query for all: to find the place of a later batch anew, what stands before it would be unpacked again
        rows = self.connection.cursor().sql(
            f"SELECT id, text FROM documents WHERE {self._where}", params=self._parameters
        )
        reader: Any = rows.to_arrow_reader(_ROWS)
        taken: list[int] = []
        texts: list[str] = []
        room = BATCH
        place = 0
        for chunk in reader:
            for id, text in zip(chunk.column(0).to_pylist(), chunk.column(1).to_pylist(), strict=True):
                if texts and (room < len(text) or len(texts) >= MOST_DOCUMENTS):
                    yield taken, texts
                    taken, texts, room = [], [], BATCH
                taken.append(int(self._numbers[place]))
                texts.append(text)
                assert self.all[taken[-1]].id == id, "documents come in the order of the file"
                room -= len(text)
                place += 1
        if texts:
            yield taken, texts
