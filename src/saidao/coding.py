"""Codes the sentences of a text, without a database."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from saidao import measures
from saidao.documents.sentences import sentences
from saidao.lexicon import Lexicon, load
from saidao.measures.records import Coding
from saidao.statements.fold import fold as plain_text
from saidao.statements.status import compiled, tones


def code(
    text: str,
    *,
    whole: bool = True,
    fold: bool = False,
    lexicon: Lexicon | None = None,
) -> list[Coding]:
    """The codes of a text: tools, status, themes, industries, carriers, wording.

    Args:
        text: a sentence or more; offsets are counted in it.
        whole: the text is one unit, and the answer one coding; else one for each sentence in which something is found.
        fold: tools are folded into the 20 of the literature.
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
    sums = tones(plain, tense)
    spans = [(0, len(text))] if whole else [(s.start, s.end) for s in sentences(text)]
    places = data.words.places(plain)
    found = []
    last = 0
    for start, end in spans:
        first = bisect_left(places, start, last)
        last = bisect_left(places, end, first)
        own = plain[start:end]
        marks = measures.marks(own, data, [place - start for place in places[first:last]])
        if marks or whole:
            tone = float(sums[end] - sums[start]) + tense.bias
            found.append(measures.find(own, data, marks, tone=tone, source=text, offset=start))
    return [replace(c, tools=measures.folded(c.tools, data)) for c in found] if fold else found
