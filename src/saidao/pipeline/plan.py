"""Turns paths into steps: which files are to be read, in which tasks, in the order in which results are written."""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from saidao import sources
from saidao.models import Raw, Reject
from saidao.pipeline.pool import Ticket
from saidao.pipeline.work import ReadUnits, TakeRaws, raws_of
from saidao.store import upkeep
from saidao.store.writer import Input

DATA_SETS = frozenset({"csv", "tsv", "json", "jsonl", "parquet", "xlsx"})
"""Formats of many documents: read by the main process, so that the rows of one large file keep all workers busy."""

SMALL = 262_144
"""Bytes up to which a data set is left to a worker, too."""

TASK = 131_072
"""Bytes of units that a task holds: much more than it costs to send, little enough to share work evenly."""

CHUNK_DOCUMENTS = 64
CHUNK_CHARACTERS = 200_000
"""What a task of rows holds."""

UNITS = 16
"""Units that a task holds at most."""

LOOKUP = 256
"""Found inputs whose records are looked up together."""

RETRIED = frozenset({"not_found", "unreadable"})
"""Rejects that may be gone the next time although the file is the same."""


@dataclass(frozen=True, slots=True)
class Begin:
    """A file is going to be read; `known`: the database may hold something of it."""

    path: str
    known: bool


@dataclass(frozen=True, slots=True)
class Work:
    """One list of results of a task: all that a unit, or a chunk of rows, yields."""

    ticket: Ticket
    index: int
    unit: sources.Unit | None


@dataclass(frozen=True, slots=True)
class End:
    """A file has been read; without `read` it is tried again by the next build."""

    path: str
    read: Input | None
    size: int


@dataclass(frozen=True, slots=True)
class Skip:
    """A file is unchanged."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Touch:
    """A file is unchanged, but for its time."""

    read: Input


Step = Begin | Work | End | Skip | Touch | Reject
Found = sources.Unit | Reject


class Plan:
    """The steps of a build.

    Args:
        connection: to look up what was read before; used between the writer's transactions only.
        reader: the hash that decides whether an unchanged file would be read differently now.
        submit: takes a ticket as soon as its task is complete.
        own: the database file, which may lie among the inputs and is none.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        reader: str,
        mapping: Mapping[str, str] | None,
        submit: Callable[[Ticket], None],
        own: str = "",
    ) -> None:
        self._connection = connection
        self._reader = reader
        self._mapping = mapping
        self._own = own
        self._submit = submit
        self._units: list[sources.Unit] = []
        self._ticket: Ticket | None = None

    def steps(self, paths: Iterable[str]) -> Iterator[Step]:
        """The steps for all files at or below the paths."""
        given = (item for item in sources.discover(list(paths)) if not self._is_own(_path(item)))
        found = self._annotated(given)
        for path, items in itertools.groupby(found, key=lambda item: _path(item[0])):
            yield from self._file(path, items)
        self.flush()

    def flush(self) -> None:
        """Hands in the task that is being filled."""
        if self._ticket is not None:
            self._ticket.task = ReadUnits(tuple(self._units))
            self._submit(self._ticket)
        self._units, self._ticket = [], None

    def _is_own(self, path: str) -> bool:
        """Whether a path is the database, or a file that DuckDB keeps beside it while it writes."""
        if not self._own or not Path(path).name.startswith(Path(self._own).name):
            return False
        database = str(Path(self._own).resolve())
        return str(Path(path).resolve()) in (database, f"{database}.wal", f"{database}.tmp")

    def _annotated(self, found: Iterable[Found]) -> Iterator[tuple[Found, Input | None, bool]]:
        """What was found, with the record of its file; a file found twice is left out the second time."""
        last: tuple[str, Input | None, bool] | None = None
        for batch in _batches(found):
            fresh = list(dict.fromkeys(_path(item) for item in batch))
            met = upkeep.visited(self._connection, fresh)
            records = upkeep.lookup(self._connection, fresh)
            upkeep.visit(self._connection, [path for path in fresh if path not in met])
            for item in batch:
                path = _path(item)
                if last is not None and last[0] == path:
                    yield item, last[1], last[2]
                elif path not in met:
                    met.add(path)
                    last = (path, *records[path])
                    yield item, last[1], last[2]

    def _file(self, path: str, items: Iterator[tuple[Found, Input | None, bool]]) -> Iterator[Step]:
        first, record, known = next(items)
        # The name in the database is printable; the one to open may not be.
        file = first.path if isinstance(first, sources.Unit) else path
        stat = _stat(file)
        if record is not None and stat is not None and record.reader == self._reader and record.size == stat.st_size:
            if record.mtime == stat.st_mtime_ns:
                yield Skip(path, stat.st_size)
                return
            if _sha256(file) == record.sha256:
                yield Touch(Input(path, record.size, stat.st_mtime_ns, record.sha256, record.reader))
                return
        # The time and the hash are taken before the reading: a file that changes meanwhile is read again next time.
        digest = _sha256(file) if stat is not None else None
        yield Begin(path, known)
        retry = digest is None
        for item in itertools.chain([first], (item for item, _, _ in items)):
            if isinstance(item, Reject):
                retry = retry or item.code in RETRIED
                yield item
            else:
                yield from self._unit(item)
        read = None
        if stat is not None and digest is not None and not retry:
            read = Input(path, stat.st_size, stat.st_mtime_ns, digest, self._reader)
        yield End(path, read, stat.st_size if stat is not None else 0)

    def _unit(self, unit: sources.Unit) -> Iterator[Step]:
        size = unit.size or 0
        if unit.format in DATA_SETS and size > SMALL:
            yield from self.rows(unit)
            return
        if self._ticket is None:
            self._ticket = Ticket(ReadUnits(()))
        yield Work(self._ticket, len(self._units), unit)
        self._units.append(unit)
        if len(self._units) >= UNITS or sum(u.size or 0 for u in self._units) >= TASK:
            self.flush()

    def rows(self, unit: sources.Unit) -> Iterator[Work]:
        """The steps of a unit that is read here, its rows handed out in chunks."""
        for chunk in self.rows_here(unit):
            ticket = Ticket(TakeRaws(tuple(chunk)))
            self._submit(ticket)
            yield Work(ticket, 0, None)

    def rows_here(self, unit: sources.Unit) -> Iterator[list[Raw | Reject]]:
        """What a unit yields, in chunks."""
        chunk: list[Raw | Reject] = []
        characters = 0
        for raw in raws_of(unit, self._mapping):
            chunk.append(raw)
            characters += len(raw.text) if isinstance(raw, Raw) else 0
            if len(chunk) >= CHUNK_DOCUMENTS or characters >= CHUNK_CHARACTERS:
                yield chunk
                chunk, characters = [], 0
        if chunk:
            yield chunk


def _path(item: Found) -> str:
    return item.source.path


def _batches(found: Iterable[Found]) -> Iterator[tuple[Found, ...]]:
    iterator = iter(found)
    while batch := tuple(itertools.islice(iterator, LOOKUP)):
        yield batch


def _stat(path: str) -> os.stat_result | None:
    try:
        return Path(path).stat() if Path(path).is_file() else None
    except OSError:
        return None


def _sha256(path: str) -> str | None:
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
