"""Words: where a segmenter sees their boundaries, and what may stand at the edges of a phrase."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from saidao.phrases.codes import DIGIT, Array, Codes, clause_left
from saidao.phrases.kinds import SPLITS, Kinds, segmenter


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


def split(texts: Iterable[str], codes: Codes, kinds: Kinds) -> Words:
    """The words of the documents that `codes` was made of."""
    cut = segmenter().cut
    found = []
    for text in texts:
        words = cut(text)
        words.append("\n")
        found.append(np.fromiter(map(len, words), np.int64, len(words)))
    ends = np.cumsum(np.concatenate(found) if found else np.zeros(0, np.int64))
    starts = np.concatenate((np.zeros(1, np.int64), ends))[:-1]
    # a figure ends in a digit or a percent sign: 5G is a word, 5.5% and 2026 are none
    kept = (clause_left(codes)[starts] >= ends - starts) & (codes.classes[ends - 1] & DIGIT == 0)
    rules = np.zeros(len(starts), np.uint8)
    rules[kept] = kinds.rules(codes, starts[kept], ends[kept])
    kept &= rules & SPLITS == 0
    clauses = np.cumsum(~kept)
    return Words(starts[kept], ends[kept], rules[kept], clauses[kept])
