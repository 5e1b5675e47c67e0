"""Whose size a figure is, where the clause before names it and has no figure of its own."""

from __future__ import annotations

import re

from saidao.statements.clauses import BOUNDARY, ClauseWords, head_of
from saidao.statements.standards import Standards

_LONGEST_BETWEEN = 24
_LONGEST_TOPIC = 30
_DIGIT = re.compile("[0-9]")


def subject_before(text: str, begin: int, words: ClauseWords) -> str:
    """The subject of a figure that stands before the comma: `规模以上工业增加值，同比增长…`."""
    end = begin - 1
    for step in range(2):
        back = text[max(0, end - 40) : max(0, end)]
        cut = max((m.end() for m in BOUNDARY.finditer(back)), default=0)
        if step and _DIGIT.search(back, cut):
            break
        if not (cut and words.cues.account.match(back + "，", cut)):
            phrase = head_of(back[cut:], words, (), keep_place=False).phrase
            if phrase or not back.endswith("，", 0, cut):
                return phrase
        end -= len(back) - cut + 1
    return ""


def topic_before(text: str, begin: int, noun: str, words: ClauseWords) -> str | None:
    """`工业企业效益大幅提高，实现|利润`: whose size it is, told by the clause before, which has no figure."""
    before = None if words.cues.sizeless.fullmatch(noun) else _clause_before(text, begin)
    if before is None:
        return None
    clause = head_of(before, words, (), keep_place=False).phrase
    if _DIGIT.search(clause) or "、" in clause or words.verb.match(clause) or words.cues.no_topic.search(clause):
        return None
    verb = words.verb.search(clause, 2)
    if verb is not None and words.cues.growth_noun.search(noun) and len(clause) - verb.end() > 2:
        return clause[verb.end() :]  # 较大幅度提高|最低收购价，提价幅度
    topic = (clause[: verb.start()] if verb else clause).rstrip("的")
    return topic if 2 < len(topic) < 20 else None


def echo(text: str, begin: int, phrase: str, words: ClauseWords) -> str | None:
    """`推进养老保险试点，|试点范围`: what is taken up again is named in full by the clause before."""
    before = _clause_before(text, begin) if text[begin - 3 : begin - 1] == phrase[:2] else None
    if before is None:
        return None
    clause = head_of(before, words, (), keep_place=False).phrase
    if not clause.endswith(phrase[:2]) or _DIGIT.search(clause) or len(clause) < 5 or words.verb.match(phrase):
        return None
    if (verb := words.verb.match(clause)) is not None:
        clause = clause[verb.end() :]
    return clause + phrase[2:] if 3 < len(clause) < 16 else None


def named_between(text: str, since: int, begin: int, words: ClauseWords, standards: Standards) -> str | None:
    """`…，|全省进出口总值创历史新高|，达到`: the standard indicator that opens the clause before, which has no figure."""
    if begin - since < 6 or not text.endswith("，", 0, begin):
        return None
    start = max(text.rfind("，", since, begin - 1) + 1, since)
    if start == since or begin - start > _LONGEST_BETWEEN or _DIGIT.search(text, start, begin):
        return None
    lead = words.cues.whole_area.match(text, start)
    name = standards.indicator_pattern.match(text, lead.end() if lead else start, begin - 1)
    return name.group() if name and len(name.group()) > 3 else None


def benefit(text: str, begin: int, words: ClauseWords) -> str:
    """`建立护理补贴制度，|惠及|2100万人`: what people gain by, told by the clause before."""
    clause = _clause_before(text, begin)
    if clause is None or _DIGIT.search(clause) or words.cues.no_topic.search(clause):
        return ""
    phrase = head_of(clause, words, (), keep_place=False).phrase
    verb = words.verb.match(phrase)
    while verb is not None and verb.end() > verb.start() and len(phrase) - verb.end() > 2:
        phrase = phrase[verb.end() :].removeprefix("了")
        verb = words.verb.match(phrase)
    return phrase if 2 < len(phrase) < 20 else ""


def operator(text: str, begin: int, phrase: str, words: ClauseWords) -> str:
    """`中老铁路运行平稳，|发送旅客`: what carries or runs opens the clause before, and its size the next one."""
    if words.cues.operates.match(phrase) is None:
        return ""
    clause = _clause_before(text, begin)
    who = words.cues.operator.match(head_of(clause, words, (), keep_place=False).phrase) if clause else None
    return who.group() if who else ""


def _clause_before(text: str, begin: int) -> str | None:
    """The clause before the comma at which another begins; None where it is too long to be one."""
    if not text.endswith("，", 0, begin):
        return None
    back = text[max(0, begin - 1 - _LONGEST_TOPIC) : begin - 1]
    cut = max((m.end() for m in BOUNDARY.finditer(back)), default=0)
    return None if not cut and len(back) == _LONGEST_TOPIC else back[cut:]
