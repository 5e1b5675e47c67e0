"""Groups of documents: by region, year, type and level; in a balanced panel also those without a document."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np

from saidao.filters.names import year_span
from saidao.lexicon import Lexicon
from saidao.terms.matcher import Ints
from saidao.terms.scope import Scope

Key = tuple[Any, ...]

_TIME = "coalesce(d.date, make_date(d.year, 12, 31))"
"""When a document was: without a date, the end of its year."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of documents: the columns that say which."""

    record: dict[str, Any]


class Groups:
    """The groups that the documents of a scope fall into.

    Args:
        connection: the database.
        lexicon: the data files.
        scope: which documents.
        keys: of region, year, type, level.
        balanced: also the groups without a document.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, lexicon: Lexicon, scope: Scope, keys: tuple[str, ...],
        *, balanced: bool,
    ) -> None:  # fmt: skip
        self._connection = connection
        self._keys = keys
        self.where, self.parameters = scope.where(lexicon)
        self.left_out = 0
        if balanced:
            placed = [f"d.{'adcode' if key == 'region' else key} IS NOT NULL" for key in keys]
            if placed:
                [(self.left_out,)] = self._rows(
                    f"SELECT count(*) FROM documents d WHERE {self.where} AND NOT ({' AND '.join(placed)})"
                )
                self.where = " AND ".join((self.where, *placed))
        names = {"region": "coalesce(d.adcode, d.region, '')", "year": "d.year", "type": "d.type", "level": "d.level"}
        columns = [names[key] for key in keys]
        told = ", ".join([*columns, "any_value(d.region)"])
        grouped = f" GROUP BY {', '.join(columns)}" if columns else ""
        known = {
            tuple(row[:-1]): row[-1]
            for row in self._rows(f"SELECT {told} FROM documents d WHERE {self.where}{grouped}")
        }
        regions = {row["id"]: row["name"] for row in lexicon.rows("regions")}
        if "region" in keys:
            at = keys.index("region")
            regions |= {key[at]: name for key, name in known.items() if key[at] not in regions}
        found = self._balanced(known, scope, lexicon) if balanced else list(known)
        found.sort(key=lambda key: tuple((value is None or value == "", value) for value in key))
        self.cells = [Group(self._record(key, regions)) for key in found]
        numbers = {key: n for n, key in enumerate(found)}
        chosen = ", ".join(["d.rowid", f"row_number() OVER (ORDER BY {_TIME} NULLS LAST, d.id) - 1", *columns])
        rows = self._connection.cursor().execute(
            f"SELECT {chosen} FROM documents d WHERE {self.where} ORDER BY 1", self.parameters
        )
        held: list[Ints] = []
        while chunk := rows.fetchmany(50_000):
            held.append(np.array([(row[0], row[1], numbers[tuple(row[2:])]) for row in chunk], np.int64))
        self._table = np.concatenate(held) if held else np.empty((0, 3), np.int64)

    def of(self, documents: Ints) -> tuple[Ints, Ints]:
        """The group of each document, and its place in the order of time."""
        at = np.searchsorted(self._table[:, 0], documents)
        return self._table[at, 2], self._table[at, 1]

    def firsts(self, ranks: Ints) -> dict[int, dict[str, Any]]:
        """What is told of the documents at places in the order of time."""
        wanted = np.unique(ranks)
        mine = self._table[np.isin(self._table[:, 1], wanted)]
        rows = self._connection.cursor().execute(
            "SELECT rowid, year, date, region, id FROM documents WHERE rowid IN (SELECT unnest(?::BIGINT[]))",
            [mine[:, 0].tolist()],
        )
        told = {
            row[0]: dict(zip(("first_year", "first_date", "first_region", "first_document"), row[1:], strict=True))
            for row in rows.fetchall()
        }
        return {int(rank): told[int(number)] for number, rank, _ in mine}

    def _balanced(self, known: dict[Key, str], scope: Scope, lexicon: Lexicon) -> list[Key]:
        """Every combination of what the documents have; all years between the first and the last."""
        axes: list[list[Any]] = []
        for at, key in enumerate(self._keys):
            values = {each[at] for each in known}
            if key == "region":
                values |= {code for code, _ in scope.regions(lexicon)}
            elif key == "year":
                span = (
                    year_span(scope.year)
                    if scope.year is not None
                    else (min(values), max(values))
                    if values
                    else (1, 0)
                )
                values = set(range(span[0], span[1] + 1))
            axes.append(sorted(values))
        return list(itertools.product(*axes))

    def _record(self, key: Key, regions: dict[str, str]) -> dict[str, Any]:
        record: dict[str, Any] = {}
        for name, value in zip(self._keys, key, strict=True):
            if name == "region":
                record |= {"region": regions.get(value) or None, "adcode": value if value.isdecimal() else None}
            else:
                record[name] = value
        return record

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self._connection.cursor().execute(sql, self.parameters).fetchall()
