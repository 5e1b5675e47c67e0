"""Takes the words before a figure apart: adverbs and a predicate come off on the right, times and connectives on the left.

What remains is a noun phrase. `地区生产总值同比增长` → `地区生产总值`, predicate `增长`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from saidao.lexicon import Lexicon


@dataclass(slots=True)
class Meaning:
    """Indicator, kind and sign of one quantity."""

    indicator: str | None
    kind: str
    negative: bool
    clause: int
    """Where its clause starts."""


@dataclass(slots=True)
class Head:
    """What the words before a figure say."""

    phrase: str
    predicate: str
    """Class of the predicate: `rise`, `fall`, `reach`, `place`, or empty."""
    word: str
    """The predicate itself."""
    fresh: bool
    """The words hold a noun phrase of their own."""


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """The words that clauses are taken apart with, compiled from the data files."""

    predicates: dict[str, str]
    adverbs: frozenset[str]
    rank_adverbs: frozenset[str]
    longest: int
    lead: re.Pattern[str]
    new: re.Pattern[str]
    cut: re.Pattern[str]
    attribute: frozenset[str]
    starts: dict[str, str]
    """Of lead words of one character: what follows where they are part of a word; `*` for always."""
    verb: re.Pattern[str]
    strong: re.Pattern[str]


BOUNDARY = re.compile("[，；。！？：:;\n]|[（(](?![^（()）]{0,20}[）)])|——|[，]?其中[，：]?")
_PLACE = re.compile(
    "(?:位居|位列|位于|稳居|排名|排在|名列|跃居|跻身|进入|跃升(?:至|到)?|跃至|升至|上升[到至]?|处于|保持在?|居|列|排)(?!民)[^，、]{0,12}$"
)
_GAP_TO = re.compile("(?:高于|高出|快于|好于|优于|超过|领先于?|(?P<below>低于|慢于))[^，、]{0,16}$")
_ADJUSTED = re.compile("(?:扣除|剔除|按可比|按照可比|考虑)")
GROWTH_GOAL = re.compile("([^，。；、]{2,14}?)(?:预期)?(?:增长|增速|涨幅|上涨)(?:的)?(?:目标|速度|预期|幅度)")
GROWTH_AFTER = re.compile(
    "(?:以上|左右)?的?(?:年均)?(?:速度|增长|增速|增幅|高速增长|年增长率|发展速度|高增长|降幅|涨幅)"
)
_AGAIN = "(?<!不)再(?!生|造|制|就业|次|度|担|融|保|也|创|上|次|压|减|取消|淘汰|退出|降|关|下|奋斗|接再厉|一)"
_TIME = re.compile(
    "(?:到|至|截至|从|自|在|于)?(?:“?十[一二三四]?五”?|[0-9]{4}|[一二]九?[零一二三四五六七八九]{2,3})(?:年)?(?:[—-][0-9]{2,4}年?)?(?:时期|期间|以来|年?[底末初]|末|前|上半年|下半年|前[0-9一二三]+个?[季度月]+|[0-9]+月[底末]?)?(?:[，,]|时)?"
    "|[0-9一二三四五六七八九十]{1,3}年(?:来|间|内|累计)|[0-9]{1,2}月[份底末]?(?:[0-9]{1,2}日)?|近[0-9一二三四五六七八九十]+年(?:来)?"
    "|“?十[一二三四]?五”?(?:时期|期间|以来|末)?|“[一二三四五六七八九]五”(?:时期|期间|末)?|[一二三四五六七八九十]五(?:时期|期间|末)"
)
# 比上年预算减少, 较“十三五”时期增长: what the figure is compared with
_COMPARED = re.compile("(?:分别|同|均|要)?(?:比(?!重|例|率|值)|较(?!大|高|快|好|强))[^，、]{1,14}$")
# 上升到一九五四年的百分之八十九: the year stands between predicate and figure
_UNTIL_YEAR = re.compile(
    "([到至为由从])(?:[12][0-9]{3}|一九[零一二三四五六七八九]{2}|二零[零一二三四五六七八九]{2})年(?:的)?$"
)
_NUMBERED = re.compile("[0-9]{1,2}[.、．](?![0-9]{1,2}(?![0-9]))")
_ONLY_TIME = re.compile("第?[一二三四1-4]季度|[0-9一二三四五六七八九十]{1,3}年|先|原先|现|约|年|大约|第[一二三四]季度")
_GOAL = re.compile("(.+?)(?:的)?(?:预期|主要|发展|调控|增长)*目标(?:是|为|定为|确定为|设定为|在)")
_AREA = re.compile("(?:在|围绕|面向|针对|聚焦)[^，]{1,40}?(?:领域|方面|行业|环节|赛道)")
_BRACKETED = re.compile("（[^（）]{0,30}）|\\([^()]{0,30}\\)")
_ENDS = frozenset(
    (
        "提高到",
        "提升到",
        "提升至",
        "增加到",
        "增至",
        "提高至",
        "上升到",
        "上升至",
        "扩大到",
        "降至",
        "降到",
        "下降到",
        "减少到",
        "由",
        "从",
    )
)
_TRAILING = re.compile("(?:[ 、和与的]|(?<![惠普涉触波以])及|以及)+$")
_BLANK_LEFT = " ”\"'’,.·—-、和与及并"


def head_of(
    segment: str, words: ClauseWords, own_names: tuple[str, ...], *, keep_place: bool, point: bool = False
) -> Head:
    """Takes the words before a figure apart."""
    rest = segment.rstrip(" ")
    predicate = word = ""
    adverbs = words.rank_adverbs if keep_place else words.adverbs
    if keep_place:
        rest = _PLACE.sub("", rest)
    elif point and (gap := _GAP_TO.search(rest)):
        predicate, word = ("fall" if gap.group("below") else "rise"), gap.group()[:2]
        rest = rest[: gap.start()]
    rest = _UNTIL_YEAR.sub(r"\1", rest)
    # from the right: adverbs and predicates
    for _ in range(10):
        rest = rest.rstrip(' “"')
        for length in range(min(words.longest, len(rest)), 0, -1):
            piece = rest[-length:]
            found = words.predicates.get(piece)
            if found == "place" and not keep_place:
                found = None
            if found is not None and not (
                length == 1 and found != "reach" and len(rest) > 1 and rest[-2] in "新递净倍翻最加削裁多"
            ):
                if (
                    not word
                    or (predicate == "reach" and found in ("rise", "fall") and word not in _ENDS)
                    or word in ("连续",)
                ):
                    if not (word and found == "reach"):
                        predicate, word = found, piece
                rest = rest[:-length]
                break
            if piece in adverbs:
                rest = rest[:-length]
                break
        else:
            break
    if "（" in rest or "(" in rest:
        rest = _BRACKETED.sub("", rest)
    if "比" in rest or "较" in rest:
        rest = _COMPARED.sub("", rest)
    rest = _leading(rest, words, own_names)
    goal = _GOAL.match(rest)
    if goal:
        rest = goal.group(1)
    cut = rest.rfind("、")
    if cut >= 4 and len(rest) - cut > 5 and words.verb.match(rest, cut + 1):
        rest = _leading(rest[cut + 1 :], words, own_names)
    if _ADJUSTED.match(rest) or _ONLY_TIME.fullmatch(rest):
        rest = ""
    return Head(rest, predicate, word, bool(rest))


def _leading(rest: str, words: ClauseWords, own_names: tuple[str, ...]) -> str:
    """Strips times, connectives, the issuer's own name and empty verbs from the left."""
    for _ in range(8):
        before = rest
        rest = rest.lstrip(_BLANK_LEFT)
        m = _TIME.match(rest) or _AREA.match(rest) or _NUMBERED.match(rest)
        if m and m.end():
            rest = rest[m.end() :]
            continue
        m = words.lead.match(rest)
        if m:
            tail = rest[m.end() :]
            if not (len(m.group()) == 1 and tail[:1] and _starts_word(m.group(), tail, words)):
                rest = tail
                continue
        for name in own_names:
            if rest.startswith(name):
                rest = rest[len(name) :]
                break
        if rest == before:
            break
    return _TRAILING.sub("", rest)


