"""The round-up as a workbook: one sheet to read, one of evidence to which its cells lead, one of what is missing."""

from __future__ import annotations

import datetime
from collections import defaultdict
from decimal import Decimal
from typing import IO, Any, Protocol

from saidao.outputs.figures import figure
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Record

_BLOCK = ("target", "change", "last", "result")
_COUNTS = (
    "regions",
    "raised",
    "held",
    "cut",
    "new",
    "dropped",
    "reworded",
    "approx",
    "ge",
    "le",
    "range",
    "eq",
    "better_result",
)
_MEANS = ("mean", "median", "weighted")
_EVIDENCE = (
    ("region", 14), ("year", 7), ("role", 8), ("indicator", 22), ("measure", 8), ("low", 14), ("high", 14), ("unit", 6),
    ("bound", 8), ("qualitative", 18), ("hedge", 14), ("scope", 14), ("change", 9), ("quote", 18), ("sentence", 80),
    ("disagrees", 20), ("title", 30), ("document", 18), ("start", 8), ("end", 8), ("where", 14),
)  # fmt: skip
_GAPS = (("year", 7), ("region", 14), ("role", 8), ("indicator", 24), ("reason", 16), ("quote", 20), ("period", 11),
         ("section", 14), ("document", 18))  # fmt: skip
_COLOURS = {"raised": "#2C7A4B", "cut": "#B3261E", "new": "#B8460E", "dropped": "#B3261E", "reworded": "#B8460E"}
"""Those of the page and the report."""


class _RoundUp(Protocol):
    cells: list[Record]
    summary: list[Record]
    coverage: list[Record]
    indicators: list[Any]
    shown_years: list[int]
    weights: Any


