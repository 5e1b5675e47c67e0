"""Tells how firm the wording of a sentence is, how it is to be carried out, and whose policy it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from saidao.errors import Said
from saidao.lexicon import Lexicon, Row, variants
from saidao.measures.cells import pattern, wrong_words
from saidao.measures.gates import ALL
from saidao.measures.records import Cue
from saidao.measures.words import Hit

AXES = ("strength", "commits", "mechanism", "relation")


class Worded(NamedTuple):
    """How a sentence is worded."""

    strength: int
    commits: tuple[str, ...]
    mechanisms: tuple[str, ...]
    relations: tuple[str, ...]
    cues: tuple[Cue, ...]
    """The words behind each code."""


NOTHING = Worded(0, (), (), (), ())


@dataclass(frozen=True, slots=True)
class Wording:
    """The cues, compiled."""

    codes: tuple[tuple[str, str, str], ...]
    """Axes, codes and names of the codes, by axis as `AXES` orders them; those of strength go from weak to strong."""
    words: list[tuple[str, int]]
    """Words, and the number of the code that each gives."""
    patterns: tuple[tuple[int, int, re.Pattern[str]], ...]
    """Bit of the pattern in a mask of `Gates`, number of the code, pattern."""


def wording(lexicon: Lexicon) -> Wording:
    """The cues of `measure_wording.csv`."""
    return lexicon.compiled("measures.wording", _compile)


def find(text: str, hits: Sequence[Hit], known: Wording, may: int = ALL) -> Worded:
    """The strength, firmness, mechanisms and relations that a sentence names.

    Args:
        text: the sentence.
        hits: the words that stand in it.
        known: the cues.
        may: the patterns that may match, as `Gates.open` tells.
    """
    first: dict[int, tuple[int, int]] = {}
    for start, end, told in hits:
        if told not in first:
            first[told] = (start, end)
    for bit, told, cue in known.patterns:
        if not may & bit or told in first:
            continue
        match = cue.search(text)
        if match is not None and match.end() > match.start():
            first[told] = match.span()
    if not first:
        return NOTHING
    strength = 0
    codes: dict[str, tuple[str, ...]] = {}
    cues = []
    for told in sorted(first):
        start, end = first[told]
        axis, code, name = known.codes[told]
        if axis == "strength":
            # A sentence is as strong as its strongest word.
            strength = int(code)
        else:
            codes[axis] = (*codes.get(axis, ()), code)
        cues.append(Cue(start, end, text[start:end], name))
    return Worded(
        strength, codes.get("commits", ()), codes.get("mechanism", ()), codes.get("relation", ()), tuple(cues)
    )


def wrong(row: Row) -> Said | None:
    """What else is wrong with a row of `measure_wording.csv`, beside what `schemas.csv` says."""
    if row["axis"] == "strength" and row.get("code") not in ("1", "2", "3", "4"):
        return Said(
            "lexicon.in_column",
            {"column": "code", "fault": Said("lexicon.no_value", {"cell": row.get("code"), "names": "1, 2, 3, 4"})},
        )
    if not row["pattern"] and not row["words"]:
        return Said("lexicon.empty_cell", {"column": "pattern, words"})
    return wrong_words(row) if row["words"] else None


def _compile(lexicon: Lexicon) -> Wording:
    rows = lexicon.rows("measure_wording", wrong)
    told = dict.fromkeys((row["axis"], row["code"]) for row in rows)
    codes = sorted(told, key=lambda code: (AXES.index(code[0]), code[1] if code[0] == "strength" else ""))
    words: list[tuple[str, int]] = []
    patterns: list[tuple[int, int, re.Pattern[str]]] = []
    for row in rows:
        number = codes.index((row["axis"], row["code"]))
        words += [(word, number) for word in variants(row.get("words", ""))]
        compiled = pattern(row.get("pattern", ""), lexicon)
        if compiled is not None:
            patterns.append((1 << len(patterns), number, compiled))
    named = tuple([(axis, code, f"strength_{code}" if axis == "strength" else code) for axis, code in codes])
    return Wording(named, words, tuple(patterns))
