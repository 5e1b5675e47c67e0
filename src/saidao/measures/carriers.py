"""Finds the bearers of policy that a sentence names or counts: clusters, chains, centres, projects, parks, firms, funds.

A head (集群, 专项行动, 示范区) comes from `carrier_heads.csv`; its name is what stands before it, back to punctuation or to a
word that ends where names begin. A vague noun (重大项目) is no carrier unless it is counted; a recognised class
(“小巨人”企业) needs no name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from saidao.lexicon import Lexicon, variants
from saidao.measures.cells import branches, pattern, sets, wrong_words
from saidao.measures.records import Carrier
from saidao.measures.words import Hit

_LONGEST = 40
_MARKS = "，、。；：,;"
"""Where a name may begin, those that are met most."""
_AHEAD = 4
"""As far as patterns look ahead."""
_BUILT = "{built}(?!{of_building})"
_ACTED = "{action_edges}(?!{of_acting})"
_COUNT = "(?:[0-9][0-9,.]*(?:余|多)?万?|[一二两三四五六七八九十百千]+)(?:余|多)?"
_NUMERALS = dict(zip("一二三四五六七八九十两", (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2), strict=True))


@dataclass(frozen=True, slots=True)
class Head:
    """A noun that bears policy."""

    type: str
    need: str
    named: re.Pattern[str] | None
    """What the name before it holds."""
    unless: re.Pattern[str] | None
    """What the whole does not hold."""
    ahead: re.Pattern[str] | None
    """What does not follow."""


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads and patterns, compiled."""

    words: list[tuple[str, Head]]
    own_tools: dict[str, frozenset[str]]
    """By type, the tools that words within a name tell; a type that is missing: all."""
    edge: dict[str, re.Pattern[str]]
    """Where a name may begin, by type; `` for the rest."""
    vague: re.Pattern[str]
    """A name that says nothing."""
    lead: re.Pattern[str]
    """Words before a name that are no part of it."""
    conjoined: re.Pattern[str]
    """A place whose name begins like a conjunction (和林格尔)."""
    counted: re.Pattern[str]
    counted_behind: re.Pattern[str]
    listed: re.Pattern[str]
    """等项目, behind an enumeration of projects."""
    member: re.Pattern[str]
    """A member of such an enumeration."""


def heads(lexicon: Lexicon) -> Heads:
    """The heads of `carrier_heads.csv`."""
    return lexicon.compiled("measures.carriers", _compile)


def find(text: str, hits: list[Hit], known: Heads) -> list[Carrier]:
    """The carriers of a sentence, in order."""
    found: list[Carrier] = []
    for group in _groups(hits) if hits else ():
        carrier = next((c for c in (_carrier(text, *hit, known) for hit in group) if c is not None), None)
        if carrier is None:
            continue
        while found and carrier.start < found[-1].end:
            # 产业基础再造工程和重大技术装备攻关工程: two names; 重点产业链高质量发展行动: one, and it is the longer.
            if text[found[-1].end] in "和与及、":
                start = found[-1].end + 1
                carrier = _cut(text, start, carrier, known)
            else:
                found.pop()
        if _goes_on(text, found, carrier):
            start = found.pop().start
            carrier = carrier._replace(start=start, text=text[start : carrier.end])
        found.append(carrier)
    if "等" in text:
        found += _members(text, known, found)
        found.sort()
    return found


def _cut(text: str, start: int, carrier: Carrier, known: Heads) -> Carrier:
    """A carrier that begins later; its count is that of what is left."""
    left = text[start : carrier.end]
    counted = known.counted.match(left) or next(
        (m for m in known.counted_behind.finditer(left) if m.end() == len(left)), None
    )
    return carrier._replace(start=start, text=left, number=_number(counted.group(1)) if counted else None)


def titles(borne: list[Carrier], known: Heads) -> list[tuple[int, int, frozenset[str]]]:
    """Where names stand that tell only the tools of their type: 人才 in 人才科创走廊 says nothing of talent."""
    return [(c.start, c.end, known.own_tools[c.type]) for c in borne if c.type in known.own_tools]


