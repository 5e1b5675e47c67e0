"""A table of counts that stays below a size, however much is counted into it."""

from __future__ import annotations

import numpy as np

from saidao.phrases.codes import Array

WAITING = 1_000_000
"""Keys that wait to be merged, at least; more wait where the table is large, so that a merge is worth its while."""


class Table:
    """Counts by key. When it outgrows its size, the rarest keys go (lossy counting, Manku & Motwani 2002).

    Args:
        columns: how many counts a key has; the first one decides who goes.
        size: keys kept at most, after each merge.

    Attributes:
        missed: by how much the first count of a key may be too low, because it was dropped before.
    """

    def __init__(self, columns: int, size: int) -> None:
        self._keys: Array = np.zeros(0, np.uint64)
        self._counts: list[Array] = [np.zeros(0, np.int32) for _ in range(columns)]
        self._waiting: list[tuple[Array, list[Array]]] = []
        self._many = 0
        self.size = size
        self.missed = 0

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def keys(self) -> Array:
        """The keys, sorted."""
        self._merge()
        return self._keys

    @property
    def counts(self) -> list[Array]:
        """The counts of each key, a column each."""
        self._merge()
        return self._counts

    def add(self, keys: Array, *counts: Array) -> None:
        """Adds counts of keys that are sorted and differ from one another."""
        self._waiting.append((keys, [column.astype(np.int32) for column in counts]))
        self._many += len(keys)
        if self._many > max(WAITING, len(self._keys) // 2):
            self._merge()

    def _merge(self) -> None:
        if not self._waiting:
            return
        parts = [(self._keys, self._counts), *self._waiting]
        self._waiting, self._many = [], 0
        keys = np.concatenate([part[0] for part in parts])
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        firsts, _ = runs(keys)
        self._keys = keys[firsts]
        columns = range(len(self._counts))
        self._counts = [
            np.add.reduceat(np.concatenate([part[1][n] for part in parts])[order], firsts) if len(firsts) else part_of
            for n, part_of in zip(columns, self._counts, strict=True)
        ]
        if len(self._keys) > self.size:
            self._prune()

    def _prune(self) -> None:
        """Drops the rarest keys until half the size is left, those of equal count together."""
        counts = np.bincount(np.minimum(self._counts[0], 1 << 16))
        left = len(self._keys) - np.cumsum(counts)
        floor = int(np.argmax(left <= self.size // 2))
        kept = self._counts[0] > floor
        self._keys = self._keys[kept]
        self._counts = [column[kept] for column in self._counts]
        self.missed += floor


def runs(keys: Array) -> tuple[Array, Array]:
    """Of sorted keys: where each new one begins, and how often it stands there."""
    if not len(keys):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    firsts = np.flatnonzero(np.concatenate((np.ones(1, bool), keys[1:] != keys[:-1])))
    return firsts, np.diff(np.append(firsts, len(keys)))
