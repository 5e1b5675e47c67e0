"""A table of counts that stays below a size, however much is counted into it."""

from __future__ import annotations

import numpy as np

from saidao.phrases.codes import Array


class Table:
    """Counts by key, sorted by key. When it outgrows its size, the rarest keys go (lossy counting, Manku & Motwani 2002).

    Args:
        columns: how many counts a key has; the first one decides who goes.
        size: keys kept at most, after each addition.

    Attributes:
        missed: by how much the first count of a key may be too low, because it was dropped before.
    """

    def __init__(self, columns: int, size: int) -> None:
        self.keys: Array = np.zeros(0, np.uint64)
        self.counts: list[Array] = [np.zeros(0, np.int64) for _ in range(columns)]
        self.size = size
        self.missed = 0

    def __len__(self) -> int:
        return len(self.keys)

    def add(self, keys: Array, *counts: Array) -> None:
        """Adds counts of keys that are sorted and differ from one another."""
        at = np.searchsorted(self.keys, keys)
        known = at < len(self.keys)
        known[known] = self.keys[at[known]] == keys[known]
        for column, more in zip(self.counts, counts, strict=True):
            column[at[known]] += more[known]
        new = ~known
        if new.any():
            places = at[new]
            self.keys = np.insert(self.keys, places, keys[new])
            self.counts = [
                np.insert(column, places, more[new]) for column, more in zip(self.counts, counts, strict=True)
            ]
        if len(self.keys) > self.size:
            self._prune()

    def _prune(self) -> None:
        """Drops the rarest keys until half the size is left, those of equal count together."""
        most = np.bincount(np.minimum(self.counts[0], 1 << 16))
        left = len(self.keys) - np.cumsum(most)
        floor = int(np.argmax(left <= self.size // 2))
        kept = self.counts[0] > floor
        self.keys = self.keys[kept]
        self.counts = [column[kept] for column in self.counts]
        self.missed = max(self.missed, 0) + floor


def runs(keys: Array) -> tuple[Array, Array]:
    """Of sorted keys: where each new one begins, and how often it stands there."""
    if not len(keys):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    firsts = np.flatnonzero(np.concatenate((np.ones(1, bool), keys[1:] != keys[:-1])))
    return firsts, np.diff(np.append(firsts, len(keys)))