def _carrier(text: str, start: int, end: int, head: Head, known: Heads) -> Carrier | None:
    """What a head at a place names, if it is a carrier."""
    if head.ahead is not None and head.ahead.match(text, end):
        return None
    begin = _begin(text, max(0, start - _LONGEST), start, known.edge.get(head.type, known.edge[""]))
    if begin and known.conjoined.match(text, begin - 1):
        begin -= 1
    lead = known.lead.match(text, begin, start)
    begin = lead.end() if lead else begin
    counted = known.counted.match(text, begin, start)
    if counted is None:
        # 湖南提出22条优势产业链: what stands before the count is no part of the name.
        counted = next(
            (m for m in known.counted.finditer(text, begin, start) if text[m.start() - 1] not in "“+0123456789."), None
        )
        begin = counted.start() if counted else begin
    behind = known.counted_behind.match(text, end)
    if not _holds(text, begin, start, end, head, known, counted is not None or behind is not None):
        return None
    stop = behind.end() if behind else end
    opened = text.rfind("“", begin, stop)
    if opened > text.rfind("”", begin, stop):
        # 冰雪旅游“百日行动”: what the marks enclose is the name; what they open and the head does not close is none.
        closed = text[stop : stop + 1] == "”"
        begin, stop = (opened, stop + 1) if closed else (opened + 1, stop)
        if head.need == "name" and start - begin < 2:
            return None
    elif counted and text[begin - 1 : begin] == "”":
        # “牛羊菜果薯药粮种”8个产业集群: they are called so.
        begin = max(text.rfind("“", 0, begin), text.rfind("，", 0, begin) + 1, begin - _LONGEST)
    if text.find("（", begin, stop) > text.rfind("）", begin, stop):
        return None
    number = counted or behind
    return Carrier(begin, stop, text[begin:stop], head.type, _number(number.group(1)) if number else None)


def _goes_on(text: str, found: list[Carrier], carrier: Carrier) -> bool:
    """Whether a class of firms continues an enumeration of classes (专精特新、瞪羚、独角兽企业)."""
    if carrier.type != "enterprise" or not found or found[-1].type != "enterprise":
        return False
    if carrier.number is not None or found[-1].number is not None:
        return False
    return text[found[-1].end : carrier.start] in ("、", "和")


def _groups(hits: list[Hit]) -> list[list[tuple[int, int, Head]]]:
    """The heads; of those that overlap the ones that end last (产业集群集聚区), longer ones first."""
    groups: list[list[tuple[int, int, Head]]] = []
    for hit in hits:
        if groups and hit[0] < groups[-1][0][1]:
            if hit[1] > groups[-1][0][1]:
                groups[-1] = [hit]
            elif hit[1] == groups[-1][0][1]:
                groups[-1].append(hit)
        else:
            groups.append([hit])
    return groups


def _begin(text: str, left: int, start: int, edge: re.Pattern[str]) -> int:
    quoted = text.find("“", left, start) >= 0 or text.find("（", left, start) >= 0
    if not quoted:
        # What stands before the last mark need not be looked through.
        for mark in _MARKS:
            left = text.rfind(mark, left, start) + 1 or left
    begin = left
    # Not `finditer(text, left, start)`: a pattern that looks ahead must see the head.
    for found in edge.finditer(text, left, min(len(text), start + _AHEAD)):
        if found.end() > start:
            break
        if not quoted or not _inside_brackets(text, left, found.start(), start):
            begin = found.end()
    return begin


def _inside_brackets(text: str, left: int, at: int, start: int) -> bool:
    """Whether a place lies in a quotation or bracket that is closed before the head."""
    for opening, closing in ("“”", "（）"):
        opened = text.rfind(opening, left, at)
        if opened >= 0 and text.find(closing, opened, at) < 0 and text.find(closing, at, start + 1) >= 0:
            return True
    return False


