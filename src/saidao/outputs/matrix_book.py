"""The matrix as a workbook: heat-coloured sheets whose numbers lead to their sentences, long rows, and the evidence."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import IO, Any, Protocol

from saidao.errors import UsageError
from saidao.outputs.matrix import columns, ordered
from saidao.outputs.messages import Messages
from saidao.outputs.spreadsheet import CELL, ROWS
from saidao.outputs.tables import Record
from saidao.outputs.texts import plain_cell

LINKS = 60_000
"""Links that a sheet gets; a spreadsheet opens no more than 65,530."""

_PARTS = ("cells", "crowding", "similarity", "gaps", "evidence")


class _Matrix(Protocol):
    by: str
    cells: list[Record]
    gaps: list[Record]
    shown_years: list[int]

    def part(self, name: str) -> tuple[list[Record], tuple[str, ...]]:
        """A part's records and columns."""


def write(found: _Matrix, out: IO[bytes], say: Messages) -> None:
    """Writes the workbook. The same matrix gives the same file.

    Args:
        found: see `saidao.analyses.matrix.Matrix`; its evidence must have been asked for.
        out: a binary file.
        say: the language of headings.

    Raises:
        UsageError: a part has more rows than a sheet holds.
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    book.set_properties({"created": datetime.datetime(2000, 1, 1)})
    styles = _styles(book)
    reading = [book.add_worksheet(say("matrix.sheet_matrix", year=year)) for year in found.shown_years]
    places: dict[tuple[Any, ...], int] = {}
    for part in _PARTS:
        rows, names = found.part(part)
        if rows or part == "cells":
            sheet = book.add_worksheet(say(f"matrix.sheet_{part}"))
            _long(sheet, rows, names, styles, say)
            if part == "evidence":
                for n, record in enumerate(rows, 2):
                    places.setdefault(_key(record, found.by), n)
    for sheet, year in zip(reading, found.shown_years, strict=True):
        _reading(sheet, found, year, places, styles, say)
    book.close()


def _styles(book: Any) -> dict[str, Any]:
    line = {"border": 1, "border_color": "#E3E7EB", "valign": "vcenter"}
    styles = {
        "title": {"bold": True, "font_size": 14},
        "note": {"italic": True, "font_color": "#566573"},
        "head": {"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "valign": "vcenter", "text_wrap": True},
        "across": {**line, "bold": True, "bg_color": "#E8EEF4", "rotation": 60, "valign": "bottom"},
        "place": {**line, "bold": True},
        "cell": {**line, "align": "center", "font_color": "#222222"},
        "missing": {**line, "bg_color": "#E5E7E9", "font_color": "#808B96", "align": "center"},
        "text": {"valign": "top"},
        "wrapped": {"valign": "top", "text_wrap": True},
        "whole": {"valign": "top", "num_format": "#,##0"},
        "year": {"valign": "top", "num_format": "0"},
        "fraction": {"valign": "top", "num_format": "0.00##"},
    }
    return {name: book.add_format(style) for name, style in styles.items()}


def _key(record: Record, by: str) -> tuple[Any, ...]:
    """Which cell a record of the evidence belongs to."""
    if by == "industry-tool":
        return (record["level"], record["year"], record["industry_id"], record["tool"])
    return (record["adcode"], record["year"], record["tool" if by == "region-tool" else "industry_id"])


def _long(sheet: Any, rows: list[Record], names: tuple[str, ...], styles: dict[str, Any], say: Messages) -> None:
    if len(rows) > ROWS:
        raise UsageError("output.too_many_rows", rows=f"{ROWS:,}")
    shown = columns(names)
    sheet.freeze_panes(1, 1)
    for at, column in enumerate(shown):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.title(say), styles["head"])
    for n, record in enumerate(rows, 1):
        for at, column in enumerate(shown):
            value = column.shown(say, record.get(column.name))
            if isinstance(value, Decimal):
                sheet.write_number(n, at, float(value), styles["fraction"])
            elif isinstance(value, int):
                sheet.write_number(n, at, value, styles["year" if column.name == "year" else "whole"])
            elif value:
                text = plain_cell(value)
                sheet.write_string(n, at, text[:CELL], styles["wrapped" if column.kind == "sentence" else "text"])
    sheet.autofilter(0, 0, max(len(rows), 1), len(shown) - 1)


def _reading(
    sheet: Any, found: _Matrix, year: int, places: dict[tuple[Any, ...], int], styles: dict[str, Any], say: Messages
) -> None:
    across = "industry" if found.by == "region-industry" else "tool"
    key, value = ("industry_id", "mentions") if across == "industry" else ("tool", "measures")
    down = "industry_id" if found.by == "industry-tool" else "adcode"
    cells = [cell for cell in found.cells if cell["year"] == year and cell[value]]
    items = ordered(cells, across)
    names = {cell[down]: cell["region"] if down == "adcode" else say.value("industry", cell[down]) for cell in cells}
    gaps = {g["adcode"]: g["region"] for g in found.gaps if g["reason"] == "no_report" and g["year"] == year}
    if down == "adcode":
        rows = sorted(names | gaps)
    else:
        gaps, rows = {}, list(names)
    kind = {"region-industry": "", "region-tool": "_tools", "industry-tool": "_industries"}[found.by]
    sheet.write_string(0, 0, say(f"matrix.chart_title{kind}", year=year), styles["title"])
    sheet.write_string(1, 0, say("matrix.book_note"), styles["note"])
    sheet.set_row(2, 90)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, max(len(items), 1), 5.5)
    sheet.freeze_panes(3, 1)
    first = columns((down if down == "industry_id" else "region",))[0]
    sheet.write_string(2, 0, first.title(say), styles["head"])
    for at, item in enumerate(items, 1):
        sheet.write_string(2, at, say.value(across, item), styles["across"])
    along = {item: at for at, item in enumerate(items, 1)}
    place = {row: n for n, row in enumerate(rows, 3)}
    for row, n in place.items():
        sheet.write_string(n, 0, names.get(row) or gaps[row], styles["place"])
        if row in gaps and row not in names:
            for at in along.values():
                sheet.write_blank(n, at, None, styles["missing"])
            sheet.write_string(n, 1, say.label("reason.no_report"), styles["missing"])
    link, links = say("matrix.sheet_evidence"), 0
    for cell in cells:
        n, at = place[cell[down]], along[cell[key]]
        to = places.get(_key(cell, found.by))
        if to is not None and links < LINKS:
            sheet.write_url(n, at, f"internal:'{link}'!A{to}", styles["cell"])
            links += 1
        # the number takes the place of the link's text; the link stays
        sheet.write_number(n, at, cell[value], styles["cell"])
    if rows and items:
        sheet.conditional_format(3, 1, 2 + len(rows), len(items), {
            "type": "2_color_scale", "min_color": "#FFF8F3", "max_color": "#D9692B", "max_type": "percentile", "max_value": 98,
        })  # fmt: skip
