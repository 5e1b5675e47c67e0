"""Finds the industries that a sentence names: known names, `…产业` of any name, and the members of `A、B等产业`.

The longest known name wins at each place. Ambiguous words are settled by the data: a longer word that holds the name but
is no industry (`unless`) wins over it, and a `weak` name counts only with a noun of industry behind it, a verb of
development before it, or another industry beside it in an enumeration.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from saidao.errors import Said
from saidao.lexicon import Lexicon, Row, variants
from saidao.measures.cells import branches, pattern, sets
from saidao.measures.clauses import clauses
from saidao.measures.records import Industry
from saidao.measures.words import Hit, longest

_NOUNS = ("产业", "行业", "技术")
"""What may stand behind the name of an industry without being a part of it."""

_SHORT = 4
"""A name of more characters is none that narrows the one behind it."""

_TAILS = ("产业", "行业", "技术", "市场", "集群", "产业集群")
"""With one of these behind it, a name that has been said names the same."""

_LONGEST = 10
"""Characters of a name that is looked for in the name of a carrier."""

_DANGERS = 3
"""A clause that names as many dangers speaks of safety."""

_FAR = 24
"""Members of an enumeration stand no further apart."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a known name stands for; an id that is None marks a word that is no industry."""

    id: str | None
    generic: bool = False
    weak: str = ""
    means: bool = False
    """A technology, which is no industry where it is only used."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names and patterns, compiled."""

    words: list[tuple[str, Name]]
    by_word: dict[str, Name]
    sure: frozenset[str]
    """Names that need no 产业 behind them."""
    noun: re.Pattern[str]
    """Behind a name: it is an industry."""
    verb: re.Pattern[str]
    """Before a name: it is being developed."""
    formed: re.Pattern[str]
    """The end of a name that its form tells."""
    edge: re.Pattern[str]
    """Ends where a name may begin."""
    no_name: re.Pattern[str]
    """What is no name before 产业."""
    no_part: re.Pattern[str]
    """What no such name holds."""
    places: frozenset[str]
    """Divisions: 渭南产业 is no industry."""
    class_word: re.Pattern[str]
    """What only narrows 产业 to a class of industries."""
    using: re.Pattern[str]
    """Before a technology that is only used."""
    office: re.Pattern[str]
    """Behind a name: it names a body (畜牧局)."""
    remedied: re.Pattern[str]
    """The same, or the sentence is about safety or pollution (畜禽粪污)."""
    remedies: tuple[str, ...]
    """The beginnings of the words that tell this; a sentence without any need not be asked."""
    other_noun: re.Pattern[str]
    """Behind the name of a class of industries: it belongs to another word (百亿产业基金)."""
    listed: re.Pattern[str]
    """等…产业, behind an enumeration of industries."""
    no_member: re.Pattern[str]
    """What no member of such an enumeration holds."""
    no_sure_member: re.Pattern[str]
    """The same, where the noun behind it is 产业 itself."""
    one_character: frozenset[str]
    """Members of such an enumeration that are named by one character (铜、铝、锂等产业)."""
    list_mark: re.Pattern[str]
    """What stands between two members of an enumeration."""
    hazards: re.Pattern[str]
    """Dangers: a clause that names several speaks of safety."""


def names(lexicon: Lexicon) -> Names:
    """The names of `industry_names.csv`."""
    return lexicon.compiled("measures.industries", _compile)


def find(text: str, hits: list[Hit], known: Names) -> list[Industry]:
    """The industries of a sentence in order, each spelling once."""
    found = _known(text, hits, known) if hits else []
    if "业" in text:
        taken = [(start, end) for start, end, _ in found]
        found += [(s, e, n) for s, e, n in _formed(text, known) if not _overlaps(s, e, taken)]
    if "等" in text:
        taken = [(start, end) for start, end, _ in found]
        found += [(s, e, n) for s, e, n in _members(text, known, found) if not _overlaps(s, e, taken)]
    if found and len(set(known.hazards.findall(text))) >= _DANGERS:
        found = [f for f in found if not _of_safety(text, f[0], known)]
    if not found:
        return []
    found.sort(key=lambda item: item[:2])
    said: set[str] = set()
    mentions: list[Industry] = []
    for start, end, name in found:
        bare = words = text[start:end]
        for noun in _NOUNS:
            if bare.endswith(noun) and (noun == "产业" or bare.removesuffix(noun) in known.sure):
                bare = bare.removesuffix(noun)
                break
        if bare in known.sure:
            words = bare
            end = start + len(bare)
        # 船舶 behind 船舶工业 names the same once more.
        again = name.id is not None and any(
            m.id == name.id
            and (
                (bare in m.text and not name.generic)
                or (bare.startswith(m.text) and bare.removeprefix(m.text) in _TAILS)
            )
            for m in mentions
        )
        if bare not in said and not again:
            said.add(bare)
            mentions.append(Industry(start, end, words, name.id, name.generic))
    return mentions


