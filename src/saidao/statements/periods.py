"""Tells which year or years a figure is about: from the words beside it, else from the section, else from the status."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from saidao.lexicon import Lexicon
from saidao.statements import plans
from saidao.statements.numerals import DIGITS, chinese

_YEAR = "(?:(?:19|20)[0-9]{2}|[一二][九零][零一二三四五六七八九]{2})"
_HEARD = 400
"""How far back a plan's target year is still heard (characters)."""
_STOP = re.compile("[。；：！？\n]")
_PART = re.compile("[，、]")
_FOR_YEARS = re.compile(
    "(?:^|[，、；：。])(?:这|近|过去|最近)?([一二两三四五六七八九十]{1,2}|[0-9]{1,2})年(?:来|间|里)?[^，。；：、0-9年内至到底前后]{0,8}$"
)
_AGO = re.compile("(?:与|同|和|比|较)([一二三四五六七八九十]{1,2})年前")
_EVER_SINCE = re.compile("[以来]|(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?[^，。；：0-9]{0,24}以来")
"""Behind a year: 2024年10月机制建立以来."""
_FOR_YEARS_SINCE = re.compile("([一二三四五六七八九十]{1,2}|[0-9]{1,2})年来")
_TIMES_OF = re.compile("[年末底]{0,2}的[0-9一二三四五六七八九十点.]{1,8}[多余]?倍")
"""Behind a year: it is what a multiple is taken of."""
_BECOMES = re.compile("[^。；\n]{0,40}?[到至为]")
"""Behind 从 and a figure: what it changes to follows."""
_CHANGES = re.compile("(?![到至—起开以-])[^，。；]{2,18}?(?:[到至为]|[增降升减]至?)[0-9一二两三四五六七八九十]")
"""Behind 由2020年: only the start of a change is of that year."""
_REACHED = re.compile("[到至为增减升降]")
_AGAINST = re.compile(
    f"(?P<from>[比较由从])(?:“?(?P<plan>(?:十[一二三四五六]?|[一二三四五六七八九])五)”?末|(?P<year>{_YEAR}) ?年底?末?)(?P<of>的?)$"
)
_NEAR = 160
"""How far back a time that is compared with is still heard (characters)."""
_SINCE = re.compile(
    f"[比较与同和] ?(?P<since>{_YEAR}) ?年(?:末|底)?(?:(?P<all>相比)|(?P<near>[^，。；：、0-9一二三四五六七八九十百]*(?:[0-9.]+(?:%|个百分点|倍)[、和])*$))"
)
"""What a change is counted from: 同1978年相比 for the rest of a sentence, 比1978年 for one figure."""
_UNTIL = re.compile(f"({_YEAR}) ?年 ?$")
_OPPOSED = re.compile(f"(?:与|同|和) ?({_YEAR}) ?年")
"""Behind 1986年: what is told is of that year, and another is compared with it."""
_COMPARED = re.compile(f"(?:与|同|比|较) ?({_YEAR}) ?年")
_OPENING, _NEARBY = 200, 800
"""Characters that are read of a long sentence: those that open it, and those before a figure."""
_MOST_MENTIONS = 100


_TITLE = re.compile("《[^》\n]{1,80}》")
"""The years in the name of a plan are no time of what is told."""


def _inside(offset: int, spans: list[tuple[int, int]], starts: list[int]) -> bool:
    at = bisect_left(starts, offset) - 1
    return at >= 0 and offset < spans[at][1]


