"""Front matter within a text: title, line of delivery, name of the speaker, which are no content of a report."""

from __future__ import annotations

import re
from dataclasses import dataclass

from saidao.documents.dates import DAY, iso
from saidao.documents.genres import Genres, bare, genres
from saidao.documents.noise import Patterns
from saidao.lexicon import Lexicon

ZONE = 60
"""The greeting of a report stands within this many lines, or there is none."""
_CONTENT = re.compile(
    r"[一二三四五六七八九十]、|[（(][一二三四五六七八九十][）)]|第[一二三四五六七八九十]+[章条]|前\s*言|引\s*言"
)
_NUMBER = r"[一二三四五六七八九十百\d]{1,4}"
_DELIVERY = re.compile(rf"\s*[（(]?\s*[—\-―–－─]*\s*[（(]?\s*(?:{DAY})?[^。；]*?[在于向]?[^。；]{{0,60}}")
_DAY = re.compile(DAY)
_NAME = re.compile(
    r"[\u4e00-\u9fff](?:\s{0,3}[\u4e00-\u9fff]){1,2}|[\u4e00-\u9fff]{2,7}[·•][\u4e00-\u9fff·•]{1,8}|[\u4e00-\u9fff]{4}"
)


@dataclass(frozen=True, slots=True)
class Cues:
    """How front matter is worded, from `cues.csv`."""

    greeting: re.Pattern[str]
    greeting_lines: tuple[str, ...]
    report: re.Pattern[str]
    """The title of a work report, whole."""
    session: re.Pattern[str]
    """A session of a congress: place, term, number."""
    did: re.Pattern[str]
    """What a session did: a sentence of the content, though its line may break before a report's linked name."""
    adopted: re.Pattern[str]
    adopted_line: re.Pattern[str]
    no_delivery: re.Pattern[str]
    byline: re.Pattern[str]


def cues(lexicon: Lexicon) -> Cues:
    """The cues of a lexicon, compiled once."""
    return lexicon.compiled("documents.front", _compile)


def _compile(lexicon: Lexicon) -> Cues:
    pattern = lexicon.pattern
    return Cues(
        greeting=pattern(r"{greetings}[^。\n]{0,30}"),
        greeting_lines=lexicon.words("greeting_lines"),
        report=pattern(
            r"{title_about}?.{0,24}政\s*府\s*工\s*作\s*报\s*告(?:\s*[（(].{1,20}[）)])?(?:\s*{full_text})?"
            r"|[（(]?{full_text}[）)]?"
        ),
        session=pattern(
            rf"(?P<place>[\u4e00-\u9fff]{{0,22}}?)(?P<di>第?)\s?(?P<term>{_NUMBER})\s?届\s*(?P<national>全\s?国)?\s*"
            rf"{{congress}}(?:\s*{{standing_committee}})?\s*第?\s?(?P<nth>{_NUMBER})\s?次\s*[会會]\s?[议議]"
        ),
        did=pattern(r"[会會][议议]{session_acts}"),
        adopted=pattern("{adopted_at_session}"),
        adopted_line=pattern(rf"[（(]({DAY})[^。]{{0,60}}{{adoption_words}}?[）)]"),
        no_delivery=pattern("[，；].*[，；。]|{title_about}"),
        byline=pattern(r"[\u4e00-\u9fff]{0,20}{speakers_offices}\s*[：:]?[\u4e00-\u9fff·•\s]{0,14}"),
    )


@dataclass(slots=True)
class Front:
    """What the front matter says."""

    content: int
    """Number of the line where the content begins."""
    reasons: dict[int, str]
    """Lines of front matter, and what they are: `title`, `delivery`, `byline`, `navigation`."""
    title: str | None = None
    date: str | None = None
    session: re.Match[str] | None = None
    greeted: bool = False


def read_front(lines: list[str], lexicon: Lexicon, page: Patterns, given: str | None) -> Front:
    """The front matter of a text.

    Args:
        lines: the first lines of the text.
        lexicon: names and cues.
        page: the patterns of noise, which front matter is mixed with.
        given: the title that the source gives, if it gives one.
    """
    front = _content(lines, cues(lexicon))
    furniture: set[int] = set()
    at = 0
    while at < front.content:
        line = lines[at]
        if page.reason("line", line) or page.reason("head", line):
            furniture.add(at)  # the patterns of noise know it better
            at += 1
            continue
        at += _read(front, lines, at, lexicon, given)
    if front.greeted:
        for number in range(front.content):
            if (
                number not in front.reasons
                and number not in furniture
                and len(lines[number]) <= 30
                and "。" not in lines[number]
            ):
                front.reasons[number] = "byline" if _NAME.fullmatch(lines[number]) and front.session else "navigation"
    return front


