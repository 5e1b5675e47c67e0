"""Tells for many patterns at once which of them can match in a piece of a text at all.

From each pattern some characters and pairs of characters are derived of which every match holds at least one; a whole text
is then looked through once for those of all patterns. That is a filter only: what passes is searched for as ever. (The
idea is that of Google's RE2, `FilteredRE2`.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from saidao.sequences import Sequences, characters

# The parser of `re` has no public name since `sre_parse` was deprecated; where it should be missing, nothing is filtered.
try:
    from re import _parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    _parser = None

_BITS = 62
"""Patterns whose bits stand in one number of an array."""

_WIDE, _MANY = 40, 400
"""A class of more characters, and a set of more strings, says too little."""
_PAIR = 0.02
"""A pair of characters is that much rarer than one character."""
_PLANE = 1 << 16

Strings = frozenset[str]


ALL = -1
"""Every pattern may match."""


class Gates:
    """Patterns, numbered from 0 as they come.

    Example:
        >>> gates = Gates([re.compile("目标是|力争"), re.compile("[0-9]+%"), re.compile("国家.{0,9}试点")])
        >>> [f"{mask:03b}" for mask in gates.open("力争突破。增长5%。", [(0, 5), (5, 10)])]
        ['001', '010']
    """

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        self._always = 0
        letters: dict[str, int] = {}
        pairs: dict[str, int] = {}
        number = -1
        for number, pattern in enumerate(patterns):
            needs = None if pattern.flags & re.IGNORECASE else needed(pattern.pattern)
            if needs is None:
                self._always |= 1 << number
                continue
            for piece in needs:
                into = letters if len(piece) == 1 else pairs
                into[piece] = into.get(piece, 0) | 1 << number
        words = number // _BITS + 1
        self._letters = np.zeros((words, _PLANE), dtype=np.uint64)
        for letter, mask in letters.items():
            self._letters[:, min(ord(letter), _PLANE - 1)] |= _split(mask, words)
        self._pairs = Sequences(sorted(pairs))
        self._masks = np.array([_split(pairs[pair], words) for pair in sorted(pairs)], np.uint64).reshape(-1, words).T

    def open(self, text: str, spans: Sequence[tuple[int, int]]) -> list[int]:
        """For each piece, the patterns that may match in it, as a number with a bit for each.

        Args:
            text: the text.
            spans: where the pieces begin and end, in order; none overlaps another and none is empty.
        """
        if not spans:
            return []
        codes = characters(text)
        places, numbers = self._pairs.find(codes)
        codes = np.minimum(codes, np.uint64(_PLANE - 1))
        ends = np.array(spans, dtype=np.int64).ravel()
        opened = [self._always] * len(spans)
        masks = np.zeros(len(codes) + 1, dtype=np.uint64)
        for word, (letters, pairs) in enumerate(zip(self._letters, self._masks, strict=True)):
            masks[:-1] = letters[codes]
            masks[places] |= pairs[numbers]
            # `reduceat` takes from each place to the next: the pieces are every second of them.
            found = np.bitwise_or.reduceat(masks, ends)[::2].tolist()
            opened = [mask | more << word * _BITS for mask, more in zip(opened, found, strict=True)]
        return opened


def _split(mask: int, words: int) -> NDArray[np.uint64]:
    """A mask of any length as numbers of an array."""
    return np.array([mask >> word * _BITS & (1 << _BITS) - 1 for word in range(words)], dtype=np.uint64)


def needed(pattern: str) -> Strings | None:
    """Strings of one or two characters of which every match of a pattern holds one; None if nothing can be said.

    Example:
        >>> sorted(needed("(?:主要)?目标是|到[0-9]{4}年，"))
        ['年，', '标是']
    """
    return None if _parser is None else _of_sequence(_parser.parse(pattern))


def _of_sequence(items: Iterable[Any]) -> Strings | None:
    """The rarest strings that each match of a sequence holds one of."""
    items = list(items)
    best, cost = None, float("inf")
    for n, item in enumerate(items):
        own = _of_item(item)
        for strings in (own, _across(item, items[n + 1 :])):
            price = _cost(strings)
            # At equal price the later one: patterns end in what they are about.
            if strings is not None and price <= cost:
                best, cost = strings, price
    return best


def _cost(strings: Strings | None) -> float:
    return float("inf") if strings is None else sum(1.0 if len(s) == 1 else _PAIR for s in strings)


def _name(item: Any) -> str:
    return str(item[0])


def _of_item(item: Any) -> Strings | None:
    name, value = _name(item), item[1]
    if name in ("LITERAL", "IN"):
        return _characters(item)
    if name == "SUBPATTERN":
        return _of_sequence(value[-1])
    if name == "ATOMIC_GROUP":
        return _of_sequence(value)
    if name == "BRANCH":
        return _union([_of_sequence(branch) for branch in value[1]])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _of_sequence(value[2]) if value[0] > 0 else None
    # What must stand before or behind stands in the same piece, since only that is searched.
    return _of_sequence(value[1]) if name == "ASSERT" else None


def _union(parts: list[Strings | None]) -> Strings | None:
    found: set[str] = set()
    for part in parts:
        if part is None:
            return None
        found |= part
    return frozenset(found) if len(found) <= _MANY else None


def _characters(item: Any) -> Strings | None:
    """The characters that one item stands for."""
    if _name(item) == "LITERAL":
        return frozenset(chr(item[1]))
    found: set[str] = set()
    for part in item[1]:
        if _name(part) == "LITERAL":
            found.add(chr(part[1]))
        elif _name(part) == "RANGE" and part[1][1] - part[1][0] < _WIDE:
            found.update(map(chr, range(part[1][0], part[1][1] + 1)))
        else:
            return None
    return frozenset(found) if len(found) <= _WIDE else None


def _across(item: Any, rest: list[Any]) -> Strings | None:
    """The pairs of the last character of an item and the first one behind it."""
    lasts = _last(item)
    if lasts is None:
        return None
    firsts = _first(rest)
    if firsts is None or len(lasts) * len(firsts) > _MANY:
        return None
    return frozenset(a + b for a in lasts for b in firsts)


def _first(items: Iterable[Any]) -> Strings | None:
    """The characters that a sequence may begin with; None if it may be empty or begin with anything."""
    found: set[str] = set()
    for item in items:
        name, value = _name(item), item[1]
        if name == "ASSERT_NOT":
            continue
        own: Strings | None = None
        empty = False
        if name in ("LITERAL", "IN"):
            own = _characters(item)
        elif name == "SUBPATTERN":
            own = _first(value[-1])
        elif name == "ATOMIC_GROUP":
            own = _first(value)
        elif name == "BRANCH":
            own = _union([_first(branch) for branch in value[1]])
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            own, empty = _first(value[2]), value[0] == 0
        if own is None:
            return None
        found |= own
        if not empty:
            return frozenset(found)
    return None


def _last(item: Any) -> Strings | None:
    """The characters that an item ends with; None if it may be empty or end with anything."""
    name, value = _name(item), item[1]
    if name in ("LITERAL", "IN"):
        return _characters(item)
    if name == "SUBPATTERN":
        return _last_of(value[-1])
    if name == "ATOMIC_GROUP":
        return _last_of(value)
    if name == "BRANCH":
        return _union([_last_of(branch) for branch in value[1]])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[0] > 0:
        return _last_of(value[2])
    return None


def _last_of(items: Iterable[Any]) -> Strings | None:
    items = list(items)
    return _last(items[-1]) if items else None
