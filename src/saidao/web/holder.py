"""Keeps one database file open for many readers at once, and the answers that took long.

The file is opened read-only. When it has been replaced by another, the readers at work finish on the old one, and the
next opens the new one; answers that were kept are forgotten.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from saidao.api import Database
from saidao.api import open as open_database
from saidao.errors import SaidaoError
from saidao.store.problems import DatabaseError

T = TypeVar("T")
Stamp = tuple[int, int, int]
"""What tells a file from the one that replaced it: number, size, time of the last change."""

KEPT, PAGES = 256, 120
"""Answers and pages that are kept at most."""

_SAFE = (
    "SET enable_external_access = false",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
)
"""No query may read or write another file, whatever it says."""


@dataclass(slots=True)
class _Answer:
    """An answer, or the place where it is being made."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    value: Any = None
    ready: bool = False


class Answers:
    """The answers of one state of the file, the longest unused forgotten first; each is made once."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._lock = threading.Lock()
        self._found: OrderedDict[Hashable, _Answer] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer under a key, made by the first who asks; others who ask meanwhile wait for it."""
        with self._lock:
            answer = self._found.setdefault(key, _Answer())
            self._found.move_to_end(key)
            while len(self._found) > self._kept:
                self._found.popitem(last=False)
        with answer.lock:
            if not answer.ready:
                answer.value = make()
                answer.ready = True
        value: T = answer.value
        return value

    def has(self, key: Hashable) -> bool:
        """Whether the answer is there already."""
        with self._lock:
            return key in self._found and self._found[key].ready


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader has in hand: the database by a connection of its own, and the answers that are kept."""

    database: Database
    answers: Answers
    pages: Answers
    """Pages as they were written, by address."""
    stamp: Stamp

    def answer(self, *key: Hashable, make: Callable[[], T]) -> T:
        """An answer that is worth keeping; see `Answers.get`."""
        return self.answers.get(key, make)


class Holder:
    """Holds the file.

    Args:
        path: the database.

    Raises:
        DatabaseError: it is missing, locked, damaged, or of another version.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._turn = threading.Condition()
        self._readers = 0
        self._stamp: Stamp | None = None
        self._database: Database | None = None
        self._answers, self._pages = Answers(), Answers(PAGES)
        with self.reading():
            pass

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """The database for as long as one question takes.

        Raises:
            DatabaseError: the file is gone, being written, or no database any more.
        """
        with self._turn:
            database, stamp = self._current()
            answers, pages = self._answers, self._pages
            handle = database.another()
            self._readers += 1
        try:
            yield Reading(handle, answers, pages, stamp)
        finally:
            handle.close()
            with self._turn:
                self._readers -= 1
                self._turn.notify_all()

    def stamp(self) -> Stamp | None:
        """Which file lies there now; None where none does."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns

    def close(self) -> None:
        """Closes the file when the last reader is done."""
        with self._turn:
            self._shut()

    def _current(self) -> tuple[Database, Stamp]:
        stamp = self.stamp()
        if stamp is None:
            raise DatabaseError("missing", path=str(self.path))
        if self._database is None or stamp != self._stamp:
            # DuckDB gives a second connection to a path the file that the first has open, even if another lies there.
            self._shut()
            database = open_database(self.path)
            try:
                for statement in _SAFE:
                    database.connection.execute(statement)
            except SaidaoError:
                database.close()
                raise
            self._database, self._stamp = database, stamp
            self._answers, self._pages = Answers(), Answers(PAGES)
        return self._database, stamp

    def _shut(self) -> None:
        self._turn.wait_for(lambda: self._readers == 0)
        if self._database is not None:
            self._database.close()
        self._database = self._stamp = None
