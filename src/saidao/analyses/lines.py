"""What stands in a line of the round-up: standard indicators, their measures, and which way is better."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from saidao.errors import LexiconError
from saidao.lexicon import Lexicon, Row, variants

IN_WORDS = frozenset(("relation", "delegated", "text"))
"""Kinds of statements that carry no figure."""

_BETTER = frozenset(("more", "less", "near", "ceiling"))
_LEVEL, _GROWTH, _SHARE, _DELTA = "level", "growth", "share", "delta"
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A standard indicator as the round-up counts it."""

    id: str
    row: str
    """Id of the indicator under which it is counted."""
    indicator: str
    """Standard name of that indicator, in Chinese."""
    order: int
    """Place among the core indicators, from 1; 0 for the others."""
    measures: tuple[str, ...]
    """Measures it may have, the usual one first; empty: any."""
    flow: bool
    """Whether a number newly added is the level of the year."""
    as_growth: frozenset[str]
    """Kinds that are growth here, whatever noun they go by."""
    better: str
    """`more`, `less`, `near`, or `ceiling`: less is kept, but no better."""
    real: bool
    """Whether its growth is always told in constant prices."""
    over_years: str
    """What a figure for a span of years is, unless the text says: `total` of the rates, `sum` of the numbers, or ""."""

    def measure(self, kind: str) -> str | None:
        """The measure of a statement of this kind: level, growth, share, delta; "" in words; None where it has none."""
        if kind in IN_WORDS:
            return ""
        if kind == _DELTA and self.flow:
            kind = _LEVEL
        if kind in self.as_growth:
            kind = _GROWTH
        if kind not in (_LEVEL, _GROWTH, _SHARE, _DELTA):
            return None
        return kind if not self.measures or kind in self.measures else None


def lines(lexicon: Lexicon) -> dict[str, Line]:
    """All standard indicators, by id."""
    return lexicon.compiled("analyses.lines", _lines)


def core(lexicon: Lexicon) -> list[Line]:
    """The indicators of the yearly table, in its order."""
    return sorted((line for line in lines(lexicon).values() if line.order), key=lambda line: line.order)


def vague(name: str | None, measure: str) -> bool:
    """Whether a name is too short to mean the whole by itself: 投资 may be that of a single project.

    With a growth rate such names are the usual short forms (经济增长5%, 投资增长6%).
    """
    return measure not in ("", _GROWTH) and len(name or "") <= _SHORT


def middle(low: Decimal, high: Decimal) -> Decimal:
    """The figure that stands for a range where one number is needed."""
    return low if low == high else (low + high) / 2


def _lines(lexicon: Lexicon) -> dict[str, Line]:
    names = {row["id"]: row["zh"] for row in lexicon.rows("indicators")}
    special = {row["id"]: row for row in lexicon.rows("round_up")}
    for id, row in special.items():
        for name in (id, row["row"]):
            if name and name not in names:
                raise LexiconError("lexicon.no_indicator", id=id, name=name)
        if row["better"] not in _BETTER:
            raise LexiconError("lexicon.bad_better", id=id, names=", ".join(sorted(_BETTER)))
        if row["order"] and not row["order"].isdigit():
            raise LexiconError("lexicon.bad_order", id=id)
    plain: Row = {
        "row": "",
        "order": "",
        "measures": "",
        "flow": "",
        "as_growth": "",
        "better": "more",
        "real": "",
        "over_years": "",
    }
    found = {}
    for id in names:
        row = special.get(id, plain)
        found[id] = Line(
            id=id,
            row=row["row"] or id,
            indicator=names[row["row"] or id],
            order=int(row["order"] or 0),
            measures=tuple(variants(row["measures"])),
            flow=bool(row["flow"]),
            as_growth=frozenset(variants(row["as_growth"])),
            better=row["better"],
            real=bool(row["real"]),
            over_years=row["over_years"],
        )
    return found
