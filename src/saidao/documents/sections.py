"""Sections: stretches of a document with one role; they tile the text.

Reports to a congress have all roles. A state machine walks the lines: headings decide where they speak of a review,
of five years or of the year's work; within parts that mix them, the first words of a paragraph do. Inside what is
found so, the paragraph on problems and the sentence that lists the year's main targets become sections of their own, and
a table of targets with them. Of plans, opinions and the like only the part is told that a heading calls the goals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saidao.documents.identify import Identity
from saidao.lexicon import Lexicon
from saidao.models import Heading, Section

_REPORTS = frozenset(("work_report", "plan_report", "budget_report"))
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]{1,2}、|第[一二三四五六七八]部分)\s*")
_PART = re.compile(rf"{_NUMBERED.pattern}|[（(][一二三四五六七八九十]{{1,2}}[）)]")
_SENTENCE_END = re.compile("[。！？；：]$")
_LONGEST_HEADING = 60
_GOALS_HEADING = 24
_PRESENT_FORM = 1993
_WIDE_DIGITS = {0xFF10 + digit: 0x30 + digit for digit in range(10)}
_SHORT_TARGETS = 60
_LONG_TARGETS = 900
_LONGEST_GOALS = 4_000
"""What stands under a heading of goals and is longer holds more than goals: the heading of what follows was lost."""
_LONGEST_ROW = 120
_NO_PROMISE = frozenset(("news", "broadcast", "bulletin", "speech", "report", "interpretation", "other"))
_ENUMERATORS = tuple(
    re.compile(pattern)
    for pattern in (
        r"第[一二三四五六七八九十]{1,3}[篇章部](?:分)?\s*",
        r"第[一二三四五六七八九十]{1,3}节\s*|[一二三四五六七八九十]{1,3} ?、\s*",
        r"[（(][一二三四五六七八九十]{1,3}[）)]\s*",
        r"\d{1,2}(?:[.．、](?!\d)|\s+(?=[\u4e00-\u9fff]))\s*",
        r"\d{1,2}\.\d{1,2}(?![\d%])\s*|[（(]\d{1,2}[）)]\s*",
    )
)
"""How parts of a document are numbered, from the largest to the smallest."""
_LIST = re.compile(r"[—–－•●◆■▪*-]|[一二三四五六七八九]是|[（(]?\d{1,2}[）)、.．]")
_PAST = frozenset(("review_year", "review_five_years", "problems"))
# A part that mixes two roles begins with the first of them
_FIRST = {"review_mixed": "review_year", "outlook_mixed": "outlook_five_years", "five_mixed": "review_five_years"}
_MAY_BECOME = {
    "review_mixed": frozenset(("review_year", "review_five_years")),
    "outlook_mixed": frozenset(("outlook_five_years", "plan_year")),
    "five_mixed": frozenset(("review_five_years", "outlook_five_years")),
    "review_year": frozenset(("review_five_years", "review_year")),
    "review_five_years": frozenset(("review_year", "review_five_years")),
    "outlook_five_years": frozenset(("plan_year", "review_five_years")),
    "plan_year": frozenset(("outlook_five_years",)),
    "": frozenset(("review_year", "review_five_years", "outlook_five_years", "plan_year")),
}


@dataclass(frozen=True, slots=True)
class _Cues:
    headings: list[tuple[str, re.Pattern[str]]]
    paragraphs: list[tuple[str, re.Pattern[str]]]
    problems: re.Pattern[str]
    targets: re.Pattern[str]
    tables: re.Pattern[str]
    goals: re.Pattern[str]
    annex: re.Pattern[str]
    """The heading of what is appended: a glossary."""
    figure: re.Pattern[str]
    this_year: re.Pattern[str]
    appended: re.Pattern[str]
    """The first words of what stands behind the text."""
    back: re.Pattern[str]
    """Begins a look back within a part on the year's work."""


def sections(text: str, headings: tuple[Heading, ...], identity: Identity, lexicon: Lexicon) -> tuple[Section, ...]:
    """The sections of a text; those of a document that is no report follow its headings, and are `other` but for goals."""
    if not text:
        return ()
    marked = {heading.start for heading in headings}
    cues = lexicon.compiled("documents.sections", _compile)
    if identity.type not in _REPORTS:
        goals = set() if identity.type in _NO_PROMISE else _goals(text, marked, cues)
        return _merged(text, _by_headings(text, marked, goals))
    # before the reports took their present form, a paragraph's first words say little about what follows
    loose = identity.year is None or identity.year >= _PRESENT_FORM
    coming = _coming_plan(identity.year, lexicon)
    last_year = re.compile(f"{identity.year - 1}年") if identity.year else None
    return _merged(text, _by_roles(text, marked, cues, coming, last_year, loose=loose))


def annexed(section: Section, lexicon: Lexicon) -> bool:
    """Whether a section is the glossary that is appended to a report."""
    cues = lexicon.compiled("documents.sections", _compile)
    return section.role == "other" and section.title is not None and bool(cues.annex.fullmatch(section.title.strip()))


