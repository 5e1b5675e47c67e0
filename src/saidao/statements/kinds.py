"""Tells level, growth, change, share, rank and multiple apart, and which figures are falls."""

from __future__ import annotations

import re

from saidao.statements.clauses import UNTIL_YEAR, ClauseWords, Head, Meaning
from saidao.statements.figures import Quantity

_TO = re.compile("[到至为]$")
_THINGS = frozenset(("count", "area", "length"))


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
        if predicate == "rise" or head.word in words.cues.doubling:
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
    if (
        previous is not None
        and previous_quantity is not None
        and previous.kind == "delta"
        and previous_quantity.unit == quantity.unit
        and words.cues.total.search(segment)
        and not (indicator and words.cues.always_delta.search(indicator))
    ):
        return "level", False
    if indicator and words.cues.always_delta.search(indicator):
        return "delta", False
    chain = UNTIL_YEAR.sub(r"\1", segment)  # 增加到|一九八二年的
    if (
        previous is not None
        and previous.kind == "delta"
        and gap[:1] in ("、", "和")
        and not _acts(segment.lstrip("、和 "), words)
        and not predicate
        and previous_quantity is not None
        and (quantity.family == previous_quantity.family or _counted_alike(quantity, previous_quantity, head, words))
    ):
        return "delta", previous.negative
    # 增加到: the figure is where the change ends
    change = chain[: -len(head.word)] if _TO.search(head.word) and chain.rstrip().endswith(head.word) else chain
    if (words.cues.new_money if family == "money" else words.new).search(change):
        return "delta", False
    if words.cues.more_of.match(head.phrase) or (head.fresh and words.cues.delta_noun.search(head.phrase)):
        return "delta", False
    if (
        previous is not None
        and previous_quantity is not None
        and previous_quantity.unit == quantity.unit
        and previous.kind == "delta"
    ):
        if "其中" in gap and not predicate and not _ends_in_act(head.phrase, words):
            return "delta", previous.negative
    if post and words.cues.improved.match(post):
        return "level", False  # 降低900万个|工商户税负: those are counted whose burden is lowered
    saved = family == "money" and words.cues.relief.search(head.phrase)
    if not saved and words.cut.search(chain) and not _TO.search(head.word):
        if predicate == "fall" or words.cut.match(head.phrase) or words.cut.match(head.phrase, 2):
            return "delta", True
    if (
        predicate in ("rise", "fall")
        and head.word not in words.cues.growth_as_predicate
        and not (
            post
            and quantity.family in ("count", "person")
            and not words.new.search(chain)
            and head.word not in words.cues.plain_change
        )
    ):
        return "delta", predicate == "fall"
    return "level", False


def _acts(segment: str, words: ClauseWords) -> bool:
    """Whether the words between two figures begin with what is done: 、建成桥梁, and not 、全国重点实验室."""
    verb = words.verb.match(segment)
    return verb is not None and verb.group() not in words.cues.keep_subject


def _ends_in_act(phrase: str, words: ClauseWords) -> bool:
    """`其中依托特色资源|打造|14个`: what is done is named anew."""
    return any(verb.end() == len(phrase) > 1 for verb in words.verb.finditer(phrase))


def _counted_alike(quantity: Quantity, previous: Quantity, head: Head, words: ClauseWords) -> bool:
    """`新建灌区27个、高标准农田316万亩`: things of a list are new alike, but sizes of one thing (`电站3座、装机…`) are not."""
    return (
        quantity.family in _THINGS
        and previous.family in _THINGS
        and head.fresh
        and head.phrase not in words.attribute
        and words.cues.own_size.fullmatch(head.phrase) is None
    )


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
    cues = words.cues
    if bare and previous is not None and previous_quantity is not None and previous_quantity.unit == "%":
        return previous.kind, previous.negative
    if head.predicate in ("rise", "fall") and not _TO.search(head.word):
        return "growth", head.predicate == "fall"
    if (
        previous is not None
        and not head.fresh
        and previous.kind == "growth"
        and previous_quantity is not None
        and previous_quantity.unit == "%"
        and cues.aims_higher.match(segment)
    ):
        return previous.kind, previous.negative
    after = text[quantity.end : quantity.end + 8]
    if cues.growth_after.match(after) or (after[:1] == "的" and cues.growth_goal.match(text, quantity.end + 1)):
        return "growth", bool(cues.falling.search(segment))
    name = head.phrase or indicator or ""
    if cues.fall_noun.search(name):
        return "growth", True
    if cues.growth_noun.search(name):
        return "growth", False
    if head.word in cues.share_predicates or cues.share_noun.search(name):
        return "share", False
    if cues.cut_head.match(head.phrase):
        return "growth", True
    if cues.rise_head.match(head.phrase):
        return "growth", False
    if cues.cut_end.search(head.phrase):
        return "growth", True
    if cues.growth_end.search(head.phrase):
        return "growth", False
    return "share", False
