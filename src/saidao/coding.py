"""Codes the sentences of a text, without a database."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from saidao import measures
from saidao.documents.sentences import sentences
from saidao.lexicon import Lexicon, load
from saidao.measures.records import Coding, Span
from saidao.statements.fold import fold
from saidao.statements.status import compiled, tones

S = TypeVar("S", bound=Span)


def code(
    text: str,
    *,
    issuer: str | None = None,
    year: int | None = None,
    type: str | None = None,
    whole: bool = True,
    lexicon: Lexicon | None = None,
) -> list[Coding]:
    """The codes of a text: tools, status, themes, industries, carriers, wording.

    Args:
        text: a sentence or more; offsets are counted in it.
        issuer: who speaks; nothing is told by it yet.
        year: the year of the document; nothing is told by it yet.
        type: the kind of document; nothing is told by it yet.
        whole: the text is one unit, and the answer one coding; else one for each sentence.
        lexicon: the data files; the shipped ones unless told.

    Example:
        >>> [coding] = code("设立稀土产业基金，推动稀土产业补链强链。")
        >>> coding.tools, coding.status
        (('industrial_fund', 'chain_localization'), 'planned')
    """
    lexicon = lexicon or load()
    plain = fold(text, lexicon)
    tense = compiled(lexicon)
    sums = tones(plain, tense)
    spans = [(0, len(text))] if whole else [(s.start, s.end) for s in sentences(text)]
    found = []
    for start, end in spans:
        tone = float(sums[end] - sums[start]) + tense.bias
        found.append(_placed(measures.find(plain[start:end], lexicon, tone=tone), start, text))
    return found


def _placed(coding: Coding, by: int, text: str) -> Coding:
    """A coding with its offsets moved and its words cut from the text itself."""

    def placed(span: S) -> S:
        start, end = span.start + by, span.end + by
        return replace(span, start=start, end=end, text=text[start:end])

    return replace(
        coding,
        start=coding.start + by,
        end=coding.end + by,
        industries=tuple(map(placed, coding.industries)),
        carriers=tuple(map(placed, coding.carriers)),
        cues=tuple(map(placed, coding.cues)),
    )
