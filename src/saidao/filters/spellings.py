"""Words as they may be written: full-width or half-width, in either case, with simplified or traditional characters.

Texts are searched as they stand, so that every place found is a place in the text: it is the word that becomes a pattern.
Every spelling of a character is one character. Which traditional characters a simplified one may stand for is said by
`characters.csv`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from saidao.lexicon import Lexicon, load

_WIDE = range(0xFF01, 0xFFEF)
"""Full-width and half-width forms."""


def spelled(word: str, lexicon: Lexicon | None = None) -> str:
    """A pattern for a word in any of its spellings, which RE2 and `re` read alike; it matches as many characters."""
    known = (lexicon or load()).compiled("filters.spellings", _spellings)
    return "".join(_one_of(known.get(character) or _cases(character)) for character in word)


def finder(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of some words, the longest first."""
    return re.compile("|".join(map(spelled, sorted(words, key=len, reverse=True))))


def _cases(character: str) -> set[str]:
    return {c for c in (character, character.lower(), character.upper()) if len(c) == 1}


def _one_of(characters: set[str]) -> str:
    escaped = [re.escape(c) for c in sorted(characters)]
    return escaped[0] if len(escaped) == 1 else f"[{''.join(escaped)}]"


def _spellings(lexicon: Lexicon) -> dict[str, set[str]]:
    """Every character that has several spellings, with all of them."""
    plain = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in (*_WIDE, 0x3000)}
    pairs = [(c, form) for c, form in plain.items() if len(form) == 1 and form != c]
    pairs += [(row["id"], row["fold"]) for row in lexicon.rows("characters")]
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        together = {*_cases(one), *_cases(other), *found.get(one, ()), *found.get(other, ())}
        for character in together:
            found[character] = together
    return found
