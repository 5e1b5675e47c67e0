"""Reads the cells of the data files for measures, and says what is wrong with a row."""

from __future__ import annotations

import re
from collections.abc import Iterable

from saidao.errors import LexiconError, Said
from saidao.lexicon import Lexicon, Row, variants

_SLOT = re.compile("{([a-z_]+)}")


def sets(lexicon: Lexicon) -> dict[str, list[str]]:
    """The sets of words of `measure_words.csv`."""
    return lexicon.compiled("measures.sets", _sets)


def pattern(cell: str, lexicon: Lexicon) -> re.Pattern[str] | None:
    """A cell as a pattern, or None if it is empty; `{name}` stands for any word of that set of `measure_words.csv`.

    Raises:
        LexiconError: there is no such set, or it is no pattern.
    """
    if not cell:
        return None
    known = sets(lexicon)

    def any_of(slot: re.Match[str]) -> str:
        if slot.group(1) not in known:
            raise LexiconError(
                "lexicon.at", place="measure_words.csv", fault=Said("lexicon.no_set", {"name": slot.group(1)})
            )
        among = branches(known[slot.group(1)])
        alone = slot.string[: slot.start()][-1:] in ("", "|") and slot.string[slot.end() :][:1] in ("", "|")
        return among if alone else f"(?:{among})"

    try:
        return re.compile(_SLOT.sub(any_of, cell))
    except re.error as error:
        raise LexiconError("lexicon.at", place=cell, fault=Said("lexicon.no_pattern", {"detail": error})) from None


def branches(words: Iterable[str]) -> str:
    """The branches of a pattern for any of some words, the longest at a place.

    Words with a common first character share it, and every branch begins with a character: only so does `re` pass over
    the places where no branch can begin, which is what makes long lists fast. It does not where one of the branches
    begins with a class, a group or an assertion.
    """
    starts: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        starts.setdefault(word[:1], []).append(re.escape(word[1:]))
    return "|".join(
        re.escape(start) + (f"(?:{'|'.join(rests)})" if rests != [""] else "") for start, rests in starts.items()
    )


def words_of(cell: str, lexicon: Lexicon) -> list[str]:
    """The words of a cell, its `{name}`s filled with the words of the sets."""
    found: list[str] = []
    known = sets(lexicon)
    for word in variants(cell):
        slot = _SLOT.fullmatch(word)
        if slot and slot.group(1) not in known:
            raise LexiconError(
                "lexicon.at", place="measure_words.csv", fault=Said("lexicon.no_set", {"name": slot.group(1)})
            )
        found += known[slot.group(1)] if slot else [word]
    return found


def wrong_words(row: Row) -> Said | None:
    """What is wrong with the words of a row, beside what `schemas.csv` says: one is shorter than two characters."""
    short = next((word for word in variants(row["words"]) if len(word.rpartition("…")[2]) < 2), None)
    return Said("lexicon.short", {"word": short}) if short else None


def _sets(lexicon: Lexicon) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in lexicon.rows("measure_words"):
        found.setdefault(row["set"], []).extend(variants(row["words"]))
    return {name: sorted(dict.fromkeys(words), key=lambda w: (-len(w), w)) for name, words in found.items()}
