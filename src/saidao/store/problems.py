"""What can be wrong with a database file, told with what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from saidao.errors import StoreError


class DatabaseError(StoreError):
    """A problem with a database file that a person can act on.

    Args:
        code: id of a row of `data/messages.csv`, without its `store.`.
        values: what fills the places of that sentence.
    """

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"store.{code}", **values)
        self.code = code


_SIGNS = (
    ("set lock", "locked"),
    ("used by another process", "locked"),
    ("different configuration", "open_here"),
    ("no space left", "disk_full"),
    ("file too large", "disk_full"),
    ("disk quota", "disk_full"),
    ("could not write", "disk_full"),
    ("permission denied", "no_permission"),
    ("read-only file system", "no_permission"),
    ("read-only mode", "no_permission"),
    ("is a directory", "is_folder"),
    ("no such file or directory", "no_folder"),
    ("does not exist", "missing"),
    ("not a valid duckdb database", "not_a_database"),
    ("database file with version number", "newer_duckdb"),
    ("newer", "newer_duckdb"),
    ("could not read enough bytes", "cut_off"),
    ("corrupt", "damaged"),
    ("checksum", "damaged"),
)
"""What DuckDB's own messages say, and the problem it points to; the first that fits is taken."""


_HOLDER = re.compile(r"lock is held in (?:\S*[/\\\\])?(\S+) \((PID \d+)\)")
"""The program that has the file open, as DuckDB tells it."""


@contextmanager
def explained(path: str, *, writes: bool = False) -> Iterator[None]:
    """Turns DuckDB's errors about the file into a `DatabaseError` that says what to do.

    Args:
        path: the file.
        writes: it is opened to be written, for which nobody else may have it open.

    Raises:
        DatabaseError: the file cannot be opened, read or written.
    """
    try:
        yield
    except (duckdb.Error, OSError) as error:
        said = str(error)
        lowered = said.lower()
        code = next((code for sign, code in _SIGNS if sign in lowered), "failed")
        detail = said.splitlines()[0]
        if code == "locked":
            code = "in_use" if writes else code
            detail = ", ".join(holder.groups()) if (holder := _HOLDER.search(said)) else detail
        raise DatabaseError(code, path=path, detail=detail) from error
