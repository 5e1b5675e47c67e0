"""The Python interface to a database: open it, ask it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import duckdb

from saidao import filters, store
from saidao.api.comparisons import Comparisons
from saidao.api.frame import Frame
from saidao.api.fulltext import FullText
from saidao.api.policybook import Policybook
from saidao.api.taking import takes
from saidao.api.vocabulary import Vocabulary
from saidao.errors import UsageError
from saidao.filters.names import several
from saidao.lexicon import load
from saidao.store.problems import explained
from saidao.store.queries import documents_query, record_query, statements_query, statistics_query
from saidao.store.where import Query

if TYPE_CHECKING:
    from saidao.analyses.promises import Promises
    from saidao.analyses.round_up import RoundUp
    from saidao.store.overview import Info

__all__ = ["Database", "Frame", "open"]


def open(path: str | os.PathLike[str], read_only: bool = True) -> Database:
    """Opens a database that `build` has made.

    Raises:
        DatabaseError: it is missing, locked, damaged, or of another version.

    Example:
        >>> with open("observatory.duckdb") as database:  # doctest: +SKIP
        ...     database.statements(region="湖南", status="target").polars()
    """
    return Database(path, read_only=read_only)


class Database(Vocabulary, Comparisons, Policybook, FullText):
    """A database file. Its methods give frames, which are read only when they are asked for rows.

    Example:
        >>> database = open("observatory.duckdb")  # doctest: +SKIP
        >>> database.statements(indicator="gdp_growth", year="2025-2026").pandas()  # doctest: +SKIP
    """

    def __init__(self, path: str | os.PathLike[str], read_only: bool = True) -> None:
        self.path = Path(path)
        self.connection: duckdb.DuckDBPyConnection = store.open_existing(self.path, read_only=read_only)

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Database({str(self.path)!r})"

    def another(self) -> Database:
        """The same open file by a connection of its own, for another thread."""
        handle = Database.__new__(Database)
        handle.path, handle.connection = self.path, self.connection.cursor()
        return handle

    def close(self) -> None:
        """Closes the file; frames that were not read yet can then no longer be read."""
        self.connection.close()

    @takes(filters.Documents)
    def documents(self, asked: filters.Documents) -> Frame:
        """Documents, ordered by division, year and date, without their texts (see `document`)."""
        return self._frame(documents_query(asked))

    @takes(filters.Statements)
    def statements(self, asked: filters.Statements) -> Frame:
        """Statements, each with its sentence, its document and its source. Filters of several kinds must all hold."""
        return self._frame(statements_query(asked))

    @takes(filters.RoundUp)
    def round_up(self, asked: filters.RoundUp) -> RoundUp:
        """The yearly round-up: targets and results with their sentences, what stands under them, what is missing."""
        from saidao.analyses.round_up import round_up

        with explained(str(self.path)):
            return round_up(self.connection, load(), **_reports(asked), coverage=asked.coverage)

    @takes(filters.Targets)
    def targets(self, asked: filters.Targets) -> Frame:
        """The round-up as a frame: its `cells`, or with `part` its `summary` or `coverage`. See `round_up`."""
        found = self.round_up(**asked.given(without=("part",)), coverage=asked.part == "coverage")
        return Frame.of(*found.part(asked.part))

    def statistics(
        self,
        *,
        region: str | Sequence[str] | None = None,
        year: int | str | None = None,
        indicator: str | Sequence[str] | None = None,
    ) -> Frame:
        """Statistics that were imported (see `import_statistics`), ordered by division, indicator and year.

        Args:
            region: a division's name, short or full, or its code.
            year: 2026, or "2024-2026".
            indicator: a standard indicator's id, or part of the indicator's name.
        """
        return self._frame(statistics_query(region=region, year=year, indicator=indicator))

    def statistics_rejects(self) -> Frame:
        """Files, rows and cells of statistics that could not be read, with the reason's code."""
        return self.sql('SELECT * FROM statistics_rejects ORDER BY path, sheet, "row", "column", code')

    @takes(filters.Ledger)
    def ledger(self, asked: filters.Ledger) -> Frame:
        """What became of targets, beside the results reported a year later.

        Its parts: `promises`, a row a target; `commitments`, targets of several years, followed through later documents;
        `record`, how often each region kept its targets.
        """
        given = asked.given(without=("part", "outcome"))
        found = self.promises(**given, commitments=asked.part == "commitments")
        return Frame.of(*found.part(asked.part, several(asked.outcome)))

    @takes(filters.Promises)
    def promises(self, asked: filters.Promises) -> Promises:
        """The ledger whole: promises, commitments and the record over the years. See `ledger`."""
        from saidao.analyses.promises import promises

        with explained(str(self.path)):
            return promises(self.connection, load(), **_reports(asked), commitments=asked.commitments)

    def series(
        self,
        *,
        indicator: str,
        region: str | Sequence[str] | None = None,
        year: int | str | None = None,
        measure: str | None = None,
    ) -> Frame:
        """One indicator through the years: target, wording, result, statistic, outcome; a row a region and year.

        No year is left out: `target_reason` and `result_reason` say why a cell is empty.

        Args:
            indicator: a standard indicator's id or name.
            region: a division's name, short or full, or its code; if None the whole country, or without national
                reports all regions.
            year: 2026, or "1978-2025"; from the first report to the last if None.
            measure: growth, level, share or delta; the usual one if None.
        """
        from saidao.analyses import series

        with explained(str(self.path)):
            rows = series.series(
                self.connection, load(), indicator=indicator, region=several(region), year=year, measure=measure
            )
        return Frame.of(rows, series.COLUMNS)

    def sentences(self, document: str | None = None) -> Frame:
        """Sentences with their offsets; of one document, or all."""
        return self._table("sentences", document, "n")

    def sections(self, document: str | None = None) -> Frame:
        """Sections with their roles; of one document, or all."""
        return self._table("sections", document, "n")

    def sources(self, document: str | None = None) -> Frame:
        """Where documents were read from; of one document, or all."""
        return self._table("sources", document, 'path, member, sheet, "row"')

    def images(self, document: str | None = None) -> Frame:
        """Pictures; of one document, or all."""
        return self._table("images", document, "n")

    def noise(self, document: str | None = None) -> Frame:
        """What the sources hold beside content; of one document, or all."""
        return self._table("noise", document, "n")

    def notes(self, document: str | None = None) -> Frame:
        """Doubts and disagreements; of one document, or all."""
        return self._table("notes", document, "n")

    def rejects(self) -> Frame:
        """Inputs that did not become documents, with the reason's code."""
        return self.sql('SELECT * FROM rejects ORDER BY path, member, sheet, "row", code')

    def runs(self) -> Frame:
        """Builds that wrote this file."""
        return self.sql("SELECT * FROM runs ORDER BY id")

    def sql(self, query: str, parameters: Sequence[Any] | None = None) -> Frame:
        """The answer to a query of your own; the tables are described in `docs/schema.md`."""
        return self._frame(Query(query, list(parameters or [])))

    def document(self, id: str) -> dict[str, Any]:
        """A document with its text, by its id or the beginning of it.

        Raises:
            UsageError: there is none, or several begin so.
        """
        return self._one("documents", id)

    def statement(self, id: str) -> dict[str, Any]:
        """A statement with its sentence and document, by its id or the beginning of it.

        Raises:
            UsageError: there is none, or several begin so.
        """
        return self.record("statements", id)

    def record(self, table: str, id: str) -> dict[str, Any]:
        """A record with its sentence and document, by its id or the beginning of it.

        Args:
            table: `statements`, `measures`, `mentions` or `carriers`.
            id: of the record.

        Raises:
            UsageError: there is none, or several begin so.
        """
        whole = self._one(table, id)["id"]
        return next(iter(self._frame(record_query(table, whole))))

    def info(self) -> Info:
        """What the file holds: counts, coverage by region and year, rejects by reason, frequent indicators."""
        from saidao.store.overview import overview

        with explained(str(self.path)):
            return overview(self.connection)

    def _one(self, table: str, id: str) -> dict[str, Any]:
        found = self.sql(f"SELECT * FROM {table} WHERE starts_with(id, ?) ORDER BY id LIMIT 2", [id]).rows()
        if not found or not id:
            raise UsageError("usage.no_id", id=id, table=table)
        if len(found) > 1 and found[0]["id"] != id:
            raise UsageError("usage.several_ids", id=id, table=table)
        return found[0]

    def _table(self, name: str, document: str | None, order: str) -> Frame:
        where, parameters = ("WHERE document_id = ? ", [document]) if document is not None else ("", [])
        return self.sql(f"SELECT * FROM {name} {where}ORDER BY document_id, {order}", parameters)

    def _frame(self, query: Query) -> Frame:
        return Frame(self.connection, query.sql, query.parameters, str(self.path))


def _reports(asked: filters.Reports) -> dict[str, Any]:
    """The choice of reports as arguments."""
    return {
        "year": asked.year, "region": several(asked.region), "within": asked.within, "level": asked.level,
        "indicator": several(asked.indicator),
    }  # fmt: skip