def write(found: _RoundUp, out: IO[bytes], messages: Messages) -> None:
    """Writes the workbook. The same round-up gives the same file.

    Args:
        found: see `saidao.analyses.round_up.RoundUp`.
        out: a binary file.
        messages: the language of headings.
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    book.set_properties({"created": datetime.datetime(2000, 1, 1)})
    styles = _styles(book)
    reading = [book.add_worksheet(messages("targets.sheet", year=year)) for year in found.shown_years]
    evidence = book.add_worksheet(messages("targets.sheet_evidence"))
    gaps = book.add_worksheet(messages("targets.sheet_gaps"))
    places = _evidence(evidence, found.cells, styles, messages)
    for sheet, year in zip(reading, found.shown_years, strict=True):
        _reading(sheet, found, year, places, styles, messages)
    _plain(gaps, found.coverage, _GAPS, styles, messages)
    book.close()


def _styles(book: Any) -> dict[str, Any]:
    line = {"border": 1, "border_color": "#D5DBE1", "valign": "vcenter"}
    styles = {
        "title": {"bold": True, "font_size": 14},
        "note": {"italic": True, "font_color": "#566573"},
        "head": {**line, "bold": True, "bg_color": "#E8EEF4", "align": "center", "text_wrap": True},
        "place": {**line, "bold": True},
        "cell": {**line, "align": "center", "text_wrap": True},
        "link": {**line, "align": "center", "text_wrap": True, "font_color": "#1F4E79", "underline": 1},
        "under": {**line, "align": "center", "bg_color": "#F6F8FA", "num_format": "#,##0.##;-#,##0.##"},
        "text": {"valign": "top"},
        "wrapped": {"valign": "top", "text_wrap": True},
        "number": {"valign": "top", "num_format": "#,##0.############"},
    }
    styles |= {name: {**line, "align": "center", "font_color": colour} for name, colour in _COLOURS.items()}
    return {name: book.add_format(style) for name, style in styles.items()}


def _evidence(
    sheet: Any, cells: list[Record], styles: dict[str, Any], messages: Messages
) -> dict[tuple[Any, ...], int]:
    """Writes the evidence; gives the row of each cell."""
    rows = [record for record in cells if record["role"] != "dropped"]
    _plain(sheet, rows, _EVIDENCE, styles, messages)
    return {(r["adcode"], r["year"], r["role"], r["indicator_id"], r["measure"]): n for n, r in enumerate(rows, 2)}


def _plain(
    sheet: Any, records: list[Record], columns: tuple[tuple[str, int], ...], styles: dict[str, Any], messages: Messages
) -> None:
    sheet.freeze_panes(1, 1)
    for at, (name, width) in enumerate(columns):
        sheet.set_column(at, at, width)
        sheet.write_string(
            0, at, messages.label("targets.role" if name == "role" else f"column.{name}"), styles["head"]
        )
    for n, record in enumerate(records, 1):
        for at, (name, _) in enumerate(columns):
            value = _value(name, record, messages)
            if isinstance(value, Decimal | int):
                sheet.write_number(n, at, float(value), styles["number" if isinstance(value, Decimal) else "text"])
            elif value:
                sheet.write_string(n, at, str(value), styles["wrapped" if name == "sentence" else "text"])
    sheet.autofilter(0, 0, max(len(records), 1), len(columns) - 1)


def _value(name: str, record: Record, messages: Messages) -> Any:
    value = record.get(name)
    if value is None or value == "":
        return None
    if name == "indicator":
        return messages.indicator(record["indicator_id"])
    if name == "role":
        return messages.label(f"targets.{value}")
    if name == "measure":
        return messages.label(f"kind.{value}", value)
    if name in ("change", "reason"):
        return messages.label(f"{name}.{value}", value)
    if name in ("bound", "section"):
        return messages.value(name, value)
    if name == "where":
        return "·".join(messages.value("type" if n == 0 and ":" in value else "section", part)
                        for n, part in enumerate(value.split(":")))  # fmt: skip
    return ", ".join(value) if isinstance(value, list) else value


def _reading(
    sheet: Any,
    found: _RoundUp,
    year: int,
    places: dict[tuple[Any, ...], int],
    styles: dict[str, Any],
    messages: Messages,
) -> None:
    targets: dict[str, dict[str, Record]] = defaultdict(dict)
    names: dict[str, str] = {}
    results: dict[str, dict[str, Record]] = defaultdict(dict)
    for record in found.cells:
        if record["year"] == year and record["role"] in ("target", "dropped"):
            names[record["adcode"]] = record["region"]
            targets[record["adcode"]].setdefault(record["indicator_id"], record)
        elif record["year"] == year - 1 and record["role"] == "result":
            names[record["adcode"]] = record["region"]
            results[record["adcode"]].setdefault(record["indicator_id"], record)
    used = [line for line in found.indicators if any(line.id in row for row in targets.values())]
    sheet.write_string(0, 0, messages("targets.head", year=year, last=year - 1), styles["title"])
    sheet.write_string(1, 0, messages("targets.book_note"), styles["note"])
    sheet.freeze_panes(4, 1)
    sheet.set_column(0, 0, 18)
    sheet.merge_range(2, 0, 3, 0, messages.label("column.region"), styles["head"])
    for n, line in enumerate(used):
        first = 1 + n * len(_BLOCK)
        sheet.merge_range(2, first, 2, first + len(_BLOCK) - 1, messages.indicator(line.id), styles["head"])
        for at, part in enumerate(_BLOCK):
            titles = {"target": year, "last": year - 1, "result": year - 1}
            title = f"{titles.get(part, '')} {messages.label(f'block.{part}')}".strip()
            sheet.write_string(3, first + at, title, styles["head"])
            sheet.set_column(first + at, first + at, 7 if part == "change" else 13)
    link = messages("targets.sheet_evidence")
    row = 4
    for code in sorted(names):
        sheet.write_string(row, 0, names[code], styles["place"])
        for n, line in enumerate(used):
            _block(sheet, row, 1 + n * len(_BLOCK), targets[code].get(line.id), results[code].get(line.id), places, styles,
                   messages, link)  # fmt: skip
        row += 1
    _under(sheet, row + 1, found, year, used, styles, messages)


def _block(
    sheet: Any, row: int, first: int, target: Record | None, result: Record | None, places: dict[tuple[Any, ...], int],
    styles: dict[str, Any], messages: Messages, link: str,
) -> None:  # fmt: skip
    """Target, change, last target and result of a region, each leading to its sentence."""

    def put(at: int, text: str, key: tuple[Any, ...] | None) -> None:
        to = places.get(key) if key else None
        if text and to is not None:
            sheet.write_url(row, first + at, f"internal:'{link}'!A{to}", styles["link"], text)
        else:
            sheet.write_string(row, first + at, text or "—", styles["cell"])

    def key_of(record: Record, year: int, role: str) -> tuple[Any, ...]:
        return (record["adcode"], year, role, record["indicator_id"], record["measure"])

    if target is None:
        put(0, "", None)
        put(1, "", None)
        put(2, "", None)
    else:
        put(
            0,
            figure(target, messages) + (" ≠" if target["disagrees"] else ""),
            key_of(target, target["year"], "target"),
        )
        change = target["change"]
        sheet.write_string(row, first + 1, messages.label(f"change.{change}", "") if change else "—",
                           styles.get(change or "", styles["cell"]))  # fmt: skip
        put(2, figure(target, messages, "last_"), _nearest(places, target, "target"))
    if result is None:
        put(3, "", None)
    else:
        put(3, figure(result, messages), key_of(result, result["year"], "result"))


def _nearest(places: dict[tuple[Any, ...], int], record: Record, role: str) -> tuple[Any, ...] | None:
    """The key of last year's cell, of the same measure or of another."""
    for measure in (record["measure"], "growth", "level", "share", "delta", ""):
        key = (record["adcode"], record["year"] - 1, role, record["indicator_id"], measure)
        if key in places:
            return key
    return None


def _under(
    sheet: Any, row: int, found: _RoundUp, year: int, used: list[Any], styles: dict[str, Any], messages: Messages
) -> None:
    lines: dict[str, Record] = {}
    for line in sorted(found.summary, key=lambda x: -x["regions"]):
        if line["year"] == year:
            lines.setdefault(line["indicator_id"], line)
    for name in (*_COUNTS, *_MEANS):
        sheet.write_string(row, 0, messages.label(f"count.{name}", messages.label(f"targets.{name}")), styles["place"])
        for n, indicator in enumerate(used):
            value = lines.get(indicator.id, {}).get(name)
            at = 1 + n * len(_BLOCK)
            if value is None or (value == 0 and name in _COUNTS):
                sheet.write_blank(row, at, None, styles["under"])
            else:
                sheet.write_number(row, at, float(value), styles["under"])
        row += 1
    for text in sorted({line["weights"] for line in lines.values() if line.get("weights")}):
        sheet.write_string(row, 0, messages("targets.weights", weights=text, regions=max(
            line["weighted_regions"] or 0 for line in lines.values())), styles["note"])  # fmt: skip
        row += 1
    if found.weights is not None:
        sheet.write_string(row, 0, messages("targets.weight_list", year=found.weights.year), styles["note"])
        names = {record["adcode"]: record["region"] for record in found.cells}
        listed = [(names[code], value) for code, value in sorted(found.weights.values.items()) if code in names]
        for n, (name, value) in enumerate(listed, row + 1):
            sheet.write_string(n, 0, name, styles["text"])
            sheet.write_number(n, 1, float(value), styles["number"])
