"""Tells level, growth, change, share, rank and multiple apart, and which figures are falls."""

from __future__ import annotations

import re

from saidao.statements.clauses import GROWTH_AFTER, GROWTH_GOAL, ClauseWords, Head, Meaning
from saidao.statements.figures import Quantity

_SHARE_NOUN = re.compile("(?:率|比重|占比|比例|份额|覆盖面|强度|贡献度|满意度|比率|系数|程度|普及|浓度|水平|含量)$")
_GROWTH_NOUN = re.compile(
    "(?:增速|涨幅|增幅|降幅|增长率|增长速度|升幅|跌幅|减幅|增长幅度|上涨幅度|递增率|消费价格|物价指数|物价总水平|通胀率|通货膨胀率|CPI|CPI涨幅|价格总水平|物价上涨|经济增长|零售价格)$"
)
_FALL_NOUN = re.compile("(?:降幅|跌幅|减幅|降低率|下降幅度)$")
_TO = re.compile("[到至为]$")
# Of money only a sum that is itself new counts: not the award for a 新认定的 centre
_NEW_MONEY = re.compile("(?<![创更革最高])(?:新增|净增|增加|增发|追加|新增加)(?!值)")
_MORE_OF = re.compile("(?:增加|增派|增发|增设)(?!值)")


def kind_of(
    quantity: Quantity,
    head: Head,
    segment: str,
    gap: str,
    indicator: str | None,
    post: str,
    previous: Meaning | None,
    previous_quantity: Quantity | None,
    words: ClauseWords,
    text: str,
) -> tuple[str, bool]:
    """Kind of the statement, and whether the figure is a fall."""
    family = quantity.family
    predicate = head.predicate
    if quantity.part:
        return "share", False
    if quantity.names_class:
        return "level", False
    bare = not segment.strip(" 、和与及，") and previous is not None and previous_quantity is not None
    if family == "rank":
        return "rank", False
    if family == "double":
        return "multiple", False
    if family == "multiple":
        if bare and previous is not None and previous_quantity is not None and previous_quantity.family == "multiple":
            return previous.kind, previous.negative
        if predicate == "rise" or head.word in ("翻了",):
            return "growth", False
        return "multiple", False
    if family == "point":
        if bare and previous is not None and previous.kind == "delta":
            return "delta", previous.negative
        return "delta", predicate == "fall"
    if quantity.unit == "%":
        return _percent_kind(quantity, head, segment, indicator, bare, previous, previous_quantity, words, text)
    if (
        bare
        and previous is not None
        and previous_quantity is not None
        and previous.kind in ("delta", "level")
        and previous_quantity.family == family
    ):
        return previous.kind, previous.negative
    if (indicator and "城镇新增就业" in indicator) or (indicator and "新增城镇就业" in indicator):
        return "delta", False
    chain = segment
    if (
        previous is not None
        and previous.kind == "delta"
        and gap[:1] in ("、", "和")
        and not words.verb.match(segment.lstrip("、和 "))
        and not predicate
        and quantity.family == (previous_quantity.family if previous_quantity else "")
    ):
        return "delta", previous.negative
    if (_NEW_MONEY if family == "money" else words.new).search(chain):
        return "delta", False
    if _MORE_OF.match(head.phrase):
        return "delta", False
    if (
        previous is not None
        and previous_quantity is not None
        and previous_quantity.unit == quantity.unit
        and previous.kind == "delta"
    ):
        if "其中" in gap and not predicate:
            return "delta", previous.negative
    if words.cut.search(chain) and not _TO.search(head.word):
        if predicate == "fall" or words.cut.match(head.phrase) or words.cut.match(head.phrase, 2):
            return "delta", True
    if (
        predicate in ("rise", "fall")
        and head.word not in ("增速", "增幅")
        and not (
            post
            and quantity.family in ("count", "person")
            and not words.new.search(chain)
            and head.word not in ("增加", "减少", "增", "减")
        )
    ):
        return "delta", predicate == "fall"
    return "level", False


def _percent_kind(
    quantity: Quantity,
    head: Head,
    segment: str,
    indicator: str | None,
    bare: bool,
    previous: Meaning | None,
    previous_quantity: Quantity | None,
    words: ClauseWords,
    text: str,
) -> tuple[str, bool]:
    if bare and previous is not None and previous_quantity is not None and previous_quantity.unit == "%":
        return previous.kind, previous.negative
    if head.predicate in ("rise", "fall") and not _TO.search(head.word):
        return "growth", head.predicate == "fall"
    after = text[quantity.end : quantity.end + 8]
    if GROWTH_AFTER.match(after) or (after[:1] == "的" and GROWTH_GOAL.match(text, quantity.end + 1)):
        return "growth", bool(re.search("下降|降低|递减", segment))
    name = head.phrase or indicator or ""
    if _FALL_NOUN.search(name):
        return "growth", True
    if _GROWTH_NOUN.search(name):
        return "growth", False
    if head.word in ("提高到", "达到", "占") or _SHARE_NOUN.search(name):
        return "share", False
    if re.match(
        "(?:累计|平均|共|再|全面|大幅|同比)*(?:压减|压缩|减少|降低|精简|减|节约|节省|下降|缩短|削减)", head.phrase
    ):
        return "growth", True
    if re.match("(?:累计|平均|共|再|全面|大幅|同比)*(?:增加|增长|提高|上调)(?!值)", head.phrase):
        return "growth", False
    if re.search("(?:平均)?减(?:时间|材料|环节|跑动)$", head.phrase):
        return "growth", True
    if re.search("(?:压减|压降|下降|降低|减少|缩短|压缩|精简)$", head.phrase):
        return "growth", True
    if re.search("(?:增长|增速|增幅|涨幅|上涨)$", head.phrase):
        return "growth", False
    return "share", False
