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
from saidao.statements.standards import Standards


@dataclass(frozen=True, slots=True)
class Wording:
    """A target in words."""

    start: int
    end: int
    kind: str
    wording: str
    indicator: str
    indicator_id: str


@dataclass(frozen=True, slots=True)
class _Cues:
    any: re.Pattern[str]
    kinds: list[tuple[str, re.Pattern[str]]]


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
        for cue in cues.any.finditer(folded, first, last):
            start = max(first, max(folded.rfind(mark, first, cue.start()) for mark in "，；。！？：:\n") + 1)
            if _figure_between(taken, start, cue.end()):
                continue
            kind = next(kind for kind, pattern in cues.kinds if pattern.match(folded, cue.start()))
            names = [
                name
                for name in standards.indicator_pattern.finditer(folded, start, cue.start())
                if len(name.group()) > 3 or _whole(folded, name.start(), name.end())
            ]
            if not names and cue.group().startswith("完成"):
                inside = standards.indicator_pattern.search(folded, cue.start(), cue.end())
                if inside:
                    standard = standards.indicators[inside.group()]
                    yield Wording(cue.start(), cue.end(), kind, cue.group(), inside.group(), standard.id)
                continue
            if not names or cue.start() - names[-1].end() > 14:
                continue
            # a task may be handed down for several indicators at once; other words speak of the nearest
            for name in names if kind == "delegated" else names[-1:]:
                standard = standards.indicators[name.group()]
                yield Wording(name.start(), cue.end(), kind, cue.group(), name.group(), standard.id)


def _whole(folded: str, start: int, end: int) -> bool:
    """A short name such as 出口 or 投资 must stand alone, not end a longer one."""
    return (start == 0 or folded[start - 1] in "，；。：:、\n ") and folded[end : end + 1] not in (
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
    )
