"""The first pass: counts every run of words that could be a phrase, in bounded memory.

A run is counted by a hash of its characters and its length. Beside its uses it is counted in how many documents it
stands, how often it begins and ends freely, and how often it stands alone in quotation marks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from saidao.phrases.codes import (
    CLOSING,
    DIGIT,
    LETTER,
    LISTING,
    LONGEST,
    OPENING,
    PERCENT,
    QUOTE,
    UNQUOTE,
    Array,
    Codes,
    mixed,
)  # fmt: skip
from saidao.phrases.kinds import BEFORE, BEHIND, NOT_FIRST, NOT_LAST
from saidao.phrases.table import Table, runs, sums
from saidao.phrases.words import Words

MOST_WORDS = 10
"""Words of a phrase at most."""

KEPT = 6_000_000
"""Runs of words that are counted at the same time."""

MOST_CHOSEN = 400_000
"""Candidates of the second pass at most."""

MOST_DOCUMENTS = 1 << 13
"""Documents of a batch at most: their number must fit into a key."""

# A key, from above: 44 bits of the hash, 4 of the length, 13 of the document, and one each: begins freely, ends freely, quoted.
KEY = 0xFFFF_FFFF_FFF0_0000
_LENGTH, _DOCUMENT = np.uint64(16), np.uint64(3)
_LEFT, _RIGHT, _QUOTED = (np.uint64(1 << n) for n in range(3))

COUNTS = 5
USES, DOCUMENTS, LEFT, RIGHT, QUOTED = range(COUNTS)
"""The counts of a run."""


def keys(hashed: Array, lengths: Array) -> Array:
    """The keys of stretches with these hashes and lengths."""
    found: Array = mixed(hashed) & np.uint64(KEY)
    found |= (lengths.astype(np.uint64) - np.uint64(1)) << _LENGTH
    return found


def lengths_of(keys: Array) -> Array:
    """The lengths that keys tell."""
    found: Array = ((keys >> _LENGTH) & np.uint64(15)).astype(np.int64) + 1
    return found


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of words of a batch.

    Attributes:
        keys: one a run, sorted.
        counts: a column each, see `COUNTS`.
        words: words that were seen.
        characters: characters that were seen.
        words_of: words of each document.
    """

    keys: Array
    counts: list[Array]
    words: int
    characters: int
    words_of: Array

    @classmethod
    def of(cls, codes: Codes, words: Words) -> Runs:
        """The runs of a batch of whole documents."""
        words_of = np.diff(np.searchsorted(words.starts, np.append(codes.starts, len(codes))))
        characters = len(codes) - len(codes.starts)
        if not len(words):
            return cls(np.zeros(0, np.uint64), [np.zeros(0, np.int32)] * COUNTS, 0, characters, words_of)
        place = _Places(codes, words)
        at = np.arange(len(words))
        found = []
        for more in range(MOST_WORDS):
            if more:
                at = at[at + more < len(words)]
                at = at[words.clauses[at + more] == words.clauses[at]]
            lengths = words.ends[at + more] - words.starts[at]
            at, lengths = at[lengths <= LONGEST], lengths[lengths <= LONGEST]
            quoted = place.opened[at] & place.closed[at + more]
            # a word alone is counted whatever it is: how well a phrase holds together is told by the counts of its parts
            may = (place.may_begin[at] & place.may_end[at + more]) | quoted if more else np.ones(len(at), bool)
            first, last = at[may], at[may] + more
            key = keys(codes.hashes(words.starts[first], words.ends[last]), lengths[may])
            key |= place.documents[first] << _DOCUMENT
            key |= place.begins[first] * _LEFT
            key |= (place.ends[last] | (place.listed[last] & ~place.verbal[first])) * _RIGHT
            key |= quoted[may] * _QUOTED
            found.append(key)
        every = np.concatenate(found)
        every.sort()
        document = every >> _DOCUMENT
        new = np.flatnonzero(np.concatenate((np.ones(1, bool), document[1:] != document[:-1])))
        whole = every & ~np.uint64((1 << 16) - 1)
        firsts, uses = runs(whole)
        in_documents = np.diff(np.append(np.searchsorted(new, firsts), len(new)))
        flags = [sums(((every & flag) != 0).astype(np.int32), firsts, uses) for flag in (_LEFT, _RIGHT, _QUOTED)]
        counts = [uses.astype(np.int32), in_documents.astype(np.int32), *flags]
        return cls(whole[firsts], counts, len(words), characters, words_of)


@dataclass(slots=True)
class Counter:
    """Counts runs of words within clauses.

    Attributes:
        table: the counts by key.
        words: words that were seen.
        characters: characters that were seen.
    """

    table: Table
    words: int = 0
    characters: int = 0

    def add(self, found: Runs) -> None:
        """Counts the runs of a batch."""
        self.words += found.words
        self.characters += found.characters
        self.table.add(found.keys, *found.counts)

    def chosen(self, uses: int, documents: int) -> tuple[Array, list[Array], Array]:
        """Keys of two characters and more with so many uses and documents, their counts, and what these may lack.

        Where there are too many, those with the fewest uses are left out, those of equal uses together.
        """
        counts = self.table.counts
        kept = (counts[USES] >= uses) & (counts[DOCUMENTS] >= documents) & (lengths_of(self.table.keys) > 1)
        if kept.sum() > MOST_CHOSEN:
            most = np.sort(counts[USES][kept])[-MOST_CHOSEN - 1]
            kept &= counts[USES] > most
        return self.table.keys[kept], [column[kept] for column in counts], self.table.missed[kept]

    def uses_of(self, wanted: Array) -> Array:
        """How often each key was counted; 0 where it was not."""
        if not len(self.table):
            return np.zeros(len(wanted), np.int64)
        at = np.minimum(np.searchsorted(self.table.keys, wanted), len(self.table) - 1)
        found: Array = np.where(self.table.keys[at] == wanted, self.table.counts[USES][at], 0)
        return found


class _Places:
    """What holds at each word: may a phrase begin or end there, does it do so freely, is it in quotation marks."""

    def __init__(self, codes: Codes, words: Words) -> None:
        before, behind = codes.classes[words.starts - 1], codes.classes[words.ends]
        previous = np.concatenate((np.zeros(1, np.uint8), words.rules[:-1]))
        following = np.concatenate((words.rules[1:], np.zeros(1, np.uint8)))
        after_word = np.concatenate((np.zeros(1, bool), words.ends[:-1] == words.starts[1:]))
        before_word = np.concatenate((after_word[1:], np.zeros(1, bool)))
        self.documents = codes.documents(words.starts).astype(np.uint64)
        self.may_begin = words.rules & NOT_FIRST == 0
        self.may_end = words.rules & NOT_LAST == 0
        self.opened, self.closed = before & QUOTE != 0, behind & UNQUOTE != 0
        # a word that is part of no phrase (是, 了) leaves the beginning behind it free, a figure does not
        free_before = (before & (LETTER | CLOSING | PERCENT) == 0) | (
            (before & (LETTER | DIGIT) == LETTER) & ~after_word
        )
        # 推进文化、旅游…: behind a verb and part of its objects nothing ends; behind a noun in a list something does
        self.listed = behind & LISTING != 0
        self.verbal = words.rules & BEFORE != 0
        free_behind = (behind & (LETTER | OPENING | LISTING) == 0) | (
            (behind & (LETTER | DIGIT | LISTING) == LETTER) & ~before_word
        )
        self.begins = free_before | (after_word & (previous & BEFORE != 0))
        self.ends = free_behind | (before_word & ~self.listed & (following & BEHIND != 0))
