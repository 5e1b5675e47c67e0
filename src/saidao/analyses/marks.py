"""Labels of scope words and hedges that change what a figure counts for: `over` in `scopes.csv`, `class` in `hedges.csv`."""

from __future__ import annotations

from dataclasses import dataclass

from saidao.lexicon import Lexicon, load


@dataclass(frozen=True, slots=True)
class Marks:
    """The labels, by what they do."""

    sums: frozenset[str]
    """The figure is a sum over several years: 累计."""
    averages: frozenset[str]
    """The figure holds for each of several years: 年均."""
    better: frozenset[str]
    """More than the figure is wanted: 努力争取更好结果."""
    stretch: frozenset[str]
    """The figure is what one strives for beside a plain target: 力争."""


def marks(lexicon: Lexicon | None = None) -> Marks:
    """The labels of the shipped files, or of a lexicon."""
    return (lexicon or load()).compiled("analyses.marks", _compile)


def _compile(lexicon: Lexicon) -> Marks:
    def labels(name: str, column: str, value: str) -> frozenset[str]:
        return frozenset(row["label"] for row in lexicon.rows(name) if row[column] == value)

    return Marks(
        sums=labels("scopes", "over", "sum"),
        averages=labels("scopes", "over", "average"),
        better=labels("hedges", "class", "better"),
        stretch=labels("hedges", "class", "stretch"),
    )
