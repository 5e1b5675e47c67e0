"""Writes documents in groups, one transaction a group, so that a build killed at any moment leaves whole documents.

What a group holds is decided in `add`; what the file holds already is looked up once a group, when it is committed.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import duckdb

from saidao.models import Reject, Source
from saidao.store.arrow import arrow_table
from saidao.store.entries import Entry, Rows
from saidao.store.problems import explained

PARTS = ("sections", "sentences", "images", "noise", "notes")
"""Tables that are always written anew with their document."""

FOUND = ("statements", "measures", "cues", "mentions", "carriers")
"""Tables of what was found in a document's sentences; their rows stay where text and context are as they were."""

GROUP_DOCUMENTS = 64
GROUP_CHARACTERS = 2_000_000
"""A group is committed when it holds this much: few enough to lose little, enough to write in bulk."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was read to its end."""

    path: str
    size: int
    mtime: int
    sha256: str
    reader: str


@dataclass(slots=True)
class Counts:
    """What a build has written."""

    new: int = 0
    changed: int = 0
    same: int = 0
    documents: int = 0
    statements: int = 0
    characters: int = 0
    rejects: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Stored:
    """What the file holds of a document."""

    key: tuple[str, str, str, int]
    extractor: str
    reading: str
    digest: str
    sourced: bool
    """Whether its primary source still gives it; in a file read again its row may have moved."""


