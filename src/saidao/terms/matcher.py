"""Finds all terms of a dictionary in a text at once: overlapping and nested ones, each with its exact place.

What is found is what stands there, character for character: ＡＩ is not AI, 人工 智能 is not 人工智能.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import daachorse
import numpy as np

from saidao.terms.dictionary import Term

Ints = np.ndarray[Any, np.dtype[np.int64]]

_SHIFT = 32
"""A hit as one number: the term's above the place, so that one sort orders hits by both."""
_PLACE = (1 << _SHIFT) - 1


class Matcher:
    """Terms made ready to be found.

    Example:
        >>> Matcher([Term("第三产业", "第三产业", ("第三产业园",))]).find("第三产业园里的第三产业")
        [(7, 11, 0)]
    """

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = tuple(terms)
        self._lengths = np.array([len(term.text) for term in terms], np.int64)
        patterns = {term.text: n for n, term in enumerate(terms)}
        banned: dict[int, list[tuple[int, int]]] = {}
        for n, term in enumerate(terms):
            for context in term.not_in:
                pattern = patterns.setdefault(context, len(patterns))
                banned.setdefault(pattern, []).extend((n, at) for at in _places(term.text, context))
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(patterns))
        self._contexts = _Contexts(banned, len(patterns)) if banned else None

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Hits as start, end, number of the term; in order of place, at one place in order of the terms."""
        places, terms = self.hits(text)
        ends = places + self._lengths[terms]
        order = np.lexsort((terms, places))
        return [(int(s), int(e), int(t)) for s, e, t in zip(places[order], ends[order], terms[order], strict=True)]

    def hits(self, text: str) -> tuple[Ints, Ints]:
        """Hits as two arrays, where they start and which term it is, in no order."""
        found = self._automaton.find_overlapping(text)
        flat = np.fromiter(chain.from_iterable(found), np.int64, 3 * len(found))
        places, patterns = flat[0::3], flat[2::3]
        if self._contexts is None:
            return places, patterns
        banned = self._contexts.banned(places, patterns)
        own = patterns < len(self.terms)
        places, patterns = places[own], patterns[own]
        if len(banned):
            free = np.isin(patterns << _SHIFT | places, banned, invert=True)
            places, patterns = places[free], patterns[free]
        return places, patterns


class _Contexts:
    """Which hits each context forbids: for each of its places, a term and how far behind the place it stands."""

    def __init__(self, banned: dict[int, list[tuple[int, int]]], patterns: int) -> None:
        counts = np.array([len(banned.get(n, ())) for n in range(patterns)], np.int64)
        self._first = np.concatenate(([0], np.cumsum(counts)))[:-1]
        self._counts = counts
        pairs = [pair for n in range(patterns) for pair in banned.get(n, ())]
        self._terms = np.array([term for term, _ in pairs], np.int64)
        self._offsets = np.array([offset for _, offset in pairs], np.int64)

    def banned(self, places: Ints, patterns: Ints) -> Ints:
        """The forbidden hits as numbers."""
        counts = self._counts[patterns]
        mine = counts > 0
        places, patterns, counts = places[mine], patterns[mine], counts[mine]
        total = int(counts.sum())
        within = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
        rows = np.repeat(self._first[patterns], counts) + within
        result: Ints = self._terms[rows] << _SHIFT | (np.repeat(places, counts) + self._offsets[rows])
        return result


def packed(terms: Ints, places: Ints) -> Ints:
    """Hits as numbers, in order of term and place."""
    result: Ints = np.sort(terms << _SHIFT | places)
    return result


def unpacked(hits: Ints) -> tuple[Ints, Ints]:
    """Terms and places of such numbers."""
    return hits >> _SHIFT, hits & _PLACE


def _places(term: str, context: str) -> list[int]:
    """Where a term stands in a context, overlapping places too."""
    return [at for at in range(len(context) - len(term) + 1) if context.startswith(term, at)]
