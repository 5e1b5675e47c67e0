"""Opens database files: makes a new one, checks an old one."""

from __future__ import annotations

from pathlib import Path

import duckdb

from saidao.lexicon import Lexicon, load
from saidao.store import schema, views
from saidao.store.problems import DatabaseError, explained

STORAGE = "v1.4.0"
"""Storage format: the oldest DuckDB that may read the file. Newer formats gain nothing here."""

MEMORY = "192MB"
"""What DuckDB may keep in memory while a build writes: the cache would otherwise grow with the file."""


def create_or_open(path: Path | str, lexicon: Lexicon | None = None) -> duckdb.DuckDBPyConnection:
    """A connection that may write; the tables are made where the file is new.

    Raises:
        DatabaseError: the file is locked, not writable, no Saidao database, or of another schema version.
    """
    name = str(path)
    if Path(path).is_dir():
        raise DatabaseError("is_folder", path=name)
    with explained(name, writes=True):
        connection = duckdb.connect(name, config={"storage_compatibility_version": STORAGE, "memory_limit": MEMORY})
    try:
        with explained(name):
            if not _tables(connection):
                connection.execute("BEGIN")
                connection.execute(schema.script())
                connection.execute(schema.comments())
                connection.execute("INSERT INTO meta VALUES ('schema_version', ?)", [str(schema.VERSION)])
                connection.execute("COMMIT")
            _check(connection, name)
            # Labels belong to the code, not to the file: the views are made afresh whenever a build opens it.
            views.make(connection, lexicon or load())
    except BaseException:
        connection.close()
        raise
    return connection


def open_existing(path: Path | str, *, read_only: bool = True) -> duckdb.DuckDBPyConnection:
    """A connection to a database that must exist.

    Raises:
        DatabaseError: the file is missing, locked, damaged, no Saidao database, or of another schema version.
    """
    name = str(path)
    if Path(path).is_dir():
        raise DatabaseError("is_folder", path=name)
    if not Path(path).exists():
        raise DatabaseError("missing", path=name)
    with explained(name):
        connection = duckdb.connect(name, read_only=read_only)
    try:
        with explained(name):
            _check(connection, name)
    except BaseException:
        connection.close()
        raise
    return connection


def _tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}


def _version(connection: duckdb.DuckDBPyConnection) -> str | None:
    if "meta" not in _tables(connection):
        return None
    row = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
    return None if row is None else str(row[0])


def _check(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    found = _version(connection)
    if found is None:
        raise DatabaseError("foreign", path=name)
    if found != str(schema.VERSION):
        code = "newer" if not found.isdecimal() or int(found) > schema.VERSION else "older"
        raise DatabaseError(code, path=name, found=found, known=str(schema.VERSION))
