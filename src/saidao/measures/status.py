"""Tells whether a sentence reports, plans, or does neither.

Without a tense marker a sentence that begins with a verb plans, and one whose subject comes first reports. Cues of
`measure_status.csv` speak for one or the other with a weight.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from saidao.lexicon import Lexicon
from saidao.measures.cells import pattern
from saidao.measures.gates import ALL

_SHARE, _MOST = 0.8, 2.0
"""How much of the tone counts beside the cues, and the most that it counts."""


@dataclass(frozen=True, slots=True)
class Status:
    """The cues, compiled."""

    cues: tuple[tuple[int, str, float, re.Pattern[str], bool], ...]
    """Bit of the cue in a mask of `Gates`, status, weight, pattern, whether the sentence keeps its tools."""


def status(lexicon: Lexicon) -> Status:
    """The cues of `measure_status.csv`."""
    return lexicon.compiled("measures.status", _compile)


def find(text: str, known: Status, tone: float = 0.0, may: int = ALL, lean: float = 0.0) -> tuple[str, bool]:
    """The status of a sentence, and whether it names what is done although it neither reports nor plans: a heading does.

    Args:
        text: the sentence.
        known: the cues.
        tone: how much the sentence sounds like a plan, in log odds, as others have told; 0 for no opinion.
        may: the cues that may match, as `Gates.open` tells.
        lean: what the kind of document says for a plan before a word is read, in log odds.
    """
    planned, context, names = max(-_MOST, min(_MOST, _SHARE * tone)), 0.0, False
    for bit, name, weight, cue, tools in known.cues:
        if not may & bit:
            continue
        first = cue.search(text)
        if first is None:
            continue
        names = names or tools
        if name == "context":
            context += weight
        else:
            planned += (weight if name == "planned" else -weight) * (
                1.0 if cue.search(text, first.end()) is None else 1.4
            )
    if context >= 1.0 and context > abs(planned) / 2:
        return "context", names
    return ("planned" if planned + lean >= 0 else "done"), True


def _compile(lexicon: Lexicon) -> Status:
    cues = []
    for number, row in enumerate(lexicon.rows("measure_status")):
        compiled = pattern(row["pattern"], lexicon)
        assert compiled is not None
        cues.append((1 << number, row["status"], float(row["weight"]), compiled, row["tools"] == "yes"))
    return Status(tuple(cues))
