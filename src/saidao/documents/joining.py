"""Lines that a source broke within a sentence, at a link or at the edge of a page, are joined again.

Only where the break is evident: the next line begins with a mark that begins no line, this one ends with a mark or a
word that ends none, or it holds whole sentences and stops without an end. A heading stops without an end too, but it is
short and holds no full stop.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass

from saidao.documents.cuts import Cut
from saidao.lexicon import Lexicon

_CANNOT_BEGIN = frozenset("，、。；：！？》”’」』）】〉,;!?)]％%")
_CANNOT_END = frozenset("，、《“‘「『（【〈(,—")
_ENDS = frozenset("。！？；：…”’」』）》】!?;:)]>.\"'")
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z0-9０-９.]\Z")
_TITLE_LENGTH = 60
"""A line without a full stop is no broken paragraph unless longer than this (characters)."""


@dataclass(frozen=True, slots=True)
class _Cues:
    """How lines begin and end, from `cues.csv`."""

    enumerator: re.Pattern[str]
    goes_on: re.Pattern[str]
    """Words after which a sentence must go on; no heading ends in them."""
    signature: re.Pattern[str]


def _compile(lexicon: Lexicon) -> _Cues:
    return _Cues(
        lexicon.pattern(
            r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十百]{1,4}[章条节篇部]"
            r"|\d{1,2}[.．、](?!\d)|[——•●◆■★-]|{line_openings}[:：]?"
        ),
        re.compile(
            rf"(?:[的和与及或在把被将对按照为从向由以]|{lexicon.any_of('line_goes_on')})"
            rf"{lexicon.none_before('line_ends_in_word')}\Z"
        ),
        lexicon.pattern(r"[\u4e00-\u9fff、 ]{2,30}{signatures}\Z|.{0,4}\d{4}年\d{1,2}月\d{1,2}日\Z"),
    )


def join_cuts(
    text: str,
    bounds: list[tuple[int, int]],
    headings: frozenset[int],
    lexicon: Lexicon,
    starts: frozenset[int] = frozenset(),
) -> list[Cut]:
    """The line breaks to take out.

    Args:
        text: the text, one line a paragraph or a piece of one.
        bounds: start and end of its lines.
        headings: starts of the lines that the source marks as headings; they are never joined.
        lexicon: the cues.
        starts: starts of lines that surely begin a paragraph.
    """
    cuts: list[Cut] = []
    wrap = wrap_width(text, bounds)
    known = lexicon.compiled("documents.joining", _compile)
    holds_stop = False
    for (start, end), (after, after_end) in itertools.pairwise(bounds):
        joined = bool(cuts) and cuts[-1].end == start
        holds_stop = (holds_stop and joined) or text.find("。", start, end) >= 0
        if after in headings or after in starts or start in headings:
            continue
        first, last = text[after], text[end - 1]
        if last in _ENDS and first not in _CANNOT_BEGIN:
            continue
        if _breaks(text, start, end, after, after_end, holds_stop, wrap, known):
            latin = last.isascii() and last.isalpha() and first.isascii() and first.isalpha()
            cuts.append(Cut(end, after, put=" " if latin else ""))
    return cuts


def _breaks(
    text: str, start: int, end: int, after: int, after_end: int, holds_stop: bool, wrap: int, known: _Cues
) -> bool:
    first, last = text[after], text[end - 1]
    if first in _CANNOT_BEGIN:
        return True
    if known.enumerator.match(text, after, after_end):
        return last in "《“‘「『（【〈("
    if last in _CANNOT_END:
        # An opening mark alone, or a dash: what follows belongs to it; `——` may also be the first half of a list.
        return True
    line = text[start:end]
    if known.goes_on.search(line):
        return True
    if not _WORD.search(line):
        return False
    if wrap and _width(line) >= wrap - 6:
        return True
    if not holds_stop and end - start <= _TITLE_LENGTH:
        return False
    return not known.signature.fullmatch(text[after:after_end])


def wrap_width(text: str, bounds: list[tuple[int, int]]) -> int:
    """The width at which a text was wrapped, in half-width columns; 0 where it was not."""
    if len(bounds) < 12:
        return 0
    total = bounds[-1][1] - bounds[0][0]
    if total / len(bounds) > 70:
        return 0
    widths = Counter(_width(text[start:end]) for start, end in bounds)
    full = max(widths, key=lambda width: (sum(widths[width - less] for less in range(6)), width))
    near = sum(widths[full - less] for less in range(6))
    if not 30 <= full <= 110 or near < 10 or near < 0.35 * len(bounds):
        return 0
    wider = sum(count for width, count in widths.items() if width > full + 6)
    cut = sum(1 for start, end in bounds if text[end - 1] not in _ENDS and _width(text[start:end]) >= full - 6)
    return full if wider <= 0.05 * len(bounds) and cut >= 0.5 * near else 0


def _width(line: str) -> int:
    return (len(line) + len(line.encode("utf-8", "replace"))) // 2