class Writer:
    """Collects entries and commits them.

    Args:
        connection: a connection that may write; the writer alone uses it meanwhile.
        path: the file's name, for messages.
        extract: gives the rows of `FOUND` of an entry for which they turn out not to be stored.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        path: str,
        extract: Callable[[Entry], dict[str, Rows]] | None = None,
    ) -> None:
        self.counts = Counts()
        self._connection = connection
        self._path = path
        self._extract = extract
        self._entries: dict[str, Entry] = {}
        self._characters = 0
        self._sources: dict[tuple[str, str, str, int], tuple[Any, ...]] = {}
        self._rejects: list[Reject] = []
        self._begun: list[str] = []
        self._finished: list[tuple[str, Input | None]] = []
        connection.execute("CREATE TEMP TABLE IF NOT EXISTS reread (path VARCHAR)")
        connection.execute(
            'CREATE TEMP TABLE IF NOT EXISTS seen (path VARCHAR, member VARCHAR, sheet VARCHAR, "row" INTEGER)'
        )

    def begin(self, path: str, known: bool) -> None:
        """A file is going to be read. `known`: the database may hold something of it, which is then replaced."""
        if known:
            self._begun.append(path)

    def finish(self, path: str, read: Input | None) -> None:
        """The file was read to its end; without `read` it will be tried again by the next build."""
        self._finished.append((path, read))

    def reject(self, reject: Reject) -> None:
        """Takes a reject."""
        self._rejects.append(reject)
        self.counts.rejects[reject.code] = self.counts.rejects.get(reject.code, 0) + 1

    def add(self, entry: Entry) -> None:
        """Takes a document. Of two sources of one text in a group, the one with the smaller key is kept as primary."""
        size = entry.tables["documents"][0][14]
        self.counts.documents += 1
        self.counts.characters += size
        self._characters += size
        self._sources[entry.source.key] = entry.tables["sources"][0]
        held = self._entries.get(entry.document_id)
        if held is None:
            self._entries[entry.document_id] = entry
            return
        self.counts.same += 1
        if entry.source.key < held.source.key:
            self._entries[entry.document_id] = entry

    @property
    def full(self) -> bool:
        """Whether the group is large enough to be committed."""
        return len(self._sources) >= GROUP_DOCUMENTS or self._characters >= GROUP_CHARACTERS

    @property
    def empty(self) -> bool:
        """Whether nothing waits to be committed."""
        return not (self._sources or self._rejects or self._begun or self._finished)

    def commit(self) -> None:
        """Writes the group in one transaction.

        Raises:
            DatabaseError: the file cannot be written; nothing of the group is in it then.
        """
        if self.empty:
            return
        with explained(self._path):
            self._connection.execute("BEGIN")
            try:
                self._write()
                self._connection.execute("COMMIT")
            except BaseException:
                rollback(self._connection)
                raise
        self._entries, self._sources, self._rejects = {}, {}, []
        self._begun, self._finished, self._characters = [], [], 0

    def readings(self, extractor: str) -> array[int]:
        """The readings whose statements are stored, sorted; 8 bytes each, so that every worker can hold them."""
        found = self._connection.execute(
            "SELECT reading FROM documents WHERE extractor = ? ORDER BY reading", [extractor]
        )
        known = array("Q")
        while rows := found.fetchmany(10_000):
            known.extend(int(reading, 16) for (reading,) in rows)
        return known

    def _write(self) -> None:
        self._forget(self._begun)
        self._write_sources()
        stored = self._lookup()
        replaced: list[str] = []
        kept: set[str] = set()
        written: list[Entry] = []
        for entry in self._entries.values():
            held = stored.get(entry.document_id)
            if held is None:
                self._complete(entry)
                self.counts.new += 1
            elif (held.sourced and held.key < entry.source.key) or self._equal(held, entry):
                self.counts.same += 1
                continue
            else:
                if not entry.extracted and (held.extractor, held.reading) == (entry.extractor, entry.reading):
                    kept.add(entry.document_id)
                else:
                    self._complete(entry)
                replaced.append(entry.document_id)
                if (held.extractor, held.digest) == (entry.extractor, entry.digest):
                    self.counts.same += 1
                else:
                    self.counts.changed += 1
            written.append(entry)
        if replaced:
            self._delete(("documents", *PARTS), replaced)
            self._delete(FOUND, [key for key in replaced if key not in kept])
        for name in ("documents", *PARTS, *FOUND):
            self._append(name, [row for entry in written for row in entry.tables[name]])
        self.counts.statements += sum(len(entry.tables["statements"]) for entry in written)
        self._append("rejects", [_reject_row(reject) for reject in self._rejects])
        self._close_files()

    @staticmethod
    def _equal(held: _Stored, entry: Entry) -> bool:
        mine = (entry.source.key, entry.extractor, entry.reading, entry.digest)
        return (held.key, held.extractor, held.reading, held.digest) == mine

    def _complete(self, entry: Entry) -> None:
        if not entry.extracted and self._extract is not None:
            entry.tables |= self._extract(entry)
            entry.extracted = True

    def _forget(self, paths: list[str]) -> None:
        if not paths:
            return
        run = self._connection.execute
        run("INSERT INTO reread SELECT unnest(?::VARCHAR[])", [paths])
        run("DELETE FROM inputs WHERE path IN (SELECT unnest(?::VARCHAR[]))", [paths])
        run("DELETE FROM rejects WHERE path IN (SELECT unnest(?::VARCHAR[]))", [paths])

    def _lookup(self) -> dict[str, _Stored]:
        found = self._connection.execute(
            'SELECT id, path, member, sheet, "row", extractor, reading, digest, EXISTS (SELECT 1 FROM sources AS s'
            f" WHERE s.document_id = d.id AND {_same_key('s', 'd')}) FROM documents AS d"
            " WHERE id IN (SELECT unnest(?::VARCHAR[]))",
            [list(self._entries)],
        ).fetchall()
        return {row[0]: _Stored(Source(row[1], row[2], row[4], row[3]).key, *row[5:]) for row in found}

    def _delete(self, names: tuple[str, ...], documents: list[str]) -> None:
        if documents:
            for name in names:
                column = "id" if name == "documents" else "document_id"
                self._connection.execute(
                    f"DELETE FROM {name} WHERE {column} IN (SELECT unnest(?::VARCHAR[]))", [documents]
                )

    def _append(self, name: str, rows: Rows, insert: str = "INSERT INTO {name} SELECT * FROM incoming") -> None:
        if not rows:
            return
        self._connection.register("incoming", arrow_table(name, rows))
        self._connection.execute(insert.format(name=name))
        self._connection.unregister("incoming")

    def _write_sources(self) -> None:
        rows = list(self._sources.values())
        if not rows:
            return
        run = self._connection.execute
        self._connection.register("incoming", arrow_table("sources", rows))
        if run("SELECT count(*) FROM reread").fetchall()[0][0]:
            again = "incoming WHERE path IN (SELECT path FROM reread)"
            run(f'INSERT INTO seen SELECT path, member, sheet, "row" FROM {again}')
            run(f"DELETE FROM sources AS s USING (SELECT * FROM {again}) AS i WHERE {_same_key('s', 'i')}")
        run("INSERT INTO sources SELECT * FROM incoming")
        self._connection.unregister("incoming")

    def _close_files(self) -> None:
        run = self._connection.execute
        paths = [path for path, _ in self._finished]
        if paths and run("SELECT count(*) FROM reread").fetchall()[0][0]:
            closed = "path IN (SELECT unnest(?::VARCHAR[]))"
            run(
                "DELETE FROM sources AS s WHERE path IN (SELECT path FROM reread) AND "
                f"{closed} AND NOT EXISTS (SELECT 1 FROM seen AS i WHERE {_same_key('s', 'i')})",
                [paths],
            )
            run(f"DELETE FROM seen WHERE {closed}", [paths])
            run(f"DELETE FROM reread WHERE {closed}", [paths])
        inputs = [(i.path, i.size, i.mtime, i.sha256, i.reader) for _, i in self._finished if i is not None]
        self._append("inputs", inputs)


def rollback(connection: duckdb.DuckDBPyConnection) -> None:
    """Gives up the transaction, where there still is one."""
    try:
        connection.execute("ROLLBACK")
    except duckdb.Error:
        return


def _same_key(left: str, right: str) -> str:
    """SQL that compares two sources; absent parts are equal to absent parts."""
    return " AND ".join(
        f'{left}."{column}" IS NOT DISTINCT FROM {right}."{column}"' for column in ("path", "member", "sheet", "row")
    )


def _reject_row(reject: Reject) -> tuple[Any, ...]:
    source = reject.source
    return (source.path, source.member, source.sheet, source.row, source.format or None, reject.code, reject.detail)
