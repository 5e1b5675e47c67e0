"""A table of counts that stays below a size, however much is counted into it."""

from __future__ import annotations

import numpy as np

from saidao.phrases.codes import Array

WAITING = 1_000_000
"""Keys that wait to be put in, at least; more wait where the table is large, so that it is worth its while."""


class Table:
    """Counts by key. When it outgrows its size, the rarest keys go (lossy counting, Manku & Motwani 2002).

    Keys that are known are counted in place; new ones wait, are put in order among themselves, and are then laid between
    the known ones. So a key costs the same in a table that is full as in one that is not.

    Args:
        columns: how many counts a key has; the first one decides who goes.
        size: keys kept at most, after each time that new ones are put in.

    Attributes:
        dropped: no key that is not there was counted more often.
    """

    def __init__(self, columns: int, size: int) -> None:
        self._keys: Array = np.zeros(0, np.uint64)
        self._counts: list[Array] = [np.zeros(0, np.int32) for _ in range(columns)]
        self._missed: Array = np.zeros(0, np.int32)
        self._waiting: list[tuple[Array, ...]] = []
        self._many = 0
        self.size = size
        self.dropped = 0

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def keys(self) -> Array:
        """The keys, sorted."""
        self._settle()
        return self._keys

    @property
    def counts(self) -> list[Array]:
        """The counts of each key, a column each."""
        self._settle()
        return self._counts

    @property
    def missed(self) -> Array:
        """By how much the first count of each key may be too low, because the key was dropped before."""
        self._settle()
        return self._missed

    def add(self, keys: Array, *counts: Array) -> None:
        """Adds counts of keys that are sorted and differ from one another."""
        if len(self._keys):
            at, known = self._look_up(keys)
            there = at[known]
            for column, more in zip(self._counts, counts, strict=True):
                column[there] += more[known].astype(np.int32)
            new = ~known
            keys, counts = keys[new], tuple(column[new] for column in counts)
        self._waiting.append((keys, *(column.astype(np.int32) for column in counts)))
        self._many += len(keys)
        if self._many > max(WAITING, len(self._keys) // 2):
            self._settle()

    def _look_up(self, keys: Array) -> tuple[Array, Array]:
        """Where each key stands or would stand, and whether it is there."""
        at = np.searchsorted(self._keys, keys)
        known: Array = self._keys[np.minimum(at, len(self._keys) - 1)] == keys
        return at, known

    def _settle(self) -> None:
        """Puts the waiting keys in."""
        if not self._waiting:
            return
        keys, *counts = (np.concatenate(parts) for parts in zip(*self._waiting, strict=True))
        self._waiting, self._many = [], 0
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        firsts, lengths = runs(keys)
        if len(firsts):
            keys, counts = keys[firsts], [sums(column[order], firsts, lengths) for column in counts]
        missed = np.full(len(keys), self.dropped, np.int32)
        if len(self._keys):
            new = np.searchsorted(self._keys, keys) + np.arange(len(keys))
            old = np.ones(len(self._keys) + len(keys), bool)
            old[new] = False
            keys = _laid(self._keys, keys, old, new)
            counts = [_laid(*columns, old, new) for columns in zip(self._counts, counts, strict=True)]
            missed = _laid(self._missed, missed, old, new)
        self._keys, self._counts, self._missed = keys, counts, missed
        if len(keys) > self.size:
            self._prune()

    def _prune(self) -> None:
        """Drops the rarest keys until half the size is left, those of equal count together."""
        most = self._counts[0] + self._missed
        counts = np.bincount(np.minimum(most, 1 << 16))
        left = len(self._keys) - np.cumsum(counts)
        floor = int(np.argmax(left <= self.size // 2))
        kept = most > floor
        self._keys, self._missed = self._keys[kept], self._missed[kept]
        self._counts = [column[kept] for column in self._counts]
        self.dropped = max(self.dropped, floor)


def _laid(old: Array, new: Array, places: Array, at: Array) -> Array:
    """One array of two, where the first fills the places that are true and the second those whose numbers are given."""
    found = np.empty(len(places), old.dtype)
    found[places] = old
    found[at] = new
    return found


def runs(keys: Array) -> tuple[Array, Array]:
    """Of sorted keys: where each new one begins, and how often it stands there."""
    if not len(keys):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    firsts = np.flatnonzero(np.concatenate((np.ones(1, bool), keys[1:] != keys[:-1])))
    return firsts, np.diff(np.append(firsts, len(keys)))


def sums(values: Array, firsts: Array, lengths: Array) -> Array:
    """The sum of each run. Most runs are of one, so only the longer ones are added up."""
    found: Array = values[firsts]
    longer = np.flatnonzero(lengths > 1)
    if len(longer):
        whole = np.zeros(len(values) + 1, np.int64)
        np.cumsum(values, out=whole[1:])
        begin = firsts[longer]
        found[longer] = whole[begin + lengths[longer]] - whole[begin]
    return found
