"""Finds the fixed expressions of a group of documents, in three passes over their texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from saidao.lexicon import Lexicon
from saidao.phrases import kinds as rules
from saidao.phrases.candidates import COUNTS, KEPT, KEY, Counter, lengths_of
from saidao.phrases.choose import Phrase, choose
from saidao.phrases.codes import Array, Codes
from saidao.phrases.kinds import Kinds
from saidao.phrases.measures import Measures
from saidao.phrases.table import Table
from saidao.phrases.texts import Batches
from saidao.phrases.words import split

USES = 3
"""Uses of a phrase at least."""

AT_HAND = 8
"""Batches that are kept between two passes; of more, none is, and their texts are read again."""


@dataclass(slots=True)
class Found:
    """The phrases, the words of each document, and by how much counts of the first pass may be too low."""

    phrases: list[Phrase]
    words: Array
    missed: int = 0


def least_documents(documents: int) -> int:
    """In how many documents a phrase must stand: three, fewer where there are few."""
    return 3 if documents >= 10 else 2 if documents >= 4 else 1


def find(batches: Callable[[], Batches], documents: int, lexicon: Lexicon, uses: int, at_least: int) -> Found:
    """The fixed expressions of some texts.

    Args:
        batches: gives the texts, with their numbers, anew for each pass.
        documents: how many texts there are.
        lexicon: the data files.
        uses: uses of a phrase at least.
        at_least: documents with it at least.
    """
    kinds = Kinds(lexicon)
    counter = Counter(Table(COUNTS, KEPT))
    words_of = np.zeros(documents, np.int64)
    kept: list[Codes] = []
    several = 0
    for numbers, texts in batches():
        codes = Codes(texts)
        several += 1
        if several <= AT_HAND:
            kept.append(codes)
        words = split(texts, codes, kinds, rules.SPLITS)
        counter.add(codes, words)
        words_of[numbers] = np.diff(np.searchsorted(words.starts, np.append(codes.starts, len(codes))))
    chosen = counter.chosen(uses, at_least)
    free = kinds.characters(rules.BEFORE, rules.NOT_FIRST), kinds.characters(rules.BEHIND, rules.NOT_LAST)
    measures = Measures(lengths_of(chosen[0]), chosen[0], KEY, free)
    for codes in kept if several <= AT_HAND else (Codes(texts) for _, texts in batches()):
        measures.add(codes)
    return Found(choose(counter, chosen, measures, stops(lexicon)), words_of, counter.table.missed)


def stops(lexicon: Lexicon) -> frozenset[str]:
    """Expressions of the form of a report that say nothing: 各位代表."""
    return frozenset(row["id"] for row in lexicon.rows("phrase_stops"))
