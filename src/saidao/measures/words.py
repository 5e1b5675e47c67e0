"""Finds many literal words in one pass over a text, for all that ask.

Which places can begin a word at all is told for the whole text at once, by its pairs of characters; only there are words
looked up, the longest first.
"""

from __future__ import annotations

from collections.abc import Iterable
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
        pairs: dict[str, list[tuple[str, Any]]] = {}
        longer: dict[str, dict[int, dict[str, list[tuple[str, Any]]]]] = {}
        for name, entries in lists.items():
            for word, meaning in entries:
                if len(word) == 2:
                    pairs.setdefault(word, []).append((name, meaning))
                else:
                    by_length = longer.setdefault(word[:3], {})
                    by_length.setdefault(len(word), {}).setdefault(word, []).append((name, meaning))
        self._pairs = pairs
        self._longer = {start: sorted(lengths.items(), reverse=True) for start, lengths in longer.items()}
        self._known_pairs = _sorted_codes(pairs)
        self._known_triples = _sorted_codes(self._longer)

    def places(self, text: str) -> list[int]:
        """Where a word may begin: its first two characters are one, or its first three begin a longer one."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
        pairs = codes[:-1] << np.uint64(21) | codes[1:]
        begins = _known(pairs, self._known_pairs)
        begins[:-1] |= _known(pairs[:-1] << np.uint64(21) | codes[2:], self._known_triples)
        found: list[int] = np.flatnonzero(begins).tolist()
        return found

    def hits(self, text: str, places: Iterable[int] | None = None) -> dict[str, list[Hit]]:
        """Every word in a text by its list, overlapping ones too, longer ones first at each place."""
        found: dict[str, list[Hit]] = {name: [] for name in self.names}
        longer, pairs = self._longer, self._pairs
        for at in self.places(text) if places is None else places:
            for length, words in longer.get(text[at : at + 3], ()):
                word = text[at : at + length]
                if word in words:
                    for name, meaning in words[word]:
                        found[name].append((at, at + length, meaning))
            pair = text[at : at + 2]
            if pair in pairs:
                for name, meaning in pairs[pair]:
                    found[name].append((at, at + 2, meaning))
        return found


def _sorted_codes(starts: Iterable[str]) -> NDArray[np.uint64]:
    codes = []
    for start in starts:
        code = 0
        for character in start:
            code = code << 21 | ord(character)
        codes.append(code)
    return np.array(sorted(codes), dtype=np.uint64)


def _known(codes: NDArray[np.uint64], known: NDArray[np.uint64]) -> NDArray[np.bool_]:
    if not len(known):
        return np.zeros(len(codes), dtype=np.bool_)
    at = np.searchsorted(known, codes)
    at[at == len(known)] = 0
    found: NDArray[np.bool_] = known[at] == codes
    return found


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of hits in order, the longest at each place, from left to right; none overlaps another."""
    free = 0
    kept = []
    for hit in hits:
        if hit[0] >= free:
            kept.append(hit)
            free = hit[1]
    return kept
