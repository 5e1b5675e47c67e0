"""A matrix as a heat map: rows, columns and cells with their shades, each cell leading to the sentences it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from saidao.analyses.tree import UNLISTED
from saidao.outputs.tables import Record
from saidao.web.grid import Mark, shades
from saidao.web.site import View, short

COLUMNS = 30
"""Columns of a heat map unless more are asked for."""


@dataclass(frozen=True, slots=True)
class Heat:
    """The map: columns as (id, name), rows as (record that names the region, cells by column)."""

    columns: list[tuple[str, str]]
    rows: list[tuple[Record, dict[str, tuple[Record, int | None]]]]
    left: int
    """Columns that were left out."""


def heat(view: View, cells: Sequence[Record], year: int, key: str, value: str, most: int, order: Sequence[str]) -> Heat:
    """The heat map of a year's cells.

    Args:
        view: for the names.
        cells: the records of a matrix.
        year: the year.
        key: `industry_id` or `tool`: what the columns are.
        value: the column of the records that the shades tell.
        most: columns at most.
        order: ids of the columns, the most named first.
    """
    now = [cell for cell in cells if cell["year"] == year and cell[count_of(cell)]]
    kind = "tool" if key == "tool" else "industry"
    shown = [id for id in order if any(cell[key] == id for cell in now)]
    kept = shown[:most]
    marks = [_mark(cell, value) for cell in now if cell[key] in set(kept)]
    shade, _ = shades(marks)
    rows: dict[str, tuple[Record, dict[str, tuple[Record, int | None]]]] = {}
    for cell in now:
        row = rows.setdefault(cell["adcode"], (cell, {}))
        if cell[key] in kept and cell[value] is not None:
            row[1][cell[key]] = (cell, shade(Decimal(cell[value])))
    names = [(id, view.say.value(kind, id)) for id in kept]
    return Heat(names, [rows[code] for code in sorted(rows)], len(shown) - len(kept))


def count_of(cell: Record) -> str:
    """The column that counts a cell's mentions."""
    return "measures" if "measures" in cell else "mentions"


def order_of(cells: Sequence[Record], key: str) -> list[str]:
    """The ids of the columns, the most named first."""
    counts: dict[str, int] = {}
    for cell in cells:
        counts[cell[key]] = counts.get(cell[key], 0) + cell[count_of(cell)]
    counts.pop(UNLISTED, None)  # what no row of the data file names is not one industry
    return sorted(counts, key=lambda id: (-counts[id], id))


def marks(view: View, cells: Sequence[Record], value: str, address: Any) -> list[Mark]:
    """The cells of one column as marks for the grid of tiles."""
    made = []
    for cell in cells:
        number = cell[value]
        text = "" if number is None else short(number)
        place = view.say.place(cell["adcode"], cell["region"])
        made.append(
            Mark(cell["adcode"], cell["region"], None if number is None else Decimal(number), text, text,
                 address(cell), f"{place}: {text}")
        )  # fmt: skip
    return made


def _mark(cell: Record, value: str) -> Mark:
    number = None if cell[value] is None else Decimal(cell[value])
    return Mark(cell["adcode"], cell["region"], number, "", "", None, "")