def _coming_plan(year: int | None, lexicon: Lexicon) -> re.Pattern[str]:
    """The words by which a report of that year opens its outlook: the five-year plan that begins, its outline."""
    names = [
        row["label"]
        for row in lexicon.rows("five_year_plans")
        if year is not None and 0 <= int(row["first"]) - year <= 1
    ]
    return re.compile(
        "|".join(
            [
                *(f"“?{name}”?" for name in names),
                lexicon.any_of("coming_five_years"),
                rf"《?{lexicon.any_of('outline_drafts')}",
            ]
        )
    )


def _by_headings(text: str, marked: set[int], goals: set[int]) -> Iterator[Section]:
    title = None
    for start, end in _lines(text):
        line = text[start:end].rstrip("\n")
        if start in marked or _is_heading(line):
            title = line
        yield Section(start, end, "main_targets" if start in goals else "other", title)


def _goals(text: str, marked: set[int], cues: _Cues) -> set[int]:
    """The starts of the lines that stand under a heading of goals, the heading's own among them."""
    found: set[int] = set()
    under: list[int] = []
    """The lines of the goals that are being read."""
    level: int | None = None
    listed = False
    for start, end in _lines(text):
        line = text[start:end].rstrip("\n")
        rank, words = _numbered(line)
        if under and _ends_goals(line, rank, level, listed, cues, marked=start in marked):
            found |= _short(under, start)
            under = []
        if not under or not listed:
            heading = words.partition("。")[0].rstrip(" .：:")
            numbered = rank is not None or start in marked or words == heading
            if numbered and len(heading) <= _GOALS_HEADING and cues.goals.fullmatch(heading):
                if not under:
                    under, level, listed = [start], rank, False
                    continue
            elif not under and line.endswith(("：", ":")) and cues.targets.search(line[-12:]):
                under, level, listed = [start], None, True
                continue
        if under:
            under.append(start)
    return found | _short(under, len(text))


def _short(under: list[int], end: int) -> set[int]:
    return set(under) if under and end - under[0] <= _LONGEST_GOALS else set()


def _ends_goals(line: str, rank: int | None, level: int | None, listed: bool, cues: _Cues, *, marked: bool) -> bool:
    if cues.appended.match(line):
        return True
    if listed:
        return _LIST.match(line) is None
    if rank is None:
        return marked or (level is None and _is_heading(line))
    return rank <= (2 if level is None else level)


def _numbered(line: str) -> tuple[int | None, str]:
    """How high a line is numbered (0 highest), and its words without the number."""
    for rank, pattern in enumerate(_ENUMERATORS):
        if found := pattern.match(line):
            return rank, line[found.end() :]
    return None, line


def _by_roles(
    original: str,
    marked: set[int],
    cues: _Cues,
    coming: re.Pattern[str],
    last_year: re.Pattern[str] | None,
    *,
    loose: bool,
) -> Iterator[Section]:
    text = original.translate(_WIDE_DIGITS)
    part, role, title = "", "other", None
    headed = False
    """Whether the heading of the part told its role."""
    lent: str | None = None
    """The role of a part from which a paragraph on the year has turned away."""
    five_seen = False
    announced = False
    in_table = False
    annexed: str | None = None
    """The heading of the annex that is being read."""
    for start, end in _lines(text):
        line = text[start:end].rstrip("\n")
        if annexed is None and 2 * start > len(text) and cues.annex.fullmatch(line.strip()):
            annexed = original[start : start + len(line)]
        if annexed is not None:
            yield Section(start, end, "other", annexed)
            continue
        row = role == "plan_year" and start not in marked and _is_row(line)
        in_table = row and (in_table or cues.tables.match(line) is not None)
        if in_table:
            yield Section(start, end, "main_targets", title)
            continue
        if announced and cues.figure.search(line):  # 主要预期目标是： on a line of its own
            announced = False
            yield Section(start, end, "main_targets", title)
            continue
        announced = role == "plan_year" and line.endswith(("：", ":")) and cues.targets.search(line[-30:]) is not None
        if start in marked or _is_heading(line):
            number = _NUMBERED.match(line)
            words = line[number.end() :] if number else line
            found = next((r for r, pattern in cues.headings if pattern.search(words)), None)
            if found == "plan_year" and last_year is not None and last_year.search(words):
                found = "review_year"
            if not loose and found not in (None, "review_year"):
                found = "review_five_years" if found == "review_five_years" else None
            if found is not None and not (found in _PAST and role == "plan_year"):
                part, role, title = found, _FIRST.get(found, found), original[start : start + len(line)]
                headed, lent = True, None
            elif number:
                title, headed = original[start : start + len(line)], False
                if lent is not None:  # 今后五年…, one paragraph on the year, and the next part
                    part, role, lent = "", lent, None
                elif role in _PAST:  # a part that follows the review and says nothing of time
                    part, role = "", "other"
        elif (m := _NUMBERED.match(line)) and (
            found := next((r for r, pattern in cues.headings if pattern.match(line, m.end(), m.end() + 36)), None)
        ):  # a heading that the source has run into its paragraph
            part, role, title = found, _FIRST.get(found, found), None
        elif loose:
            opening = line[:60]
            if part == "five_mixed" and role == "review_five_years" and coming.search(opening):
                role = "outlook_five_years"
            if part == "review_mixed" and last_year is not None and re.match(f"{last_year.pattern}[，,]", opening):
                role = "review_year"
            for becomes, pattern in cues.paragraphs:
                if becomes in _MAY_BECOME[part] and pattern.match(opening):
                    # the year's work follows the five years' outlook; what came before does not come back
                    if role == "plan_year" and becomes == "outlook_five_years" and five_seen:
                        continue
                    if role == "outlook_five_years" and becomes == "plan_year" and part == role and not headed:
                        lent = role
                    role = becomes
                    if part == "outlook_five_years" and becomes == "review_five_years":
                        part = "five_mixed"
                    elif part in ("", "outlook_five_years", "plan_year"):
                        part = becomes
                    break
        five_seen = five_seen or role == "outlook_five_years"
        yield from _parts(text, start, end, role, title, cues)


