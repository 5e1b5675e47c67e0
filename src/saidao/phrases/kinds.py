"""What words do at the edges of a phrase: the rules of `data/phrase_words.csv`, by word and by kind of word."""

from __future__ import annotations

from saidao.lexicon import Lexicon, variants
from saidao.phrases.words import segmenter

RULES = ("not_first", "not_last", "before", "behind", "splits", "quantity")
NOT_FIRST, NOT_LAST, BEFORE, BEHIND, SPLITS, QUANTITY = (1 << n for n in range(len(RULES)))

_MOST = 1_000_000
"""Words that are remembered."""


class Kinds(dict[str, int]):
    """The rules of each word as bits; a word that was not met before is looked up by its kind."""

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
        self[word] = found
        return found

    def characters(self, rule: int, edge: int) -> str:
        """The characters met so far that are words of their own with both of two rules."""
        return "".join(sorted(word for word, rules in self.items() if len(word) == 1 and rules & rule and rules & edge))


def kind(word: str) -> str:
    """What kind of word the segmenter takes it for; `x` where it does not know it."""
    found = segmenter().tag(word)
    return found[0][1] if len(found) == 1 and segmenter().has_word(word) else "x"
