"""The last pass: exact counts of phrases by region, year and group, with first uses and examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from saidao.phrases.codes import Array, Codes
from saidao.phrases.jobs import each
from saidao.phrases.matching import Matcher
from saidao.phrases.table import Table, runs
from saidao.phrases.texts import Document, Documents

_PLACES = np.uint64(20)

Cell = tuple[str | None, int | None, bool]
"""Division code, year, and whether it belongs to the group that is looked at."""


@dataclass(frozen=True, slots=True)
class Count:
    """A phrase in the documents of one cell."""

    cell: Cell
    uses: int
    documents: int


@dataclass(slots=True)
class Counts:
    """Where phrases stand.

    Attributes:
        examples: for each phrase, number of the document and place of its first use in the earliest documents of the
            group that is looked at, then of the other.
        first: for each phrase, the number of the earliest document that uses it.
    """

    phrases: Sequence[str]
    documents: list[Document]
    cells: list[Cell]
    table: Table
    first: list[int | None]
    examples: list[list[tuple[int, int]]] = field(default_factory=list)

    def of(self) -> Iterator[list[Count]]:
        """For each phrase, its counts by cell."""
        number = (self.table.keys >> _PLACES).astype(np.int64)
        place = (self.table.keys & np.uint64((1 << 20) - 1)).astype(np.int64).tolist()
        bounds = np.searchsorted(number, np.arange(len(self.phrases) + 1)).tolist()
        uses, documents = (column.tolist() for column in self.table.counts)
        for n in range(len(self.phrases)):
            yield [Count(self.cells[place[k]], uses[k], documents[k]) for k in range(bounds[n], bounds[n + 1])]


def count(documents: Documents, phrases: Sequence[str], examples: int = 1, jobs: int = 1) -> Counts:
    """Counts phrases exactly, overlapping uses too."""
    numbers: dict[Cell, int] = {}
    cell_of = np.zeros(len(documents.all), np.int64)
    for n, each_document in enumerate(documents.all):
        cell = each_document.adcode, each_document.year, each_document.chosen
        cell_of[n] = numbers.setdefault(cell, len(numbers))
    table = Table(2, 1 << 40)
    first: list[int | None] = [None] * len(phrases)
    kept: list[list[tuple[bool, int, int]]] = [[] for _ in phrases]
    for which, document, at, uses in each(Matcher.of, (phrases,), _places, documents.batches(), jobs):
        _cells(table, which, cell_of[document], uses)
        _remember(documents, first, kept, which, document, at, examples)
    return Counts(
        phrases, documents.all, list(numbers), table, first, [[(d, at) for _, d, at in some] for some in kept]
    )


def _places(matcher: Matcher, batch: tuple[list[int], list[str]]) -> tuple[Array, Array, Array, Array]:
    """Phrase, document, first place and uses, of each document with a phrase; in the order of phrase and document."""
    numbers, texts = batch
    codes = Codes(texts)
    there = np.array(numbers, np.int64)
    found = [(np.zeros(0, np.int64),) * 3]
    for _, at, which in matcher.find(codes):
        inside = codes.documents(at)
        found.append((which, there[inside], at - codes.starts[inside]))
    which, document, at = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.lexsort((at, document, which))
    which, document, at = which[order], document[order], at[order]
    firsts, uses = runs(which.astype(np.uint64) << np.uint64(32) | document.astype(np.uint64))
    return which[firsts], document[firsts], at[firsts], uses


def _cells(table: Table, which: Array, cell: Array, uses: Array) -> None:
    key = which.astype(np.uint64) << _PLACES | cell.astype(np.uint64)
    order = np.argsort(key, kind="stable")
    firsts, in_documents = runs(key[order])
    if len(firsts):
        table.add(key[order][firsts], np.add.reduceat(uses[order], firsts), in_documents)


def _remember(
    documents: Documents,
    first: list[int | None],
    kept: list[list[tuple[bool, int, int]]],
    which: Array,
    document: Array,
    at: Array,
    examples: int,
) -> None:
    """Keeps the earliest uses; the documents are numbered from the earliest on."""
    bounds, lengths = runs(which)
    for begin, length in zip(bounds.tolist(), lengths.tolist(), strict=True):
        phrase = int(which[begin])
        earliest = int(document[begin])
        known = first[phrase]
        first[phrase] = earliest if known is None else min(known, earliest)
        some = kept[phrase]
        numbers = document[begin : begin + length]
        for k in _earliest(documents, numbers, examples):
            some.append((not documents.all[int(numbers[k])].chosen, int(numbers[k]), int(at[begin + k])))
        some.sort()
        del some[examples:]


def _earliest(documents: Documents, numbers: Array, examples: int) -> list[int]:
    """The first few of the group that is looked at, then of the other."""
    chosen: list[int] = []
    others: list[int] = []
    for k, number in enumerate(numbers.tolist()):
        (chosen if documents.all[number].chosen else others).append(k)
        if len(chosen) == examples:
            break
    return (chosen + others)[:examples]