def _parts(text: str, start: int, end: int, role: str, title: str | None, cues: _Cues) -> Iterator[Section]:
    """A line, with its problems or main targets cut out."""
    if role in _PAST and cues.problems.search(text, start, min(end, start + 160)):
        yield Section(start, end, "problems", title)
        return
    if role == "plan_year" and (m := cues.back.search(text, start, end)) is not None:
        now = cues.this_year.search(text, m.end(), end)
        last = now.start() if now is not None else end
        for first, until, its in ((start, m.start(), role), (m.start(), last, "review_year"), (last, end, role)):
            if first < until:
                yield Section(first, until, its, title)
        return
    if role == "plan_year":
        m = cues.targets.search(text, start, end)
        if m is not None:
            first = max(text.rfind(mark, start, m.start()) for mark in "。！？") + 1
            first = max(first, start)
            last = text.find("。", m.end(), end)
            last = end if last < 0 or end - last < 3 else last + 1
            if last - first < _SHORT_TARGETS and end - first < _LONG_TARGETS:
                last = end  # 主要预期目标是：一句一个目标。下一个目标。
            if first > start:
                yield Section(start, first, role, title)
            yield Section(first, last, "main_targets", title)
            if last < end:
                yield Section(last, end, role, title)
            return
    yield Section(start, end, role, title)


def _is_row(line: str) -> bool:
    """Whether a line may be a row of a table: its cells stand apart, and it ends no sentence."""
    return (
        len(line) <= _LONGEST_ROW
        and re.search(r"\S\s+\S", line) is not None
        and _PART.match(line) is None
        and not _SENTENCE_END.search(line)
    )


def _is_heading(line: str) -> bool:
    return (
        2 < len(line) <= _LONGEST_HEADING
        and not _SENTENCE_END.search(line)
        and (_NUMBERED.match(line) is not None or (len(line) <= 24 and "，" not in line and "、" not in line[:6]))
    )


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield start, end
        start = end


def _merged(text: str, pieces: Iterator[Section]) -> tuple[Section, ...]:
    found: list[Section] = []
    for piece in pieces:
        if found and found[-1].role == piece.role and found[-1].title == piece.title:
            found[-1] = Section(found[-1].start, piece.end, piece.role, piece.title)
        else:
            found.append(piece)
    return tuple(found)


def _compile(lexicon: Lexicon) -> _Cues:
    rows = lexicon.rows("sections")
    return _Cues(
        headings=[(row["role"], re.compile(row["pattern"])) for row in rows if row["where"] == "heading"],
        paragraphs=[(row["role"], re.compile(row["pattern"])) for row in rows if row["where"] == "paragraph"],
        problems=re.compile("|".join(row["pattern"] for row in rows if row["where"] == "problems")),
        targets=re.compile("|".join(row["pattern"] for row in rows if row["where"] == "targets")),
        tables=re.compile("|".join(row["pattern"] for row in rows if row["where"] == "table") or r"(?!)"),
        goals=re.compile("|".join(row["pattern"] for row in rows if row["where"] == "goals") or r"(?!)"),
        annex=re.compile("|".join(row["pattern"] for row in rows if row["where"] == "annex") or r"(?!)"),
        figure=lexicon.pattern("[0-9０-９][%％]|{figure_words}"),
        this_year=lexicon.pattern("(?<=[。！\n])[^。！\n]{0,30}{in_this_year}"),
        appended=lexicon.pattern(r"附\s*[件表录]|{copied_to}"),
        back=re.compile("|".join(row["pattern"] for row in rows if row["where"] == "back") or r"(?!)"),
    )
