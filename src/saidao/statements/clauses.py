"""Takes the words before a figure apart: adverbs and a predicate come off on the right, times and connectives on the left.

What remains is a noun phrase. `地区生产总值同比增长` → `地区生产总值`, predicate `增长`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from saidao.lexicon import Lexicon, Row
from saidao.statements import places
from saidao.statements.clause_cues import ClauseCues, clause_cues


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
    areas: frozenset[str]
    """Names of places, which alone name no indicator."""
    cues: ClauseCues


BOUNDARY = re.compile("[，；。！？：:;\n]|[（(](?![^（()）]{0,20}[）)])|——|[，]?其中[，：]?")
# 上升到一九五四年的百分之八十九: the year stands between predicate and figure
UNTIL_YEAR = re.compile(
    "([到至为由从于])(?:[12][0-9]{3}|一九[零一二三四五六七八九]{2}|二零[零一二三四五六七八九]{2})年(?:的)?$"
)
# 总产值一九八二年达到: the year stands between noun and predicate
_IN_YEAR = re.compile(
    "(?<![0-9零一二三四五六七八九比较与同和自从到至由以于在年继])(?:[12][0-9]{3}|一九[零一二三四五六七八九]{2}|二零[零一二三四五六七八九]{2})年$"
    "|(?<=[\u4e00-\u9fff])(?<![第十每近头前后过这零一二三四五六七八九期])(?:[二两三四五六七八九十]{1,2}|[2-9])年$"
)
_NUMBERED = re.compile(
    r"[0-9]{1,2}[.、．](?![0-9]{1,2}(?![0-9]))|[①-⑳]|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])|第[一二三四五六七八九十]{1,3}条\s*|[一二三四五六七八九十]{1,2}是(?!否)"
)
_BRACKETED = re.compile("（[^（）]{0,30}）|\\([^()]{0,30}\\)")
_BLANK_LEFT = " ”\"'’,.·—-、和与及并"


def head_of(
    segment: str,
    words: ClauseWords,
    own_names: tuple[str, ...],
    *,
    keep_place: bool,
    point: bool = False,
    whole: bool = False,
) -> Head:
    """Takes the words before a figure apart; `whole` keeps all members of a list."""
    cues = words.cues
    numbered = _NUMBERED.match(segment)
    rest = segment[numbered.end() if numbered else 0 :].rstrip(" ").removeprefix("的")
    predicate = word = ""
    adverbs = words.rank_adverbs if keep_place else words.adverbs
    if keep_place:
        rest = cues.place.sub("", rest)
    elif point and (gap := cues.gap_to.search(rest)):
        predicate, word = ("fall" if gap.group("below") else "rise"), gap.group()[:2]
        rest = rest[: gap.start()]
    rest, predicate, word = _trailing(UNTIL_YEAR.sub(r"\1", rest), predicate, word, adverbs, keep_place, words)
    rest = cues.record.sub("", rest)
    if "（" in rest or "(" in rest:
        rest = _BRACKETED.sub("", rest)
    if ("比" in rest or "较" in rest) and (found := cues.compared.search(rest)):
        rest = rest[: found.start()]
        if rest.endswith(("为", "年", "都", "均", "也")):  # 安排为|比上年增长, 1990年|比1985年增长
            rest, predicate, word = _trailing(rest, predicate, word, adverbs, keep_place, words)
    rest = _leading(rest, words, own_names)
    if rest.startswith("成为"):
        rest = cues.becoming.sub("", rest)
    goal = cues.goal.match(rest)
    if goal:
        rest = goal.group(1)
    cut = rest.rfind("、")
    if not whole and cut >= 4 and len(rest) - cut > 5 and words.verb.match(rest, cut + 1):
        rest = _leading(rest[cut + 1 :], words, own_names)
    elif not whole and cut >= 3 and words.strong.fullmatch(rest, cut + 1):
        rest = rest[cut + 1 :]  # 改造校舍、|惠及
    if cues.adjusted.match(rest) or cues.reckoned.fullmatch(rest) or cues.only_time.fullmatch(rest):
        rest = ""
    return Head(rest, predicate, word, bool(rest))


def _trailing(
    rest: str, predicate: str, word: str, adverbs: frozenset[str], keep_place: bool, words: ClauseWords
) -> tuple[str, str, str]:
    """Strips adverbs and predicates from the right; what is left, the class of the predicate, and the predicate."""
    cues = words.cues
    for _ in range(10):
        rest = rest.rstrip(' “"')
        for length in range(min(words.longest, len(rest)), 0, -1):
            piece = rest[-length:]
            found = words.predicates.get(piece)
            if found == "place" and not keep_place:
                found = "reach" if piece in cues.ends else None
            if found is not None and not (
                length == 1 and found != "reach" and len(rest) > 1 and rest[-2] in cues.joined
            ):
                if (
                    not word
                    or (predicate == "reach" and found in ("rise", "fall") and word not in cues.ends)
                    or word in words.cues.running
                ):
                    if not (word and found == "reach"):
                        predicate, word = found, piece
                rest = rest[:-length]
                break
            if piece in adverbs:
                rest = rest[:-length]
                break
        else:
            shorter = _without_goal_or_year(rest, predicate, words)
            if shorter is None:
                break
            rest = shorter
    return rest, predicate, word


def _without_goal_or_year(rest: str, predicate: str, words: ClauseWords) -> str | None:
    """`经济增长|预期目标定`, `国民生产总值|计划`, `总产值|一九八二年`: what says that a figure is aimed at, or when."""
    last = rest[-1:]
    found = None
    if last == "年":
        found = _IN_YEAR.search(rest)
    elif last in ("标", "定"):
        found = words.cues.goal_end.search(rest)
    elif predicate in ("rise", "fall"):
        found = words.cues.planned.search(rest)
    left = rest[: found.start()] if found is not None else ""
    # 把增长预期目标定在: nothing is named but the goal
    return left if left and left.lstrip("把将") not in words.predicates and not words.lead.fullmatch(left) else None


def _leading(rest: str, words: ClauseWords, own_names: tuple[str, ...]) -> str:
    """Strips times, connectives, the issuer's own name and empty verbs from the left."""
    for _ in range(8):
        before = rest
        rest = rest.lstrip(_BLANK_LEFT)
        m = words.cues.time.match(rest) or words.cues.area.match(rest) or _NUMBERED.match(rest)
        if m and m.end():
            rest = rest[m.end() :].removeprefix("的")
            continue
        m = words.lead.match(rest)
        if m:
            tail = rest[m.end() :]
            if len(m.group()) > 1:
                tail = tail.removeprefix("的")
            if not (tail[:1] and _starts_word(m.group(), tail, words)):
                rest = tail
                continue
        m = words.cues.planned_first.match(rest) or ("年" in rest and words.cues.said.match(rest)) or None
        if m:
            rest = rest[m.end() :]
            continue
        for name in own_names:
            if rest.startswith(name):
                rest = rest[len(name) :]
                break
        if rest == before:
            break
    return words.cues.trailing.sub("", rest)