def _holds(text: str, begin: int, start: int, end: int, head: Head, known: Heads, counted: bool) -> bool:
    whole = text[begin:end]
    if head.unless is not None and head.unless.search(whole):
        return False
    if head.need == "class" or counted:
        return True
    if head.need == "count":
        return False
    name = text[begin:start]
    if len(name) < 2 or known.vague.fullmatch(name):
        return False
    return head.named is None or bool(head.named.search(name))


def _number(numeral: str) -> int | None:
    digits = numeral.replace(",", "").rstrip("余多")
    factor = 10_000 if digits.endswith("万") else 1
    digits = digits.rstrip("万余多")
    if digits.isdecimal():
        return int(digits) * factor
    try:
        return int(float(digits) * factor)
    except (ValueError, OverflowError):
        return _NUMERALS.get(numeral)


def _members(text: str, known: Heads, found: list[Carrier]) -> list[Carrier]:
    added: list[Carrier] = []
    for listed in known.listed.finditer(text):
        at = listed.start()
        while True:
            stop = max(text.rfind(mark, 0, at) for mark in "，；。：、")
            begin = stop + 1
            last = stop < 0 or text[stop] != "、"
            begin = _begin(text, begin, at, known.edge[""]) if last else begin
            if at - begin > 40:
                break
            taken = any(begin < carrier.end and carrier.start < at for carrier in (*found, *added))
            if not taken and known.member.fullmatch(text, begin, at):
                added.append(Carrier(begin, at, text[begin:at], "project", None))
            if last:
                break
            at = stop
    return added


def _compile(lexicon: Lexicon) -> Heads:
    rows = lexicon.rows("carrier_types")
    entries = []
    for row in lexicon.rows("carrier_heads", wrong_words):
        head = Head(
            row["type"],
            row["need"],
            pattern(row["name"], lexicon),
            pattern(row["without"], lexicon),
            pattern(row["not_before"], lexicon),
        )
        entries += [(word, head) for word in variants(row["words"])]

    def made(cell: str) -> re.Pattern[str]:
        found = pattern(cell, lexicon)
        assert found is not None
        return found

    marks = branches(f"{_MARKS}:！？!?\n《》")
    named = (name for row in lexicon.rows("regions") for name in (row["name"], *variants(row.get("variants", ""))))
    places = branches(name for name in dict.fromkeys(named) if name[0] in sets(lexicon)["name_joins"])
    return Heads(
        words=entries,
        own_tools={row["id"]: frozenset(variants(row["tools"])) for row in rows if row["tools"]},
        edge={
            "": made(f"{marks}|{{carrier_edges}}|{{promoting}}(?<!{{no_promoting}})|{_ACTED}"),
            "action": made(f"{marks}|{_ACTED}|{_BUILT}"),
            "project": made(f"{marks}|{_ACTED}|{_BUILT}"),
        },
        vague=made("(?:{vague})*"),
        lead=made(
            f"(?:(?!{places})(?:{{name_joins}})|[0-9]+[.．、]|[（(][一二三四五六七八九十0-9]+[）)]|{{carrier_lead}})+(?!{{not_led}})"
        ),
        conjoined=re.compile(places),
        counted=made(f"(?:{{before_count}})?({_COUNT}) ?(?:{{counters}})"),
        counted_behind=made(
            f"(?:（[^（）]{{1,6}}）)?(?:{{counted_nouns}})?(?:{{counted_verbs}})? ?({_COUNT}) ?(?:{{counters_behind}})"
            "(?={count_bounds}|[，。；：、和与及（）()”！？,;\\s]|$)"
        ),
        listed=made(f"等(?:{{batch}}|{_COUNT}个)?(?:{{vague}})*(?:{{listed_works}})(?!{{no_works_behind}})"),
        member=made("(?!{no_works})(?=.*(?:[0-9]|{works}))[^，。；：]{4,40}"),
    )
