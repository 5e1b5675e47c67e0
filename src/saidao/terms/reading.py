"""Reads the documents of a scope in batches, each one text with the places of its documents and sentences.

Memory holds one batch and a few numbers a document, however many documents there are.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np

from saidao.terms.matcher import Ints

CHARACTERS = 1 << 17
"""Characters of a batch; a longer document is a batch of its own."""

_DOCUMENTS, _SENTENCES = 256, 50_000
"""Rows that are fetched at once."""

_SORTED = 100_000_000
"""Characters of the documents whose sentences are put in order at once: they are kept in memory, not on a disk."""

_CACHE = 256 << 20
"""Bytes that DuckDB may keep while the documents are read."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents joined by line breaks, which no term holds."""

    text: str
    numbers: Ints
    """Each document's number in the database, in order."""
    documents: Ints
    """Where each document starts."""
    sentences: Ints
    """Where each sentence starts. The first of a document starts with it; one reaches to the next."""
    roles: Ints
    """The role of each sentence's section, as a number."""

    def owners(self) -> Ints:
        """The document of each sentence."""
        result: Ints = np.searchsorted(self.documents, self.sentences, "right") - 1
        return result


def batches(
    connection: duckdb.DuckDBPyConnection,
    where: str,
    parameters: list[Any],
    roles: Sequence[str],
    characters: int = CHARACTERS,
) -> Iterator[Batch]:
    """The documents for which a condition on `documents d` holds, in the order of the file."""
    documents = connection.cursor().sql(
        f"SELECT d.rowid AS n, d.text FROM documents d WHERE {where}", params=parameters
    )
    sentences = _Sentences(connection, where, parameters, roles)
    numbers: list[int] = []
    texts: list[str] = []
    size = 0
    last = -1
    reader: Any = documents.to_arrow_reader(_DOCUMENTS)
    for chunk in reader:
        for number, text in zip(chunk.column(0).to_pylist(), chunk.column(1).to_pylist(), strict=True):
            assert number > last, "documents come in the order of the file"
            last = number
            if texts and size + len(text) > characters:
                yield _batch(numbers, texts, sentences)
                numbers, texts, size = [], [], 0
            numbers.append(number)
            texts.append(text)
            size += len(text) + 1
    if texts:
        yield _batch(numbers, texts, sentences)


def _batch(numbers: list[int], texts: list[str], sentences: _Sentences) -> Batch:
    lengths = np.array([len(text) + 1 for text in texts], np.int64)
    documents = np.cumsum(lengths) - lengths
    owners, starts, roles = sentences.upto(numbers[-1])
    which = np.searchsorted(np.array(numbers), owners)
    first = np.ones(len(which), bool)
    first[1:] = which[1:] != which[:-1]
    places = documents[which] + np.where(first, 0, starts)
    bare = np.setdiff1d(np.arange(len(texts)), which)  # a document without sentences counts as one
    if len(bare):
        places, roles = (
            np.concatenate((places, documents[bare])),
            np.concatenate((roles, np.zeros(len(bare), np.int64))),
        )
        order = np.argsort(places, kind="stable")
        places, roles = places[order], roles[order]
    return Batch("\n".join(texts) + "\n", np.array(numbers, np.int64), documents, places, roles)


_MODEST: dict[str, tuple[int, str]] = {}
"""How many are reading each file now, and the limit that its DuckDB had before the first of them."""

_TURN = threading.Lock()


@contextmanager
def modest(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Keeps DuckDB's cache of the file small, which would else grow with it.

    The limit holds for every connection to the file in this process while one of them reads; a query beside it that needs
    more memory uses the disk. The last that ends gives back the limit that the first found, whatever order they end in. A
    database that keeps tables in memory is left alone.
    """
    path, own = _state(connection)
    if not path or own > _CACHE // 4:
        yield
        return
    with _TURN:
        readers, before = _MODEST.get(path) or (0, _limit(connection))
        if not readers:
            connection.cursor().execute(f"SET memory_limit = '{_CACHE}B'")
        _MODEST[path] = readers + 1, before
    try:
        yield
    finally:
        with _TURN:
            readers, before = _MODEST.pop(path)
            if readers > 1:
                _MODEST[path] = readers - 1, before
            else:
                connection.cursor().execute(f"SET memory_limit = '{before}'")


def _state(connection: duckdb.DuckDBPyConnection) -> tuple[str, int]:
    """The path of the file, empty for a database in memory, and the bytes of memory that are in use."""
    sql = (
        "SELECT coalesce(path, ''), (SELECT sum(memory_usage_bytes)::BIGINT FROM duckdb_memory()) FROM duckdb_databases()"
        " WHERE database_name = current_database()"
    )
    [(path, own)] = connection.cursor().execute(sql).fetchall()
    return path, own


def _limit(connection: duckdb.DuckDBPyConnection) -> str:
    """The limit, so that setting it gives the same again: DuckDB shows one decimal of it and cuts off the rest."""
    [(limit,)] = connection.cursor().execute("SELECT current_setting('memory_limit')").fetchall()
    number, unit = str(limit).split()
    return f"{float(number) + 0.05:.2f} {unit}" if unit != "bytes" else str(limit)


class _Sentences:
    """The sentences of the same documents in the same order, handed out as far as they are asked for."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, where: str, parameters: list[Any], roles: Sequence[str]
    ) -> None:
        self._connection = connection
        self._where, self._parameters = where, parameters
        self._roles = list(roles)
        self._chunks = self._read()
        self._rows = [np.empty(0, np.int64) for _ in range(3)]
        self._ended = False

    def _read(self) -> Iterator[Any]:
        stretches = self._connection.cursor().execute(
            "SELECT min(n), max(n) FROM (SELECT d.rowid AS n, sum(d.characters) OVER (ORDER BY d.rowid) // ? AS part"
            f" FROM documents d WHERE {self._where}) GROUP BY part ORDER BY 1",
            [_SORTED, *self._parameters],
        )
        for first, last in stretches.fetchall():
            relation = self._connection.cursor().sql(
                'SELECT d.rowid AS n, s."start",'
                " coalesce(list_position(?::VARCHAR[], coalesce(s.section, 'other')) - 1, 0) AS role"
                f" FROM sentences s JOIN documents d ON d.id = s.document_id WHERE {self._where}"
                " AND d.rowid BETWEEN ? AND ? ORDER BY 1, 2",
                params=[self._roles, *self._parameters, first, last],
            )
            reader: Any = relation.to_arrow_reader(_SENTENCES)
            yield from reader

    def upto(self, number: int) -> tuple[Ints, Ints, Ints]:
        """Documents, starts and roles of the sentences up to a document."""
        held = [self._rows]
        while not self._ended and (not len(held[-1][0]) or held[-1][0][-1] <= number):
            chunk = next(self._chunks, None)
            if chunk is None:
                self._ended = True
            else:
                held.append([_numbers(chunk.column(n)) for n in range(3)])
        rows = [np.concatenate(columns) for columns in zip(*held, strict=True)]
        cut = int(np.searchsorted(rows[0], number, "right"))
        self._rows = [column[cut:] for column in rows]
        return rows[0][:cut], rows[1][:cut], rows[2][:cut]


def _numbers(column: Any) -> Ints:
    result: Ints = np.from_dlpack(column).astype(np.int64)  # `to_numpy` would load pandas, where that is installed
    return result
