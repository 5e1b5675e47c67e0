"""What a quantity measures and how: the indicator and the kind of statement, read from the clause around it.

Where the words before a figure hold no noun phrase, it speaks of the same thing as the one before it
(`达5.53万亿元、增长4.8%`), or of what follows (`95.6%的医院…`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from saidao.lexicon import Lexicon
from saidao.statements import standards
from saidao.statements.behind import words_behind, words_counted
from saidao.statements.clause_cues import ClauseCues
from saidao.statements.clauses import BOUNDARY, ClauseWords, Meaning, clause_words, head_of
from saidao.statements.figures import Quantity
from saidao.statements.indicators import chosen
from saidao.statements.kinds import kind_of
from saidao.statements.lists import Tied, figures_in_list, tie, tie_again, tie_bare

_BRACKETED = re.compile("（[^（）\n]{0,30}）")
_CONNECT = re.compile("^[^，；。]*(?:、|和|以及|及|与)(?=[^、和及与]{0,8}$)")


def read(text: str, quantities: list[Quantity], lexicon: Lexicon, own_names: tuple[str, ...] = ()) -> list[Meaning]:
    """The meaning of each quantity of a folded text; `own_names` are the issuer's, left out of indicators."""
    words = lexicon.compiled("statements.meaning", clause_words)
    cues = words.cues
    known = standards.compiled(lexicon)
    found: list[Meaning] = []
    previous_end = 0
    previous: Meaning | None = None
    previous_quantity: Quantity | None = None
    previous_post = False
    tied: Tied | None = None
    group = ""
    for index, quantity in enumerate(quantities):
        start = quantity.start
        floor = max(previous_end, start - 90)
        if previous_quantity is not None and previous_quantity.names_class and found:
            # 亿元以上|项目904个: the size belongs to the name of what is counted
            floor = max(found[-1].clause, start - 90)
        gap = text[floor:start]
        boundary = -1
        broken = False
        brackets = [b.span() for b in _BRACKETED.finditer(gap)] if "）" in gap else ()
        for m in BOUNDARY.finditer(gap):
            if any(a < m.start() < b for a, b in brackets):
                continue  # （有线或无线，下同）
            boundary = m.end()
            if m.group()[0] in "。；！？\n" or m.group() == "——":
                broken = True
        segment = gap[boundary:] if boundary >= 0 else gap
        begin = floor + max(boundary, 0)
        if broken:
            before = previous if previous is not None and "；" in gap and not gap.strip("；").count("。") else None
            previous, tied = None, None
        else:
            before = None
            if previous is not None and cues.account.search(text, previous.clause, start):
                previous = None  # 据12个省统计，有…: by whose account
        if "：" in gap or broken:
            group = _size_of_group(text, floor, gap, words, own_names)
        listed = False
        stage = cues.stage.match(gap) if previous_quantity is not None and gap else None
        if stage and boundary < 0:
            begin += stage.end()
            segment = segment[stage.end() :]
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
        post = words_counted(text, quantities, index, words)
        # A list tied by 分别: its figures take the list's names in turn
        again = None
        if cues.together.search(segment):
            tied = tie(text, quantities, index, found, segment, begin, head, words, own_names)
        elif head.fresh and (tied is None or index not in tied.names):
            tied = tie_bare(text, quantities, index, segment, head, words, own_names)
        elif tied is not None and index > tied.last:
            again = (
                tie_again(text, quantities, index, tied, head) if index == tied.last + 1 and not head.fresh else None
            )
            tied = again
        indicator: str | None
        if tied is not None and index in tied.names:
            indicator = tied.names[index]
            if not head.predicate and head.word == "":
                head.predicate, head.word = tied.head.predicate, tied.head.word
        else:
            indicator = chosen(
                head,
                post,
                previous,
                quantity,
                words,
                text,
                begin,
                previous_end,
                known,
                listed=listed,
                alike=previous_quantity is not None and previous_quantity.unit == quantity.unit,
            )
            if group and indicator == head.phrase and not head.predicate and not cues.ending.search(indicator):
                indicator += group
            if indicator is not None and quantity.family == "rank" and not head.fresh and cues.each.search(segment):
                indicator = _all_of_list(text, found, begin) or indicator
            if indicator is None and before is not None and head.word and quantity.family in ("percent", "money"):
                indicator = before.indicator  # the subject of the whole sentence: …增长5%；五年年均增长6%
            if quantity.family == "money" and indicator and cues.give.search(indicator):
                last = quantities[figures_in_list(text, quantities, index)[-1]]
                indicator = cues.give.sub("", indicator) + (words_behind(text, last, cues).removeprefix("的") or "奖励")
        kind, negative = kind_of(
            quantity, head, segment, gap, indicator, post, previous, previous_quantity, words, text
        )
        if tied is not None and index in tied.kinds:
            kind, negative = tied.kinds[index]
        inherited = kind == "growth" and indicator is not None and (not head.fresh or tied is not None)
        if inherited and (made := cues.made_first.match(indicator or "")):
            indicator = (indicator or "")[made.end() :] + cues.output
        subject = indicator
        if quantity.family == "duration" and indicator and text.endswith("连续", 0, quantity.start):
            # what goes on so long is what the next figure is about
            subject = previous.indicator if previous is not None and indicator in words.areas else indicator
            indicator = (subject or indicator) + ("连续年数" if quantity.unit == "年" else "连续时长")
        if quantity.part:
            indicator = f"三次产业结构{quantity.part}"
        if (
            listed
            and previous is not None
            and previous_quantity is not None
            and previous_quantity.family == quantity.family
        ):
            kind, negative = previous.kind, previous.negative
        if climbs_steps(text, quantities, index, cues):
            indicator, subject = (indicator or "") + "台阶", indicator
        previous_post = bool(post) and indicator is not None and indicator != head.phrase
        if indicator and subject is indicator and (over := _over_years(segment, indicator, words)):
            indicator = over + indicator
        meaning = Meaning(indicator, kind, negative, begin)
        found.append(meaning)
        previous = meaning if subject is indicator else replace(meaning, indicator=subject)
        previous_quantity = quantity
        previous_end = quantity.end
    return found


