"""The tables of chosen cells: what stands in them, and whether it was chosen from the documents as they are now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import duckdb

from saidao.store.arrow import arrow_table
from saidao.store.writer import rollback

Group = tuple[str, str]
"""A division: code and name."""

_CHUNK = 20_000
_STATES = (
    "SELECT d.adcode, d.region, bit_xor(md5_number_lower(concat_ws(':', d.id, d.extractor, d.reading, d.digest)))::VARCHAR"
    " AS state FROM documents AS d WHERE {where} GROUP BY ALL"
)


def unkept(
    connection: duckdb.DuckDBPyConnection, where: str, parameters: Sequence[object], version: str
) -> dict[Group, str]:
    """The divisions whose cells are not those of their documents, and the state of these.

    Args:
        connection: the database.
        where: the condition that documents meet from which cells are chosen, of a table `d`.
        parameters: what fills its question marks.
        version: of what chooses cells.
    """
    rows = connection.execute(
        f"SELECT now.adcode, now.region, now.state FROM ({_STATES.format(where=where)}) AS now LEFT JOIN cell_groups AS kept"
        " USING (adcode, region) WHERE kept.state IS DISTINCT FROM now.state OR kept.version IS DISTINCT FROM ? ORDER BY 1, 2",
        [*parameters, version],
    ).fetchall()
    return {(code, region): state for code, region, state in rows}


def gone(connection: duckdb.DuckDBPyConnection, where: str, parameters: Sequence[object]) -> list[Group]:
    """The divisions that have cells and no documents any more."""
    rows = connection.execute(
        f"SELECT adcode, region FROM cell_groups ANTI JOIN ({_STATES.format(where=where)}) AS now USING (adcode, region)",
        parameters,
    ).fetchall()
    return [(code, region) for code, region in rows]


def replace(
    connection: duckdb.DuckDBPyConnection,
    groups: dict[Group, str | None],
    rows: Iterable[tuple[Any, ...]],
    version: str,
) -> None:
    """Writes the cells of some divisions in place of those that are there, in one transaction.

    Args:
        connection: a connection that may write.
        groups: the divisions with the state of their documents; None for one that has none any more.
        rows: their rows of the table `cells`.
        version: of what chose them.
    """
    kept = [(code, region, state, version) for (code, region), state in groups.items() if state is not None]
    pairs = [[code for code, _ in groups], [region for _, region in groups]]
    connection.execute("BEGIN")
    try:
        for name in ("cells", "cell_groups"):
            connection.execute(
                f"DELETE FROM {name} WHERE (adcode, region) IN (SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[]))",
                pairs,
            )
        for some in _chunks(rows):
            _append(connection, "cells", some)
        _append(connection, "cell_groups", kept)
        connection.execute("COMMIT")
    except BaseException:
        rollback(connection)
        raise


def _append(connection: duckdb.DuckDBPyConnection, name: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        connection.register("incoming", arrow_table(name, rows))
        connection.execute(f"INSERT INTO {name} SELECT * FROM incoming")
        connection.unregister("incoming")


def _chunks(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    iterator = iter(rows)
    while some := list(islice(iterator, _CHUNK)):
        yield some
