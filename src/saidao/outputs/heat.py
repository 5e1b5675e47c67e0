"""A matrix as a heat map, SVG or PNG: rows by columns, the number in each cell, its share as colour, gaps hatched."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Any, Protocol

from saidao.errors import UsageError
from saidao.outputs import charts
from saidao.outputs.matrix import ordered
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Record

ROWS, COLUMNS = 60, 30
"""Rows of a chart at most, and columns that it shows."""

_CELL, _HEIGHT, _LEFT, _BOTTOM, _RIGHT = 0.36, 0.26, 1.75, 0.75, 0.8
"""Inches: a cell's width and height, and what stands around the cells."""
_HEAD, _SLOPE = 0.75, 0.092
"""Inches: the title, and how high a sloping heading rises for each half width of a character."""
_LIGHT, _DARK = (1.0, 1.0, 1.0), (0.722, 0.275, 0.055)
"""The colour of nothing, and that of the highest share (as targets have in other charts)."""
_LINE, _HATCH, _NOTE, _INK = "#e3e3e3", "#bbbbbb", "#666666", "#222222"


@dataclass(slots=True)
class Heat:
    """What is drawn: numbers and colours by row and column."""

    title: str
    note: str
    rows: list[str]
    columns: list[str]
    numbers: dict[tuple[int, int], int] = field(default_factory=dict)
    strengths: dict[tuple[int, int], float] = field(default_factory=dict)
    """0 to 1."""
    missing: list[int] = field(default_factory=list)
    """Rows without a report."""


class _Matrix(Protocol):
    by: str
    cells: list[Record]
    gaps: list[Record]
    shown_years: list[int]


def write_chart(found: _Matrix, path: str, messages: Messages) -> bool:
    """Draws the latest of the years; whether its words are in the language asked for.

    Raises:
        UsageError: matplotlib is missing, there are too many rows, or the file cannot be written.
    """
    charts.checked(path)
    spoken = charts.language(path, messages)
    drawn = heat(found, spoken)
    if len(drawn.rows) > ROWS:
        raise UsageError("matrix.chart_rows", most=ROWS, count=len(drawn.rows))
    charts.save(path, lambda: _figure(drawn))
    return spoken.language == messages.language


def heat(found: _Matrix, say: Messages) -> Heat:
    """The latest year's cells as rows and columns, with the rows of regions without a report."""
    year = found.shown_years[-1]
    across = "industry" if found.by == "region-industry" else "tool"
    key, value = ("industry_id", "mentions") if across == "industry" else ("tool", "measures")
    down = "industry_id" if found.by == "industry-tool" else "adcode"
    cells = [cell for cell in found.cells if cell["year"] == year and cell[value]]
    items = ordered(cells, across)
    shown = items[:COLUMNS]
    if down == "adcode":
        names = {cell["adcode"]: cell["region"] for cell in cells}
        gaps = {
            gap["adcode"]: gap["region"] for gap in found.gaps if gap["reason"] == "no_report" and gap["year"] == year
        }
        rows = sorted(names | gaps)
        labels = [_region(code, names.get(code) or gaps[code], say) for code in rows]
    else:
        gaps = {}
        counts: dict[str, int] = {}
        for cell in cells:
            counts[cell[down]] = counts.get(cell[down], 0) + cell[value]
        rows = sorted(counts, key=lambda id: (-counts[id], id))[:COLUMNS]
        labels = [say.value("industry", id) for id in rows]
    kind = {"region-industry": "", "region-tool": "_tools", "industry-tool": "_industries"}[found.by]
    note = say("matrix.chart_note_tools" if kind else "matrix.chart_note")
    if len(items) > len(shown):
        note += " " + say("matrix.chart_left", shown=len(shown), all=len(items))
    drawn = Heat(say(f"matrix.chart_title{kind}", year=year), note, labels, [say.value(across, id) for id in shown])
    highest = max((float(cell["share"] or 0) for cell in cells if cell[key] in shown), default=1.0) or 1.0
    at, along = {row: n for n, row in enumerate(rows)}, {item: n for n, item in enumerate(shown)}
    for cell in cells:
        if cell[key] in along and cell[down] in at:
            spot = (at[cell[down]], along[cell[key]])
            drawn.numbers[spot] = cell[value]
            drawn.strengths[spot] = (float(cell["share"] or 0) / highest) ** 0.6
    drawn.missing = [at[code] for code in gaps if code in at]
    return drawn


def _region(code: str, name: str, say: Messages) -> str:
    return name if say.language == "zh" else say.value("adcode", code)


def _halves(name: str) -> float:
    """The length of a name in half widths, counted alike on every machine; a Latin letter is narrower than its half."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0.85 for c in name) * 0.5 + 1


def _figure(drawn: Heat) -> Any:
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    rows, columns = len(drawn.rows), len(drawn.columns)
    wide = max(columns * _CELL, 4.5)
    top = _HEAD + _SLOPE * max((_halves(name) for name in drawn.columns), default=0)
    width, height = _LEFT + wide + _RIGHT, top + rows * _HEIGHT + _BOTTOM
    figure = Figure(figsize=(width, height))
    figure.text(0.25 / width, 1 - 0.4 / height, drawn.title, fontsize=13, fontweight="bold")
    figure.text(0.25 / width, 0.3 / height, drawn.note, fontsize=8, color=_NOTE, wrap=True)
    axes = figure.add_axes(
        (_LEFT / width, _BOTTOM / height, columns * _CELL / width, rows * _HEIGHT / height), frameon=False
    )
    axes.set_xlim(0, columns)
    axes.set_ylim(rows, 0)
    for (row, column), strength in drawn.strengths.items():
        colour = tuple(light + (dark - light) * strength for light, dark in zip(_LIGHT, _DARK, strict=True))
        axes.add_patch(Rectangle((column, row), 1, 1, facecolor=colour, edgecolor="none"))
    for row in drawn.missing:
        axes.add_patch(Rectangle((0, row), columns, 1, facecolor="white", edgecolor=_HATCH, hatch="////", linewidth=0))
    for n in range(rows + 1):
        axes.plot([0, columns], [n, n], color=_LINE, linewidth=0.6, zorder=2)
    for n in range(columns + 1):
        axes.plot([n, n], [0, rows], color=_LINE, linewidth=0.6, zorder=2)
    for (row, column), number in drawn.numbers.items():
        ink = "white" if drawn.strengths[row, column] > 0.7 else _INK
        axes.text(column + 0.5, row + 0.54, str(number), ha="center", va="center", fontsize=8, color=ink, zorder=3)
    axes.set_yticks([n + 0.5 for n in range(rows)], drawn.rows, fontsize=8.5)
    axes.set_xticks(
        [n + 0.5 for n in range(columns)], drawn.columns, fontsize=8.5, rotation=45, ha="left", rotation_mode="anchor"
    )
    axes.tick_params(length=0, pad=3, top=False, labeltop=True, bottom=False, labelbottom=False)
    return figure
