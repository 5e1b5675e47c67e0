"""Codes the sentences of a text, without a database."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from saidao import measures
from saidao.documents.sentences import sentences
from saidao.lexicon import Lexicon, load
from saidao.measures.records import Coding
from saidao.models import Section
from saidao.statements.fold import fold as plain_text
from saidao.statements.status import compiled, tones

_SEMICOLON = re.compile("[；;]+")

STATED = {
    "review_year": "done",
    "review_five_years": "done",
    "main_targets": "planned",
    "plan_year": "planned",
    "outlook_five_years": "planned",
    "problems": "context",
}
"""What the role of a section says of the status of its sentences."""


def code(
    text: str,
    *,
    whole: bool = True,
    fold: bool = False,
    sections: Sequence[Section] = (),
    lexicon: Lexicon | None = None,
) -> list[Coding]:
    """The codes of a text: tools, status, themes, industries, carriers, wording.

    Args:
        text: a sentence or more; offsets are counted in it.
        whole: the text is one unit, and the answer one coding; else one for each unit (a sentence, or a part of it up to
            a semicolon) in which something is found.
        fold: tools are folded into the 20 of the literature.
        sections: the sections of the document, if they are known; they tell the status better than its words.
        lexicon: the data files; the shipped ones unless told.

    Example:
        >>> [coding] = code("设立稀土产业基金，推动稀土产业补链强链。")
        >>> coding.tools, coding.status
        (('industrial_fund', 'chain_localization'), 'planned')
    """
    lexicon = lexicon or load()
    data = measures.known(lexicon)
    plain = plain_text(text, lexicon)
    tense = compiled(lexicon)
    stated = _Stated(sections)
    spans = [(0, len(text))] if whole else units(text)
    running = tones(plain, tense).tolist() if any(stated.at(start) is None for start, _ in spans) else []
    stated = _Stated(sections)
    found = []
    for (start, end), hits, may in zip(
        spans, data.words.pieces(plain, spans), data.gates.open(plain, spans), strict=True
    ):
        own = plain[start:end]
        marks = measures.marks(own, data, hits)
        if not marks and not whole:
            continue
        status = stated.at(start)
        tone = running[end] - running[start] + tense.bias if status is None else 0.0
        found.append(measures.find(own, data, marks, tone=tone, stated=status, source=text, offset=start, may=may))
    return [replace(c, tools=measures.folded(c.tools, data)) for c in found] if fold else found


def units(text: str) -> list[tuple[int, int]]:
    """What is coded at a time: sentences, cut at their semicolons."""
    spans = []
    for sentence in sentences(text):
        start = sentence.start
        for mark in _SEMICOLON.finditer(text, start, sentence.end):
            spans.append((start, mark.end()))
            start = mark.end()
        if start < sentence.end:
            spans.append((start, sentence.end))
    return spans


class _Stated:
    """What sections say of the status of their sentences; asked from the start of the text to its end."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = sections
        self._now = 0

    def at(self, place: int) -> str | None:
        while self._now < len(self._sections) and self._sections[self._now].end <= place:
            self._now += 1
        if self._now == len(self._sections) or place < self._sections[self._now].start:
            return None
        return STATED.get(self._sections[self._now].role)
