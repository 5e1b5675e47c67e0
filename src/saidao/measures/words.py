"""Finds many literal words in one pass over a text, for all that ask.

Which places can begin a word at all is told for the whole text at once, by its pairs of characters; only there are words
looked up, the longest first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
        pairs: dict[str, _Meanings] = {}
        longer: dict[str, dict[str, _Meanings]] = {}
        for number, entries in enumerate(lists.values()):
            for word, meaning in entries:
                at = pairs if len(word) == 2 else longer.setdefault(word[:3], {})
                at.setdefault(word, []).append((number, meaning))
        self._pairs = [pairs[pair] for pair in sorted(pairs)]
        self._longer = [
            [(word, len(word), longer[start][word]) for word in sorted(longer[start], key=len, reverse=True)]
            for start in sorted(longer)
        ]
        self._known_pairs, self._known_triples = _codes(pairs), _codes(longer)
        self._first, self._second = (_table(place, pairs, longer) for place in (0, 1))

    def hits(self, text: str) -> dict[str, list[Hit]]:
        """Every word in a text by its list, overlapping ones too, longer ones first at each place."""
        return next(self.pieces(text, [(0, len(text))]))

    def pieces(self, text: str, spans: Iterable[tuple[int, int]]) -> Iterator[dict[str, list[Hit]]]:
        """The words of pieces of a text, piece by piece; offsets are counted in the piece.

        Args:
            text: the text.
            spans: where the pieces begin and end, in order; none overlaps another.
        """
        places, triples, pairs = self._places(text)
        number = 0
        for start, end in spans:
            found: tuple[list[Hit], ...] = tuple([[] for _ in self.names])
            number = bisect_left(places, start, number)
            last = bisect_left(places, end - 1, number)
            for n in range(number, last):
                at = places[n]
                own = at - start
                if triples[n] >= 0:
                    for word, length, meanings in self._longer[triples[n]]:
                        if text.startswith(word, at, end):
                            for which, meaning in meanings:
                                found[which].append((own, own + length, meaning))
                if pairs[n] >= 0:
                    for which, meaning in self._pairs[pairs[n]]:
                        found[which].append((own, own + 2, meaning))
            number = last
            yield dict(zip(self.names, found, strict=True))

    def _places(self, text: str) -> tuple[list[int], list[int], list[int]]:
        """Where a word may begin; which longer words, and which word of two characters, by number, -1 for none."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
        short = np.minimum(codes, _PLANE - 1)
        begins = np.flatnonzero(self._first[short[:-1]] & self._second[short[1:]])
        starts = codes[begins] << _BITS | codes[begins + 1]
        third = np.append(codes, np.uint64(0))[begins + 2]
        pairs, triples = _number(starts, self._known_pairs), _number(starts << _BITS | third, self._known_triples)
        some = (pairs >= 0) | (triples >= 0)
        return begins[some].tolist(), triples[some].tolist(), pairs[some].tolist()


_Meanings = list[tuple[int, Any]]
_BITS = np.uint64(21)
_PLANE = 1 << 16
"""Characters beyond stand for one another in the tables, which is corrected later."""


def _codes(starts: Iterable[str]) -> NDArray[np.uint64]:
    """Words of two or three characters as numbers, 21 bits a character, sorted."""
    codes = []
    for start in starts:
        code = 0
        for character in start:
            code = code << 21 | ord(character)
        codes.append(code)
    return np.array(sorted(codes), dtype=np.uint64)


def _table(place: int, *starts: Iterable[str]) -> NDArray[np.bool_]:
    """Which characters stand at a place of a word's beginning."""
    table = np.zeros(_PLANE, dtype=np.bool_)
    for start in chain(*starts):
        table[min(ord(start[place]), _PLANE - 1)] = True
    return table


def _number(codes: NDArray[np.uint64], known: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Where in the known ones each stands, or -1."""
    if not len(known):
        return np.full(len(codes), -1)
    at = np.searchsorted(known, codes)
    at[at == len(known)] = 0
    return np.where(known[at] == codes, at, -1)


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of hits in order, the longest at each place, from left to right; none overlaps another."""
    free = 0
    kept = []
    for hit in hits:
        if hit[0] >= free:
            kept.append(hit)
            free = hit[1]
    return kept
