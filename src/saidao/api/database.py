"""The Python interface to a database: open it, ask it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import duckdb

from saidao import store
from saidao.api.comparisons import Comparisons
from saidao.api.frame import Frame
from saidao.api.fulltext import FullText
from saidao.api.policybook import Policybook
from saidao.api.vocabulary import Vocabulary
from saidao.errors import UsageError
from saidao.extraction import type_ids
from saidao.lexicon import load
from saidao.store.policy_queries import POLICY_QUERIES
from saidao.store.problems import explained
from saidao.store.queries import documents_query, statements_query, statistics_query
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

    def documents(
        self,
        *,
        region: str | Sequence[str] | None = None,
        year: int | str | None = None,
        type: str | Sequence[str] | None = None,
        issuer: str | None = None,
    ) -> Frame:
        """Documents, ordered by division, year and date, without their texts (see `document`).

        Args:
            region: a division's name, short or full, or its code; 湖南, 湖南省 and 430000 are the same.
            year: 2026, or "2024-2026".
            type: kinds of document.
            issuer: part of the issuer's name.
        """
        return self._frame(documents_query(region=region, year=year, type=type_ids(type, load()), issuer=issuer))

    def statements(
        self,
        *,
        region: str | Sequence[str] | None = None,
        year: int | str | None = None,
        industry: str | Sequence[str] | None = None,
        indicator: str | Sequence[str] | None = None,
        status: str | Sequence[str] | None = None,
        kind: str | Sequence[str] | None = None,
        section: str | Sequence[str] | None = None,
        type: str | Sequence[str] | None = None,
        period: str | Sequence[str] | None = None,
        words: str | Sequence[str] | None = None,
        document: str | None = None,
        limit: int | None = None,
    ) -> Frame:
        """Statements, each with its sentence, its document and its source. Filters of several kinds must all hold.

        Args:
            region: a division's name, short or full, or its code: of the issuer, or named by the statement.
            year: the report's year: 2026, or "2024-2026".
            industry: an industry's id, Chinese or English name, those below it included; or part of its name in the text.
            indicator: a standard indicator's id, or part of the indicator's name.
            status: achieved, target, reference.
            kind: level, growth, delta, share, rank, multiple, relation, delegated, text.
            section: role of the section it stands in.
            type: kinds of document.
            period: the year it is about; one within a span (2021-2025) counts.
            words: words that the sentence must hold, all of them.
            document: the document's id.
            limit: at most so many.
        """
        query = statements_query(
            region=region, year=year, industry=industry, indicator=indicator, status=status, kind=kind,
            section=section, type=type_ids(type, load()), period=period, words=words, document=document, limit=limit,
        )  # fmt: skip
        return self._frame(query)

    def round_up(
        self,
        *,
        year: int | str | None = None,
        region: str | Sequence[str] | None = None,
        within: str | None = None,
        level: str | None = None,
        indicator: str | Sequence[str] | None = None,
    ) -> RoundUp:
        """The yearly round-up: targets and results with their sentences, what stands under them, what is missing.

        Args:
            year: 2026, or "2024-2026"; all years if None.
            region: a division's name, short or full, or its code.
            within: a division whose parts are meant: 湖南 for its cities.
            level: central, province, prefecture, county.
            indicator: a standard indicator's id or name.
        """
        from saidao.analyses.round_up import round_up

        with explained(str(self.path)):
            return round_up(
                self.connection, load(), year=year, region=_several(region) or (), within=within, level=level,
                indicator=_several(indicator) or (),
            )  # fmt: skip

    def targets(
        self,
        *,
        year: int | str | None = None,
        region: str | Sequence[str] | None = None,
        within: str | None = None,
        level: str | None = None,
        indicator: str | Sequence[str] | None = None,
        part: str = "cells",
    ) -> Frame:
        """The round-up as a frame: its `cells`, or with `part` its `summary` or `coverage`. See `round_up`."""
        found = self.round_up(year=year, region=region, within=within, level=level, indicator=indicator)
        rows, names = found.part(part)
        return Frame.of(rows, names)

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

    def ledger(
        self,
        *,
        year: int | str | None = None,
        region: str | Sequence[str] | None = None,
        within: str | None = None,
        level: str | None = None,
        indicator: str | Sequence[str] | None = None,
        outcome: str | Sequence[str] | None = None,
        part: str = "promises",
    ) -> Frame:
        """What became of targets, beside the results reported a year later.

        Args:
            year: the targets' year: 2025, or "1978-2024"; all years if None.
            region: a division's name, short or full, or its code.
            within: a division whose parts are meant: 湖南 for its cities.
            level: central, province, prefecture, county.
            indicator: a standard indicator's id or name.
            outcome: beaten, met, missed, not_comparable, open; of commitments met, missed, on_track, behind, no_figure,
                due_no_figure.
            part: `promises`: a row a target; `commitments`: targets of several years, followed through later
                documents; `record`: how often each region kept its targets.
        """
        rows, names = self.promises(year=year, region=region, within=within, level=level, indicator=indicator).part(
            part, _several(outcome)
        )
        return Frame.of(rows, names)

    def promises(
        self,
        *,
        year: int | str | None = None,
        region: str | Sequence[str] | None = None,
        within: str | None = None,
        level: str | None = None,
        indicator: str | Sequence[str] | None = None,
    ) -> Promises:
        """The ledger whole: promises, commitments and the record over the years. See `ledger`."""
        from saidao.analyses.promises import promises

        with explained(str(self.path)):
            return promises(
                self.connection, load(), year=year, region=_several(region) or (), within=within, level=level,
                indicator=_several(indicator) or (),
            )  # fmt: skip

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
                self.connection, load(), indicator=indicator, region=_several(region) or (), year=year, measure=measure
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
        query = statements_query(id=whole) if table == "statements" else POLICY_QUERIES[table](id=whole)
        return next(iter(self._frame(query)))

    def info(self) -> Info:
        """What the file holds: counts, coverage by region and year, rejects by reason, frequent indicators."""
        from saidao.store.overview import overview

        with explained(str(self.path)):
            return overview(self.connection)

    def _one(self, table: str, id: str) -> dict[str, Any]:
        found = self.sql(f"SELECT * FROM {table} WHERE starts_with(id, ?) ORDER BY id LIMIT 2", [id]).rows()
        if not found or not id:
            raise UsageError(f"{id}: no such id in {table}")
        if len(found) > 1 and found[0]["id"] != id:
            raise UsageError(f"{id}: several ids in {table} begin so")
        return found[0]

    def _table(self, name: str, document: str | None, order: str) -> Frame:
        where, parameters = ("WHERE document_id = ? ", [document]) if document is not None else ("", [])
        return self.sql(f"SELECT * FROM {name} {where}ORDER BY document_id, {order}", parameters)

    def _frame(self, query: Query) -> Frame:
        return Frame(self.connection, query.sql, query.parameters, str(self.path))


def _several(value: str | Iterable[str] | None) -> list[str] | None:
    if value is None:
        return None
    return [value] if isinstance(value, str) else list(value)
