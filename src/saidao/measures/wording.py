"""Tells how firm the wording of a sentence is, how it is to be carried out, and whose policy it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from saidao.lexicon import Lexicon, Row
from saidao.measures.cells import pattern, wrong_patterns
from saidao.measures.records import Cue

AXES = ("strength", "commits", "mechanism", "relation")


@dataclass(frozen=True, slots=True)
class Wording:
    """The cues, compiled: axis, code, pattern."""

    cues: tuple[tuple[str, str, re.Pattern[str]], ...]


def wording(lexicon: Lexicon) -> Wording:
    """The cues of `measure_wording.csv`."""
    return lexicon.compiled("measures.wording", _compile)


def find(text: str, known: Wording) -> list[tuple[str, Cue]]:
    """The words that tell strength, firmness, mechanism and relation, each with its axis; one for each code."""
    found = []
    for axis, code, cue in known.cues:
        match = cue.search(text)
        if match is not None and match.end() > match.start():
            found.append((axis, Cue(match.start(), match.end(), match.group(), code)))
    return found


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
        cues.append((row["axis"], row["code"], compiled))
    return Wording(tuple(cues))
