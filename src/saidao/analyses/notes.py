"""The notes of a brief: the sentence behind each number, once, with the words marked and the ids of the records."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

import duckdb

MOST = 6
"""Sentences that a number leads to; the rest is told by the command that lists them all."""


@dataclass(slots=True)
class Note:
    """A sentence, or a command that lists what a number counts."""

    number: int
    document: str = ""
    region: str = ""
    adcode: str = ""
    year: int | None = None
    title: str = ""
    start: int = 0
    """Where the sentence begins in the document's text."""
    sentence: str = ""
    marks: list[tuple[int, int]] = field(default_factory=list)
    """The words that are meant, counted in the sentence."""
    ids: list[str] = field(default_factory=list)
    """Ids of the records, for `saidao show`."""
    command: list[str] = field(default_factory=list)
    """Arguments of `saidao`, DB in place of the database; of a note without a sentence."""
    count: int = 0
    """How many rows the command lists."""


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a document, and the record that quotes them."""

    document: str
    start: int
    end: int
    id: str | None = None


class Notes:
    """Collects notes in the order in which they are first asked for."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.notes: list[Note] = []
        self._connection = connection
        self._by_sentence: dict[tuple[str, int], Note] = {}
        self._by_command: dict[tuple[str, ...], Note] = {}
        self._statements: dict[str, dict[tuple[int, int], str]] = {}
        self._documents: dict[str, tuple[str, str, int | None, str, list[int], list[str]]] = {}

    def of(self, places: Iterable[Place], command: list[str] | None = None) -> tuple[int, ...]:
        """The numbers of the notes for some places; of more than `MOST` sentences the first, and the command for all.

        Args:
            places: what a number counts.
            command: arguments of `saidao` that list them all.
        """
        several = list(places)
        found: dict[int, None] = {}
        for place in several:
            if len(found) >= MOST and command is not None and not self._known(place, found):
                continue
            found[self._note(place).number] = None
        if command is not None and len({self._sentence(place) for place in several}) > len(found):
            found[self._listed(command, len(several)).number] = None
        return tuple(found)

    def _known(self, place: Place, found: dict[int, None]) -> bool:
        note = self._by_sentence.get(self._sentence(place))
        return note is not None and note.number in found

    def _sentence(self, place: Place) -> tuple[str, int]:
        starts = self._document(place.document)[4]
        at = bisect_right(starts, place.start) - 1
        return place.document, starts[at] if at >= 0 else 0

    def _note(self, place: Place) -> Note:
        key = self._sentence(place)
        region, adcode, year, title, starts, texts = self._document(place.document)
        note = self._by_sentence.get(key)
        if note is None:
            text = texts[starts.index(key[1])] if key[1] in starts else ""
            note = Note(len(self.notes) + 1, place.document, region, adcode, year, title, key[1], text)
            self.notes.append(note)
            self._by_sentence[key] = note
        mark = (place.start - key[1], min(place.end - key[1], len(note.sentence)))
        if mark not in note.marks and mark[1] > mark[0]:
            note.marks = sorted([*note.marks, mark])
        id = place.id or self._statement(place)
        if id is not None and id not in note.ids:
            note.ids.append(id)
        return note

    def _listed(self, command: list[str], count: int) -> Note:
        note = self._by_command.get(tuple(command))
        if note is None:
            note = Note(len(self.notes) + 1, command=command, count=count)
            self.notes.append(note)
            self._by_command[tuple(command)] = note
        return note

    def _document(self, id: str) -> tuple[str, str, int | None, str, list[int], list[str]]:
        if id not in self._documents:
            row = self._connection.execute("SELECT region, adcode, year, title FROM documents WHERE id = ?", [id])
            region, adcode, year, title = row.fetchone() or ("", "", None, "")
            rows = self._connection.execute(
                'SELECT "start", text FROM sentences WHERE document_id = ? ORDER BY 1', [id]
            ).fetchall()
            self._documents[id] = (
                region or "", adcode or "", year, title or "", [start for start, _ in rows], [text for _, text in rows],
            )  # fmt: skip
        return self._documents[id]

    def _statement(self, place: Place) -> str | None:
        if place.document not in self._statements:
            rows = self._connection.execute(
                'SELECT "start", "end", id FROM statements WHERE document_id = ? ORDER BY id DESC', [place.document]
            ).fetchall()
            self._statements[place.document] = {(start, end): id for start, end, id in rows}
        return self._statements[place.document].get((place.start, place.end))
