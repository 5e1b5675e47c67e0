"""Judges a promise by its result: met, beaten, missed, or not comparable, and says why.

A bound is judged by its meaning. At least (以上): met from the figure on, beaten beyond it by more than nothing. About (左右):
met within the tolerance of `tolerances.csv`. At most (以内): met up to the figure. A range: met within it. A relation
(与经济增长同步, 高于全国) is judged with the other figure. Words alone are not comparable.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from saidao.analyses.evidence import Evidence
from saidao.analyses.lines import Line
from saidao.analyses.units import Units, based, units
from saidao.errors import LexiconError
from saidao.lexicon import Lexicon

OUTCOMES = ("beaten", "met", "missed", "not_comparable", "open")
REASONS = ("no_result", "other_measure", "other_unit", "scope_differs", "in_words", "no_other_figure", "only_a_bound",
           "no_report", "not_due")  # fmt: skip

_PRICES = "prices"


@dataclass(frozen=True, slots=True)
class Value:
    """A figure that a target is held against."""

    low: Decimal
    high: Decimal
    bound: str
    unit: str | None

    @property
    def middle(self) -> Decimal:
        """One number for it."""
        return self.low if self.low == self.high else (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a promise."""

    outcome: str
    reason: str | None = None
    gap: Decimal | None = None
    """Result less the nearest figure of the promise, in the target's unit; of a relation, less the other figure."""
    other: Decimal | None = None
    """The other figure of a relation."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Tolerances, relations and the bases that make figures comparable."""

    tolerances: dict[str, tuple[str, Decimal]]
    relations: list[tuple[re.Pattern[str], str, str]]
    bases: dict[str, str]
    units: Units

    def tolerance(self, measure: str, figure: Decimal) -> Decimal:
        """How far a result may lie from a figure with 左右, in the figure's unit."""
        kind, value = self.tolerances.get(measure, ("points", Decimal()))
        return value if kind == "points" else abs(figure) * value

    def relation(self, wording: str) -> tuple[str, str] | None:
        """Relation and other figure that a target in words names; None where it cannot be judged."""
        return next(((how, other) for pattern, how, other in self.relations if pattern.search(wording)), None)

    def basis(self, scopes: frozenset[str], kind: str) -> frozenset[str]:
        """The scope words of a basis: `budget`, `prices`, `coverage`."""
        return frozenset(scope for scope in scopes if self.bases.get(scope) == kind)


def rules(lexicon: Lexicon) -> Rules:
    """The rules of `tolerances.csv`, `relations.csv` and `scopes.csv`."""
    return lexicon.compiled("analyses.rules", _compile)


def comparable(target: frozenset[str], result: frozenset[str], line: Line, found: Rules) -> bool:
    """Whether two scopes let figures be compared: growth of output is always real, so price words do not matter there."""
    kinds = {*found.bases.values()} - ({_PRICES} if line.real else set())
    return all(found.basis(target, kind) == found.basis(result, kind) for kind in kinds)


def judge(
    target: Evidence,
    result: Value | None,
    line: Line,
    measure: str,
    found: Rules,
    other: Callable[[str], Decimal | None],
) -> Verdict:
    """Judges a target.

    Args:
        target: the promise.
        result: what was reported, in the target's measure; None if nothing was.
        line: the indicator.
        measure: what is measured.
        found: the rules.
        other: gives the figure that a relation names, by the word for it.
    """
    if result is None:
        return Verdict("not_comparable", "no_result")
    if target.low is None or target.high is None:
        return _by_words(target, result, line, found, other)
    lowest, unit = based(target.low, target.unit, found.units)
    highest, _ = based(target.high, target.unit, found.units)
    value, other_unit = based(result.middle, result.unit, found.units)
    if unit != other_unit:
        return Verdict("not_comparable", "other_unit")
    if result.bound in ("ge", "le") and not _decides(target.bound, lowest, highest, value, result.bound):
        return Verdict("not_comparable", "only_a_bound")
    room = found.tolerance(measure, highest) if target.bound == "approx" else Decimal()
    verdict = _placed(value, lowest, highest, room, target.bound or "eq", line.better)
    factor = based(Decimal(1), target.unit, found.units)[0]
    return verdict if verdict.gap is None else replace(verdict, gap=verdict.gap / factor)


def _placed(value: Decimal, lowest: Decimal, highest: Decimal, room: Decimal, bound: str, better: str) -> Verdict:
    """Where a result lies: short of the promise, within it, beyond it."""
    if better == "near":
        gap = min((value - lowest, value - highest), key=abs) if not lowest <= value <= highest else Decimal()
        return Verdict("met" if abs(gap) <= room else "missed", gap=gap)
    sign = 1 if better == "more" else -1
    floor, ceiling = (lowest, highest) if sign > 0 else (-highest, -lowest)
    reached = sign * value
    if reached < floor - room:
        return Verdict("missed", gap=sign * (reached - floor))
    # a ceiling is kept, not beaten: to stay below 5.5% is what was promised
    beaten = reached > ceiling + room and better != "ceiling" and not (better == "less" and bound == "le")
    return Verdict("beaten" if beaten else "met", gap=sign * (reached - (ceiling if reached > ceiling else floor)))


def _decides(promised: str | None, lowest: Decimal, highest: Decimal, value: Decimal, bound: str) -> bool:
    """Whether a result given as a bound (超过1000亿元) is enough to judge."""
    if bound == "ge":
        return value >= lowest and promised in ("ge", "eq", "approx")
    return value <= highest and promised in ("le", "eq", "approx")


def _by_words(
    target: Evidence, result: Value, line: Line, found: Rules, other: Callable[[str], Decimal | None]
) -> Verdict:
    relation = found.relation(target.wording or "")
    if relation is None:
        return Verdict("not_comparable", "in_words")
    how, name = relation
    figure = Decimal() if name == "zero" else other(name)
    if figure is None:
        return Verdict("not_comparable", "no_other_figure")
    gap = result.middle - figure
    room = found.tolerance("in_step", figure) if how == "in_step" else Decimal()
    if how == "in_step":
        outcome = "met" if abs(gap) <= room else "beaten" if (gap > 0) == (line.better == "more") else "missed"
    elif how == "below":
        outcome = "met" if gap < 0 else "missed"
    else:
        outcome = "met" if gap > 0 or (gap == 0 and how == "at_least") else "missed"
    return Verdict(outcome, gap=gap, other=figure)


def _compile(lexicon: Lexicon) -> Rules:
    tolerances = {}
    for row in lexicon.rows("tolerances"):
        if row["kind"] not in ("points", "relative"):
            raise LexiconError("lexicon.bad_tolerance", id=row["id"], kind=row["kind"])
        tolerances[row["id"]] = (row["kind"], Decimal(row["value"]))
    return Rules(
        tolerances=tolerances,
        relations=[(re.compile(row["pattern"]), row["relation"], row["other"]) for row in lexicon.rows("relations")],
        bases={row["label"]: row["basis"] for row in lexicon.rows("scopes") if row["basis"]},
        units=units(lexicon),
    )
