"""Hits become measures: how many, in how many documents and sentences, and where first.

A cell is a group of documents, a role where roles are told apart, and a label (a term, a group of terms, or all).
Every hit of a batch is sorted once; the measures are read off the runs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from saidao.terms.matcher import Ints, packed, unpacked
from saidao.terms.reading import Batch

_PENDING = 1 << 20
"""Rows that wait until they are summed up."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A batch with its sentences put in the order of document and role, so that each pair is one stretch."""

    starts: Ints
    """Where each sentence starts in that order."""
    shifts: Ints
    """How far each sentence has moved, in the order of the text."""
    back: Ints
    """The same, in the new order."""
    stretches: Ints
    """The stretch of each sentence, in the new order."""
    owners: Ints
    """The document of each stretch."""
    roles: Ints
    """The role of each stretch; 0 where roles are not told apart."""
    lengths: Ints
    """Characters of each sentence, with the white space that follows in its document, in the new order."""
    at: Ints
    """The sentence of each character, in the order of the text."""
    at_new: Ints
    """The sentence of each character, in the new order."""


def layout(batch: Batch, wanted: np.ndarray, *, by_role: bool) -> Layout:
    """Arranges a batch. Sentences whose role is not `wanted` stand in stretches of the role -1."""
    owners = batch.owners()
    roles = np.where(wanted[batch.roles], batch.roles if by_role else 0, -1)
    lengths = np.diff(batch.sentences, append=len(batch.text))
    order = np.lexsort((batch.sentences, roles, owners))
    ordered = lengths[order]
    starts = np.cumsum(ordered) - ordered
    back = starts - batch.sentences[order]
    shifts = np.empty_like(back)
    shifts[order] = back
    new = np.ones(len(order), bool)
    new[1:] = (owners[order][1:] != owners[order][:-1]) | (roles[order][1:] != roles[order][:-1])
    stretches = np.cumsum(new) - 1
    numbers = np.arange(len(lengths))
    own = lengths.copy()  # the line break behind a document is none of its characters
    own[np.searchsorted(batch.sentences, np.append(batch.documents[1:], len(batch.text))) - 1] -= 1
    return Layout(
        starts, shifts, back, stretches, owners[order][new], roles[order][new], own[order],
        np.repeat(numbers, lengths), np.repeat(numbers, ordered),
    )  # fmt: skip


class Tally:
    """Measures of cells, each a number: (group of documents x roles + role) x labels + label.

    Args:
        labels: the label of each term.
        count: how many labels there are.
        roles: how many roles are told apart; 1 if none.
    """

    def __init__(self, labels: Ints, count: int, roles: int) -> None:
        self._labels = labels
        self._count = count
        self._roles = roles
        self._parts: list[tuple[Ints, ...]] = []
        self._waiting = 0

    def add(self, places: Ints, terms: Ints, plan: Layout, batch: Batch, groups: Ints, ranks: Ints) -> None:
        """Takes the hits of a batch.

        Args:
            places: where they start.
            terms: which terms they are.
            plan: the batch in the order of document and role.
            batch: the batch.
            groups: the group of each document.
            ranks: each document's place in the order of time.
        """
        if not len(places):
            return
        moved = places + plan.shifts[plan.at[places]]
        labels, moved = unpacked(packed(self._labels[terms], moved))
        sentences = plan.at_new[moved]
        stretches = plan.stretches[sentences]
        keep = plan.roles[stretches] >= 0
        if not keep.all():
            labels, moved, sentences, stretches = labels[keep], moved[keep], sentences[keep], stretches[keep]
            if not len(labels):
                return
        other = np.ones(len(labels), bool)
        other[1:] = (labels[1:] != labels[:-1]) | (stretches[1:] != stretches[:-1])
        fresh = other.copy()
        fresh[1:] |= sentences[1:] != sentences[:-1]
        runs = np.flatnonzero(other)
        documents = plan.owners[stretches[runs]]
        cells = groups[documents] * self._roles + plan.roles[stretches[runs]]
        self._parts.append(
            (
                cells * self._count + labels[runs],
                np.diff(runs, append=len(labels)),
                np.ones(len(runs), np.int64),
                np.add.reduceat(fresh.astype(np.int64), runs),
                ranks[documents],
                moved[runs] - plan.back[sentences[runs]] - batch.documents[documents],
            )
        )
        self._waiting += len(runs)
        if self._waiting > _PENDING:
            self._parts = [self.measures()]
            self._waiting = 0

    def measures(self) -> tuple[Ints, ...]:
        """Cells in order, and for each: hits, documents, sentences, the first document's rank, and the place there."""
        if not self._parts:
            return tuple(np.empty(0, np.int64) for _ in range(6))
        keys, hits, documents, sentences, ranks, starts = (np.concatenate(p) for p in zip(*self._parts, strict=True))
        order = np.lexsort((ranks, keys))
        keys = keys[order]
        other = np.ones(len(keys), bool)
        other[1:] = keys[1:] != keys[:-1]
        runs = np.flatnonzero(other)
        first = order[runs]
        sums = (np.add.reduceat(column[order], runs) for column in (hits, documents, sentences))
        return (keys[runs], *sums, ranks[first], starts[first])


class Whole:
    """The measures of all terms together: a document or a sentence with two of them counts once."""

    def __init__(self) -> None:
        self.documents = 0
        """Documents that were read."""
        self.hits, self.documents_with, self.sentences_with = 0, 0, 0
        self.rank, self.start = -1, -1
        """The first document's place in the order of time, and the place of its first hit."""

    def add(self, places: Ints, plan: Layout, batch: Batch, wanted: np.ndarray, ranks: Ints) -> None:
        """Takes the hits of a batch; only those in sentences whose role is wanted."""
        owners, wanted = batch.owners(), wanted[batch.roles]
        self.documents += len(np.unique(owners[wanted]))
        sentences = plan.at[places]
        inside = wanted[sentences]
        places, sentences = places[inside], sentences[inside]
        if not len(places):
            return
        marked = np.zeros(len(owners), bool)
        marked[sentences] = True
        documents = np.unique(owners[marked])
        self.hits += len(places)
        self.sentences_with += int(marked.sum())
        self.documents_with += len(documents)
        first = documents[np.argmin(ranks[documents])]
        if self.rank < 0 or ranks[first] < self.rank:
            self.rank = int(ranks[first])
            self.start = int(places[owners[sentences] == first].min() - batch.documents[first])
