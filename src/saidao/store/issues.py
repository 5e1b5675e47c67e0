"""Asks a database for what was doubted and rejected, and whether it keeps its promises: each quote at its place."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from saidao.filters.names import Several, several
from saidao.store import schema
from saidao.store.where import Query, Where


def notes_query(
    *, code: Several = None, region: Several = None, year: int | str | None = None, type: Several = None
) -> Query:
    """Doubts inside documents, each with its document.

    Raises:
        UsageError: `year` is no year and no span of years.
    """
    made = Where()
    made.among("n.code", code)
    made.region(region)
    made.years(year)
    made.among("d.type", type)
    return made.query(
        "SELECT n.code, n.detail, d.region, d.year, d.type, d.title, d.path, d.member, d.sheet, d.\"row\","
        " n.document_id FROM notes n JOIN documents d ON d.id = n.document_id",
        " ORDER BY d.adcode, d.year, d.path, d.id, n.n",
    )  # fmt: skip


def rejects_query(*, code: Several = None, words: Several = None) -> Query:
    """Inputs that were rejected, of documents and of statistics; `words` stand in the file's or the member's name."""
    made = Where()
    made.among("r.code", code)
    for word in several(words):
        made.add("contains(concat_ws('!/', r.path, r.member), ?)", word)
    return made.query(
        'SELECT r.* FROM (SELECT code, detail, path, member, sheet, "row", NULL AS "column", format FROM rejects'
        ' UNION ALL SELECT code, detail, path, NULL, sheet, "row", "column", NULL FROM statistics_rejects) r',
        ' ORDER BY r.path, r.member, r.sheet, r."row", r."column", r.code, r.detail',
    )


@dataclass(frozen=True, slots=True)
class Quotes:
    """How many of a table's records stand at their place in the text, and the first that do not."""

    table: str
    records: int
    wrong: int
    examples: tuple[str, ...]


def verify(connection: duckdb.DuckDBPyConnection) -> list[Quotes]:
    """Holds every record with offsets against its document's text: `text[start:end]` must be its quote.

    Records whose document is missing count as wrong.
    """
    found = []
    for table in schema.tables().values():
        quote = "quote" if "quote" in table.names else "text"
        if not {"document_id", "start", "end", quote} <= set(table.names):
            continue
        name = "r.id" if "id" in table.names else "concat(r.document_id, ':', r.\"start\")"
        rows = (
            f'FROM {table.name} r LEFT JOIN documents d ON d.id = r.document_id WHERE r.{quote} IS NOT NULL'
        )  # fmt: skip
        differs = f'substr(d.text, r."start" + 1, r."end" - r."start") IS DISTINCT FROM r.{quote}'
        [(records, wrong)] = connection.execute(
            f"SELECT count(*), coalesce(sum(({differs})::INTEGER), 0)::BIGINT {rows}"
        ).fetchall()
        examples = (
            connection.execute(f"SELECT {name} {rows} AND {differs} ORDER BY 1 LIMIT 3").fetchall() if wrong else []
        )
        found.append(Quotes(table.name, records, wrong, tuple(str(id) for (id,) in examples)))
    return found
