"""What words do at the edges of a phrase: the rules of `data/phrase_words.csv`, by word and by kind of word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from saidao.lexicon import Lexicon, variants
from saidao.phrases.codes import Array, Codes, mixed

RULES = ("not_first", "not_last", "before", "behind", "splits", "quantity")
NOT_FIRST, NOT_LAST, BEFORE, BEHIND, SPLITS, QUANTITY = (1 << n for n in range(len(RULES)))

_BITS = 19
"""Rules of up to 2^19 words are remembered."""
_HAN = range(0x4E00, 0xA000)


class Kinds:
    """The rules of words as bits, remembered by the word's hash: looking up words takes a good part of the time."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._rows: dict[str, int] = {}
        for row in lexicon.rows("phrase_words"):
            self._rows[row["id"]] = sum(1 << RULES.index(rule) for rule in variants(row["rules"]) if rule in RULES)
        self._hashes: Array = np.zeros(1 << _BITS, np.uint64)
        self._rules: Array = np.zeros(1 << _BITS, np.uint8)

    def rules(self, codes: Codes, starts: Array, ends: Array) -> Array:
        """The rules of the words that stand there."""
        hashed = mixed(codes.hashes(starts, ends))
        places = hashed >> np.uint64(64 - _BITS)
        found: Array = self._rules[places]
        unknown = np.flatnonzero(self._hashes[places] != hashed)
        if len(unknown):
            new, first, which = np.unique(hashed[unknown], return_index=True, return_inverse=True)
            words = codes.read(starts[unknown[first]], ends[unknown[first]])
            learnt = np.fromiter(self.of(words), np.uint8, len(new))
            found[unknown] = learnt[which]
            self._hashes[new >> np.uint64(64 - _BITS)] = new
            self._rules[new >> np.uint64(64 - _BITS)] = learnt
        return found

    def of(self, words: Sequence[str]) -> Iterator[int]:
        """The rules of each word: those of its own row, or of its kind's."""
        for word, kind in zip(words, kinds(words), strict=True):
            found = self._rows.get(word)
            yield self._rows.get(f"/{kind}", 0) if found is None else found

    def characters(self, rule: int, edge: int) -> str:
        """The characters that are words of their own with both of two rules."""
        return "".join(c for c, found in self._characters if found & rule and found & edge)

    @cached_property
    def _characters(self) -> list[tuple[str, int]]:
        """Characters that have any rule when they are words of their own; asked once, for there are twenty thousand."""
        every = [chr(point) for point in _HAN]
        return [(c, found) for c, found in zip(every, self.of(every), strict=True) if found]


@lru_cache(maxsize=1)
def segmenter() -> Any:
    """The segmenter, as it comes: finding phrases needs no dictionary of ours."""
    import rjieba

    return rjieba.Jieba()


def kinds(words: Sequence[str]) -> list[str]:
    """What kind of word the segmenter takes each for; `x` where it does not know it as one word."""
    known = segmenter()
    found = ["x"] * len(words)
    asked = [n for n, word in enumerate(words) if known.has_word(word)]
    at = iter(asked)
    parts: list[str] = []
    # all of them in one text, a line each, for a call costs more than a word does
    for word, kind in known.tag("".join(words[n] + "\n" for n in asked)):
        if word != "\n":
            parts.append(kind)
            continue
        number = next(at)
        if len(parts) == 1:
            found[number] = parts[0]
        parts = []
    return found
