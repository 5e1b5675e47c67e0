"""What words do at the edges of a phrase: the rules of `data/phrase_words.csv`, by word and by kind of word."""

from __future__ import annotations

from functools import lru_cache

from saidao.lexicon import Lexicon, variants
from saidao.phrases.words import LENGTH, segmenter

RULES = ("not_first", "not_last", "before", "behind", "splits", "quantity")
NOT_FIRST, NOT_LAST, BEFORE, BEHIND, SPLITS, QUANTITY = (1 << n for n in range(len(RULES)))

_MOST = 1_000_000
"""Words that are remembered."""


class Kinds(dict[str, int]):
    """For each word its rules as bits, and its length above them; a word not met before is looked up by its kind.

    Both in one number, because looking up words takes a good part of the time.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._rows: dict[str, int] = {}
        for row in lexicon.rows("phrase_words"):
            self._rows[row["id"]] = sum(1 << RULES.index(rule) for rule in variants(row["rules"]) if rule in RULES)

    def __missing__(self, word: str) -> int:
        found = self._rows.get(word)
        if found is None:
            found = self._rows.get(f"/{kind(word)}", 0)
        if len(self) > _MOST:
            self.clear()
        found |= len(word) << LENGTH
        self[word] = found
        return found

    def characters(self, rule: int, edge: int) -> str:
        """The characters met so far that are words of their own with both of two rules."""
        return "".join(sorted(word for word, rules in self.items() if len(word) == 1 and rules & rule and rules & edge))


@lru_cache(maxsize=1 << 18)
def kind(word: str) -> str:
    """What kind of word the segmenter takes it for; `x` where it does not know it."""
    known = segmenter()
    if not known.has_word(word):
        return "x"
    found = known.tag(word)
    return str(found[0][1]) if len(found) == 1 else "x"
