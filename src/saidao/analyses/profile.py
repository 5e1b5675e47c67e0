"""The facts of a brief about a region or an industry: one source for every form in which it is written.

A fact is a value with its kind and the notes that prove it; nothing here is in a language. Where there is no evidence, a
sentence says so in place of a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from saidao.analyses.notes import Note, Notes, Place
from saidao.lexicon import Lexicon

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """A value, how it is shown, and the notes that prove it."""

    value: Any
    kind: str = "text"
    """text, count, percent, change, points, quotient, cosine, index, year, figure (a record), code and codes with `group`."""
    group: str = ""
    """Which labels codes have: industry, tool, carrier, adcode …"""
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Says:
    """A sentence of the brief: a message with facts in its places."""

    message: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lists:
    """A table of facts; `columns` are ids of labels (`profile.COLUMN`)."""

    columns: tuple[str, ...]
    rows: Sequence[Mapping[str, Fact]]


@dataclass(slots=True)
class Section:
    """A part of the brief, with sentences and tables in order."""

    id: str
    parts: list[Says | Lists] = field(default_factory=list)

    def say(self, message: str, **facts: Fact) -> None:
        """Adds a sentence."""
        self.parts.append(Says(message, facts))

    def table(self, columns: tuple[str, ...], rows: Sequence[Mapping[str, Fact]]) -> None:
        """Adds a table; none without rows."""
        if rows:
            self.parts.append(Lists(columns, rows))


@dataclass(slots=True)
class Profile:
    """A brief as facts."""

    kind: str
    """region or industry."""
    subject: str
    """Division code or industry id."""
    name: str
    """Its Chinese name."""
    level: str
    """Level of the regions that are compared."""
    year: int
    sections: list[Section] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sources:
    """What a brief is made from."""

    connection: duckdb.DuckDBPyConnection
    lexicon: Lexicon
    notes: Notes
    phrases: Callable[[str, int], list[Record]]
    """The new phrases of a division's report against last year's."""

    def places(self, records: Iterable[Record]) -> list[Place]:
        """Where records of the evidence stand."""
        return [Place(r["document"], r["start"], r["end"], r["id"]) for r in records]


def count(value: int | None, notes: tuple[int, ...] = ()) -> Fact:
    """A number of things."""
    return Fact(value, "count", notes=notes)


def code(value: str, group: str, notes: tuple[int, ...] = ()) -> Fact:
    """A coded value."""
    return Fact(value, "code", group, notes)


def codes(values: Sequence[str], group: str, notes: tuple[int, ...] = ()) -> Fact:
    """Several coded values."""
    return Fact(list(values), "codes", group, notes)


def regions(rows: Sequence[tuple[str, str]], notes: tuple[int, ...] = ()) -> Fact:
    """Divisions, each with code and name."""
    return Fact(list(rows), "regions", notes=notes)
