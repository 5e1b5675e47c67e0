"""Finds many literal words in one pass over a text, for all that ask.

Which places can begin a word at all is told for the whole text at once, by its pairs and triples of characters; only
there are words looked up, the longest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from saidao.sequences import Sequences, characters

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
        pairs: dict[str, list[tuple[int, Any]]] = {}
        longer: dict[str, list[tuple[str, int, int, Any]]] = {}
        for number, entries in enumerate(lists.values()):
            for word, meaning in entries:
                if len(word) == 2:
                    pairs.setdefault(word, []).append((number, meaning))
                else:
                    longer.setdefault(word[:3], []).append((word, len(word), number, meaning))
        self._pairs = [pairs[pair] for pair in sorted(pairs)]
        self._longer = [sorted(longer[start], key=lambda entry: -entry[1]) for start in sorted(longer)]
        self._known_pairs, self._known_triples = Sequences(sorted(pairs)), Sequences(sorted(longer))

    def hits(self, text: str) -> dict[str, list[Hit]]:
        """Every word in a text by its list, overlapping ones too, longer ones first at each place."""
        return next(self.pieces(text, [(0, len(text))]))

    def pieces(self, text: str, spans: Iterable[tuple[int, int]]) -> Iterator[dict[str, list[Hit]]]:
        """The words of pieces of a text, piece by piece; offsets are counted in the piece.

        Args:
            text: the text.
            spans: where the pieces begin and end, in order; none overlaps another.
        """
        names, longer, short = self.names, self._longer, self._pairs
        begins = self._places(text)
        place = next(begins, None)
        for start, end in spans:
            found: tuple[list[Hit], ...] = tuple([[] for _ in names])
            while place is not None and place[0] < end:
                at, triple, pair = place
                place = next(begins, None)
                own = at - start
                if own < 0:
                    continue
                if triple >= 0:
                    for word, length, which, meaning in longer[triple]:
                        if text.startswith(word, at, end):
                            found[which].append((own, own + length, meaning))
                # The second character of a pair may lie behind the piece.
                if pair >= 0 and at + 1 < end:
                    for which, meaning in short[pair]:
                        found[which].append((own, own + 2, meaning))
            yield dict(zip(names, found, strict=True))

    def _places(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Where a word may begin; which longer words, and which word of two characters, by number, -1 for none."""
        codes = characters(text)
        beginning = np.full((2, len(codes)), -1, dtype=np.int32)
        for row, known in zip(beginning, (self._known_triples, self._known_pairs), strict=True):
            places, numbers = known.find(codes)
            row[places] = numbers
        some = np.flatnonzero(beginning.max(axis=0) >= 0)
        return zip(some.tolist(), *beginning[:, some].tolist(), strict=True)


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of hits in order, the longest at each place, from left to right; none overlaps another."""
    free = 0
    kept = []
    for hit in hits:
        if hit[0] >= free:
            kept.append(hit)
            free = hit[1]
    return kept
