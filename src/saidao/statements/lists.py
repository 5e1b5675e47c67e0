"""Lists: names that 分别 ties to figures in their order, and what the members of a list share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from saidao.lexicon import Lexicon
from saidao.statements.clauses import BOUNDARY, ClauseWords, Head, Meaning, clause_words, head_of
from saidao.statements.figures import Quantity

_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
_OF = re.compile("(?<=..)的(?=[^的]{2,10}$)")
_BARE = re.compile("[0-9.、和 ]+$")
"""Figures of the list that lack a unit of their own."""
_MARK = re.compile("[，。；！？：\n]")
_SENTENCE_END = re.compile("[。；！？\n]")


@dataclass(slots=True)
class Tied:
    """Figures that take the names of a list in turn."""

    names: dict[int, str]
    """By the place of the figure among all."""
    head: Head
    last: int
    """The place of the last of them."""
    kinds: dict[int, tuple[str, bool]] = field(default_factory=dict)
    """Kind and sign by place, where the names differ in kind: a rate beside a rise."""


def figures_in_list(text: str, quantities: list[Quantity], index: int) -> list[int]:
    """The places of the figures that a list joins, from `index` on; what stands in brackets between them is skipped."""
    places = [index]
    unit = quantities[index].unit
    end = quantities[index].end
    for at in range(index + 1, len(quantities)):
        between = text[end : quantities[at].start]
        if between.count("（") + between.count("(") > between.count("）") + between.count(")"):
            if len(between) > 40:
                break
            continue
        between = _BRACKETS.sub("", between)
        if len(between) > 4 or not between.strip() or between.strip("、和与及， "):
            break
        if "，" in between and quantities[at].unit != unit:
            break
        places.append(at)
        end = quantities[at].end
    return places


def tie(
    text: str,
    quantities: list[Quantity],
    index: int,
    found: list[Meaning],
    segment: str,
    begin: int,
    head: Head,
    words: ClauseWords,
    own_names: tuple[str, ...],
) -> Tied | None:
    """The names for the figures from `index` on, where 分别 stands in the words before the first of them.

    They stand before 分别 in its clause, or in the clause before that, or are those of the figures before.
    """
    cues = words.cues
    marks = list(cues.together.finditer(segment))
    if not marks:
        return None
    mark = marks[-1]
    if cues.awarded.search(segment, mark.end()):
        return None
    places = figures_in_list(text, quantities, index)
    count = len(places)
    before = head_of(segment[: mark.start()], words, own_names, keep_place=False, whole=True)
    after = head_of(
        _BARE.sub("", segment[mark.end() :]), words, own_names, keep_place=quantities[index].family == "rank"
    )
    ratio = cues.ratio_to.search(segment, mark.end())
    behind = ratio.group().rstrip("的") if ratio else after.phrase if after.phrase in words.attribute else ""
    if after.fresh and not before.fresh and not behind:
        if not (words.new.match(after.phrase) or words.verb.fullmatch(after.phrase)):
            return None
    names: list[str] = []
    if before.fresh:
        names = _with_size(members(before.phrase, words), found, begin, text)
        counted = _counted(text, quantities, index, begin, count)
        if counted is not None and len(names) == 1:
            lead = head_of(counted, words, own_names, keep_place=False, whole=True).phrase
            listed = [part for part in cues.list.split(lead) if part]
            if len(listed) >= count:
                names = [part + before.phrase.replace("的", "", 1) for part in listed[-count:]]
    elif found:
        names = _clause_before(text, begin, quantities[index - 1].end, count, words, own_names)
        names = names or _names_before(text, found, begin, count)
    if not names:
        return None
    if count == 1 and "、" in segment[mark.end() :]:
        names = names[-1:]
    elif count == 1:
        names = names[:1] if text[quantities[index].end : quantities[index].end + 1] in "、和" else [before.phrase]
        names = [name or found[-1].indicator or "" for name in names]
    names = names[-count:]
    names += [names[-1]] * (count - len(names))
    return Tied(
        {place: name + behind for place, name in zip(places, names, strict=True)},
        head,
        places[-1],
        _kinds(places, names, quantities, before, after, words),
    )


def _kinds(
    places: list[int], names: list[str], quantities: list[Quantity], before: Head, behind: Head, words: ClauseWords
) -> dict[int, tuple[str, bool]]:
    """`失业率、价格涨幅分别控制在…`: the names tell which percentages are shares and which are changes."""
    cues = words.cues
    if behind.predicate in ("rise", "fall") or any(quantities[place].unit != "%" for place in places):
        return {}
    moves = before.predicate in ("rise", "fall")
    shares = [bool(cues.share_noun.search(name)) for name in names]
    changes = [
        not share and (moves or bool(cues.growth_noun.search(name))) for name, share in zip(names, shares, strict=True)
    ]
    if not (any(shares) and any(changes)):
        return {}
    return {
        place: ("growth", before.predicate == "fall") if change else ("share", False)
        for place, change in zip(places, changes, strict=True)
    }


def tie_bare(
    text: str,
    quantities: list[Quantity],
    index: int,
    segment: str,
    head: Head,
    words: ClauseWords,
    own_names: tuple[str, ...],
) -> Tied | None:
    """`城镇收入和农村收入增长8%和9%`: as many figures as names are tied without 分别, too."""
    following = quantities[index + 1].start - quantities[index].end if index + 1 < len(quantities) else 0
    if not 0 < following < 40 or not (head.phrase.startswith("城乡") or words.cues.list.search(head.phrase)):
        return None
    places = figures_in_list(text, quantities, index)
    if len(places) < 2 or any(quantities[place].family != quantities[index].family for place in places):
        return None
    names = members(head_of(segment, words, own_names, keep_place=False, whole=True).phrase, words)
    if len(names) != len(places):
        return None
    return Tied(dict(zip(places, names, strict=True)), head, places[-1])


def tie_again(text: str, quantities: list[Quantity], index: int, before: Tied, head: Head) -> Tied | None:
    """`分别达5亿元、6亿元，增长3%、4%`: as many figures again, of the same names."""
    places = figures_in_list(text, quantities, index)
    if len(places) < 2 or len(places) != len(before.names):
        return None
    return Tied(dict(zip(places, before.names.values(), strict=True)), head, places[-1])


def _counted(text: str, quantities: list[Quantity], index: int, begin: int, count: int) -> str | None:
    """`甲、乙两个|产业产值分别…`: the words before the number, which says how many are listed."""
    before = quantities[index - 1] if index else None
    if before is None or before.end != begin or before.low != count or before.family != "count":
        return None
    back = text[max(0, before.start - 60) : before.start]
    return back[max((m.end() for m in BOUNDARY.finditer(back)), default=0) :]


def _with_size(names: list[str], found: list[Meaning], begin: int, text: str) -> list[str]:
    """`高级人民法院业务覆盖率100%，中级人民法院和基层人民法院分别…`: what is told of names of one kind is the size of the one before."""
    last = found[-1].indicator if found else None
    if last is None or len(names) < 2 or not text.endswith("，", 0, begin):
        return names
    size = next((n for n in range(min(map(len, names)), 1, -1) if len({name[-n:] for name in names}) == 1), 0)
    at = last.rfind(names[-1][-size:]) if size else -1
    tail = last[at + size :]
    return [name + tail for name in names] if at > 0 and 1 < len(tail) < 16 else names


def _clause_before(
    text: str, begin: int, previous_end: int, count: int, words: ClauseWords, own_names: tuple[str, ...]
) -> list[str]:
    """`甲和乙，|分别…`: the list stands before the comma, and no figure beside it."""
    if text[begin - 1 : begin] != "，":
        return []
    back = text[max(0, begin - 60) : begin - 1]
    start = begin - 1 - len(back) + max((m.end() for m in BOUNDARY.finditer(back)), default=0)
    if start < previous_end:
        return []
    found = members(head_of(text[start : begin - 1], words, own_names, keep_place=False, whole=True).phrase, words)
    return found if len(found) == count and count > 1 else []


def _names_before(text: str, found: list[Meaning], begin: int, count: int) -> list[str]:
    """The names of the figures before, in the same sentence, as many as there are figures."""
    back = text[max(0, begin - 160) : begin]
    start = begin - len(back) + max((m.end() for m in _SENTENCE_END.finditer(back)), default=0)
    names: list[str] = []
    for meaning in reversed(found):
        if meaning.clause < start or len(names) == count:
            break
        if meaning.indicator and meaning.indicator not in names:
            names.insert(0, meaning.indicator)
    return names if len(names) == count else []


def members(phrase: str, words: ClauseWords) -> list[str]:
    """`A、B和C`; an ending or a beginning that belongs to all is given back to those that lack it."""
    cues = words.cues
    parts = [p for p in cues.list.split(phrase) if p]
    if len(parts) < 2:
        if phrase.startswith("城乡"):
            return ["城镇" + phrase[2:], "农村" + phrase[2:]]
        return [phrase]
    last = parts[-1]
    if (tail := _behind_twin(parts, words)) is not None:
        return [*(part + tail for part in parts[:-1]), last]
    of = _OF.search(last)
    heads = cues.shared_ending.search(last, of.end() if of else 0)
    if heads:
        tail = last[of.end() :] if of else heads.group()
        if tail == "率" and len(last) > 4:
            tail = last[-3:]  # 美丽河湖、美丽海湾|建成率
        first = parts[0]
        if (per := cues.per_head.match(first)) is not None:
            parts[1:] = [part if cues.per_head.match(part) else per.group() + part for part in parts[1:]]
        if not cues.whole.search(first) and cues.ending.search(first):
            own = cues.shared_ending.search(first)
            kept = own.start() if own and len(own.group()) > 1 else 0
            parts[1:] = [
                first[: kept or -len(p)] + p if len(p) <= 4 and len(first) >= len(p) + 3 else p for p in parts[1:]
            ]
        parts = [p if cues.ending.search(p) or p.endswith(tail) else _joined(p, tail) for p in parts]
    return parts


def _behind_twin(parts: list[str], words: ClauseWords) -> str | None:
    """`厦门、福州|机场旅客吞吐量`, `进口、出口|通关时间`: what stands behind the last of names of one kind is of all."""
    first, last = parts[0], parts[-1]
    if all(part in words.areas for part in parts[:-1]):
        sizes = (size for size in range(min(len(last) - 2, 8), 1, -1) if last[:size] in words.areas)
        at = next(sizes, None)
        return last[at:] if at is not None else None
    size = len(first)
    alike = all(len(part) == size and part[-1] == last[size - 1 : size] for part in parts[:-1])
    if (
        alike
        and (size == 2 or (1 < size < 5 and first[-1] in words.cues.twin_endings))
        and len(last) > size + 1
        and last[size] not in "的占"
    ):
        return last[size:]
    return None


def _joined(name: str, tail: str) -> str:
    """`第一产业` and `产业增加值` share the 产业."""
    overlap = next((n for n in range(min(len(name), len(tail)), 0, -1) if tail.startswith(name[-n:])), 0)
    return name + tail[overlap:]


def share_bounds(text: str, quantities: list[Quantity], lexicon: Lexicon) -> dict[int, int]:
    """In a list tied by 分别 a bound before the first figure or behind the last covers all of them.

    Returns:
        For the place of each figure that got a bound so, the place of the one whose words it is.
    """
    shared: dict[int, int] = {}
    done = -1
    cues = lexicon.compiled("statements.meaning", clause_words).cues
    for index, quantity in enumerate(quantities):
        clause = text[max(0, quantity.start - 40) : quantity.start]
        if index <= done or ("分别" not in clause and "约" not in clause):
            continue
        clause = _MARK.split(clause)[-1]
        if quantity.bound == "eq" and cues.about_ratio.search(clause):
            quantity.bound = "approx"
        if "分别" not in clause:
            continue
        tied = figures_in_list(text, quantities, index)
        done = tied[-1]
        last = quantities[done]
        if len(tied) < 2 or any(quantities[place].family != quantity.family for place in tied):
            continue
        if last.end > last.unit_end:
            source = done
        elif quantity.start < quantity.number_start or cues.about_ratio.search(clause):
            source = index
        else:
            continue
        for place in tied:
            if quantities[place].bound == "eq":
                quantities[place].bound = quantities[source].bound
                shared[place] = source
    return shared


def sizes_of_classes(text: str, quantities: list[Quantity]) -> set[int]:
    """Places of the sizes that only say which things are meant: `2个产值过百亿、3个过十亿的县`."""
    found = {
        place
        for place, quantity in enumerate(quantities)
        if quantity.names_class and "成为" not in _MARK.split(text[max(0, quantity.start - 30) : quantity.start])[-1]
    }
    for place in range(len(quantities) - 3, 0, -1):
        counted, size, again = quantities[place - 1], quantities[place], quantities[place + 1]
        if (
            place + 2 in found
            and counted.family == again.family == "count"
            and text[size.end : again.start] == "、"
            and not text[counted.end : size.start].count("，")
        ):
            found.add(place)
    return found
