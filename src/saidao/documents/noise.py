"""Lines and phrases that a page, an agency or an archive added to a text: buttons, source lines, captions, datelines.

The patterns stand in `data/noise.csv`. Column `where` says what a pattern must match:
`line` a whole line; `head`, `tail` a whole line before the content begins, or near the end; `rest` a line near the end
that takes all after it along, `list` too unless prose follows; `start` the beginning of a paragraph; `inline` any stretch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from saidao.documents.cuts import Cut
from saidao.errors import LexiconError
from saidao.lexicon import Lexicon

LONGEST = 130
"""Lines longer than this are content, whatever they contain (characters)."""
TAIL = 60
"""How many of the last lines count as the end of a text."""
PLACES = ("line", "head", "tail", "rest", "list", "start", "inline")
SENTENCE = 30
"""A line with a full stop and at least so many characters is prose: no list of links holds one (characters)."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """The compiled rows: for each place one expression, whose last group is the number of its row."""

    whole: dict[str, re.Pattern[str]]
    reasons: tuple[str, ...]
    datelines: tuple[re.Pattern[str], ...]

    def reason(self, place: str, line: str) -> str | None:
        """Why a whole line is noise at a place; None where it is not."""
        expression = self.whole.get(place)
        found = expression.fullmatch(line) if expression else None
        return self.reasons[int(found.lastgroup[1:])] if found and found.lastgroup else None


def patterns(lexicon: Lexicon) -> Patterns:
    """The patterns of a lexicon, compiled once."""
    return lexicon.compiled("documents.noise", _compile)


def _compile(lexicon: Lexicon) -> Patterns:
    parts: dict[str, list[str]] = {}
    reasons: list[str] = []
    datelines: list[re.Pattern[str]] = []
    for number, row in enumerate(lexicon.rows("noise")):
        if row["where"] not in PLACES:
            raise LexiconError("lexicon.bad_where", id=row["id"], names=", ".join(PLACES))
        try:
            expression = re.compile(row["pattern"])
        except re.error as error:
            raise LexiconError("lexicon.bad_noise", id=row["id"], detail=error) from None
        if "publisher" in expression.groupindex:
            datelines.append(expression)
        # A named group may stand once in an expression; the rows that name a publisher are asked again one by one.
        plain = row["pattern"].replace("?P<publisher>", "?:")
        parts.setdefault(row["where"], []).append(f"(?P<r{number}>{plain})")
        reasons.append(row["reason"])
    whole = {}
    for place, alternatives in parts.items():
        joined = "|".join(alternatives)
        whole[place] = re.compile(rf"(?:\A|(?<=\n))(?:{joined})" if place == "start" else joined)
    return Patterns(whole, tuple(reasons), tuple(datelines))


def line_cuts(text: str, bounds: list[tuple[int, int]], content: int, known: Patterns) -> list[Cut]:
    """Whole lines that are noise.

    Args:
        text: the text, one paragraph a line.
        bounds: start and end of its lines.
        content: number of the line where the content begins.
        known: the patterns.
    """
    cuts: list[Cut] = []
    count = len(bounds)
    for number, (start, end) in enumerate(bounds):
        if end - start > LONGEST:
            continue
        line = text[start:end]
        near_end = number >= content and number >= count - TAIL
        if near_end and number > 0 and (reason := known.reason("rest", line)):
            cuts += [Cut(a, b, reason) for a, b in bounds[number:]]
            break
        if near_end and (reason := known.reason("list", line)) and not _prose(text, bounds[number + 1 :]):
            cuts += [Cut(a, b, reason) for a, b in bounds[number:]]
            break
        reason = known.reason("line", line)
        if reason is None and number < content:
            reason = known.reason("head", line)
        if reason is None and near_end:
            reason = known.reason("tail", line)
        if reason is not None:
            cuts.append(Cut(start, end, reason))
    return cuts


def _prose(text: str, bounds: list[tuple[int, int]]) -> bool:
    return any(end - start >= SENTENCE and text.find("。", start, end) >= 0 for start, end in bounds)


def phrase_cuts(text: str, known: Patterns) -> list[Cut]:
    """Datelines and other stretches within paragraphs."""
    cuts = []
    for place in ("start", "inline"):
        if expression := known.whole.get(place):
            for found in expression.finditer(text):
                if found.lastgroup and found.end() > found.start():
                    cuts.append(Cut(found.start(), found.end(), known.reasons[int(found.lastgroup[1:])]))
    return cuts


def publisher_of(dateline: str, known: Patterns) -> str | None:
    """Who a dateline says has published: `央视网` in `央视网消息：`."""
    for expression in known.datelines:
        if (found := expression.match(dateline)) and found["publisher"]:
            return found["publisher"]
    return None
