"""Words: where a segmenter sees their boundaries, and what may stand at the edges of a phrase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from saidao.phrases.codes import Array, Codes, clause_left

LENGTH = 8
"""Where the length of a word begins in the number that `kinds` gives; its rules stand below."""

OPENING = "“‘《〈「『（("
CLOSING = "”’》〉」』）)"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some documents: first character, behind the last, rules as bits (`kinds`), and number of the clause.

    Punctuation, figures and words that are part of no phrase are no words of any clause; they stand between two.
    """

    starts: Array
    ends: Array
    rules: Array
    clauses: Array

    def __len__(self) -> int:
        return len(self.starts)


@lru_cache(maxsize=1)
def segmenter() -> Any:
    """The segmenter, as it comes: finding phrases needs no dictionary of ours."""
    import rjieba

    return rjieba.Jieba()


def split(texts: Iterable[str], codes: Codes, kinds: Mapping[str, int], splits: int) -> Words:
    """The words of the documents that `codes` was made of. `splits`: the rule of words that are part of no phrase."""
    cut = segmenter().cut
    words: list[str] = []
    for text in texts:
        words += cut(text)
        words.append("\n")
    known = np.fromiter(map(kinds.__getitem__, words), np.int64, len(words))
    rules = known.astype(np.uint8)
    ends = np.cumsum(known >> LENGTH)
    starts = np.concatenate((np.zeros(1, np.int64), ends[:-1]))
    # a figure ends in a digit or a percent sign: 5G is a word, 5.5% and 2026 are none
    breaks = (clause_left(codes)[starts] < ends - starts) | digits(codes.points[ends - 1]) | (rules & splits != 0)
    clauses = np.cumsum(breaks)
    kept = ~breaks
    return Words(starts[kept], ends[kept], rules[kept], clauses[kept])


def digits(points: Array) -> Array:
    """Which code points are digits."""
    found: Array = ((points >= 0x30) & (points <= 0x39)) | ((points >= 0xFF10) & (points <= 0xFF19))
    return found


def among(points: Array, characters: str) -> Array:
    """Which code points are those of some characters."""
    found: Array = np.isin(points, np.array([ord(c) for c in characters], points.dtype))
    return found
