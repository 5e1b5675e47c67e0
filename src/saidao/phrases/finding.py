"""Finds the fixed expressions of a group of documents, in three passes over their texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from saidao.lexicon import Lexicon
from saidao.phrases.candidates import COUNTS, KEPT, KEY, Counter, Runs, lengths_of
from saidao.phrases.choose import Phrase, choose
from saidao.phrases.codes import Array, Codes
from saidao.phrases.jobs import each
from saidao.phrases.kinds import BEFORE, BEHIND, NOT_FIRST, NOT_LAST, Kinds
from saidao.phrases.measures import Beside, Measures, Places
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


def find(
    batches: Callable[[], Batches], documents: int, lexicon: Lexicon, uses: int, at_least: int, jobs: int = 1
) -> Found:
    """The fixed expressions of some texts.

    Args:
        batches: gives the texts, with their numbers, anew for each pass.
        documents: how many texts there are.
        lexicon: the data files.
        uses: uses of a phrase at least.
        at_least: documents with it at least.
        jobs: processes; the phrases are the same whatever it is.
    """
    counter = Counter(Table(COUNTS, KEPT))
    words_of = np.zeros(documents, np.int64)
    kept: list[Codes] = []
    for numbers, codes, found in each(_kinds, (lexicon,), _runs, _tagged(batches(), codes=jobs == 1), jobs):
        if codes is not None:
            kept.append(codes)
        else:
            kept.clear()  # there are too many
        counter.add(found)
        words_of[numbers] = found.words_of
    chosen = counter.chosen(uses, at_least)
    texts = kept if kept else (some for _, some in batches())
    kinds = _kinds(lexicon)
    measures = Measures(len(chosen[0]), (kinds.characters(BEFORE, NOT_FIRST), kinds.characters(BEHIND, NOT_LAST)))
    for beside in each(Places, (lengths_of(chosen[0]), chosen[0], KEY), _beside, texts, jobs):
        measures.add(beside)
    return Found(choose(counter, chosen, measures, stops(lexicon)), words_of, counter.table.dropped)


def _kinds(lexicon: Lexicon) -> Kinds:
    return lexicon.compiled("phrases.kinds", Kinds)


def _tagged(batches: Batches, *, codes: bool) -> Iterator[tuple[list[int], list[str], bool]]:
    """The batches, and whether their codes are wanted: what stays in this process is not encoded twice."""
    for n, (numbers, texts) in enumerate(batches):
        yield numbers, texts, codes and n < AT_HAND


def _runs(kinds: Kinds, batch: tuple[list[int], list[str], bool]) -> tuple[list[int], Codes | None, Runs]:
    numbers, texts, wanted = batch
    codes = Codes(texts)
    return numbers, codes if wanted else None, Runs.of(codes, split(texts, codes, kinds))


def _beside(places: Places, texts: Codes | list[str]) -> Beside:
    return places.beside(texts if isinstance(texts, Codes) else Codes(texts))


def stops(lexicon: Lexicon) -> frozenset[str]:
    """Expressions of the form of a report that say nothing: 各位代表."""
    return frozenset(row["id"] for row in lexicon.rows("phrase_stops"))
