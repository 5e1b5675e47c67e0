"""Finds many literal words in one pass over a text, for all that ask.

Which places can begin a word at all is told for the whole text at once, by its pairs of characters; only there are words
looked up, the longest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
        by_start: dict[str, dict[int, dict[str, list[tuple[str, Any]]]]] = {}
        for name, entries in lists.items():
            for word, meaning in entries:
                by_length = by_start.setdefault(word[:2], {})
                by_length.setdefault(len(word), {}).setdefault(word, []).append((name, meaning))
        self._by_start = {pair: sorted(lengths.items(), reverse=True) for pair, lengths in by_start.items()}
        codes = [ord(pair[0]) << 21 | ord(pair[1]) for pair in by_start]
        self._pairs: NDArray[np.uint64] = np.array(sorted(codes), dtype=np.uint64)

    def places(self, text: str) -> NDArray[np.int64]:
        """Where a word may begin."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
        pairs = codes[:-1] << np.uint64(21) | codes[1:]
        at = np.searchsorted(self._pairs, pairs)
        at[at == len(self._pairs)] = 0
        found: NDArray[np.int64] = np.flatnonzero(self._pairs[at] == pairs)
        return found

    def hits(self, text: str, places: Sequence[int] | None = None) -> dict[str, list[Hit]]:
        """Every word in a text by its list, overlapping ones too, longer ones first at each place."""
        found: dict[str, list[Hit]] = {name: [] for name in self.names}
        groups = self._by_start
        for at in self.places(text).tolist() if places is None else places:
            for length, words in groups.get(text[at : at + 2], ()):
                word = text[at : at + length]
                if word in words:
                    for name, meaning in words[word]:
                        found[name].append((at, at + length, meaning))
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
