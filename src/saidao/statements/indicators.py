"""Puts together the noun phrase that a figure measures, from the words before it, behind it, and the figure before."""

from __future__ import annotations

import re

from saidao.statements.clause_cues import ClauseCues
from saidao.statements.clauses import BOUNDARY, ClauseWords, Head, Meaning, head_of
from saidao.statements.figures import Quantity
from saidao.statements.standards import Standards

_LONGEST_BETWEEN = 24
_DIGIT = re.compile("[0-9]")
_STOP = re.compile("[，；。！？：:;、\n（()）]")


def span_after(quantities: list[Quantity], index: int, length: int) -> tuple[int, int]:
    """From where to where the words behind a figure reach; a size that touches it (`14个750千伏电网工程`) is skipped."""
    end = quantities[index].end
    for at in range(index + 1, len(quantities)):  # no slice: it would copy the rest of a long text for each figure
        following = quantities[at]
        if following.start > end:
            return end, following.start
        end = following.end
    return end, length


def words_after(text: str, quantity: Quantity, end: int, limit: int, words: ClauseWords) -> str:
    """The noun phrase that follows a figure: `7家|高质量概念验证平台`; a verb phrase behind it is put before it."""
    stop = _STOP.search(text, end, min(limit, end + 60))
    upto = stop.start() if stop else min(limit, end + 60)
    phrase = text[end:upto].strip(" ")
    if phrase[:1] == "的":
        phrase = phrase[1:]
        goal = words.cues.growth_goal.match(phrase)
        if goal:
            return goal.group(1)
    if not phrase or words.cues.change_to.match(phrase) or words.cues.stage.match(phrase):
        return ""
    figure_follows = upto == limit
    m = words.strong.search(phrase, 2)
    if m is None:
        return phrase.rstrip(" 和与及")
    noun, action = _without_adverbs(phrase[: m.start()], words), phrase[m.start() :]
    if figure_follows or len(action) > 24:
        return noun.rstrip("和与及的")
    return f"{action}的{noun}"


def chosen(
    head: Head,
    post: str,
    previous: Meaning | None,
    quantity: Quantity,
    words: ClauseWords,
    text: str,
    begin: int,
    since: int,
    standards: Standards,
) -> str | None:
    """The indicator of a figure: the words before it, joined with those behind it, or those of the figure before.

    `since` is where the figure before ends; a clause without a figure that stands between names a subject of its own.
    """
    named = None
    if not head.fresh or head.phrase in words.attribute:
        named = _named_between(text, since, begin, words, standards)
    counts = quantity.family in ("count", "person", "area", "length", "scale", "energy") or quantity.unit in ("%",)
    if head.fresh and post and counts and head.phrase.endswith("等"):
        return post
    if head.fresh:
        phrase = head.phrase
        if phrase in words.attribute and (named or (previous is not None and previous.indicator)):
            if (
                text.endswith("，", 0, begin)
                and quantity.unit == "%"
                and head.predicate in ("rise", "fall")
                and words.cues.stands_alone.fullmatch(phrase)
            ):
                return phrase
            if named or previous is None or not previous.indicator:
                return with_attribute(named or "", phrase, words.cues)
            subject = previous.indicator
            if previous.kind == "delta" and words.cues.total.search(phrase):
                subject = without_newness(subject, words)
            return with_attribute(subject, phrase, words.cues)
        if quantity.family == "money" and post and words.verb.search(phrase[-3:]) and len(post) <= 12 and not head.word:
            return phrase + post
        if quantity.family == "money" and post and text.startswith("的", quantity.end):
            verbs = list(words.verb.finditer(phrase))
            if verbs and len(phrase) - verbs[-1].end() <= 2:
                return verbs[-1].group() + post
        if quantity.family == "money" and len(phrase) <= 4 and words.verb.fullmatch(phrase):
            behind = words_behind(text, quantity, words.cues)
            return phrase + behind if behind else phrase
        if previous is not None and text.startswith("、", since) and begin <= since + 1:
            phrase = _with_holder(phrase, previous, words)
        if post and counts and _wants_object(phrase, quantity, words):
            if quantity.family == "percent" or quantity.family == "fraction":
                return phrase
            return _join(phrase, post, words)
        return phrase
    if (
        post
        and quantity.family in ("count", "person", "percent", "fraction", "area", "length", "energy", "mass", "data")
        and not (previous is not None and head.predicate in ("rise", "fall") and quantity.unit == "%")
    ):
        if quantity.family in ("percent", "fraction") and words.cues.growth_after.match(post):
            return previous.indicator if previous else None
        if head.word and quantity.family in ("count", "person") and words.new.search(text[begin : quantity.start]):
            m = words.new.search(text[begin : quantity.start])
            return (m.group() if m else "") + post
        return post
    if named:
        return named
    if previous is not None and previous.indicator:
        if previous.kind == "delta" and words.cues.total.search(text[begin : quantity.start]):
            return without_newness(previous.indicator, words)
        return previous.indicator
    # the subject stands before the comma: 规模以上工业增加值，同比增长…
    back = text[max(0, begin - 40) : max(0, begin - 1)]
    cut = max((m.end() for m in BOUNDARY.finditer(back)), default=0)
    earlier = head_of(back[cut:], words, (), keep_place=False).phrase
    return earlier or post or None


