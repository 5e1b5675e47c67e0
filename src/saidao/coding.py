"""Codes the sentences of a text, without a database."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence

from saidao import measures
from saidao.documents.genres import genres, of_title
from saidao.documents.sections import annexed
from saidao.documents.sentences import sentences
from saidao.lexicon import Lexicon, load
from saidao.measures.records import Coding
from saidao.models import Section
from saidao.statements.fold import fold as plain_text
from saidao.statements.status import Tense, compiled, tones

_SEMICOLON = re.compile("[；;]+")

_REACH = 2
"""A sequence that begins in a piece may end so many characters behind it."""

_BETWEEN = "\n" * _REACH
"""Between texts that are coded at once, so that nothing reaches from one into the next."""

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
    type: str | None = None,
    sections: Sequence[Section] = (),
    lexicon: Lexicon | None = None,
) -> list[Coding]:
    """The codes of a text: tools, status, themes, industries, carriers, wording.

    Args:
        text: a sentence or more; offsets are counted in it.
        whole: the text is one unit, and the answer one coding; else one for each unit (a sentence, or a part of it up to
            a semicolon) in which something is found.
        fold: tools are folded into the 20 of the literature.
        type: the kind of document, by its id (`opinion`), its name (意见) or the document's title: plans, opinions and
            notices plan more than they report.
        sections: the sections of the document, if they are known; they tell the status better than its words.
        lexicon: the data files; the shipped ones unless told.

    Example:
        >>> [coding] = code("设立稀土产业基金，推动稀土产业补链强链。")
        >>> coding.tools, coding.status
        (('industrial_fund', 'chain_localization'), 'planned')
    """
    if whole:
        return code_each([text], fold=fold, types=[type], lexicon=lexicon)
    lexicon = lexicon or load()
    data = measures.known(lexicon)
    plain = plain_text(text, lexicon)
    stated, tone, lean = _Stated(sections, lexicon), _Tone(plain, compiled(lexicon)), leaning(type, lexicon)
    found = []
    for start, end, own, marks, may in _marked(plain, units(text), data):
        if marks:
            status = stated.at(start)
            heard = tone.of(start, end, stated.until) if status is None else 0.0
            found.append(
                measures.find(
                    own, data, marks, tone=heard, stated=status, source=text, offset=start, may=may, lean=lean
                )
            )
    return [_folded(coding, data) for coding in found] if fold else found


def code_each(
    texts: Sequence[str],
    *,
    fold: bool = False,
    types: Sequence[str | None] = (),
    lexicon: Lexicon | None = None,
) -> list[Coding]:
    """The coding of each of many texts, taken as one unit each: what `code` gives for it, in less time.

    Args:
        texts: the texts; offsets are counted in each.
        fold: tools are folded into the 20 of the literature.
        types: the kind of document that each stands in, as `code` takes it.
        lexicon: the data files; the shipped ones unless told.

    Example:
        >>> [coding.status for coding in code_each(["设立稀土产业基金。", "稀土产业基金已经设立。"])]
        ['planned', 'done']
    """
    lexicon = lexicon or load()
    data = measures.known(lexicon)
    spans, at = [], 0
    for text in texts:
        spans.append((at, at + len(text)))
        at += len(text) + len(_BETWEEN)
    plain = plain_text(_BETWEEN.join(texts), lexicon)
    tone = _Tone(plain, compiled(lexicon))
    found = []
    types = types or [None] * len(texts)
    leans = {type: leaning(type, lexicon) for type in set(types)}
    for text, type, (start, end, own, marks, may) in zip(texts, types, _marked(plain, spans, data), strict=True):
        heard = tone.of(start, end, len(plain))
        found.append(measures.find(own, data, marks, tone=heard, source=text, may=may, lean=leans[type]))
    return [_folded(coding, data) for coding in found] if fold else found


def leaning(type: str | None, lexicon: Lexicon) -> float:
    """How much documents of a kind plan rather than report, in log odds; 0 where nothing is known of it."""
    if not type:
        return 0.0
    known = genres(lexicon)
    kind = known.names.get(type.strip().lower()) or of_title(type, known)
    return next((float(row["leans"] or 0) for row in lexicon.rows("types") if row["id"] == kind), 0.0)


def _marked(
    plain: str, spans: list[tuple[int, int]], data: measures.Known
) -> Iterator[tuple[int, int, str, measures.Marks, int]]:
    """Pieces of a text: where they stand, their words, their marks, and the cues that may match in them."""
    for (start, end), hits, may in zip(
        spans, data.words.pieces(plain, spans), data.gates.open(plain, spans), strict=True
    ):
        own = plain[start:end]
        yield start, end, own, measures.marks(own, data, hits), may


def _folded(coding: Coding, data: measures.Known) -> Coding:
    return coding._replace(tools=measures.folded(coding.tools, data))


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


class _Tone:
    """How much pieces of a text sound like a plan, in log odds; asked from the start of the text to its end."""

    def __init__(self, text: str, tense: Tense) -> None:
        self._text = text
        self._tense = tense
        self._running: list[float] = []
        self._begin = self._end = 0

    def of(self, start: int, end: int, until: int) -> float:
        """The tone of a piece; `until`: up to where others may be asked for soon."""
        if start >= self._end:
            # A stretch at a time: in a report most sentences stand in sections that tell their status.
            self._begin, self._end = start, max(end, min(until, len(self._text)))
            self._running = tones(self._text[start : self._end + _REACH], self._tense).tolist()
        running = self._running
        heard = running[min(end - self._begin, len(running) - 1)] - running[start - self._begin] + self._tense.bias
        # The weights have few decimals; what the sum has more comes from where it began.
        return round(heard, 6)


class _Stated:
    """What sections say of the status of their sentences; asked from the start of the text to its end."""

    def __init__(self, sections: Sequence[Section], lexicon: Lexicon) -> None:
        self._sections = sections
        self._said = ["context" if annexed(section, lexicon) else STATED.get(section.role) for section in sections]
        self._now = 0
        self.until = 0
        """Behind a place without a status, where the next section that states one begins."""

    def at(self, place: int) -> str | None:
        while self._now < len(self._sections) and self._sections[self._now].end <= place:
            self._now += 1
        here = None
        if self._now < len(self._sections) and self._sections[self._now].start <= place:
            here = self._said[self._now]
        if here is None and place >= self.until:
            left = zip(self._sections[self._now :], self._said[self._now :], strict=True)
            self.until = next((s.start for s, said in left if said and s.start > place), sys.maxsize)
        return here
