"""Cells that were chosen at the end of a build and are kept in the file, so that a question reads only those it shows.

The cells of a division are kept with the state of its documents and the version of what chose them. Where either has
become another, nothing kept is used: the cells are chosen from the statements as they are, and kept anew by the next build.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import replace
from importlib import resources
from itertools import groupby
from typing import Any

import duckdb

from saidao.analyses import evidence as evidences
from saidao.analyses.cells import Cell, Key, choose
from saidao.analyses.evidence import Choice, Report
from saidao.analyses.lines import lines
from saidao.filters.names import year_span
from saidao.lexicon import Lexicon
from saidao.store import cells as table

_CODE = ("cells", "evidence", "kept", "lines", "marks")
_DATA = ("hedges", "indicators", "round_up", "scopes")
"""What decides which statement is a cell: modules of this part, and data files."""

_FIELDS = evidences.FIELDS.replace("s.indicator_id", "c.named_id").replace("s.indicator", "c.named")
"""Of the indicators that share a rate, a cell's evidence names the one that it is chosen for."""


def version(lexicon: Lexicon) -> str:
    """The hash of what chooses cells, 16 hexadecimal digits."""
    return lexicon.compiled("analyses.kept", _version)


def keep(connection: duckdb.DuckDBPyConnection, lexicon: Lexicon) -> int:
    """Chooses and keeps the cells of each division whose documents, or what chooses, have changed; returns how many.

    Args:
        connection: a connection that may write, in no transaction.
        lexicon: the data files with which questions are answered: the shipped ones.
    """
    where, parameters = evidences.scope(Choice(), lexicon)
    stale: dict[table.Group, str | None] = {**table.unkept(connection, where, parameters, version(lexicon))}
    gone = table.gone(connection, where, parameters)
    if stale or gone:
        rows = _chosen(connection.cursor(), stale, lexicon) if stale else iter(())
        table.replace(connection, stale | dict.fromkeys(gone), rows, version(lexicon))
    return len(stale) + len(gone)


def cells(
    connection: duckdb.DuckDBPyConnection, choice: Choice, lexicon: Lexicon, rows: Collection[str] | None = None
) -> dict[Key, Cell] | None:
    """The kept cells that the reports of a choice give; None where the file does not hold them as they are now.

    Args:
        connection: the database.
        choice: which reports.
        lexicon: the data files.
        rows: ids of the indicators under which cells are counted; all if None.
    """
    where, parameters = evidences.scope(replace(choice, year=None), lexicon)
    if table.unkept(connection, where, parameters, version(lexicon)):
        return None
    if choice.year is not None:
        where += " AND c.year + (c.role = 'result')::INTEGER BETWEEN ? AND ?"  # the year of the report
        parameters += year_span(choice.year)
    if rows is not None:
        where += " AND c.indicator_id IN (SELECT unnest(?::VARCHAR[]))"
        parameters.append(sorted(rows))
    cursor = connection.execute(
        "SELECT c.adcode, c.region, c.year, c.role, c.indicator_id, c.measure, c.place, c.disagrees,"
        f" {_FIELDS} FROM cells c JOIN statements s ON s.id = c.statement_id JOIN documents d ON d.id = c.document_id"
        f" WHERE {where} ORDER BY c.adcode, c.region, c.year, c.role, c.indicator_id, c.measure",
        parameters,
    )
    known = lines(lexicon)
    reports: dict[str, Report] = {}
    found: dict[Key, Cell] = {}
    while some := cursor.fetchmany(10_000):
        for row in some:
            key, each = Key(*row[:6]), evidences.of_row(row[8:], reports)
            found[key] = Cell(key, known[each.indicator_id], each, row[6], row[7])
    return found


def _chosen(
    connection: duckdb.DuckDBPyConnection, groups: Collection[table.Group], lexicon: Lexicon
) -> Iterator[tuple[Any, ...]]:
    """The rows of the cells of some divisions; no more statements are held at a time than one division has."""
    choice = Choice(tuple(sorted({code for code, _ in groups})))
    read = evidences.each(connection, choice, lexicon, whole=evidences.NO_YEAR)
    for group, several in groupby(read, key=lambda each: (each.report.adcode, each.report.region)):
        if group in groups:
            for key, cell in choose(several, lines(lexicon)).items():
                yield _row(key, cell)


def _row(key: Key, cell: Cell) -> tuple[Any, ...]:
    each = cell.evidence
    return (
        key.adcode, key.region, key.year, key.role, key.row, key.measure, each.id, each.report.id, each.indicator,
        each.indicator_id, cell.where, cell.disagrees,
    )  # fmt: skip


def _version(lexicon: Lexicon) -> str:
    digest = hashlib.sha256(lexicon.hash(_DATA).encode())
    for name in _CODE:
        digest.update((resources.files("saidao.analyses") / f"{name}.py").read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]