def _named_between(text: str, since: int, begin: int, words: ClauseWords, standards: Standards) -> str | None:
    """`…，|全省进出口总值创历史新高|，达到`: the standard indicator that opens the clause before, which has no figure."""
    if begin - since < 6 or not text.endswith("，", 0, begin):
        return None
    start = max(text.rfind("，", since, begin - 1) + 1, since)
    if start == since or begin - start > _LONGEST_BETWEEN or _DIGIT.search(text, start, begin):
        return None
    lead = words.cues.whole_area.match(text, start)
    name = standards.indicator_pattern.match(text, lead.end() if lead else start, begin - 1)
    return name.group() if name and len(name.group()) > 3 else None


def words_behind(text: str, quantity: Quantity, cues: ClauseCues) -> str:
    """The words behind a figure up to the next mark of punctuation, digits left out."""
    end = quantity.end
    stop = _STOP.search(text, end, end + 40)
    return cues.no_name.sub("", text[end : stop.start() if stop else end + 40])


def _with_holder(phrase: str, previous: Meaning, words: ClauseWords) -> str:
    """`省属企业|完成投资…、|研发投入`: what the subject of a clause achieves is its own, each of it."""
    holder = words.cues.holder.match(previous.indicator or "")
    return phrase if holder is None or phrase.startswith(holder["who"]) else holder["who"] + phrase


def _wants_object(phrase: str, quantity: Quantity, words: ClauseWords) -> bool:
    """Whether the words before a count end in a verb or a place, so that its noun stands behind the figure."""
    return quantity.family in ("count", "person", "scale", "percent", "fraction") or bool(words.new.search(phrase))


def _join(phrase: str, post: str, words: ClauseWords) -> str:
    if "的" in post:
        if "、" in phrase or words.cues.help.search(phrase):
            return post
        noun = post.rsplit("的", 1)[1]
        if len(phrase) + len(noun) <= 24:
            return phrase + noun
        return phrase
    return phrase + post


def _without_adverbs(noun: str, words: ClauseWords) -> str:
    for _ in range(3):
        for length in range(min(words.longest, len(noun) - 2), 0, -1):
            if noun[-length:] in words.adverbs:
                noun = noun[:-length]
                break
        else:
            break
    return noun


def without_newness(subject: str, words: ClauseWords) -> str:
    """`新增上市企业` of which there are so many in all: 上市企业."""
    m = words.new.search(subject)
    if m is None or (m.start() and m.end() < len(subject)) or len(subject) - len(m.group()) < 2:
        return subject
    return (subject[: m.start()] + subject[m.end() :]).rsplit("等", 1)[-1]


def with_attribute(subject: str, noun: str, cues: ClauseCues) -> str:
    """`粮食播种面积` with `产量` is 粮食产量: one size takes the place of another, anything else is added."""
    if subject.endswith(noun):
        return subject
    if cues.own_size.fullmatch(noun):
        size = cues.own_size_end.search(subject)
        if size and size.start() > 1:
            return subject[: size.start()] + noun
    return subject + noun
