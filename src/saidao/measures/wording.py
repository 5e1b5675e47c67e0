"""Tells how firm the wording of a sentence is, how it is to be carried out, and whose policy it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from saidao.lexicon import Lexicon, Row, variants
from saidao.measures.cells import pattern, wrong_patterns, wrong_words
from saidao.measures.records import Cue
from saidao.measures.words import Hit

AXES = ("strength", "commits", "mechanism", "relation")


@dataclass(frozen=True, slots=True)
class Worded:
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

    codes: tuple[tuple[str, str], ...]
    """Axes and codes, by axis as `AXES` orders them; those of strength go from weak to strong."""
    words: list[tuple[str, int]]
    """Words, and the number of the code that each gives."""
    patterns: tuple[tuple[int, tuple[frozenset[str], ...], re.Pattern[str]], ...]
    """Number of the code, sets of characters of each of which the sentence holds one where the pattern matches, pattern."""


def wording(lexicon: Lexicon) -> Wording:
    """The cues of `measure_wording.csv`."""
    return lexicon.compiled("measures.wording", _compile)


def find(text: str, hits: Sequence[Hit], known: Wording) -> Worded:
    """The strength, firmness, mechanisms and relations that a sentence names. `hits`: the words that stand in it."""
    first: dict[int, tuple[int, int]] = {}
    for start, end, told in hits:
        if told not in first:
            first[told] = (start, end)
    letters = set(text)
    for told, needs, cue in known.patterns:
        if told in first or (needs and _lacks(letters, needs)):
            continue
        match = cue.search(text)
        if match is not None and match.end() > match.start():
            first[told] = match.span()
    if not first:
        return NOTHING
    strength = 0
    codes: dict[str, list[str]] = {axis: [] for axis in AXES}
    cues = []
    for told in sorted(first):
        start, end = first[told]
        axis, code = known.codes[told]
        codes[axis].append(code)
        if axis == "strength":
            # A sentence is as strong as its strongest word.
            strength, code = int(code), f"strength_{code}"
        cues.append(Cue(start, end, text[start:end], code))
    return Worded(strength, tuple(codes["commits"]), tuple(codes["mechanism"]), tuple(codes["relation"]), tuple(cues))


def _lacks(letters: set[str], needs: tuple[frozenset[str], ...]) -> bool:
    for some in needs:  # noqa: SIM110 - asked for every sentence and pattern
        if some.isdisjoint(letters):
            return True
    return False


def wrong(row: Row) -> str | None:
    """What is wrong with a row of `measure_wording.csv`."""
    if row.get("axis") not in AXES:
        return f"no axis is called {row.get('axis')}"
    if row["axis"] == "strength" and row.get("code") not in ("1", "2", "3", "4"):
        return f"code is {row.get('code')}; strength goes from 1 to 4"
    if not row.get("code") or not (row.get("pattern") or row.get("words")):
        return "a cell is empty"
    return wrong_patterns(row, "pattern") or (wrong_words(row) if row.get("words") else None)


def _compile(lexicon: Lexicon) -> Wording:
    rows = lexicon.rows("measure_wording", wrong)
    told = dict.fromkeys((row["axis"], row["code"]) for row in rows)
    codes = sorted(told, key=lambda code: (AXES.index(code[0]), code[1] if code[0] == "strength" else ""))
    words, patterns = [], []
    for row in rows:
        number = codes.index((row["axis"], row["code"]))
        words += [(word, number) for word in variants(row.get("words", ""))]
        compiled = pattern(row.get("pattern", ""), lexicon)
        if compiled is not None:
            patterns.append((number, tuple(map(frozenset, row.get("needs", "").split())), compiled))
    return Wording(tuple(codes), words, tuple(patterns))
