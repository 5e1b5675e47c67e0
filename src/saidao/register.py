"""Joins what was found in the sentences of a document: statements get their industry, carriers become a register.

A carrier (`13条重点产业链`) gets its count, and from the statements beside it its scale and deadline: the sum of money that
stands in its name (`万亿级产业集群`), right before it (`总规模500亿元的基金`), or behind it before the next carrier
(`重点项目304个、完成投资4608亿元`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from saidao.lexicon import Lexicon
from saidao.measures.carriers import Heads, heads
from saidao.measures.cells import pattern
from saidao.measures.industries import Names, names, of_name
from saidao.measures.records import Carrier as Borne
from saidao.measures.records import Coding, Industry
from saidao.models import Carrier, Context, Cue, Found, Measure, Mention, Statement
from saidao.statements import places

_OF_NEXT = re.compile(".的|级(?![，。；、：！\\n])(?!$)")
"""The end of a sum that tells of what follows it."""

_COMMA = re.compile("[，,、]")
_FULL_STOP = re.compile("[。；;！!？?\n]")
_REACH = 30
"""How many characters may stand between a carrier and the sum behind it."""

_WORKS = ("project", "action")

_MEASURED = "(?:{scale_lead})*(?:{scale_words})(?:{scale_reach})*"
"""What stands between the last comma and the sum, where the sum's subject is the carrier in an earlier clause."""