def of_name(name: str, known: Names) -> list[str]:
    """The industries that the name of a carrier holds, the longest at each place, also where they are no mention of their
    own (跨境电商综合试验区)."""
    found: list[str] = []
    at = 0
    while at < len(name) - 1:
        covered = 0
        for length in range(min(_LONGEST, len(name) - at), 1, -1):
            entry = known.by_word.get(name[at : at + length])
            if entry is None:
                continue
            if entry.id is None:
                # 化工程 is no 化工; 跨境电商综合试验区 is no mention of 跨境电商, but a zone for it.
                covered = covered or length
            elif not entry.generic and name[at : at + length] in known.sure and covered != length + 1:
                found.append(entry.id)
                at += length - 1
                break
        at += 1
    return list(dict.fromkeys(found))


def _known(text: str, words: list[Hit], known: Names) -> list[tuple[int, int, Name]]:
    hits: list[tuple[int, int, Name]] = []
    for start, end, name in longest(words):
        # 海洋 and 化工 side by side are one name, that of the second.
        if name.id is not None and hits and hits[-1][1] == start and hits[-1][2].id is not None:
            if name.weak and not hits[-1][2].weak:
                continue
            if text[start - 1] == "业" or start - hits[-1][0] > _SHORT:
                # 化工行业 and 智能制造, 智能网联汽车 and 自动驾驶: two names.
                hits.append((start, end, name))
                continue
            first = hits.pop()
            weak = name.weak if first[2].weak else ""
            # 农机装备制造业: a class behind an industry narrows nothing.
            own = first[2] if name.generic and not first[2].generic else name
            name = Name(own.id, own.generic, weak, name.means and first[2].means)
            start = first[0]
        hits.append((start, end, name))
    strong = [h for h in hits if h[2].id is not None and not h[2].weak]
    behind = known.office
    for beginning in known.remedies:
        if beginning in text:
            behind = known.remedied
            break
    kept = []
    for start, end, name in hits:
        if name.id is None:
            continue
        if name.weak and not known.noun.match(text, end):
            if name.weak == "no":
                continue
            listed = any(_listed(text, start, end, other[0], other[1], known.list_mark) for other in strong)
            if not listed and (name.weak == "all" or not known.verb.search(text, max(0, start - 8), start)):
                continue
        # 人工智能等数字技术: the noun that closes a list of technologies is none itself.
        if name.means and (text[start - 1 : start] == "等" or known.using.search(text, max(0, start - 24), start)):
            continue
        if behind.match(text, end) or (name.generic and known.other_noun.match(text, end)):
            continue
        kept.append((start, end, name))
    return kept


def _listed(text: str, start: int, end: int, other_start: int, other_end: int, mark: re.Pattern[str]) -> bool:
    """Whether two names are members of one enumeration, with short members between them at most."""
    between = text[end:other_start] if end <= other_start else text[other_end:start]
    return len(between) <= _FAR and mark.fullmatch(between) is not None


def _of_safety(text: str, at: int, known: Names) -> bool:
    """Whether the clause around a place names so many dangers that it speaks of safety."""
    start = max(text.rfind(mark, 0, at) for mark in "，。；：") + 1
    ends = [end for mark in "，。；：" if (end := text.find(mark, at)) >= 0]
    named = known.hazards.findall(text, start, min(ends, default=len(text)))
    return len(set(named)) >= _DANGERS


