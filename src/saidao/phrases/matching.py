"""Finds every place where one of many phrases stands, overlapping ones too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from saidao.phrases.codes import Array, Codes, clause_left, hashes, mixed

_BITS = 23
"""The filter of beginnings has 2^23 places at most."""


class Matcher:
    """Phrases to look for, by their hashes.

    A filter by the hash passes over nearly all places where no phrase stands; what is left is looked up by the hash as
    far as it is known.

    Args:
        lengths: the length of each phrase.
        wanted: the mixed hash of each phrase, or only the `bits` that are compared.
        bits: which bits of a mixed hash are compared.
    """

    def __init__(self, lengths: Array, wanted: Array, bits: int = 0xFFFF_FFFF_FFFF_FFFF) -> None:
        self._bits = np.uint64(bits)
        self._groups: list[tuple[int, Array, Array, Array, np.uint64]] = []
        for length in np.unique(lengths):
            numbers = np.flatnonzero(lengths == length)
            values = wanted[numbers] & self._bits
            order = np.argsort(values)
            wide = min(max((16 * len(values)).bit_length(), 12), _BITS)
            shift = np.uint64(64 - wide)
            maybe = np.zeros(1 << wide, bool)
            maybe[values >> shift] = True
            self._groups.append((int(length), values[order], numbers[order], maybe, shift))

    @classmethod
    def of(cls, phrases: Sequence[str]) -> Matcher:
        """A matcher of phrases by their text."""
        lengths = np.fromiter(map(len, phrases), np.int64, len(phrases))
        return cls(lengths, mixed(hashes(phrases)))

    def find(self, codes: Codes) -> Iterator[tuple[int, Array, Array]]:
        """For each length, where phrases of that length begin, in order, and which they are."""
        left = clause_left(codes)
        at = np.arange(len(codes))
        left_there = left
        for length, values, numbers, maybe, shift in self._groups:
            fits = left_there >= length
            at, left_there = at[fits], left_there[fits]
            hashed = codes.hashes(at, at + length)
            hashed = mixed(hashed)
            likely = np.flatnonzero(maybe[hashed >> shift])
            there = hashed[likely] & self._bits
            found = np.minimum(np.searchsorted(values, there), len(values) - 1)
            right = values[found] == there
            yield length, at[likely[right]], numbers[found[right]]