def behind_place(phrase: str, words: ClauseWords) -> str:
    """`湖南今年|培育壮大产业链`, `吉林将|新建农田`: a place that acts, and a time behind it, are no part of what is measured."""
    rest = phrase
    while (size := _place_at(rest, words)) and len(rest) - size > 1:
        rest = rest[size:]
    if rest is phrase:
        return phrase
    time = words.cues.this_time.match(rest) or words.cues.time.match(rest)
    if time is not None and time.end():
        return _leading(rest[time.end() :], words, ()) or phrase
    verb = words.verb.match(rest)
    acts_on = verb is not None and verb.group() not in words.cues.pairs and verb.group() not in words.cues.spending
    if acts_on or words.new.match(rest) or words.cues.will.match(rest):
        acts = _leading(rest, words, ())
        return acts if len(acts) > 3 else phrase
    return phrase


def _place_at(phrase: str, words: ClauseWords) -> int:
    """How many characters of a phrase are the name of a place that it begins with."""
    return next((size for size in range(min(len(phrase), 8), 1, -1) if phrase[:size] in words.areas), 0)


def _starts_word(word: str, tail: str, words: ClauseWords) -> bool:
    """Whether a lead word is rather the start of a word (`有色金属`, `在建`, `基本医保`) or part of the phrase."""
    goes_on = words.starts.get(word, "")
    return goes_on == "*" or tail[0] in goes_on


def clause_words(lexicon: Lexicon) -> ClauseWords:
    """Compiles predicates, adverbs, lead words, words of newness, attributes and verbs."""
    predicates = {row["id"]: row["class"] for row in lexicon.rows("predicates")}
    adverbs = frozenset(row["id"] for row in lexicon.rows("adverbs") if row["class"] == "all")
    rank_adverbs = frozenset(row["id"] for row in lexicon.rows("adverbs"))
    lead = sorted((row["id"] for row in lexicon.rows("lead_words")), key=len, reverse=True)
    new = sorted((row["id"] for row in lexicon.rows("newness") if row["kind"] == "delta"), key=len, reverse=True)
    plain = frozenset(lexicon.words("not_newly"))
    done = [row["id"] for row in lexicon.rows("verbs") if row["class"] == "both" and len(row["id"]) > 1]
    new += ["新" + verb for verb in done if verb not in plain]
    cut = sorted((row["id"] for row in lexicon.rows("newness") if row["kind"] == "cut"), key=len, reverse=True)
    verbs = sorted(lexicon.rows("verbs"), key=lambda row: -len(row["id"]))
    strong = [row for row in verbs if row["class"] == "strong"]
    return ClauseWords(
        predicates=predicates,
        adverbs=adverbs,
        rank_adverbs=rank_adverbs,
        longest=max(map(len, [*predicates, *rank_adverbs])),
        lead=re.compile("|".join(map(re.escape, lead))),
        new=re.compile(
            f"{lexicon.none_before('not_before_new')}(?:{'|'.join(map(re.escape, new))})|{lexicon.any_of('again')}"
        ),
        cut=re.compile("|".join(map(re.escape, cut))),
        starts={row["id"]: row["goes_on"] for row in lexicon.rows("word_starts")},
        attribute=frozenset(row["id"] for row in lexicon.rows("attribute_nouns")),
        verb=re.compile("|".join(map(_guarded, verbs))),
        strong=re.compile("|".join(map(_guarded, strong))),
        areas=frozenset(places.compiled(lexicon).full),
        cues=clause_cues(lexicon),
    )


def _guarded(row: Row) -> str:
    """A verb, but not where it is part of another word: 居 in 宜居, 对 in 对外."""
    after, before = row.get("not_after"), row.get("not_before")
    return (f"(?<![{after}])" if after else "") + re.escape(row["id"]) + (f"(?![{before}])" if before else "")
