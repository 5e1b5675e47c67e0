"""Whether a numeral counts anything: streaks, small counts, and figures without a measure word."""

from __future__ import annotations

import re
from decimal import Decimal

from saidao.statements.figures import Quantity, UnitWords, bounded, names_class, unit_at
from saidao.statements.quantity_cues import QuantityCues

_HOUSEHOLD = "户"
_UNIT_FOLLOWS = re.compile("[、和与][0-9.]+多?余?[万亿](?=[^，。、；])")
_CHAIN = re.compile("(?:[0-9.]+多?[万亿][和与、])+$")
"""`参保人数分别增加1753万和|2028万`: the figures before it in a list."""


def without_unit(
    text: str, p: int, number_end: int, end: int, low: Decimal, high: Decimal, scaled: int, more: bool, words: UnitWords
) -> tuple[Quantity | None, int]:
    """`130万“老工伤”人员`, `6600多万农村人口`: people and things counted without a measure word."""
    if low < 10**4 or (scaled == 1 and text[p] in "0123456789"):
        return None, skip_name(text, end)
    noun = text[end : end + 14].lstrip(" ")
    family, unit = "count", "个"
    shared = _UNIT_FOLLOWS.match(text, end)
    following = unit_at(text, shared.end(), words) if shared else None
    if following is not None and following[1] in ("count", "person", "money"):
        # 1409万、|1305万人次
        quantity = bounded(text, p, end, low, low, following[0], following[1], words)
        return quantity, quantity.end
    person = words.cues.person.match(noun)
    if not person and words.cues.households.match(noun):
        unit = _HOUSEHOLD
    if person or (
        noun[:1] in "以左，。；和、与" and words.cues.people.search(_CHAIN.sub("", text[max(0, p - 24) : p])[-10:])
    ):
        family, unit = "person", "人"
    elif low >= 10**8 and (not noun[:1].isalnum() or noun[:1] == "的"):
        family, unit = _bare_hundred_millions(text[max(0, p - 16) : p], words.cues)
    elif not noun[:1] or noun[:1] in "，。；、）":
        family, unit = "count", ""
    quantity = bounded(text, p, end, low, high, unit, family, words)
    if more and quantity.bound == "eq":
        quantity.bound = "ge"
    if unit == "":
        return None, end
    quantity.names_class = names_class(text, quantity, words.cues)
    return quantity, quantity.end


def _bare_hundred_millions(before: str, cues: QuantityCues) -> tuple[str, str]:
    """What `达2.8亿，` counts, by the words before it: users, people, or else money."""
    if cues.users.search(before):
        return "count", _HOUSEHOLD
    if cues.audience.search(before):
        return "person", "人"
    return "money", "元"


def duration_counts(text: str, p: int, low: Decimal, unit: str, unit_end: int, cues: QuantityCues) -> bool:
    """Whether a duration is itself what is stated: a streak, a time limit, a life span."""
    if unit == "年" and low >= 1000:
        return False
    left = text[max(0, p - 12) : p]
    left = re.split("[，。；、：]", left)[-1]
    following = text[unit_end : unit_end + 2]
    if following in cues.plans:
        return False
    if following[:1] and following[0] in cues.duration_goes_on:
        if not (following.startswith("以内") or (following[0] == "内" and cues.duration.search(left))):
            return False
    if unit != "年" and cues.early.search(left):
        return True
    return cues.duration.search(left) is not None and not cues.not_duration.search(left)


def count_counts(
    text: str, p: int, unit_end: int, low: Decimal, unit: str, *, weak: bool, one: bool, words: UnitWords
) -> bool:
    """Whether a count counts things: small Chinese numerals before abstract nouns do not."""
    if unit == "分" and text[p - 1 : p] in ("时", "点"):
        return False  # 9时34分
    if one:
        return bool(words.cues.one_more.search(text[max(0, p - 2) : p])) and unit != "次"
    if weak:
        if low < 2:
            return False
        following = text[unit_end : unit_end + 12]
        if unit in words.cues.vague_units and words.abstract.match(following):
            return False
        if low < 10 and unit in words.cues.small_units:
            return False
        if following[:1] in ("", "，", "。", "；", "、", "：", "）", "”") and unit == "个":
            left = text[max(0, p - 6) : p]
            if not words.cues.reaching.search(left):
                return False
    return True


def skip_name(text: str, p: int) -> int:
    """Past the rest of a name such as `AES100` or `2+3+N`, so that none of its digits is read alone."""
    m = re.compile("[0-9A-Za-z+×*._/-]*").match(text, p)
    return max(m.end() if m else p, p)
