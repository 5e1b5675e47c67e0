"""Codes the sentences of a text, without a database."""

from __future__ import annotations

import numpy as np

from saidao import measures
from saidao.documents.sentences import sentences
from saidao.lexicon import Lexicon, load
from saidao.measures.records import Coding
from saidao.statements.fold import fold
from saidao.statements.status import compiled, tones


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
    data = measures.known(lexicon)
    plain = fold(text, lexicon)
    tense = compiled(lexicon)
    sums = tones(plain, tense)
    spans = [(0, len(text))] if whole else [(s.start, s.end) for s in sentences(text)]
    places = data.words.places(plain)
    edges = np.searchsorted(places, np.array(spans, dtype=np.int64).reshape(-1, 2)).tolist()
    found = []
    for (start, end), (first, last) in zip(spans, edges, strict=True):
        tone = float(sums[end] - sums[start]) + tense.bias
        own = (places[first:last] - start).tolist()
        found.append(measures.find(plain[start:end], data, tone=tone, places=own, source=text, offset=start))
    return found
