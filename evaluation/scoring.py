"""Compares extracted records with labelled ones, by the rules in `docs/codebook.md`, part "Scoring"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from evaluation.gold import Passage, Record

FIELDS = ("value", "kind", "bound", "status", "period", "indicator")
"""What is compared once a record has been found."""

FULL = ("value", "kind", "bound", "status", "indicator")
"""What must be right for a full record."""

SAME_PHRASE = 0.6
"""From which similarity on two indicators name the same thing."""

TOLERANCE = Decimal("1e-9")

SAME_UNITS = {
    unit: spellings[0]
    for spellings in (
        ("人", "名", "位"),
        ("百分点", "个百分点"),
        ("%", "％", "百分比"),
        ("元", "圆", "人民币", "元人民币"),
    )
    for unit in spellings
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and the record found for it; one of the two may be missing."""

    passage: Passage
    gold: Record | None
    found: Record | None

    @property
    def wrong(self) -> tuple[str, ...]:
        """The fields that differ; none where one side is missing."""
        if self.gold is None or self.found is None:
            return ()
        return tuple(name for name in FIELDS if not CHECKS[name](self.gold, self.found))


@dataclass(frozen=True)
class Score:
    """The figures of a set of passages."""

    pairs: list[Pair]
    """Labels that count and records that are spurious; labels marked unsure are neither for nor against."""
    misplaced: int
    """Records whose quote does not stand where they say."""

    @cached_property
    def figures(self) -> dict[str, float]:
        """Every figure by its name, in the order of a report."""
        matched = [pair for pair in self.pairs if pair.gold is not None and pair.found is not None]
        missed = sum(pair.found is None for pair in self.pairs)
        spurious = sum(pair.gold is None for pair in self.pairs)
        wrong = [set(pair.wrong) for pair in matched]
        precision = _share(len(matched), len(matched) + spurious)
        recall = _share(len(matched), len(matched) + missed)
        return {
            "gold": len(matched) + missed,
            "precision": precision,
            "recall": recall,
            "f1": _share(2 * precision * recall, precision + recall),
            **{name: _share(sum(name not in fields for fields in wrong), len(matched)) for name in FIELDS},
            "full_record": _share(sum(fields.isdisjoint(FULL) for fields in wrong), len(matched) + missed),
            "misplaced": self.misplaced,
        }

    @property
    def errors(self) -> list[Pair]:
        """The pairs with something wrong."""
        return [pair for pair in self.pairs if pair.gold is None or pair.found is None or pair.wrong]


def score(passages: Iterable[Passage], found: Mapping[str, Sequence[Record]]) -> Score:
    """The figures of what was found, by the id of the passage."""
    pairs: list[Pair] = []
    misplaced = 0
    for passage in passages:
        records = found.get(passage.id, ())
        misplaced += sum(passage.text[r.start : r.end] != r.quote for r in records)
        partners = match(passage.records, records)
        pairs += [
            Pair(passage, gold, records[partners[i]] if i in partners else None)
            for i, gold in enumerate(passage.records)
            if not gold.unsure
        ]
        taken = set(partners.values())
        pairs += [Pair(passage, None, record) for j, record in enumerate(records) if j not in taken]
    return Score(pairs, misplaced)


def match(gold: Sequence[Record], found: Sequence[Record]) -> dict[int, int]:
    """One to one: the pair that shares most characters first; among equals the most alike in length, then the last."""
    candidates = []
    for i, label in enumerate(gold):
        for j, record in enumerate(found):
            shared = min(label.end, record.end) - max(label.start, record.start)
            if shared > 0:
                unlike = abs((label.end - label.start) - (record.end - record.start))
                candidates.append((-shared, unlike, -i, -j))
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(candidates):
        if -i not in partners and -j not in taken:
            partners[-i] = -j
            taken.add(-j)
    return partners


def same_value(gold: Record, found: Record) -> bool:
    """Both ends and the unit are right; of a rank the number alone."""
    return (
        _near(gold.low, found.low)
        and _near(gold.high, found.high)
        and (
            gold.kind == "rank"
            or SAME_UNITS.get(gold.unit or "", gold.unit) == SAME_UNITS.get(found.unit or "", found.unit)
        )
    )


def same_period(gold: Record, found: Record) -> bool:
    """The last year is right."""
    return _last_year(gold.period) == _last_year(found.period)


def same_indicator(gold: Record, found: Record) -> bool:
    """The phrases share enough characters in the same order."""
    if not gold.indicator or not found.indicator:
        return False
    shared = common(gold.indicator, found.indicator)
    return 2 * shared / (len(gold.indicator) + len(found.indicator)) >= SAME_PHRASE


def common(first: str, second: str) -> int:
    """The length of the longest sequence of characters that both hold in this order."""
    lengths = [0] * (len(second) + 1)
    for a in first:
        before = lengths
        lengths = [0]
        for j, b in enumerate(second):
            lengths.append(before[j] + 1 if a == b else max(before[j + 1], lengths[j]))
    return lengths[-1]


def _near(gold: Decimal | None, found: Decimal | None) -> bool:
    if gold is None or found is None:
        return gold is found
    return abs(gold - found) <= TOLERANCE * max(1, abs(gold), abs(found))


def _last_year(period: str | None) -> str | None:
    return period.split("-")[-1] if period else period


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


CHECKS: dict[str, Callable[[Record, Record], bool]] = {
    "value": same_value,
    "kind": lambda gold, found: gold.kind == found.kind,
    "bound": lambda gold, found: gold.bound == found.bound,
    "status": lambda gold, found: gold.status == found.status,
    "period": same_period,
    "indicator": same_indicator,
}
