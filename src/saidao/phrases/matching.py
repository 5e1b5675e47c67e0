"""Finds every place where one of many phrases stands, overlapping ones too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from saidao.phrases.codes import Array, Codes, clause_left, hashes, mixed

_BITS = 23
"""The filter of beginnings has 2^23 places at most."""


@dataclass(frozen=True, slots=True)
class _Length:
    """The phrases of one length.

    Attributes:
        length: characters.
        values: their hashes, sorted, and a last one that is none's.
        numbers: which phrase each is.
        maybe: whether there is a hash that begins so.
        firsts: where the hashes that begin so stand in `values`.
    """

    length: int
    values: Array
    numbers: Array
    maybe: Array
    firsts: Array

    @classmethod
    def of(cls, length: int, numbers: Array, values: Array) -> _Length:
        order = np.argsort(values)
        values = values[order]
        wide = min(max((16 * len(values)).bit_length(), 12), _BITS)
        maybe = np.zeros(1 << wide, bool)
        maybe[values >> np.uint64(64 - wide)] = True
        few = max(wide - 3, 10)
        firsts = np.searchsorted(values >> np.uint64(64 - few), np.arange((1 << few) + 1, dtype=np.uint64))
        return cls(length, np.append(values, np.uint64(0)), numbers[order], maybe, firsts.astype(np.int32))

    def likely(self, hashed: Array) -> Array:
        """Which of some hashes may be a phrase's."""
        found: Array = np.flatnonzero(self.maybe[hashed >> np.uint64(65 - len(self.maybe).bit_length())])
        return found

    def look_up(self, hashed: Array) -> tuple[Array, Array]:
        """Which of some hashes are a phrase's, in order, and which phrase's."""
        begins = hashed >> np.uint64(65 - len(self.firsts).bit_length())
        at, ends = self.firsts[begins], self.firsts[begins + np.uint64(1)]
        found = np.full(len(hashed), -1, np.int32)
        left = np.flatnonzero(at < ends)
        while len(left):  # two or three times: few hashes begin alike
            here = at[left]
            right = self.values[here] == hashed[left]
            found[left[right]] = here[right]
            at[left] += 1
            left = left[~right & (here + 1 < ends[left])]
        known = np.flatnonzero(found >= 0)
        return known, self.numbers[found[known]]


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
        self._lengths = []
        for length in np.unique(lengths).tolist():
            numbers = np.flatnonzero(lengths == length)
            self._lengths.append(_Length.of(length, numbers, wanted[numbers] & self._bits))

    @classmethod
    def of(cls, phrases: Sequence[str]) -> Matcher:
        """A matcher of phrases by their text."""
        lengths = np.fromiter(map(len, phrases), np.int64, len(phrases))
        return cls(lengths, mixed(hashes(phrases)))

    def find(self, codes: Codes) -> Iterator[tuple[int, Array, Array]]:
        """For each length, where phrases of that length begin, in order, and which they are."""
        left = clause_left(codes)
        at = np.arange(len(codes))
        for each in self._lengths:
            fits = left >= each.length
            at, left = at[fits], left[fits]
            hashed = mixed(codes.hashes(at, at + each.length))
            likely = each.likely(hashed)
            known, numbers = each.look_up(hashed[likely] & self._bits)
            yield each.length, at[likely[known]], numbers
