"""What a quantity measures and how: the indicator and the kind of statement, read from the clause around it.

Where the words before a figure hold no noun phrase, it speaks of the same thing as the one before it
(`达5.53万亿元、增长4.8%`), or of what follows (`95.6%的医院…`).
"""

from __future__ import annotations

import re

from saidao.lexicon import Lexicon
from saidao.statements.clauses import BOUNDARY, Meaning, clause_words, head_of
from saidao.statements.figures import Quantity
from saidao.statements.indicators import chosen, members, span_after, tied_figures, words_after, words_behind
from saidao.statements.kinds import kind_of

_CONNECT = re.compile("^[^，；。]*(?:、|和|以及|及|与)(?=[^、和及与]{0,8}$)")


def read(text: str, quantities: list[Quantity], lexicon: Lexicon, own_names: tuple[str, ...] = ()) -> list[Meaning]:
    """The meaning of each quantity of a folded text; `own_names` are the issuer's, left out of indicators."""
    words = lexicon.compiled("statements.meaning", clause_words)
    cues = words.cues
    found: list[Meaning] = []
    previous_end = 0
    previous: Meaning | None = None
    previous_quantity: Quantity | None = None
    previous_post = False
    shared: list[str] | None = None
    shared_at = 0
    shared_predicate = ""
    for index, quantity in enumerate(quantities):
        start = quantity.start
        floor = max(previous_end, start - 90)
        if previous_quantity is not None and previous_quantity.names_class and found:
            # 亿元以上|项目904个: the size belongs to the name of what is counted
            floor = max(found[-1].clause, start - 90)
        gap = text[floor:start]
        boundary = -1
        broken = False
        for m in BOUNDARY.finditer(gap):
            boundary = m.end()
            if m.group()[0] in "。；！？\n" or m.group() == "——":
                broken = True
        segment = gap[boundary:] if boundary >= 0 else gap
        begin = floor + max(boundary, 0)
        if broken:
            previous, shared = None, None
        bracket = boundary > 0 and gap[boundary - 1] in "（("
        listed = False
        if boundary < 0 and previous_post:
            # the words behind the last figure are its own: `7家|平台和|6家孵化器`
            tail = _CONNECT.search(segment)
            if tail:
                listed = tail.end() == len(segment)
                begin += tail.end()
                segment = segment[tail.end() :]
        head = head_of(
            segment, words, own_names, keep_place=quantity.family == "rank", point=quantity.family == "point"
        )
        post = words_after(text, quantity, *span_after(quantities, index, len(text)), words)
        # A list tied by 分别: its members take the list's nouns in turn
        indicator: str | None
        if cues.together.search(segment) and head.fresh:
            shared = members(head.phrase, cues)
            shared_at, shared_predicate = 0, head.word
        elif cues.together.search(segment) and not head.fresh and found:
            count = tied_figures(text, quantities, index)
            if shared is None or len(shared) < count:
                names = list(dict.fromkeys(m.indicator or "" for m in found if not broken))
                shared = names[-count:] if len(names) >= count else None
            shared_at, shared_predicate = 0, head.word
        elif head.fresh or not gap or (gap[0] not in "、和与及，" and segment):
            if not (bracket or (shared is not None and not head.fresh)):
                shared = None
        if shared is not None and (not head.fresh or shared_at == 0):
            count = tied_figures(text, quantities, index)
            if shared_at == 0 and len(shared) > 1 and count >= len(shared):
                indicator = shared[0]
            elif shared_at < len(shared) and len(shared) > 1:
                indicator = shared[shared_at]
            else:
                indicator = (
                    shared[-1] if len(shared) == 1 else head.phrase or (previous.indicator if previous else None)
                )
            shared_at += 1
            if not head.predicate and shared_at > 1:
                head.predicate, head.word = words.predicates.get(shared_predicate, ""), shared_predicate
        else:
            indicator = chosen(head, post, previous, quantity, words, text, begin)
            if quantity.family == "money" and indicator and cues.give.search(indicator):
                last = quantities[index + tied_figures(text, quantities, index) - 1]
                indicator = cues.give.sub("", indicator) + (words_behind(text, last, cues) or "奖励")
        kind, negative = kind_of(
            quantity, head, segment, gap, indicator, post, previous, previous_quantity, words, text
        )
        if quantity.family == "duration" and indicator and text.endswith("连续", 0, quantity.start):
            indicator += "连续年数" if quantity.unit == "年" else "连续时长"
        if quantity.part:
            indicator = f"三次产业结构{quantity.part}"
        if (
            listed
            and previous is not None
            and previous_quantity is not None
            and previous_quantity.family == quantity.family
        ):
            kind, negative = previous.kind, previous.negative
        previous_post = bool(post) and indicator is not None and indicator != head.phrase
        meaning = Meaning(indicator, kind, negative, begin)
        found.append(meaning)
        previous, previous_quantity = meaning, quantity
        previous_end = quantity.end
    return found
