"""Stage 3: from a text and what is known of it to its statements.

`find` is the whole of it: fold the text, find its quantities, read what each measures, then status and period from the
sentence, the section and the document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from decimal import Decimal
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from saidao.lexicon import Lexicon
from saidao.models import Context, Section, Statement
from saidao.statements import (
    clauses,
    fold,
    lists,
    meaning,
    periods,
    places,
    plans,
    quantities,
    standards,
    status,
    tables,
    wording,
)
from saidao.statements.figures import Quantity

__all__ = ["find"]

_SENTENCE = re.compile("[^。！？!?\n]+[。！？!?]*")
_REPORTS = frozenset(("work_report", "plan_report", "budget_report", "resolution", "other"))
_NEWS = frozenset(("news", "broadcast"))
_NEWS_PRIOR = -2.0
_ACCOUNTS = frozenset(("report", "bulletin"))
"""Reports on how things stand, with hardly a promise in them."""
_SPOKEN = frozenset(("speech", "interpretation"))
_NEWS_NEIGHBOURS = 0.2
"""Sentences of news side by side tell of different times."""
_POLICY_TONE = 0.6
"""How much of the tone that is learned from reports counts in a plan, whose goals sound like results."""
_LOOKS_BACK = -4.0
_TOLD = 2.0
"""What a word that tells how things stand says against a promise in a plan, in log odds."""
_REST = re.compile("[^，；。！？\n]{0,200}(?:[，][^，；。！？\n]{0,24})?")
_HARDLY_PAST = -2.0
"""Log odds below which a sentence without figures is taken for a report, not for a target in words."""
_POLICY_PRIOR = 4.0
"""Log odds, before a word is read, that a figure in a plan, notice or opinion is a requirement."""


def find(text: str, context: Context, lexicon: Lexicon, *, qualitative: bool = True) -> list[Statement]:
    """Every statement of a text, in order of its place.

    Args:
        text: the content of a document, or a passage of it.
        context: who speaks, when, in what kind of document; its sections, if they are known.
        lexicon: the data files.
        qualitative: whether targets without a figure are wanted too.

    Returns:
        Statements with `text[start:end] == quote`; spans of quantified statements do not overlap.
    """
    folded = fold.fold(text, lexicon)
    figures, cells = tables.find(folded, quantities.find(folded, lexicon), context.year, lexicon)
    reader = _Passages(folded, context, status.compiled(lexicon))
    statements = _quantified(text, folded, figures, cells, context, reader, lexicon) if figures else []
    if qualitative:
        statements += _in_words(text, folded, figures, context, reader, lexicon)
        statements.sort(key=lambda s: (s.start, s.end))
    return statements


def _quantified(
    text: str,
    folded: str,
    figures: list[Quantity],
    cells: dict[int, tables.Cell],
    context: Context,
    reader: _Passages,
    lexicon: Lexicon,
) -> list[Statement]:
    tense = reader.tense
    names = places.compiled(lexicon)
    own = places.own_names(context.region, context.issuer, names)
    meanings = meaning.read(folded, figures, lexicon, own)
    known = standards.compiled(lexicon)
    times = periods.Times(folded, periods.compiled(lexicon), reader.default_year)
    plan = plans.named_in(context.title, lexicon)
    bounds = lists.share_bounds(folded, figures, lexicon)
    found: list[Statement] = []
    words = lexicon.compiled("statements.meaning", clauses.clause_words)
    classes = lists.sizes_of_classes(folded, figures)
    for index, cell in cells.items():
        meanings[index] = replace(_of_row(cell, lexicon) or meanings[index], clause=meanings[index].clause)
    for index, (figure, read) in enumerate(zip(figures, meanings, strict=True)):
        sentence_start, paragraph_start, section = reader.at(figure.start)
        before = times.before(sentence_start, figure.start)
        role = section.role if section is not None else None
        if role is not None and role != "other":
            state = status.by_section(role, before, context.year, tense)
        else:
            bounded = figures[bounds.get(index, index)]
            quote = text[bounded.start : bounded.end]
            state = status.by_cues(
                before,
                quote,
                reader.rest(figure.end),
                context.year,
                reader.mood(figure.start, section),
                tense,
                promises=reader.promises,
                news=context.type in _NEWS,
            )
        column = cells[index].column if index in cells else None
        if column is not None:
            state = column.status
        if figure.names_class and figure.end > figure.unit_end:
            state = "reference"
        low, high = figure.low, figure.high
        if figure.family == "multiple" and read.kind == "growth":
            low, high = low * 100, high * 100
        if read.negative:
            low, high = -high, -low
        unit = "%" if figure.family == "multiple" and read.kind == "growth" else figure.unit
        place = places.find(folded, read.clause, figure.start, own, names)
        if place is None and not own:
            place = places.opening(folded, sentence_start, read.clause, names)
        measured = read.indicator
        if measured and place is not None:
            measured = clauses.behind_place(measured, words)
        indicator = measured
        if indicator and folded is not text:
            indicator = _as_written(indicator, text, folded, max(0, read.clause - 60), figure.end + 60)
        period = periods.of(
            times,
            paragraph_start,
            sentence_start,
            figure.start,
            status=state,
            kind=read.kind,
            role=role if reader.report and role != "other" else None,
            year=context.year,
            future=role in status.FUTURE_ROLES or (role in (None, "other") and reader.mood(figure.start) > 0),
            default=reader.default_year,
            lexicon=lexicon,
            plan=plan,
            news=context.type in _NEWS,
            account=context.type in _ACCOUNTS,
        )
        if column is not None and column.year is not None:
            period = str(column.year)
        clause = folded[read.clause : figure.start]
        after = _REST.match(folded, figure.end)
        found.append(
            Statement(
                start=figure.start,
                end=figure.end,
                quote=text[figure.start : figure.end],
                indicator=indicator,
                kind=read.kind,
                low=low,
                high=high,
                unit=unit,
                bound=figure.bound,
                status=state,
                period=period,
                region=place,
                industry=standards.industry(indicator or clause, known),
                indicator_id=None
                if index in classes
                else _standard(measured, clause, read.kind, unit, place, words, known),
                scope=standards.scope(standards.scope_before(folded, read.clause, known) + clause, known),
                hedge=standards.hedge(clause, after.group() if after else "", known) if state == "target" else None,
                section=role,
            )
        )
    return found


def _of_row(cell: tables.Cell, lexicon: Lexicon) -> clauses.Meaning | None:
    """What a figure in a table measures: as if it stood right behind the name of its row."""
    text = cell.name + cell.text
    figures = quantities.find(text, lexicon)
    for figure, read in zip(figures, meaning.read(text, figures, lexicon), strict=True):
        if figure.end > len(cell.name):
            return read
    return None


def _standard(
    measured: str | None,
    clause: str,
    kind: str,
    unit: str,
    place: str | None,
    words: clauses.ClauseWords,
    known: standards.Standards,
) -> str | None:
    """The id of the standard indicator, which of several that share a figure (`甲、乙产量均超…`) is the first that has one."""
    found = standards.indicator_id(measured, kind, unit, place, known)
    if found is None and measured and words.cues.each.search(clause):
        names = lists.members(measured, words)
        ids = (standards.indicator_id(name, kind, unit, place, known) for name in names[1:] and names)
        found = next((id for id in ids if id is not None), None)
    return found


def _in_words(
    text: str,
    folded: str,
    figures: list[Quantity],
    context: Context,
    reader: _Passages,
    lexicon: Lexicon,
) -> list[Statement]:
    """Targets without a figure, in the parts of the text that speak of the future."""
    known = standards.compiled(lexicon)
    taken = [figure.start for figure in figures]
    found: dict[tuple[int, int], Statement] = {}
    targets = wording.find(folded, reader.future(), taken, known, lexicon)
    for target in chain(targets, wording.unchanged(folded, reader.past(), taken, known, lexicon)):
        achieved = target.kind == "growth"
        sentence_start, paragraph_start, section = reader.at(target.start)
        role = section.role if section is not None else None
        clause_start = max(folded.rfind(mark, sentence_start, target.start) for mark in "，；：:、") + 1
        clause = folded[max(sentence_start, clause_start) : target.start]
        after = _REST.match(folded, target.end)
        found[target.start, target.end] = Statement(
            start=target.start,
            end=target.end,
            quote=text[target.start : target.end],
            indicator=text[target.start : target.start + len(target.indicator)]
            if folded.startswith(target.indicator, target.start)
            else target.indicator,
            kind=target.kind,
            low=Decimal(0) if achieved else None,
            high=Decimal(0) if achieved else None,
            unit="%" if achieved else None,
            bound=("eq" if target.exact else "approx") if achieved else None,
            status="achieved" if achieved else "target",
            period=periods.of(
                periods.Times(folded[paragraph_start : target.end], periods.compiled(lexicon)),
                0,
                sentence_start - paragraph_start,
                target.start - paragraph_start,
                status="achieved" if achieved else "target",
                kind=target.kind if achieved else "level",
                role=role if reader.report and role != "other" else None,
                year=context.year,
                future=not achieved,
                default=reader.default_year,
                lexicon=lexicon,
            ),
            region=None,
            industry=None,
            indicator_id=target.indicator_id,
            scope=standards.scope(clause + target.indicator, known),
            hedge=standards.hedge(clause, after.group() if after else "", known),
            section=role,
            wording=text[target.end - len(target.wording) : target.end],
        )
    return list(found.values())


class _Passages:
    """Where figures stand: their sentence, paragraph and section; the mood of a sentence is read once, on demand."""

    def __init__(self, folded: str, context: Context, tense: status.Tense) -> None:
        self.folded = folded
        self.tense = tense
        year = context.year
        if context.type in _NEWS:
            self.prior, self.default_year = _NEWS_PRIOR, year
        elif context.type in _ACCOUNTS:
            self.prior, self.default_year = _NEWS_PRIOR, year - 1 if year is not None else None
        elif context.type in _SPOKEN:
            self.prior, self.default_year = 0.0, year
        elif context.type is None or context.type in _REPORTS:
            self.prior, self.default_year = 0.0, year - 1 if year is not None else None
        else:
            self.prior, self.default_year = _POLICY_PRIOR, None
        self.promises = self.prior == _POLICY_PRIOR
        self.neighbours = _NEWS_NEIGHBOURS if context.type in _NEWS else status.NEIGHBOURS
        # The goals of a plan are no year's targets: their period is told by their words alone.
        self.report = context.type is None or context.type in _REPORTS
        self.sections = context.sections
        self.section_starts = [section.start for section in context.sections]
        self.sentences = [m.span() for m in _SENTENCE.finditer(folded)]
        self.starts = [start for start, _ in self.sentences]
        self.paragraphs = [0, *(m.end() for m in re.finditer("\n", folded))]
        self.moods: dict[int, float] = {}
        self.tones: NDArray[np.float64] | None = None

    def at(self, offset: int) -> tuple[int, int, Section | None]:
        """Start of the sentence, start of its paragraph, and the section that hold the offset."""
        sentence = self.starts[bisect_right(self.starts, offset) - 1]
        paragraph = self.paragraphs[bisect_right(self.paragraphs, sentence) - 1]
        section = None
        if self.sections:
            section = self.sections[max(0, bisect_right(self.section_starts, offset) - 1)]
        return sentence, paragraph, section

    def future(self) -> list[tuple[int, int]]:
        """The stretches that speak of the future: sections of targets and plans, else sentences that sound like it."""
        if self.report and any(section.role != "other" for section in self.sections):
            return [(s.start, s.end) for s in self.sections if s.role in status.FUTURE_ROLES]
        return [
            (a, b)
            for a, b in self.sentences
            if self.tense.commits.search(self.folded, a, b) and self.mood(a) > _HARDLY_PAST
        ]

    def past(self) -> list[tuple[int, int]]:
        """The stretches that look back on a year: sections of reviews, else sentences that sound like it."""
        if self.report and any(section.role != "other" for section in self.sections):
            return [(s.start, s.end) for s in self.sections if s.role == "review_year"]
        return [(a, b) for a, b in self.sentences if "持平" in self.folded[a:b] and self.mood(a) < 0]

    def rest(self, offset: int) -> str:
        """The rest of the sentence behind an offset, as far as it tells of the figure before it."""
        sentence = bisect_right(self.starts, offset - 1) - 1
        return self.folded[offset : min(self.sentences[sentence][1], offset + 80)]

    def mood(self, offset: int, section: Section | None = None) -> float:
        """How much the sentence at the offset sounds like a plan, its paragraph and the heading of a plan's part taken
        into account."""
        value = self._mood(offset)
        if self.promises and section is not None and section.title and self.tense.past_title.search(section.title):
            value += _LOOKS_BACK
        return value

    def _mood(self, offset: int) -> float:
        index = bisect_right(self.starts, offset) - 1
        if index not in self.moods:
            first = last = index
            while first > 0 and "\n" not in self.folded[self.sentences[first - 1][1] : self.sentences[first][0]]:
                first -= 1
            while (
                last + 1 < len(self.sentences)
                and "\n" not in self.folded[self.sentences[last][1] : self.sentences[last + 1][0]]
            ):
                last += 1
            texts = [self.folded[a:b] for a, b in self.sentences[first : last + 1]]
            if self.tones is None:
                self.tones = status.tones(self.folded, self.tense)
            scale = _POLICY_TONE if self.promises else 1.0
            own = [scale * float(self.tones[b] - self.tones[a]) for a, b in self.sentences[first : last + 1]]
            if self.promises:
                own = [
                    value - _TOLD * min(2, len(self.tense.told.findall(text)))
                    for value, text in zip(own, texts, strict=True)
                ]
            for i, value in enumerate(status.moods(texts, own, self.tense, self.prior, self.neighbours)):
                self.moods[first + i] = value
        return self.moods[index]


def _as_written(indicator: str, text: str, folded: str, start: int, end: int) -> str:
    """The indicator in the characters of the text, where folding changed them."""
    window = folded[start:end]
    at = window.find(indicator)
    if at >= 0:
        return text[start + at : start + at + len(indicator)]
    original = {
        folded[i]: text[i] for i in range(start, min(end, len(text))) if folded[i] != text[i] and not text[i].isspace()
    }
    return "".join(original.get(c, c) for c in indicator)
