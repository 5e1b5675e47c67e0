"""Keeps documents and sources in agreement after files have changed or gone.

Each function reads the state from the file alone, so that a build that was cut off is mended by the next one.
"""

from __future__ import annotations

import duckdb

from saidao.store.writer import FOUND, PARTS, Input, rollback

_KEY = "path, coalesce(member, ''), coalesce(sheet, ''), coalesce(\"row\", 0)"
_ORPHANS = "SELECT id FROM documents AS d WHERE NOT EXISTS (SELECT 1 FROM sources AS s WHERE s.document_id = d.id)"


def lookup(connection: duckdb.DuckDBPyConnection, paths: list[str]) -> dict[str, tuple[Input | None, bool]]:
    """For each path its record, and whether the database may hold something of it."""
    given = "(SELECT unnest(?::VARCHAR[]))"
    found = connection.execute(f"SELECT * FROM inputs WHERE path IN {given}", [paths]).fetchall()
    inputs = {row[0]: Input(*row) for row in found}
    traces = connection.execute(
        f"SELECT path FROM sources WHERE path IN {given} UNION SELECT path FROM rejects WHERE path IN {given}",
        [paths, paths],
    ).fetchall()
    known = {path for (path,) in traces} | set(inputs)
    return {path: (inputs.get(path), path in known) for path in paths}


def touch(connection: duckdb.DuckDBPyConnection, read: Input) -> None:
    """Remembers the new time of a file whose bytes are the same."""
    connection.execute("UPDATE inputs SET mtime = ? WHERE path = ?", [read.mtime, read.path])


def visit(connection: duckdb.DuckDBPyConnection, paths: list[str]) -> None:
    """Remembers for the length of this build that the paths are there."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS visited (path VARCHAR)")
    connection.execute("INSERT INTO visited SELECT unnest(?::VARCHAR[])", [paths])


def visited(connection: duckdb.DuckDBPyConnection, paths: list[str]) -> set[str]:
    """Which of the paths this build has met before."""
    visit(connection, [])
    found = connection.execute(
        "SELECT path FROM visited WHERE path IN (SELECT unnest(?::VARCHAR[]))", [paths]
    ).fetchall()
    return {path for (path,) in found}


def forget_visits(connection: duckdb.DuckDBPyConnection) -> None:
    """Lets files be met again in this build."""
    connection.execute("DELETE FROM visited")


def gone(connection: duckdb.DuckDBPyConnection, roots: list[str]) -> list[str]:
    """Paths at or below the roots that the database knows and this build did not meet, sorted."""
    visit(connection, [])
    found = connection.execute(
        "SELECT DISTINCT path FROM (SELECT path FROM inputs UNION ALL SELECT path FROM sources"
        " UNION ALL SELECT path FROM rejects) AS p, (SELECT unnest(?::VARCHAR[]) AS root) AS r"
        " WHERE (p.path = root OR root = '.' AND NOT starts_with(p.path, '/') OR starts_with(p.path, root || '/')"
        " OR root = '/') AND p.path NOT IN (SELECT path FROM visited) ORDER BY path",
        [roots],
    ).fetchall()
    return [path for (path,) in found]


def remove_paths(connection: duckdb.DuckDBPyConnection, paths: list[str]) -> None:
    """Removes what was read from the paths; `settle` then removes the documents that have no source left."""
    connection.execute("BEGIN")
    try:
        for name in ("sources", "rejects", "inputs"):
            connection.execute(f"DELETE FROM {name} WHERE path IN (SELECT unnest(?::VARCHAR[]))", [paths])
        connection.execute("COMMIT")
    except BaseException:
        rollback(connection)
        raise


def settle(connection: duckdb.DuckDBPyConnection) -> tuple[int, list[str]]:
    """Removes documents without a source, and marks those whose primary source is no longer the smallest.

    Returns:
        how many documents were removed, and the files that must be read again for the documents marked.
    """
    connection.execute("BEGIN")
    try:
        removed = connection.execute(f"SELECT count(*) FROM ({_ORPHANS})").fetchall()[0][0]
        if removed:
            for name in (*PARTS, *FOUND):
                connection.execute(f"DELETE FROM {name} WHERE document_id IN ({_ORPHANS})")
            connection.execute(f"DELETE FROM documents WHERE id IN ({_ORPHANS})")
        connection.execute(
            'CREATE OR REPLACE TEMP TABLE smallest AS SELECT document_id, path, member, sheet, "row" FROM'
            f" (SELECT *, row_number() OVER (PARTITION BY document_id ORDER BY {_KEY}) AS place FROM sources)"
            " WHERE place = 1"
        )
        connection.execute(
            'UPDATE documents AS d SET path = s.path, member = s.member, sheet = s.sheet, "row" = s."row",'
            " digest = '' FROM smallest AS s WHERE s.document_id = d.id AND (d.path <> s.path"
            " OR d.member IS DISTINCT FROM s.member OR d.sheet IS DISTINCT FROM s.sheet"
            ' OR d."row" IS DISTINCT FROM s."row")'
        )
        connection.execute("DROP TABLE smallest")
        paths = connection.execute("SELECT DISTINCT path FROM documents WHERE digest = '' ORDER BY path")
        stale = [path for (path,) in paths.fetchall()]
        connection.execute("DELETE FROM inputs WHERE path IN (SELECT unnest(?::VARCHAR[]))", [stale])
        connection.execute("COMMIT")
    except BaseException:
        rollback(connection)
        raise
    return removed, stale
