"""What a database holds, counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import duckdb


@dataclass(slots=True)
class Info:
    """Counts, coverage, rejects and the most frequent indicators of a database."""

    schema_version: str
    counts: dict[str, int]
    """Rows by table."""
    characters: int
    first_year: int | None
    last_year: int | None
    types: dict[str, int]
    """Documents by type."""
    levels: dict[str, int]
    """Documents by level; `""` where it is not known."""
    coverage: list[tuple[str, str, int | None, int, int]]
    """Division code, region, year, documents, statements."""
    statuses: dict[str, int]
    kinds: dict[str, int]
    indicators: list[tuple[str, str, int, int]]
    """Standard indicator or else the text's own words, whether standard (id or ""), statements, documents."""
    rejects: list[tuple[str, int, str]]
    """Code, count, an example: path and detail."""
    notes: dict[str, int]
    statistics: list[tuple[str, str, str, int, int, int, int, int]] = field(default_factory=list)
    """Of imported statistics: indicator, standard id or "", measure, figures, regions, first and last year, files."""
    statistics_rejects: list[tuple[str, str | None, int | None, str | None, str, str]] = field(default_factory=list)
    """The first of what could not be read of statistics: path, sheet, row, column, code, detail."""
    runs: list[dict[str, Any]] = field(default_factory=list)
    """The last builds, the newest first."""


TABLES = (
    "documents",
    "sources",
    "sections",
    "sentences",
    "statements",
    "measures",
    "mentions",
    "carriers",
    "images",
    "noise",
    "notes",
    "rejects",
    "statistics",
    "statistics_rejects",
)


def overview(connection: duckdb.DuckDBPyConnection, indicators: int = 20) -> Info:
    """Counts what the database holds."""

    def rows(sql: str) -> list[tuple[Any, ...]]:
        return connection.execute(sql).fetchall()

    def counted(table: str, column: str) -> dict[str, int]:
        return dict(rows(f"SELECT coalesce({column}, ''), count(*) FROM {table} GROUP BY 1 ORDER BY count(*) DESC, 1"))

    spans = "SELECT coalesce(sum(characters), 0)::BIGINT, min(year), max(year) FROM documents"
    characters, first, last = rows(spans)[0]
    last_runs = connection.execute("SELECT * FROM runs ORDER BY id DESC LIMIT 5")
    names = [column[0] for column in last_runs.description or []]
    run_rows = last_runs.fetchall()  # before the connection answers another query
    return Info(
        schema_version=rows("SELECT value FROM meta WHERE key = 'schema_version'")[0][0],
        counts={name: rows(f"SELECT count(*) FROM {name}")[0][0] for name in TABLES},
        characters=characters,
        first_year=first,
        last_year=last,
        types=counted("documents", "type"),
        levels=counted("documents", "level"),
        coverage=rows(
            "SELECT coalesce(d.adcode, ''), coalesce(d.region, ''), d.year, count(*), coalesce(sum(s.n), 0)::BIGINT"
            " FROM documents d LEFT JOIN (SELECT document_id, count(*) AS n FROM statements GROUP BY 1) s"
            " ON s.document_id = d.id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        ),
        statuses=counted("statements", "status"),
        kinds=counted("statements", "kind"),
        indicators=rows(
            "SELECT coalesce(indicator_id, indicator), coalesce(indicator_id, ''), count(*),"
            " count(DISTINCT document_id) FROM statements WHERE coalesce(indicator_id, indicator) IS NOT NULL"
            f" GROUP BY 1, 2 ORDER BY count(DISTINCT document_id) DESC, count(*) DESC, 1 LIMIT {int(indicators)}"
        ),
        rejects=rows(
            "SELECT code, count(*), min(concat_ws('!/', path, member) || CASE detail WHEN '' THEN '' ELSE"
            " ' (' || detail || ')' END) FROM rejects GROUP BY 1 ORDER BY count(*) DESC, 1"
        ),
        notes=counted("notes", "code"),
        statistics=rows(
            "SELECT indicator, coalesce(indicator_id, ''), measure, count(*), count(DISTINCT adcode), min(year),"
            " max(year), count(DISTINCT path) FROM statistics GROUP BY 1, 2, 3 ORDER BY count(*) DESC, 1, 3"
            f" LIMIT {int(indicators)}"
        ),
        statistics_rejects=rows(
            f'SELECT * FROM statistics_rejects ORDER BY path, sheet, "row", "column", code LIMIT {int(indicators)}'
        ),
        runs=[dict(zip(names, row, strict=True)) for row in run_rows],
    )
