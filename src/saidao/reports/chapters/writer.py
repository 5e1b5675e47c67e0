"""What chapters share: words, figures that lead to their sentences, names of regions."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from saidao.models import POINTS
from saidao.outputs.figures import ARROWS, figure
from saidao.outputs.tables import Record
from saidao.reports.blocks import Cell, Listing, Piece, text
from saidao.reports.facts import Facts
from saidao.reports.words import ReportWords
from saidao.store.quotes import Place
from saidao.web.grid import Mark, Tell

STYLES = {"raised": "good", "cut": "bad", "dropped": "bad", "new": "new", "reworded": "new", "held": "soft",
          "beaten": "good", "met": "good", "missed": "bad"}  # fmt: skip
LONGEST = 40
"""Characters of a target in words that a cell shows."""


class Writer:
    """Writes cells.

    Args:
        facts: what is told.
        say: in which words.
    """

    def __init__(self, facts: Facts, say: ReportWords) -> None:
        self.facts = facts
        self.say = say
        self.listings: dict[str, Listing] = {}

    @property
    def year(self) -> int:
        """The year of the report."""
        return self.facts.year

    def place(self, record: Record) -> str:
        """The name of a record's region."""
        return self.say.place(record["adcode"], record["region"])

    def figure(self, record: Record, prefix: str = "", *, named: str | None = None) -> Cell:
        """A figure that leads to its sentence.

        Args:
            record: what holds it.
            prefix: which of its figures.
            named: the prefix of its place, where that differs.
        """
        told = cut(figure(record, self.say, prefix))
        if not told:
            return text("—", "soft")
        return (Piece(told, self.places(record, prefix if named is None else named)),)

    def places(self, record: Record, prefix: str = "") -> tuple[Place, ...]:
        """Where a record's figure stands."""
        document, start, end = (record.get(f"{prefix}{name}") for name in ("document", "start", "end"))
        return () if document is None or start is None or end is None else (Place(document, start, end),)

    def change(self, record: Record) -> Cell:
        """What became of a target, as a sign and a word."""
        change = record["change"]
        if not change:
            return ()
        return (Piece(f"{ARROWS[change]} {self.say.label(f'change.{change}')}", style=STYLES.get(change, "")),)

    def short(self, id: str) -> str:
        """The short name of an indicator."""
        return self.say.label(f"short.{id}", self.say.indicator(id) or id)

    def measured(self, value: Decimal | None, unit: str | None) -> str:
        """A number in its unit."""
        if value is None:
            return "—"
        if unit in ("%", POINTS):
            value = value.quantize(Decimal("0.01"))
        elif value:
            digits = Decimal(10) ** (value.adjusted() - 3)
            value = (value / digits).to_integral_value() * digits
        return figure({"low": value, "high": value, "unit": unit, "bound": "eq"}, self.say)

    def teller(self, unit: str | None) -> Tell:
        """Writes figures of a unit."""
        return lambda value: figure({"low": value, "high": value, "unit": unit, "bound": "eq"}, self.say)

    def marks(self, records: list[Record]) -> tuple[list[tuple[Mark, Place | None]], str | None]:
        """The targets of an indicator as marks with their places, and the unit that most of them have."""
        units = Counter(r["unit"] for r in records if r["low"] is not None)
        unit = units.most_common(1)[0][0] if units else None
        found: list[tuple[Mark, Place | None]] = []
        for record in records:
            told = figure(record, self.say)
            if record["role"] != "target" or not told:
                continue
            value = (
                (record["low"] + record["high"]) / 2 if record["low"] is not None and record["unit"] == unit else None
            )
            bare = figure(record | {"bound": "eq"}, self.say)
            place = next(iter(self.places(record)), None)
            title = f"{self.place(record)} {told}"
            found.append((Mark(record["adcode"], record["region"], value, told, bare, None, title), place))
        return found, unit

    def listing(self, id: str, title: str, places: list[Place], count: int | None = None) -> Piece:
        """A number that leads to the list of the sentences it counts."""
        self.listings[id] = Listing(id, title, tuple(dict.fromkeys(places)))
        return Piece(f"{len(places) if count is None else count:,}", listing=id if places else None)


def cut(told: str, longest: int = LONGEST) -> str:
    """A text that is not longer than a cell bears."""
    return told if len(told) <= longest else told[: longest - 1] + "…"


def capital(told: str) -> str:
    """A text that begins with a capital letter, where it begins with one that has any."""
    return told[:1].upper() + told[1:]