def _starts_word(word: str, tail: str, words: ClauseWords) -> bool:
    """Whether a lead word of one character is rather the start of a word (`有色金属`, `在建`) or part of the phrase."""
    goes_on = words.starts.get(word, "")
    return goes_on == "*" or tail[0] in goes_on


def clause_words(lexicon: Lexicon) -> ClauseWords:
    """Compiles predicates, adverbs, lead words, words of newness, attributes and verbs."""
    predicates = {row["id"]: row["class"] for row in lexicon.rows("predicates")}
    adverbs = frozenset(row["id"] for row in lexicon.rows("adverbs") if row["class"] == "all")
    rank_adverbs = frozenset(row["id"] for row in lexicon.rows("adverbs"))
    lead = sorted((row["id"] for row in lexicon.rows("lead_words")), key=len, reverse=True)
    new = sorted((row["id"] for row in lexicon.rows("newness") if row["kind"] == "delta"), key=len, reverse=True)
    cut = sorted((row["id"] for row in lexicon.rows("newness") if row["kind"] == "cut"), key=len, reverse=True)
    verbs = sorted((row["id"] for row in lexicon.rows("verbs")), key=len, reverse=True)
    strong = sorted((row["id"] for row in lexicon.rows("verbs") if row["class"] == "strong"), key=len, reverse=True)
    return ClauseWords(
        predicates=predicates,
        adverbs=adverbs,
        rank_adverbs=rank_adverbs,
        longest=max(map(len, [*predicates, *rank_adverbs])),
        lead=re.compile("|".join(map(re.escape, lead))),
        new=re.compile("(?<![创更革最高翻焕出全])(?:" + "|".join(map(re.escape, new)) + ")|" + _AGAIN),
        cut=re.compile("|".join(map(re.escape, cut))),
        starts={row["id"]: row["goes_on"] for row in lexicon.rows("word_starts")},
        attribute=frozenset(row["id"] for row in lexicon.rows("attribute_nouns")),
        verb=re.compile("|".join(map(re.escape, verbs))),
        strong=re.compile("|".join(map(re.escape, strong))),
    )
