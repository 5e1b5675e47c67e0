"""Tells which tools a sentence names, and by which words.

A row of `tool_cues.csv` holds words, what must and must not stand in the same clause (`with`, `without`), and a weight;
`A…B` is B with A before it in the clause. A tool is coded when its weights reach 1. Longer words of no tool (`none`)
cover shorter ones, and so does the name of an industry. `plan_target` needs an industry in its member of the clause, and
no other tool there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from saidao.errors import Said
from saidao.lexicon import Lexicon, Row
from saidao.measures.cells import pattern, wrong_words
from saidao.measures.clauses import clauses, segments
from saidao.measures.records import Cue, Industry
from saidao.measures.rules import Rule, holds, rules_of
from saidao.measures.words import Hit

PLAN = "plan_target"
NONE = "none"
_ENOUGH = 0.99


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools and their cues, compiled."""

    rank: dict[str, int]
    """Their order in `tools.csv`."""
    fold: dict[str, str]
    words: list[tuple[str, Rule]]
    drive: re.Pattern[str]
    """Verbs of which one stands before an industry that is made to develop (推动…发展)."""


def tools(lexicon: Lexicon) -> Tools:
    """The lists of `tools.csv` and `tool_cues.csv`."""
    return lexicon.compiled("measures.tools", _compile)


def find(
    text: str,
    hits: Sequence[Hit],
    industries: Sequence[Industry],
    drive: re.Pattern[str],
    titles: Sequence[tuple[int, int, frozenset[str]]] = (),
) -> list[Cue]:
    """The words that give codes of tools, in order; a sentence has the tools that occur among them.

    Args:
        text: the sentence.
        hits: the cues that stand in it.
        industries: the industries that it names.
        drive: `Tools.drive`.
        titles: names of carriers, and the tools that words within them tell.
    """
    if not hits:
        return []
    parts = clauses(text)
    heard: dict[str, float] = {}
    cues: list[Cue] = []
    plans: list[Cue] = []
    # How far the words reach that cover shorter ones: those that begin before `newest`, and those that begin there.
    before = newest = reach = -1
    settled: set[tuple[str, int]] = set()
    names = [(industry.start, industry.end) for industry in industries]
    own_names = [(industry.start, industry.end) for industry in industries if not industry.generic]
    at, last, nearest = 0, len(parts) - 1, 0
    for start, end, rule in hits:
        code = rule.code
        if code == NONE:
            before, newest, reach = _covering(start, end, before, newest, reach)
            continue
        if code == PLAN and not names:
            continue
        if end <= before or end < reach or (end == reach and start > newest):
            continue
        while nearest < len(own_names) and own_names[nearest][1] <= start:
            nearest += 1
        if (
            nearest < len(own_names)
            and own_names[nearest][0] <= start
            and end <= own_names[nearest][1]
            and not rule.inside
        ):
            continue
        if titles and _of_a_title(start, end, code, titles):
            continue
        while at < last and parts[at][1] <= start:
            at += 1
        if (code, at) in settled:
            # The clause has this tool already; its words still cover what they hold (技术创新 in 技术创新中心).
            before, newest, reach = _covering(start, end, before, newest, reach)
            continue
        if not rule.free and not holds(rule, text, start, *parts[at]):
            continue
        cue = Cue(start, end, text[start:end], code)
        if code == PLAN:
            plans.append(cue)
            continue
        if rule.weight >= _ENOUGH:
            settled.add((code, at))
        heard[code] = heard.get(code, 0.0) + rule.weight
        cues.append(cue)
    cues = [cue for cue in cues if heard[cue.code] >= _ENOUGH]
    if any(cue.end > after.start for cue, after in pairwise(cues)):
        cues = [cue for n, cue in enumerate(cues) if not _inside_another(cue, cues[max(0, n - 8) : n + 8])]
    if plans:
        cues += _plans(text, plans, cues, names, parts, drive)
    return sorted(dict.fromkeys(cues)) if len(cues) > 1 else cues


def _covering(start: int, end: int, before: int, newest: int, reach: int) -> tuple[int, int, int]:
    """How far covering words reach when one more has come; words come in the order of their beginnings."""
    if start > newest:
        return max(before, reach), start, end
    return before, newest, max(reach, end)


def _of_a_title(start: int, end: int, code: str, titles: Sequence[tuple[int, int, frozenset[str]]]) -> bool:
    """Whether a word lies in the name of a carrier that tells only other tools."""
    for s, e, own in titles:  # noqa: SIM110 - asked for every word, and a generator costs three times as much
        if s <= start and end <= e and code not in own:
            return True
    return False


def _inside_another(cue: Cue, cues: list[Cue]) -> bool:
    """Whether a longer cue of another tool holds this one (技术创新 in 技术创新中心)."""
    length = cue.end - cue.start
    return any(
        other.start <= cue.start and cue.end <= other.end and other.end - other.start > length
        for other in cues
        if other.code != cue.code
    )


def _plans(
    text: str,
    plans: list[Cue],
    cues: list[Cue],
    names: list[tuple[int, int]],
    parts: list[tuple[int, int]],
    drive: re.Pattern[str],
) -> list[Cue]:
    """The verbs that make an industry a priority without any tool beside it."""
    kept = []
    for clause in parts:
        own = [cue for cue in plans if clause[0] <= cue.start < clause[1]]
        inside = [name for name in names if clause[0] <= name[0] < clause[1]]
        if not own or not inside:
            continue
        members = segments(text, *clause)
        for cue in own:
            start, end = _reach(cue, members, own)
            if not any(start <= name[0] for name in inside):
                continue
            # 大数据产业高速发展 reports; 推动大数据产业发展 makes it a priority.
            if inside[-1][0] < cue.start and not drive.search(text, clause[0], inside[0][0]):
                continue
            if not any(start <= other.start < end for other in cues):
                kept.append(cue)
    return kept


def _reach(cue: Cue, members: list[tuple[int, int]], plans: list[Cue]) -> tuple[int, int]:
    """The members of an enumeration that a verb governs: its own, and those behind it that have no verb themselves."""
    start, end = 0, 0
    for member in members:
        if member[0] <= cue.start < member[1]:
            start, end = member
        elif start < end <= member[0]:
            if any(member[0] <= other.start < member[1] for other in plans):
                break
            end = member[1]
    return start, end


def wrong(row: Row) -> Said | None:
    """What else is wrong with a row of `tool_cues.csv`, beside what `schemas.csv` says."""
    if not -5 <= float(row.get("weight") or 1) <= 5:
        return Said(
            "lexicon.in_column", {"column": "weight", "fault": Said("lexicon.bad_weight", {"cell": row["weight"]})}
        )
    return wrong_words(row)


def _compile(lexicon: Lexicon) -> Tools:
    rows = lexicon.rows("tools")
    order = tuple(row["id"] for row in rows)

    entries = rules_of(lexicon.rows("tool_cues", wrong), "tool", lexicon)
    fold = {row["id"]: row["fold"] or row["id"] for row in rows}
    # Words of no tool come first at their place, so that they cover what else begins there.
    entries.sort(key=lambda entry: entry[1].code != NONE)
    drive = pattern("{drive}", lexicon)
    assert drive is not None
    rank = {code: number for number, code in enumerate(order)}
    return Tools(rank, fold, entries, drive)
