"""Finds many literal words in one pass over a text, for all that ask.

Which places can begin a word at all is told for the whole text at once, by its pairs and triples of characters; only
there are words looked up, the longest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from saidao.sequences import Codes, Places, Sequences, characters

Hit = tuple[int, int, Any]
"""Where a word begins and ends, and what it stands for."""


class Words:
    """Lists of words of two characters or more, each word with what it stands for in its list.

    Example:
        >>> words = Words({"cluster": [("集群", 1), ("产业集群", 2)], "place": [("千亿", 3)]})
        >>> words.hits("千亿产业集群")
        {'cluster': [(2, 6, 2), (4, 6, 1)], 'place': [(0, 2, 3)]}
    """

    def __init__(self, lists: dict[str, Iterable[tuple[str, Any]]]) -> None:
        self.names = tuple(lists)
        # Words of two characters by themselves, longer ones by their first three; at a place the longest comes first.
        pairs: dict[str, list[_Entry]] = {}
        longer: dict[str, list[_Entry]] = {}
        for number, entries in enumerate(lists.values()):
            for word, meaning in entries:
                (pairs if len(word) == 2 else longer).setdefault(word[:3], []).append((word, number, meaning))
        for group in longer.values():
            group.sort(key=lambda entry: -len(entry[0]))
        self._longer, self._pairs = _Groups(longer), _Groups(pairs)

    def hits(self, text: str) -> dict[str, list[Hit]]:
        """Every word in a text by its list, overlapping ones too, longer ones first at each place."""
        return next(self.pieces(text, [(0, len(text))]))

    def pieces(self, text: str, spans: Sequence[tuple[int, int]]) -> Iterator[dict[str, list[Hit]]]:
        """The words of pieces of a text, piece by piece; offsets are counted in the piece.

        Args:
            text: the text.
            spans: where the pieces begin and end, in order; none overlaps another.
        """
        codes = characters(text)
        found = [group.find(codes) for group in (self._longer, self._pairs)]
        at, length, which = (np.concatenate([part[n] for part in found]) for n in range(3))
        meanings = [meaning for part in found for meaning in part[3]]
        starts, ends = np.array(spans, dtype=np.int64).reshape(-1, 2).T
        piece = np.searchsorted(starts, at, side="right") - 1
        inside = (piece >= 0) & (at + length <= ends[piece])
        order = np.argsort(at, kind="stable")
        order = order[inside[order]]
        told = []
        for number in range(len(self.names)):
            own = order[which[order] == number]
            begins = (at[own] - starts[piece[own]]).tolist()
            ended = (at[own] - starts[piece[own]] + length[own]).tolist()
            hits: list[Hit] = list(zip(begins, ended, [meanings[n] for n in own.tolist()], strict=True))
            bounds = np.searchsorted(piece[own], np.arange(len(spans) + 1)).tolist()
            told.append((self.names[number], hits, bounds))
        for n in range(len(spans)):
            yield {name: hits[bounds[n] : bounds[n + 1]] for name, hits, bounds in told}


_Entry = tuple[str, int, Any]
"""A word, the number of its list, what it stands for."""


class _Groups:
    """Words by their first two or three characters."""

    def __init__(self, groups: dict[str, list[_Entry]]) -> None:
        self._begin = Sequences(sorted(groups))
        entries = [entry for start in sorted(groups) for entry in groups[start]]
        sizes = [len(groups[start]) for start in sorted(groups)]
        self._size = np.array(sizes, dtype=np.int64)
        self._first = np.cumsum([0, *sizes])[:-1]
        self._length = np.array([len(word) for word, *_ in entries], dtype=np.int64)
        self._which = np.array([number for _, number, _ in entries], dtype=np.int64)
        self._meanings = [meaning for *_, meaning in entries]
        longest = max((len(word) for word, *_ in entries), default=0)
        self._characters = np.zeros((longest, len(entries)), dtype=np.uint64)
        for n, (word, *_) in enumerate(entries):
            self._characters[: len(word), n] = characters(word)

    def find(self, codes: Codes) -> tuple[Places, Places, Places, list[Any]]:
        """Where words begin, in order, their lengths, the numbers of their lists, and what they stand for."""
        places, groups = self._begin.find(codes)
        sizes = self._size[groups]
        # Each word of the group at a place, one behind the other.
        at = np.repeat(places, sizes)
        entry = np.repeat(self._first[groups], sizes) + np.arange(len(at)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        fits = at + self._length[entry] <= len(codes)
        at, entry = at[fits], entry[fits]
        open_, wrong = np.flatnonzero(self._length[entry] > 3), np.zeros(len(at), dtype=np.bool_)
        for n in range(3, len(self._characters)):
            same = codes[at[open_] + n] == self._characters[n, entry[open_]]
            wrong[open_[~same]] = True
            open_ = open_[same & (self._length[entry[open_]] > n + 1)]
            if not len(open_):
                break
        at, entry = at[~wrong], entry[~wrong]
        return at, self._length[entry], self._which[entry], [self._meanings[n] for n in entry.tolist()]


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of hits in order, the longest at each place, from left to right; none overlaps another."""
    free = 0
    kept = []
    for hit in hits:
        if hit[0] >= free:
            kept.append(hit)
            free = hit[1]
    return kept
