"""Finds targets that carry no figure but commit all the same.

Three kinds, for standard indicators only: a relation to something else (`与经济增长同步`, `高于全国`), a task handed down
(`完成国家下达任务`), or words alone (`保持在合理区间`, `实现正增长`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from saidao.lexicon import Lexicon
from saidao.statements.clause_cues import ClauseCues, clause_cues
from saidao.statements.indicators import with_attribute
from saidao.statements.standards import Standards

_LIST = re.compile("[、和与及]|以及")


@dataclass(frozen=True, slots=True)
class Wording:
    """A target in words."""

    start: int
    end: int
    kind: str
    wording: str
    indicator: str
    indicator_id: str
    exact: bool = True
    """Of an unchanged indicator: nothing softens it (基本持平)."""


@dataclass(frozen=True, slots=True)
class _Cues:
    any: re.Pattern[str]
    kinds: list[tuple[str, re.Pattern[str]]]
    task: re.Pattern[str]
    """What may follow a short name in a task: 降碳任务, not 经济社会."""
    size: re.Pattern[str]
    """A second size, joined to the name of the first."""
    unchanged: re.Pattern[str]
    words: ClauseCues


def find(
    folded: str, spans: list[tuple[int, int]], taken: list[int], standards: Standards, lexicon: Lexicon
) -> Iterator[Wording]:
    """Targets in words within given stretches of a folded text.

    Args:
        folded: the text.
        spans: the stretches to look in: sections of targets and plans, or sentences that sound like them.
        taken: offsets of figures, sorted; a clause that holds one is not a target in words.
        standards: the standard indicators.
        lexicon: the data files.
    """
    cues = lexicon.compiled("statements.words_targets", _compile)
    for first, last in spans:
        objects: list[tuple[int, int]] = []
        """Where relations stand: an indicator in one is what another is compared with."""
        for cue in cues.any.finditer(folded, first, last):
            objects.append(cue.span())
            start = max(first, max(folded.rfind(mark, first, cue.start()) for mark in "，；。！？：:\n") + 1)
            if _figure_between(taken, start, cue.end()):
                continue
            kind = next(kind for kind, pattern in cues.kinds if pattern.match(folded, cue.start()))
            names = [
                name
                for name, before in _with_before(standards.indicator_pattern.finditer(folded, start, cue.start()))
                if (len(name.group()) > 3 or _whole(folded, name, before))
                and not any(a <= name.start() < b for a, b in objects[-4:-1])
            ]
            if not names and kind == "delegated" and "完成" in cue.group()[:6]:
                inside = [
                    name
                    for name in standards.indicator_pattern.finditer(folded, cue.start(), cue.end())
                    if len(name.group()) > 3 or cues.task.match(folded, name.end())
                ]
                for place, name in enumerate(inside):
                    standard = standards.indicators[name.group()]
                    begin = name.start() if place else cue.start()
                    yield Wording(begin, cue.end(), kind, cue.group(), name.group(), standard.id)
                continue
            if not names or cue.start() - names[-1].end() > 14:
                continue
            # a task may be handed down for several indicators at once; other words speak of the nearest and its list
            for name in names if kind == "delegated" else _listed(names, folded):
                standard = standards.indicators[name.group()]
                yield Wording(name.start(), cue.end(), kind, cue.group(), name.group(), standard.id)
            # 播种面积和产量: a second size of the same thing
            size = cues.size.match(folded, names[-1].end(), cue.start()) if kind == "delegated" else None
            if size:
                second = with_attribute(names[-1].group(), size.group(1), cues.words)
                if second in standards.indicators:
                    yield Wording(size.start(1), cue.end(), kind, cue.group(), second, standards.indicators[second].id)


def unchanged(
    folded: str, spans: list[tuple[int, int]], taken: list[int], standards: Standards, lexicon: Lexicon
) -> Iterator[Wording]:
    """Results in words that state a growth of nothing: `居民消费价格与上年持平`; arguments as for `find`."""
    pattern = lexicon.compiled("statements.words_targets", _compile).unchanged
    for first, last in spans:
        if folded.find("持平", first, last) < 0:
            continue
        for cue in pattern.finditer(folded, first, last):
            start = max(first, max(folded.rfind(mark, first, cue.start()) for mark in "，；。！？：:、\n") + 1)
            if _figure_between(taken, start, cue.end()):
                continue
            names = list(standards.indicator_pattern.finditer(folded, start, cue.start()))
            if not names or names[-1].end() < cue.start():
                continue
            name = names[-1]
            if len(name.group()) < 4 and name.start() > start:
                continue
            standard = standards.indicators[name.group()]
            # 增速持平, 涨幅与上年持平 say that it rises as fast as it did; 涨幅基本持平 that prices do not change
            same_rate = name.group().endswith("速") or (name.group().endswith("幅") and cue["year"] is not None)
            if "growth" in standard.kinds and "%" in standard.units and not same_rate:
                yield Wording(
                    name.start(), cue.end(), "growth", cue.group(), name.group(), standard.id, cue["nearly"] is None
                )


def _listed(names: list[re.Match[str]], folded: str) -> list[re.Match[str]]:
    """The last of several names, with those before it that stand in one list: 能耗、二氧化碳排放进一步下降."""
    first = len(names) - 1
    while first > 0 and _joined(folded, names[first - 1], names[first]):
        first -= 1
    return names[first:]


def _joined(folded: str, before: re.Match[str], name: re.Match[str]) -> bool:
    """Whether two names stand side by side: 能耗和碳排放, 节能降碳."""
    return before.end() == name.start() or _LIST.fullmatch(folded, before.end(), name.start()) is not None


def _with_before(names: Iterator[re.Match[str]]) -> Iterator[tuple[re.Match[str], re.Match[str] | None]]:
    """Each name with the one before it."""
    before = None
    for name in names:
        yield name, before
        before = name


def _whole(folded: str, name: re.Match[str], before: re.Match[str] | None) -> bool:
    """A short name such as 出口 or 投资 must stand alone or in a list of names, not end a longer one."""
    start, end = name.span()
    alone = (
        start == 0 or folded[start - 1] in "，；。：:、\n " or (before is not None and _joined(folded, before, name))
    )
    return alone and folded[end : end + 1] not in (
        "者",
        "商",
        "额",
        "家",
    )


def _figure_between(taken: list[int], start: int, end: int) -> bool:
    at = bisect_right(taken, start - 1)
    return at < len(taken) and taken[at] < end


def _compile(lexicon: Lexicon) -> _Cues:
    rows = lexicon.rows("words_targets")
    return _Cues(
        any=re.compile("|".join(f"(?:{row['pattern']})" for row in rows)),
        kinds=[(row["kind"], re.compile(row["pattern"])) for row in rows],
        task=lexicon.pattern("{task_words}"),
        size=lexicon.pattern("(?:{list_joins}|、)({own_sizes})"),
        unchanged=lexicon.pattern(
            "(?:指数|总水平)?(?:同比|总体|(?P<year>(?:与|和|同|跟){year_before}))?(?:水平)?(?P<nearly>{nearly})?持平"
        ),
        words=clause_cues(lexicon),
    )