def _year(text: str) -> int:
    if text[0] in DIGITS:
        return int("".join(str(DIGITS[c]) for c in text))
    return int(text)


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Patterns of times, compiled with the words of `cues.csv`."""

    time: re.Pattern[str]
    comparison: re.Pattern[str]
    """Before a time: a figure is compared with it."""
    total: re.Pattern[str]
    """Behind a time: likewise."""
    start: re.Pattern[str]
    """从, 由平均: what a change starts from."""
    summed: re.Pattern[str]
    stock: re.Pattern[str]
    """A size at the end of a span: 总量达到."""
    stands: re.Pattern[str]
    """What was built over the years and stands at their end: 累计建成."""
    whole_year: re.Pattern[str]
    """In news: the year that is over."""
    part_of_year: re.Pattern[str]
    """从上半年的: a change starts within a year."""


def compiled(lexicon: Lexicon) -> TimeWords:
    """The patterns that times are found with."""
    return lexicon.compiled("statements.times", _compile)


class Times:
    """The words of time in a folded text, found once."""

    def __init__(self, text: str, words: TimeWords, last: int | None = None) -> None:
        """Finds the words of time in a folded text; `last` is the year up to which its speaker looks back."""
        self.text = text
        self.last = last
        self.words = words
        titles = [m.span() for m in _TITLE.finditer(text)]
        title_starts = [start for start, _ in titles]
        self.mentions = [
            m
            for m in words.time.finditer(text)
            if not _inside(m.start(), titles, title_starts)
            and not words.comparison.search(text, max(0, m.start() - 5), m.start())
            and _TIMES_OF.match(text, m.end()) is None
            and (not words.total.search(text, m.end(), m.end() + 24) or _OPPOSED.match(text, m.end()))
        ]
        self.starts = [m.start() for m in self.mentions]
        self.begins = {
            m.start()
            for m in self.mentions
            if text[m.start() - 1 : m.start()] in ("由", "从") and _CHANGES.match(text, m.end())
        }

    def between(self, start: int, end: int) -> list[re.Match[str]]:
        """The mentions that lie between two offsets, the last of them where they are many."""
        last = bisect_left(self.starts, end)
        return self.mentions[max(bisect_left(self.starts, start), last - _MOST_MENTIONS) : last]

    def before(self, sentence: int, figure: int) -> str:
        """The words of a sentence up to a figure; of a very long one, those that open it and those near the figure.

        Read in full for each of its figures, a list would take the square of its length.
        """
        if figure - sentence <= _OPENING + _NEARBY:
            return self.text[sentence:figure]
        return self.text[sentence : sentence + _OPENING] + self.text[figure - _NEARBY : figure]


def of(
    times: Times,
    paragraph: int,
    sentence: int,
    start: int,
    *,
    status: str,
    kind: str,
    role: str | None,
    year: int | None,
    future: bool,
    default: int | None,
    lexicon: Lexicon,
    plan: tuple[int, int] | None = None,
    news: bool = False,
    account: bool = False,
) -> str | None:
    """The period of a figure as `2025` or `2021-2025`, or None where it cannot be told.

    Args:
        times: the words of time in the folded text.
        paragraph: where its paragraph starts.
        sentence: where its sentence starts.
        start: where the figure starts.
        status: `achieved`, `target` or `reference`.
        kind: the statement's kind; a flow takes a whole span, a stock its last year.
        role: the role of its section, or None where sections are not known.
        year: the year of the report.
        future: whether its sentence speaks of a plan.
        default: the year that what is reported is about when no word tells: the year before for a report, the
            same year for news, None for a plan or a set of rules.
        lexicon: the data files.
        plan: the years of the five-year plan that the title names.
        news: the text is news, in which a sentence goes on about the year of the one before.
        account: it is an account of how things stand, which does so where that is the year of the account itself.
    """
    before = times.before(sentence, start)
    flow = kind in ("growth", "delta", "multiple") or _summed(before, times.words)
    near = before[-12:]
    compared = _COMPARED.findall(before)
    if times.words.start.search(near) and compared:
        return str(_year(compared[-1]))
    against = _AGAINST.search(before[-20:])
    # 较“十三五”末的9000亿元增加, 由2020年9000亿元增至: the figure is of the time that is compared with
    if against and (against.group("of") or against.group("from") in "由从"):
        plan = plans.years_of(against.group("plan"), lexicon) if against.group("plan") else None
        if plan is not None or against.group("year"):
            return str(plan[1] if plan is not None else _year(against.group("year")))
    if ("从" in near or "由" in near) and times.words.part_of_year.search(near):
        return None  # 从上半年|5.5%: no year's figure
    if year is not None and times.words.start.search(near) and _BECOMES.match(times.text, start):
        if future:
            return str(year - 1)
        ago = _AGO.findall(times.text, max(0, start - _NEAR), start)
        if ago:
            return str(year - 1 - int(chinese(ago[-1]) or 0))
        span = _FOR_YEARS_SINCE.findall(before)
        if span and role is None and (count := int(chinese(span[-1]) or span[-1] or 0)) > 1:
            return str((times.last if times.last is not None else year - 1) - count)
        earlier = times.text[paragraph:start] if role is None else ""
        planned = role is None and "年" not in before and any(last == year - 1 for _, last in plans.all_years(lexicon))
        five = role == "review_five_years" or planned or "五年" in earlier or "五”" in earlier
        return str(year - 6 if five else year - 2)
    found = _last(times, sentence, start, year, status, lexicon)
    if status == "achieved" and kind in ("growth", "delta") and (since := _since(before)) is not None:
        first, last = since
        if last is None and found is not None:
            last = found[1]
        if last is None and year is not None and role is not None:
            last = year - 1
        # 十四五时期…比2020年增长: the years of the plan
        planned = role == "review_five_years" and found in (None, (first + 1, last)) and last == first + 5
        if last is not None and last - first > 1 and not planned:
            return f"{first}-{last}"
    if status == "achieved" and flow and year is not None and (found is None or found[0] == found[1]):
        count = _years(before)
        if count:
            last = found[1] if found is not None else year - 1
            return _spell((last - count + 1, last), flow)
    if found is not None:
        return _spell(found, flow)
    if year is None:
        return None
    if (news or account) and status == "achieved":
        found = _last(times, paragraph, sentence, year, status, lexicon)
        if found is not None and (found[1] <= year if news else found[1] == year):
            return _spell(found, flow)
        if news and times.words.whole_year.search(before):
            return str(year - 1)
    if status == "target" and "年均" in before[-30:] and role != "plan_year":
        return _spell(plans.plan_of(year, lexicon), flow)
    if role == "review_five_years":
        return _spell(plans.past_five(year), flow)
    if role == "outlook_five_years":
        return _spell(plans.next_five(year), flow)
    if role in ("plan_year", "main_targets"):
        return str(year if status != "achieved" else year - 1)
    if role in ("review_year", "problems"):
        return str(year - 1 if status == "achieved" else year)
    found = _last(times, paragraph, sentence, year, status, lexicon)
    if found is not None and found[0] != found[1]:
        if (status == "achieved" and found[1] < year) or (status == "target" and found[1] >= year):
            return _spell(found, flow)
    if role is None and status == "target" and found is not None and found[1] > year:
        return _spell(found, flow)  # 到2030年，形成体系。制定20项标准
    if default is None:
        # a plan names its year once, and lists what is to be reached by then in the lines below
        found = _last(times, max(0, paragraph - _HEARD), sentence, year, status, lexicon)
        if status == "target" and found is not None and found[1] >= year:
            return _spell(found, flow)
        return _spell(plan, flow) if status == "target" and plan is not None else None
    return str(default if status == "achieved" else year)


def _since(before: str) -> tuple[int, int | None] | None:
    """The year since which a change is counted, where the words before a figure name it, and the one until which."""
    if "年" not in before:
        return None
    named = [m for m in _SINCE.finditer(before) if m["all"] or m.end() == len(before)]
    if not named or re.search("上年|去年|年均|每年", before[named[-1].end() :]):
        return None
    until = _UNTIL.search(before[: named[-1].start()][-12:])
    return _year(named[-1]["since"]), _year(until[1]) if until else None


def _years(before: str) -> int:
    """How many years a figure is about whose clause begins with their number: `三年翻两番`."""
    near = before[-24:]
    m = _FOR_YEARS.search(near) if "年" in near else None
    if m is None:
        return 0
    count = int(m.group(1)) if m.group(1).isdigit() else int(chinese(m.group(1)) or 0)
    return count if 1 < count < 50 else 0


def _summed(before: str, words: TimeWords) -> bool:
    """Whether a size is one of a whole span, summed up or on average of its years, and no stock at its end."""
    near = _STOP.split(before[-30:])[-1]
    if not words.summed.search(near):
        return False
    piece = _PART.split(near)[-1]
    if words.stands.search(piece):
        return False
    return words.summed.search(piece) is not None or not words.stock.search(piece)


def _spell(span: tuple[int, int], flow: bool) -> str:
    first, last = span
    return f"{first}-{last}" if flow and first != last else str(last)


def _last(
    times: Times, start: int, end: int, year: int | None, status: str, lexicon: Lexicon
) -> tuple[int, int] | None:
    """The last time that the words between two offsets name, comparisons left out."""
    found: tuple[int, int] | None = None
    before = times.text
    for m in times.between(start, end):
        if m.start() in times.begins and _REACHED.search(before, m.end(), end):
            continue
        kind = m.lastgroup
        if kind == "until":
            kind = "span"
        if kind == "span":
            first = _year(m.group("span"))
            until = m.group("until")
            last = first // 100 * 100 + int(until) if len(until) == 2 else _year(until)
            found = (first, last)
        elif kind == "year":
            value = _year(m.group("year"))
            if year is not None and status == "achieved" and _EVER_SINCE.match(before, m.end()):
                until = times.last if times.last is not None else year - 1
                found = (value, max(value, until))
            elif (opposed := _OPPOSED.match(before, m.end())) and _year(opposed[1]) < value:
                found = (_year(opposed[1]) + 1, value)
            else:
                found = (value, value)
        elif kind == "plan":
            span = plans.years_of(m.group("plan"), lexicon)
            if span is None:
                continue
            tail = before[m.end() : m.end() + 6]
            if tail[:1] == "末":
                span = (span[1], span[1])
            elif (
                tail[:1] == "开"
                or tail[:1] == "收"
                or tail.startswith("规划")
                or (year is not None and status == "achieved" and span[0] >= year)
                or (year is not None and status == "target" and span[1] < year)
            ):
                continue
            found = span
        elif year is None:
            continue
        elif kind == "past_five":
            if status == "achieved":
                found = plans.past_five(year)
        elif kind == "next_five":
            found = plans.next_five(year)
        elif kind == "now":
            found = (year, year)
        elif kind == "before":
            if status != "target":
                found = (year - 1, year - 1)
        elif kind == "century":
            end = -(-year // 100) * 100
            found = (end, end)
        elif kind == "earlier":
            found = (year - 2, year - 2)
    return found


def _compile(lexicon: Lexicon) -> TimeWords:
    opening = [
        *("past_cues", "past_five_years", "coming", "this_year", "year_promised", "last_year_words"),
        *("end_of_century", "year_before_last", "outlines"),
    ]
    # a look at the first character spares most places the whole pattern
    starts = "".join(sorted({re.escape(word[0]) for name in opening for word in lexicon.words(name)}))
    return TimeWords(
        lexicon.pattern(
            f"(?=[12一二三四五六七八九十“{starts}])(?:(?P<span>{_YEAR}) ?年? ?(?:—|-|–|至|到|~) ?(?P<until>{_YEAR}|[0-9]{{2}}) ?年"
            f"|(?P<year>{_YEAR}) ?年(?!代|以前|以?后(?!半)|{{far_goal}}(?!{{goal_is}}|：))"
            "|(?P<plan>“?(?:十[一二三四五六]?|[一二三四五六七八九])五”?)(?={plan_goes_on}|[，“])"
            "|(?P<past_five>{past_cues}?(?:的)?五年(?:{past_five_goes_on}|，)|{past_five_years})"
            "|(?P<next_five>{coming}(?:的)?五年|{outlines})"
            "|(?P<now>{this_year}|{year_promised}(?={promises}))"
            "|(?P<before>{last_year_words})"
            "|(?P<century>{end_of_century})"
            "|(?P<earlier>{year_before_last}))"
        ),
        lexicon.pattern("{compared_to}[^，。；]{0,4}$"),
        lexicon.pattern("{total_behind}"),
        lexicon.pattern("(?:从|由){mean_words}?$"),
        lexicon.pattern("{summed}"),
        lexicon.pattern("{stock_words}"),
        lexicon.pattern("{summed}{standing_verbs}"),
        lexicon.pattern("{whole_year}"),
        lexicon.pattern("(?:从|由)(?:去年|今年|上年|[0-9]{4}年)?{parts_of_year}(?:的|末|底)?$"),
    )
