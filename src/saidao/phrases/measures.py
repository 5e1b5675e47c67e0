"""The second pass: how often each candidate stands in the text, and what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from saidao.phrases.codes import CLOSES, CLOSING, DIGIT, LETTER, OPENING, OPENS, Array, Codes
from saidao.phrases.matching import Matcher
from saidao.phrases.table import Table, runs, sums

NEIGHBOURS = 12_000_000
"""Different neighbours of all candidates that are kept at most."""

FUNCTION = 0.8
"""What a neighbour's share is taken for, where it is a function word."""

_SIDE, _NUMBER = np.uint64(21), np.uint64(22)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the candidates in a batch.

    Attributes:
        keys: a number of a candidate, a side and a character in one, sorted.
        counts: how often it stands there.
        read: numbers of candidates, and what they read.
    """

    keys: Array
    counts: Array
    read: dict[int, str]


class Places:
    """Finds candidates and what stands beside them.

    Args:
        lengths: the length of each candidate.
        keys: the key of each.
        bits: which bits of a key are the hash's.
    """

    def __init__(self, lengths: Array, keys: Array, bits: int) -> None:
        self._matcher = Matcher(lengths, keys, bits)
        self._unread: Array = np.ones(len(keys), bool)

    def beside(self, codes: Codes) -> Beside:
        """What stands beside them in a batch. Each candidate is read once."""
        points, classes = codes.points, codes.classes
        # what stands beside a phrase: a character, or 0 for punctuation and the ends of a text
        known = np.where(classes & LETTER != 0, np.where(classes & DIGIT != 0, ord("0"), points), 0)
        left = np.where(classes & CLOSING != 0, ord(CLOSES[0]), known).astype(np.uint64)
        right = np.where(classes & OPENING != 0, ord(OPENS[0]), known).astype(np.uint64)
        read: dict[int, str] = {}
        pairs = [np.zeros(0, np.uint64)]
        for length, at, numbers in self._matcher.find(codes):
            key = numbers.astype(np.uint64) << _NUMBER
            pairs.append(key | left[at - 1])
            pairs.append(key | right[at + length] | np.uint64(1) << _SIDE)
            unread = self._unread[numbers]
            new, firsts = np.unique(numbers[unread], return_index=True)
            starts = at[unread][firsts]
            read.update(zip(new.tolist(), codes.read(starts, starts + length), strict=True))
            self._unread[new] = False
        beside = np.concatenate(pairs)
        beside.sort()
        firsts, counts = runs(beside)
        return Beside(beside[firsts], counts.astype(np.int32), read)


class Measures:
    """Uses, text and neighbours of candidates.

    Args:
        candidates: how many there are.
        free: function words of one character before, and behind, a phrase: 和, 的.

    Attributes:
        uses: how often each stands there, overlapping ones too.
        texts: what each reads; empty where none was found.
    """

    def __init__(self, candidates: int, free: tuple[str, str] = ("", "")) -> None:
        self.uses: Array = np.zeros(candidates, np.int64)
        self.texts = [""] * candidates
        self._beside = Table(1, NEIGHBOURS)
        self._free = free

    def add(self, found: Beside) -> None:
        """Adds a batch."""
        left = (found.keys >> _SIDE) & np.uint64(1) == 0
        numbers = (found.keys[left] >> _NUMBER).astype(np.int64)
        firsts, lengths = runs(numbers)
        self.uses[numbers[firsts]] += sums(found.counts[left], firsts, lengths)
        for number, text in found.read.items():
            self.texts[number] = text
        self._beside.add(found.keys, found.counts)

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
            weight = np.where(np.isin(point[side], [ord(character) for character in free]), FUNCTION, 1.0)
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
