"""Tells how firm the wording of a sentence is, how it is to be carried out, and whose policy it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from saidao.lexicon import Lexicon, Row
from saidao.measures.cells import pattern, wrong_patterns
from saidao.measures.records import Cue

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
    """The cues, compiled: axis, code, characters of which the sentence holds one where the pattern matches, pattern."""

    cues: tuple[tuple[str, str, frozenset[str], re.Pattern[str]], ...]


def wording(lexicon: Lexicon) -> Wording:
    """The cues of `measure_wording.csv`."""
    return lexicon.compiled("measures.wording", _compile)


def find(text: str, known: Wording) -> Worded:
    """The strength, firmness, mechanisms and relations that a sentence names."""
    found: dict[str, list[Cue]] = {"strength": [], "commits": [], "mechanism": [], "relation": []}
    letters = set(text)
    for axis, code, needs, cue in known.cues:
        if needs and needs.isdisjoint(letters):
            continue
        match = cue.search(text)
        if match is not None and match.end() > match.start():
            told = f"strength_{code}" if axis == "strength" else code
            found[axis].append(Cue(match.start(), match.end(), match.group(), told))
    # Rows of strength stand from weak to strong; a sentence is as strong as its strongest word.
    strength = max((int(cue.code[-1]) for cue in found["strength"]), default=0)
    return Worded(
        strength,
        _codes(found["commits"]),
        _codes(found["mechanism"]),
        _codes(found["relation"]),
        (*found["strength"], *found["commits"], *found["mechanism"], *found["relation"]),
    )


def _codes(cues: list[Cue]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([cue.code for cue in cues])) if cues else ()


def wrong(row: Row) -> str | None:
    """What is wrong with a row of `measure_wording.csv`."""
    if row.get("axis") not in AXES:
        return f"no axis is called {row.get('axis')}"
    if row["axis"] == "strength" and row.get("code") not in ("1", "2", "3", "4"):
        return f"code is {row.get('code')}; strength goes from 1 to 4"
    return wrong_patterns(row, "pattern") or (None if row.get("pattern") and row.get("code") else "a cell is empty")


def _compile(lexicon: Lexicon) -> Wording:
    cues = []
    for row in lexicon.rows("measure_wording", wrong):
        compiled = pattern(row["pattern"], lexicon)
        assert compiled is not None
        cues.append((row["axis"], row["code"], frozenset(row["needs"]), compiled))
    return Wording(tuple(cues))
