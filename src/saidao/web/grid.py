"""The tile grid of the provinces and the distribution of their figures, as shapes that a template draws.

How figures are put in classes is a matter of drawing: with six different figures or fewer each has a shade of its own,
else five classes hold about as many regions each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from saidao.lexicon import load
from saidao.web.words import Words, tiles

CLASSES = 5

Tell = Callable[[Decimal], str]
"""Writes a figure."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One region's figure: as a number to place it, as a text, and where it stands."""

    adcode: str
    region: str
    value: Decimal | None
    text: str
    short: str
    """The figure alone, for a small place."""
    href: str | None
    title: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A tile: its place in the grid, its name, its figure and its shade (0 to 4; None where there is no figure)."""

    column: int
    row: int
    name: str
    mark: Mark | None
    shade: int | None


@dataclass(frozen=True, slots=True)
class Grid:
    """The tiles and the classes of their shades: the figures from and to as texts."""

    tiles: list[Drawn]
    classes: list[tuple[int, str, str]]
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Dot:
    """A region in the distribution: its place across (0 to 1) and how many stand below it."""

    x: float
    level: int
    mark: Mark
    shade: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """All dots, the highest pile, and the figures that the axis names, each with its place."""

    dots: list[Dot]
    highest: int
    ticks: list[tuple[float, str]]


def grid(marks: Sequence[Mark], words: Words, tell: Tell) -> Grid:
    """The grid of the provinces; `tell` writes the figures of the legend."""
    layout = load().compiled("web.tiles", tiles)
    by_code = {mark.adcode: mark for mark in marks}
    shade_of, bounds = shades(marks)
    drawn = []
    for tile in layout.values():
        mark = by_code.get(tile.adcode)
        shade = shade_of(mark.value) if mark is not None and mark.value is not None else None
        name = tile.zh if words.language == "zh" else tile.en
        drawn.append(Drawn(tile.column, tile.row, name, mark, shade))
    classes = [(shade, tell(low), tell(high)) for shade, low, high in bounds]
    columns, rows = (max(getattr(t, name) for t in layout.values()) + 1 for name in ("column", "row"))
    return Grid(drawn, classes, columns, rows)


def distribution(marks: Sequence[Mark], tell: Tell, slots: int = 36) -> Distribution | None:
    """The figures as dots above their axis, those close together in one pile; None with less than two figures."""
    known = sorted((m for m in marks if m.value is not None), key=lambda m: (m.value or 0, m.adcode))
    values = [m.value for m in known if m.value is not None]
    if len(set(values)) < 2:
        return None
    low, high = values[0], values[-1]
    shade_of, _ = shades(marks)
    piles: dict[int, int] = {}
    dots = []
    for mark, value in zip(known, values, strict=True):
        slot = round(float((value - low) / (high - low)) * (slots - 1))
        dots.append(Dot(slot / (slots - 1), piles.get(slot, 0), mark, shade_of(value)))
        piles[slot] = piles.get(slot, 0) + 1
    ticks: list[tuple[float, str]] = []
    for value in sorted(set(values)):
        at = float((value - low) / (high - low))
        if not ticks or (at - ticks[-1][0] >= 0.11 and (value == high or 1 - at >= 0.11)):
            ticks.append((at, tell(value)))
    return Distribution(dots, max(piles.values()), ticks)


def shades(marks: Sequence[Mark]) -> tuple[Callable[[Decimal], int], list[tuple[int, Decimal, Decimal]]]:
    """Which shade a figure has, and the classes: their shade, smallest and greatest figure."""
    values = sorted(mark.value for mark in marks if mark.value is not None)
    different = sorted(set(values))
    if len(different) <= CLASSES:
        spread = {1: [2], 2: [1, 3], 3: [0, 2, 4], 4: [0, 1, 3, 4]}.get(len(different), list(range(CLASSES)))
        shade = dict(zip(different, spread, strict=True)) if different else {}
        return (lambda value: shade[value]), [(shade[v], v, v) for v in different]
    # the class of a figure is that of its middle place in the order, so that equal figures share a shade
    middle = {value: values.index(value) + (values.count(value) - 1) / 2 for value in different}
    shade = {value: min(CLASSES - 1, int(middle[value] * CLASSES / len(values))) for value in different}
    bounds = []
    for n in range(CLASSES):
        inside = [value for value in different if shade[value] == n]
        if inside:
            bounds.append((n, inside[0], inside[-1]))
    return (lambda value: shade[value]), bounds
