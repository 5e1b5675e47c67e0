"""Rules that the data files share: words, and what must and must not stand in the same clause."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from saidao.lexicon import Lexicon, Row, variants
from saidao.measures.cells import pattern, words_of


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to tell a code, once its words stand in the text."""

    code: str
    before: tuple[str, ...]
    """One of these stands earlier in the clause."""
    beside: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    weight: float = 1.0
    inside: bool = False
    """It also counts inside the name of an industry."""
    industry: bool = False
    """An industry named in the clause stands for what `beside` asks for."""
    free: bool = False
    """It asks for nothing."""


def holds(rule: Rule, text: str, start: int, clause_start: int, clause_end: int, named: bool = False) -> bool:
    """Whether what a rule asks for stands in the clause of its words, which begin at `start`.

    `named`: whether the clause names an industry.
    """
    if rule.before:
        for word in rule.before:
            if text.find(word, clause_start, start) >= 0:
                break
        else:
            return False
    if rule.beside is not None and not (rule.industry and named):
        if not rule.beside.search(text, clause_start, clause_end):
            return False
    return rule.unless is None or not rule.unless.search(text, clause_start, clause_end)


def rules_of(rows: Iterable[Row], column: str, lexicon: Lexicon) -> list[tuple[str, Rule]]:
    """Each word of the rows with its rule; `A…B` is B with A before it, `{name}` any word of a set."""
    found: list[tuple[str, Rule]] = []
    for row in rows:
        beside, unless = pattern(row.get("with", ""), lexicon), pattern(row.get("without", ""), lexicon)
        weight, inside = float(row.get("weight") or 1), row.get("inside") == "yes"
        industry = row.get("industry") == "yes"
        # 设立…基金|组建…基金: one rule for 基金, with either verb before it.
        firsts: dict[str, list[str]] = {}
        for word in variants(row["words"]):
            first, gap, last = word.rpartition("…")
            for one in words_of(last, lexicon):
                firsts.setdefault(one if gap else f"…{one}", []).extend(words_of(first, lexicon) if gap else ())
        for last, before in firsts.items():
            free = not before and beside is None and unless is None
            rule = Rule(row[column], tuple(dict.fromkeys(before)), beside, unless, weight, inside, industry, free)
            found.append((last.removeprefix("…"), rule))
    return found