def _content(lines: list[str], known: Cues) -> Front:
    for number, line in enumerate(lines[:ZONE]):
        if len(line) <= 60 and known.greeting.match(line):
            return Front(number, {}, greeted=True)
        if line.startswith(known.greeting_lines):
            return Front(number, {}, greeted=True)
    for number, line in enumerate(lines[:ZONE]):
        if (known.session.search(line) and known.did.search(line) and not line.endswith(("）", ")"))) or _CONTENT.match(
            line
        ):
            return Front(number, {})
        if len(line) >= 30 and re.search(r"[，。；]", line) and not _delivered(line, known):
            return Front(number, {})
        if line.endswith(("：", ":")) and len(line) >= 8 and not _delivered(line, known):
            # The addressees of a notice.
            return Front(number, {})
    return Front(0, {})


def _delivered(line: str, known: Cues) -> re.Match[str] | None:
    """The session in a line of delivery; None where the line is none."""
    if len(line) > 120 or line.count("，") > 1:
        return None
    found = known.session.search(line)
    if found is None or not _DELIVERY.match(line, 0, found.start()) or known.adopted.search(line, found.end()):
        return None
    rest = line[found.end() :]
    return found if len(rest) <= 50 and not known.no_delivery.search(rest) else None


def _read(front: Front, lines: list[str], at: int, lexicon: Lexicon, given: str | None) -> int:
    """Reads what begins at a line; how many lines it takes."""
    known = cues(lexicon)
    line = lines[at]
    for count in (1, 2, 3):
        joined = "".join(lines[at : min(at + count, front.content)])
        if found := _delivered(joined, known):
            front.session = front.session or found
            front.date = front.date or iso(joined)
            return _take(front, at, count, "delivery")
        # A title broken in two: neither half is one. (云南要闻 above 2026年政府工作报告 is navigation.)
        broken = count == 2 and at + 1 < front.content and not known.report.fullmatch(lines[at + 1])
        if (count == 1 or broken) and known.report.fullmatch(joined) and len(joined) <= 50:
            if front.title is None or len(joined) > len(front.title):
                front.title = joined
            return _take(front, at, count, "title")
    if re.match(r"\s*[（(]?[—\-―–－─]{1,4}", line) and _DAY.search(line) and len(line) <= 80:
        front.date = front.date or iso(line)
        return _take(front, at, 1, "delivery")
    if adopted := known.adopted_line.fullmatch(line):
        front.date = front.date or iso(adopted[1])
        front.session = front.session or known.session.search(line)
        return _take(front, at, 1, "delivery")
    if (front.title is not None or front.session is not None) and known.byline.fullmatch(line):
        return _take(front, at, 1, "byline")
    if given and _same(line, given):
        front.title = front.title or line
        return _take(front, at, 1, "title")
    for count in (1, 2):
        joined = "".join(lines[at : min(at + count, front.content)])
        if count == 2 and at + 1 < front.content and known.report.fullmatch(lines[at + 1]):
            break
        if front.title is None and len(joined) <= 80 and _ends_as_title(joined, genres(lexicon)):
            front.title = joined
            return _take(front, at, count, "title")
    if front.title is not None and re.fullmatch(r"[（(][^（）()]{1,30}[）)]", line):
        # `（2021—2025年）`, `（征求意见稿）` on a line of its own belongs to the title.
        front.title += line
        return _take(front, at, 1, "title")
    return 1


def _take(front: Front, at: int, count: int, reason: str) -> int:
    for number in range(at, min(at + count, front.content)):
        front.reasons[number] = reason
    return count


def _same(line: str, given: str) -> bool:
    return re.sub(r"\W", "", line) == re.sub(r"\W", "", given)


def _ends_as_title(line: str, known: Genres) -> bool:
    if re.search(r"[。；！？]|[，：:]$", line):
        return False
    core = bare(line, known)
    return any(found.end() == len(core) for found in known.cues.finditer(core))