def _overlaps(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(start < e and s < end for s, e in taken)


def _formed(text: str, known: Names) -> list[tuple[int, int, Name]]:
    found = []
    for head in known.formed.finditer(text):
        left = max(0, head.start() - 10)
        edge = left
        for edge_match in known.edge.finditer(text, left, head.start()):
            edge = edge_match.end()
        name = text[edge : head.start()]
        if known.no_name.fullmatch(name):
            continue
        generic = bool(known.class_word.fullmatch(name))
        if not generic and (not 2 <= len(name) <= 8 or known.no_part.search(name) or name in known.places):
            continue
        end = head.start() if head.group() == "产业" and not generic else head.end()
        found.append((edge, end, Name(None, generic)))
    return found


def _members(text: str, known: Names, found: list[tuple[int, int, Name]]) -> list[tuple[int, int, Name]]:
    added: list[tuple[int, int, Name]] = []
    if not known.listed.search(text):
        return added
    for clause_start, clause_end in clauses(text):
        for listed in known.listed.finditer(text, clause_start, clause_end):
            members = _enumeration(text, clause_start, listed.start(), known)
            sure = listed.group(1) is not None
            not_one = known.no_sure_member if sure else known.no_member
            # 等领域 may end a list of anything; most of its members must be known industries.
            familiar = sum(_overlaps(s, e, [f[:2] for f in found]) for s, e in members)
            if len(members) > 1 and (sure or 2 * familiar > len(members)):
                added += [
                    (s, e, known.by_word.get(text[s:e], Name(None)))
                    for s, e in members
                    if not not_one.search(text, s, e)
                ]
    return added


def _enumeration(text: str, start: int, end: int, known: Names) -> list[tuple[int, int]]:
    members = []
    at = end
    while at > start:
        comma = text.rfind("、", start, at)
        first = comma < 0
        begin = start if first else comma + 1
        if first:
            for edge in known.edge.finditer(text, max(start, at - 12), at):
                begin = edge.end() if edge.end() < at else begin
        if not 2 <= at - begin <= 12 and text[begin:at] not in known.one_character:
            break
        members.append((begin, at))
        if first:
            break
        at = comma
    return members


def wrong(row: Row) -> Said | None:
    """What else is wrong with a row of `industry_names.csv`, beside what `schemas.csv` says."""
    short = next((w for w in (*variants(row["variants"]), *variants(row["unless"])) if len(w) < 2), None)
    return Said("lexicon.short", {"word": short}) if short else None


def _places(lexicon: Lexicon) -> frozenset[str]:
    names = [row["name"] for row in lexicon.rows("regions")]
    return frozenset(names) | {name[:-1] for name in names if len(name) > 2}


def _compile(lexicon: Lexicon) -> Names:
    entries: dict[str, Name] = {}
    rows = lexicon.rows("industry_names", wrong)
    for row in rows:
        name = Name(row["id"], row["generic"] == "yes", row["weak"], row["means"] == "yes")
        for word in variants(row["variants"]):
            # A name with its noun (养老产业) is sure where the bare one (养老) is not; long names are mostly sure, too.
            sure = word.endswith(("业", "经济", "装备", "制造")) or (name.weak == "yes" and len(word) > 3)
            entries.setdefault(word, replace(name, weak="") if sure and name.weak in ("yes", "all") else name)
    for row in rows:
        for word in variants(row.get("unless", "")):
            entries.setdefault(word, Name(None))

    def made(cell: str) -> re.Pattern[str]:
        found = pattern(cell, lexicon)
        assert found is not None
        return found

    return Names(
        words=list(entries.items()),
        by_word=entries,
        sure=frozenset(word for word, n in entries.items() if n.id is not None and not n.weak and not n.generic),
        noun=made("{industry_nouns}"),
        verb=made("(?:{develop}[^，。、的]{0,2}|把|将)$"),
        formed=made("(?:{formed_heads})(?!{not_formed})"),
        edge=made(branches("，。、；：,;:（）()“”‘’《》 \u3000\t\n和与及等的在以对为于从把将") + "|{before_name}"),
        no_name=made("(?:{no_industry})?"),
        no_part=made("[0-9“”—-]|{not_in_name}|[换聚促向跨赋驱引部]$"),
        places=_places(lexicon),
        class_word=made("(?:{class_words})+"),
        using=made("{using}(?!的)(?:(?!{using_ends})[^，。；])*$"),
        office=made("{offices}"),
        remedied=made(
            "{offices}|[^，。；：、等]{0,8}(?:{remedies})|[^，。；：等]{0,24}等[^，。；：、]{0,10}(?:{remedies_listed})"
        ),
        remedies=tuple(
            dict.fromkeys(word[:2] for name in ("remedies", "remedies_listed") for word in sets(lexicon)[name])
        ),
        other_noun=made("{other_nouns}"),
        hazards=made("{hazards}"),
        listed=made(
            "等(?!{listed_otherwise})(?:[^，。；、等]{0,8}({listed_industries})(?!{not_formed})"
            "|[^，。；、等]{0,6}(?:{listed_classes}))"
        ),
        no_member=made("{no_member}"),
        no_sure_member=made("{no_sure_member}"),
        one_character=frozenset(sets(lexicon)["one_character"]),
        list_mark=made("(?:{list_nouns})?(?:{list_joins})(?:[^，。；：、的]{2,8}(?:{list_joins})){0,3}"),
    )