def _over_years(segment: str, indicator: str, words: ClauseWords) -> str:
    """`累计|发送旅客`, `年均|新增就业`: a sum or an average of years says so in the name of what is done."""
    for word in words.cues.summed:
        if word in segment and word + indicator[:2] in segment:
            return word if words.verb.match(indicator) or words.new.match(indicator) else ""
    return ""


def _size_of_group(text: str, floor: int, gap: str, words: ClauseWords, own_names: tuple[str, ...]) -> str:
    """`招生人数为：大学9万人，中学…`: the size that the words before the colon name, of each thing behind it."""
    colon = gap.rfind("：")
    if colon < 0 or any(mark in gap[colon:] for mark in "。！？\n"):
        return ""
    lead = gap[:colon]
    if colon < 24:
        lead = text[max(0, floor + colon - 24) : floor + colon]
    lead = lead[max((m.end() for m in BOUNDARY.finditer(lead)), default=0) :]
    size = words.cues.group_size.search(head_of(lead, words, own_names, keep_place=False).phrase)
    return size.group() if size else ""


def _all_of_list(text: str, found: list[Meaning], begin: int) -> str | None:
    """`领航企业18家、互联网平台46家，均居首位`: the figure is of every name of the list before it."""
    names: list[str] = []
    end = begin
    for meaning in reversed(found):
        if not meaning.indicator or any(mark in text[meaning.clause : end - 1] for mark in "。；，\n"):
            break
        if meaning.indicator not in names:
            names.insert(0, meaning.indicator)
        end = meaning.clause
        if not (text.startswith("、", end) or text.endswith("、", 0, end)):
            break
    return "、".join(names) if 1 < len(names) < 5 else None


def climbs_steps(text: str, quantities: list[Quantity], index: int, cues: ClauseCues) -> bool:
    """`连上|三个|百亿元|台阶`: the figures are the steps and not what climbs them."""
    here = quantities[index]
    size = quantities[index + 1] if here.family == "count" and index + 1 < len(quantities) else here
    counted = here if size is not here else quantities[index - 1] if index else here
    return (
        size is not counted
        and counted.family == "count"
        and counted.end == size.start
        and cues.stage.match(text, size.end) is not None
    )
