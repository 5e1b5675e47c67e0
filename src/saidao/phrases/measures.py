"""The second pass: how often each candidate stands in the text, and what stands beside it."""

from __future__ import annotations

import numpy as np

from saidao.phrases.codes import Array, Codes, letters
from saidao.phrases.matching import Matcher
from saidao.phrases.table import Table, runs
from saidao.phrases.words import CLOSING, OPENING, among, digits

NEIGHBOURS = 12_000_000
"""Different neighbours of all candidates that are kept at most."""

FUNCTION = 0.8
"""What a neighbour's share is taken for, where it is a function word."""

_SIDE, _NUMBER = np.uint64(21), np.uint64(22)


class Measures:
    """Uses, text and neighbours of candidates.

    Args:
        lengths: the length of each candidate.
        keys: the key of each.
        bits: which bits of a key are the hash's.
        free: function words of one character before, and behind, a phrase: 和, 的.

    Attributes:
        uses: how often each stands there, overlapping ones too.
        texts: what each reads.
    """

    def __init__(self, lengths: Array, keys: Array, bits: int, free: tuple[str, str] = ("", "")) -> None:
        self._matcher = Matcher(lengths, keys, bits)
        self.uses: Array = np.zeros(len(keys), np.int64)
        self.texts: list[str | None] = [None] * len(keys)
        self._known: Array = np.zeros(len(keys), bool)
        self._beside = Table(1, NEIGHBOURS)
        self._free = free

    def add(self, codes: Codes) -> None:
        """Counts a batch."""
        points = codes.points
        # what stands beside a phrase: a character, or 0 for punctuation and the ends of a text
        figure = np.where(digits(points), ord("0"), points)
        known = np.where(letters()[points], figure, 0)
        left = np.where(among(points, CLOSING), ord(CLOSING[0]), known).astype(np.uint64)
        right = np.where(among(points, OPENING), ord(OPENING[0]), known).astype(np.uint64)
        pairs = []
        for length, at, numbers in self._matcher.find(codes):
            self.uses += np.bincount(numbers, minlength=len(self.uses))
            self._read(points, at, numbers, length)
            key = numbers.astype(np.uint64) << _NUMBER
            pairs.append(key | left[at - 1])
            pairs.append(key | right[at + length] | np.uint64(1) << _SIDE)
        if pairs:
            every = np.concatenate(pairs)
            every.sort()
            firsts, counts = runs(every)
            self._beside.add(every[firsts], counts)

    def _read(self, points: Array, at: Array, numbers: Array, length: int) -> None:
        unread = ~self._known[numbers]
        new, firsts = np.unique(numbers[unread], return_index=True)
        self._known[new] = True
        places = at[unread][firsts][:, None] + np.arange(length)
        read = np.ascontiguousarray(points[places]).view(f"<U{length}").ravel().tolist()
        for number, text in zip(new.tolist(), read, strict=True):
            self.texts[number] = text

    def freedom(self) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
        """To the left and to the right of each candidate: entropy in bits, and share of the most frequent character.

        Each use beside punctuation or the end of a text counts as a neighbour of its own. The share of a character
        that is a function word is taken for less, for behind 和 a phrase may begin.
        """
        keys, counts = self._beside.keys, self._beside.counts[0].astype(float)
        number = (keys >> _NUMBER).astype(np.int64)
        right = (keys >> _SIDE) & np.uint64(1) == 1
        point = (keys & np.uint64((1 << 21) - 1)).astype(np.uint32)
        edge = point == 0
        uses = self.uses.astype(float)
        found = []
        for side, free in zip((~right, right), self._free, strict=True):
            n, c, e = number[side], counts[side], edge[side]
            weight = np.where(among(point[side], free), FUNCTION, 1.0)
            share = c / uses[n]
            bits = np.where(e, share * np.log2(uses[n]), -share * np.log2(share))
            entropy = np.bincount(n, bits, len(uses))
            # neighbours that the table had no room for were rare: each is taken for one of its own
            lost = np.maximum(uses - np.bincount(n, c, len(uses)), 0.0)
            entropy += lost / np.maximum(uses, 1.0) * np.log2(np.maximum(uses, 1.0))
            most = np.zeros(len(uses))
            np.maximum.at(most, n[~e], (share * weight)[~e])
            found.append((entropy, most))
        return found[0], found[1]