_YEAR = re.compile("(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class _Known:
    """What the data files say."""

    heads: Heads
    money: frozenset[str]
    measured: re.Pattern[str]
    before: re.Pattern[str]
    """What may stand between a sum and the carrier behind it."""
    member: re.Pattern[str]
    """Stands between an industry that is a member of a list and the next one."""
    joins: frozenset[str]
    """Stand between two members of a list."""
    industries: Names


def register(
    text: str, context: Context, codings: Sequence[Coding], statements: list[Statement], lexicon: Lexicon
) -> Found:
    """What a document's sentences hold, joined. The statements are completed in place.

    Args:
        text: the document's text.
        context: what is known of the document.
        codings: of its units, in order.
        statements: in order.
        lexicon: the data files.
    """
    known = lexicon.compiled("register", _compile)
    divisions = places.compiled(lexicon)
    own = places.own_names(context.region, context.issuer, divisions)
    found = Found(statements=statements)
    starts = [s.start for s in statements]
    for coding in codings:
        named = places.find(text, coding.start, coding.end, own, divisions)
        regions = tuple(named.split("、")) if named else ()
        found.measures.append(
            Measure(
                coding.start, coding.end, coding.status, coding.tools, coding.themes, coding.strength, coding.commits,
                coding.mechanisms, coding.relations, regions,
            )
        )  # fmt: skip
        found.cues += [Cue(coding.start, c.start, c.end, c.text, c.code) for c in coding.cues]
        found.mentions += [Mention(i.start, i.end, i.text, i.id, i.generic, coding.status) for i in coding.industries]
        within = statements[bisect_left(starts, coding.start) : bisect_left(starts, coding.end)]
        unit = _Unit(text, coding, within, regions, known)
        for s in within:
            s.industry_id = _industry_of(s, coding.industries)
        found.carriers += unit.carriers()
    return found


def _industry_of(statement: Statement, mentions: Sequence[Industry]) -> str | None:
    """The industry that a statement names, the longest and most specific of its sentence."""
    words = f"{statement.industry or ''}\n{statement.indicator or ''}"
    named = [m for m in mentions if m.id is not None and m.text in words]
    best = max(named, key=lambda m: (not m.generic, m.text in words.partition("\n")[0], len(m.text)), default=None)
    return None if best is None else best.id


@dataclass(slots=True)
class _Unit:
    """A coded sentence with its statements."""

    text: str
    coding: Coding
    statements: list[Statement]
    regions: tuple[str, ...]
    known: _Known

    def carriers(self) -> list[Carrier]:
        """The entries that the sentence gives to the register."""
        entries: list[Carrier] = []
        borne = self.coding.carriers
        taken: set[int] = set()
        for n, carrier in enumerate(borne):
            limit = borne[n + 1].start if n + 1 < len(borne) else self.coding.end
            scale = self._scale(carrier, limit, taken)
            if scale is not None:
                taken.add(scale.start)
            entry = self._entry(carrier, scale)
            if entries and _resumes(entry, entries[-1]):
                entries[-1] = _joined(entries[-1], entry)
            else:
                entries.append(entry)
        return entries

    def _entry(self, carrier: Borne, scale: Statement | None) -> Carrier:
        beside = [s for s in self.statements if carrier.start <= s.start and s.end <= carrier.end]
        if scale is not None and scale not in beside:
            beside.append(scale)
        return Carrier(
            start=carrier.start,
            end=carrier.end,
            quote=carrier.text,
            type=carrier.type,
            name=_bare(self._own_words(carrier), self.known.heads),
            number=carrier.number,
            low=scale.low if scale else None,
            high=scale.high if scale else None,
            unit=scale.unit if scale else None,
            bound=scale.bound if scale else None,
            measured=scale.indicator if scale else None,
            deadline=self._deadline(beside),
            region=next((s.region for s in beside if s.region), None) or self._region(carrier),
            industries=self._industries(carrier),
            status=self.coding.status,
            scale=(scale.start, scale.end) if scale else None,
        )

    def _own_words(self, carrier: Borne) -> str:
        """The words of a carrier without the last member of a list that leads up to it (甲、乙等农业创新行动)."""
        before, mark, own = carrier.text.partition("等")
        listed = self.text.startswith("、", carrier.start - 1) and carrier.number is None and "“" not in carrier.text
        return own if mark and listed and len(before) > 1 and len(own) > 3 else carrier.text

    def _scale(self, carrier: Borne, limit: int, taken: set[int]) -> Statement | None:
        sums = [s for s in self.statements if s.unit in self.known.money and s.low is not None and s.start not in taken]
        within = next((s for s in sums if carrier.start <= s.start and s.end <= carrier.end), None)
        if within is not None:
            return within
        before = next((s for s in reversed(sums) if s.end <= carrier.start), None)
        if before is not None and self.known.before.fullmatch(self.text, before.end, carrier.start):
            return before
        behind = next((s for s in sums if carrier.end <= s.start < limit and s.kind == "level"), None)
        if behind is None or behind.start - carrier.end > _REACH:
            return None
        between = self.text[carrier.end : behind.start]
        last = _COMMA.split(between)[-1]
        if _FULL_STOP.search(between) or (last != between and not self.known.measured.fullmatch(last.strip())):
            return None
        # 2957个项目投产，82个产值过10亿元的增长点; 某基地等一批百亿级项目: the sum tells of what follows.
        if _OF_NEXT.match(self.text, behind.end - 1):
            return None
        # A sum that itself stands right before a later carrier is that one's.
        if limit < self.coding.end and self.known.before.fullmatch(self.text, behind.end, limit):
            return None
        return behind

    def _deadline(self, beside: Sequence[Statement]) -> int | None:
        if self.coding.status != "planned":
            return None
        periods = [s.period for s in beside if s.period and s.status == "target"]
        told = periods or [cue.text for cue in self.coding.why("deadline")]
        years = [int(year) for words in told for year in _YEAR.findall(words)]
        return max(years, default=None)

    def _industries(self, carrier: Borne) -> tuple[str, ...]:
        """Industries in the carrier's name and those it enumerates, else those before it in its clause, else its class."""
        mentions = [m for m in self.coding.industries if m.id is not None]
        # An industry is one mention a sentence, wherever it stands first; the words of a carrier hold it all the same.
        held = [m for m in mentions if m.text in carrier.text]
        within = [m for m in held if not any(m.text in other.text for other in held if other is not m)]
        special = [m for m in within if not m.generic]
        before = [m for m in mentions if not m.generic and m.end <= carrier.start]
        if special:
            # 新能源、高端装备、新材料三大集群: the name begins with the last of them.
            while before and special[0].start <= carrier.start and self._listed(before[-1].end, special[0].start):
                special.insert(0, before.pop())
        elif carrier.number is not None or self.text[carrier.start - 1 : carrier.start] not in self.known.joins:
            # 粮食灌溉二期、牡敦高铁: what is named before a later member of a list is not its own.
            clause = max(self.text.rfind(mark, self.coding.start, carrier.start) for mark in "，。；：")
            borders = [c.end for c in self.coding.carriers if c.end <= carrier.start]
            special = [m for m in before if m.start >= max([clause + 1, *borders])] or self._counted(before, carrier)
        elif (
            carrier.type not in _WORKS
            and before
            and self.known.member.fullmatch(self.text, before[-1].end, carrier.start)
        ):
            # 氢能产业、滨海示范区: an industry that is itself the member before.
            special = before[-1:]
        if not special and not within:
            return tuple(of_name(self._own_words(carrier), self.known.industries))
        return tuple(dict.fromkeys(str(m.id) for m in (special or within)))

    def _counted(self, before: list[Industry], carrier: Borne) -> list[Industry]:
        """As many industries as the carrier counts, enumerated before it: 聚焦甲、乙、丙三大产业，…三个集群."""
        last = before[-(carrier.number or 0) :] if carrier.number and carrier.number > 1 else []
        listed = all(self._listed(a.end, b.start) for a, b in pairwise(last))
        return last if listed and len(last) == carrier.number else []

    def _region(self, carrier: Borne) -> str | None:
        """The place that was named last before a carrier in its clause, or that the sentence opened with.

        A place in the words of another carrier is that one's (广州新机场、兰海高速), and of works in a row each has its own.
        """
        clause = max(self.text.rfind(mark, self.coding.start, carrier.start) for mark in "，。；：") + 1
        begin = max(clause, self.coding.start)
        if carrier.type == "project":
            begin = max(begin, self.text.rfind("、", begin, carrier.start) + 1)
        others = [c for c in self.coding.carriers if c != carrier]
        last, named = -1, None
        for name in self.regions:
            at = self.text.rfind(name, begin, carrier.end)
            if at > last and not any(c.start <= at < c.end for c in others):
                last, named = at, name
        if named is not None:
            return named
        opening = [
            name for name in self.regions if 0 <= self.text.find(name, self.coding.start, begin) - self.coding.start < 2
        ]
        return opening[-1] if opening else None

    def _listed(self, end: int, start: int) -> bool:
        return self.text[end:start] in self.known.joins


def _bare(text: str, heads: Heads) -> str:
    """The words of a carrier without their count."""
    counted = heads.counted.match(text)
    name = text[counted.end() :] if counted else text
    behind = next((m for m in heads.counted_behind.finditer(name) if m.end() == len(name)), None)
    return (name[: behind.start()] if behind else name) or text


def _resumes(entry: Carrier, last: Carrier) -> bool:
    """Whether an entry only takes up the last one again: 打造三个产业创新集群，…三个集群规模…"""
    return (
        entry.type == last.type
        and entry.number is not None
        and entry.number == last.number
        and set(entry.quote) <= set(last.quote)
        and last.low is None
    )


def _joined(first: Carrier, again: Carrier) -> Carrier:
    return Carrier(
        first.start, first.end, first.quote, first.type, first.name, first.number, again.low, again.high, again.unit,
        again.bound, again.measured, again.deadline or first.deadline, first.region or again.region,
        first.industries or again.industries, first.status, again.scale,
    )  # fmt: skip


def _compile(lexicon: Lexicon) -> _Known:
    measured = pattern(_MEASURED, lexicon)
    assert measured is not None
    money = frozenset(row["base"] for row in lexicon.rows("units") if row["class"] == "money")
    return _Known(
        heads(lexicon), money, measured,
        before=lexicon.pattern("[的级]?{sum_bounds}?的?"),
        member=lexicon.pattern("{member_nouns}[、和与及]"),
        joins=frozenset(("、", *lexicon.words("member_joins"))),
        industries=names(lexicon),
    )  # fmt: skip
