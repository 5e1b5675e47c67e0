"""Workbooks: every sheet row by row, in memory one row at a time, so that size and extent of a sheet do not matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import IO, Any

from saidao.errors import SourceError
from saidao.lexicon import Lexicon
from saidao.models import Raw, Reject, Source
from saidao.sources import limits, records
from saidao.sources.archives import open_archive
from saidao.sources.ooxml import Package, attribute, local

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_DATE_CODE = re.compile(r"(?i)[ymdhs年月日]")
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST_DAY = 2_958_466


def read(
    stream: IO[bytes], source: Source, mapping: Mapping[str, str] | None, lexicon: Lexicon
) -> Iterator[Raw | Reject]:
    """One document a row of every sheet that has a text column; a reject for a sheet that has none.

    Raises:
        SourceError: `broken_xlsx`, `xml_entity`, `zip_bomb`, `too_large`, …
    """
    package = Package(open_archive(stream), "broken_xlsx")
    main = package.main("xl/workbook.xml")
    relations = package.relations(main)
    workbook = package.tree(main)
    strings = _shared_strings(package, relations)
    epoch = _EPOCH
    for properties in workbook.iter("{*}workbookPr"):
        if attribute(properties, "date1904") in ("1", "true"):
            epoch = _EPOCH_1904
    cells = _Cells(strings, _date_styles(package, relations), epoch)
    sheets = list(workbook.iter("{*}sheet"))
    if not sheets:
        raise SourceError("broken_xlsx", "no sheets")
    for sheet in sheets:
        place = replace(source, sheet=attribute(sheet, "name") or "")
        kind, part, outside = relations.get(attribute(sheet, "id") or "", ("", "", False))
        if outside or kind not in ("worksheet", ""):
            continue  # a chart or dialogue on a sheet of its own
        try:
            yield from records.table(_rows(package, part, cells), place, mapping, lexicon)
        except SourceError as error:
            yield Reject(place, error.code, error.detail)


def sheets(stream: IO[bytes]) -> Iterator[tuple[str, Iterator[tuple[int, Sequence[str]]]]]:
    """The name of each sheet and its rows, for tables of numbers: a number as its shortest text, 5% for a percentage.

    Raises:
        SourceError: `broken_xlsx`, `xml_entity`, `zip_bomb`, `too_large`, …
    """
    package = Package(open_archive(stream), "broken_xlsx")
    main = package.main("xl/workbook.xml")
    relations = package.relations(main)
    workbook = package.tree(main)
    old = any(attribute(each, "date1904") in ("1", "true") for each in workbook.iter("{*}workbookPr"))
    cells = _Figures(
        _shared_strings(package, relations), _date_styles(package, relations), _EPOCH_1904 if old else _EPOCH
    )
    cells.percentages = _percent_styles(package, relations)
    for sheet in workbook.iter("{*}sheet"):
        kind, part, outside = relations.get(attribute(sheet, "id") or "", ("", "", False))
        if not outside and kind in ("worksheet", ""):
            yield attribute(sheet, "name") or "", _rows(package, part, cells)


class _Cells:
    """Turns cells into text."""

    def __init__(self, strings: list[str], dates: frozenset[int], epoch: datetime) -> None:
        self.strings = strings
        self.dates = dates
        self.epoch = epoch

    def text(self, cell: Any) -> str:
        """The text of a cell as a person would type it; a date in ISO 8601."""
        kind = cell.get("t") or "n"
        value = ""
        for child in cell:
            name = local(child)
            if name == "v":
                value = child.text or ""
            elif name == "is":
                return _rich(child)
        if kind == "s":
            at = int(value) if value.isdecimal() and len(value) < 10 else -1
            return self.strings[at] if 0 <= at < len(self.strings) else ""
        if kind == "e":
            return ""
        if kind != "n" or not value:
            return _unescaped(value)
        style = cell.get("s") or "0"
        return self._number(value, style.isdecimal() and int(style[:6]) in self.dates)

    def _number(self, value: str, date: bool) -> str:
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value
        if not number.is_finite() or abs(number) >= 10**15 or len(value) > 30:
            return value
        if date and 0 < number < _LAST_DAY:
            day = self.epoch + timedelta(seconds=round(float(number) * 86_400))
            return day.strftime("%Y-%m-%d") if day.time() == datetime.min.time() else day.strftime("%Y-%m-%d %H:%M:%S")
        return str(int(number)) if number == number.to_integral_value() else value


class _Figures(_Cells):
    """Cells of tables of numbers. A workbook holds 49670.2 as 49670.199999999997: the shortest text of the same number."""

    percentages: frozenset[int] = frozenset()

    def text(self, cell: Any) -> str:
        """The text of a cell; what is shown as a percentage is given as one."""
        said = super().text(cell)
        style = cell.get("s") or "0"
        if (cell.get("t") or "n") != "n" or not style.isdecimal() or int(style[:6]) not in self.percentages:
            return said
        try:
            return f"{(Decimal(said) * 100).normalize():f}%"
        except InvalidOperation:
            return said

    def _number(self, value: str, date: bool) -> str:
        said = super()._number(value, date)
        if said != value or date or value.lstrip("-").isdecimal():
            return said
        try:
            return repr(float(value))
        except ValueError:
            return value


def _rows(package: Package, part: str, cells: _Cells) -> Iterator[tuple[int, Sequence[str]]]:
    line = 0
    for element in package.events(part, limits.SHEET_BYTES):
        if local(element) != "row":
            continue
        stated = element.get("r") or ""
        line = int(stated) if stated.isdecimal() and len(stated) < 9 else line + 1
        row: list[str] = []
        for cell in element:
            if local(cell) != "c":
                continue
            reference = _REFERENCE.match(cell.get("r") or "")
            at = _column(reference.group(1)) if reference else len(row)
            text = cells.text(cell)
            if not text:
                continue
            if at >= limits.DATASET_COLUMNS:
                raise SourceError("too_large", f"more than {limits.DATASET_COLUMNS} columns")
            row.extend([""] * (at + 1 - len(row)))
            row[at] = text
        yield line, row
        element.clear()
        parent = element.getparent()
        if parent is not None:
            while element.getprevious() is not None:
                del parent[0]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _shared_strings(package: Package, relations: dict[str, tuple[str, str, bool]]) -> list[str]:
    part = next((target for kind, target, _ in relations.values() if kind == "sharedStrings"), "")
    if not package.has(part):
        return []
    strings: list[str] = []
    size = 0
    for element in package.events(part, limits.SHEET_BYTES):
        if local(element) != "si":
            continue
        strings.append(_rich(element))
        size += len(strings[-1]) + 50
        if size > limits.SHARED_STRINGS_CHARACTERS:
            raise SourceError("too_large", f"shared strings > {limits.SHARED_STRINGS_CHARACTERS} characters")
        element.clear()
        parent = element.getparent()
        if parent is not None:
            while element.getprevious() is not None:
                del parent[0]
    return strings


def _rich(element: Any) -> str:
    """The text of a string item: its runs joined, without the pronunciation."""
    pieces = []
    for each in element.iter("{*}t"):
        if local(each.getparent()) != "rPh":
            pieces.append(each.text or "")
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    """Characters that XML cannot hold stand as `_xHHHH_` in workbooks."""
    return _ESCAPE.sub(lambda m: chr(int(m.group(1), 16)), text) if "_x" in text else text


def _percent_styles(package: Package, relations: dict[str, tuple[str, str, bool]]) -> frozenset[int]:
    """The cell styles that show a number as a percentage."""
    part = next((target for kind, target, _ in relations.values() if kind == "styles"), "")
    if not package.has(part):
        return frozenset()
    root = package.tree(part)
    own = {
        each.get("numFmtId") or "": "%" in _LITERAL.sub("", each.get("formatCode") or "")
        for each in root.iter("{*}numFmt")
    }
    return frozenset(
        position
        for formats in root.iter("{*}cellXfs")
        for position, each in enumerate(formats)
        if own.get(each.get("numFmtId") or "0", each.get("numFmtId") in ("9", "10"))
    )


def _date_styles(package: Package, relations: dict[str, tuple[str, str, bool]]) -> frozenset[int]:
    """The cell styles that show a number as a date."""
    part = next((target for kind, target, _ in relations.values() if kind == "styles"), "")
    if not package.has(part):
        return frozenset()
    root = package.tree(part)
    own = {}
    for each in root.iter("{*}numFmt"):
        code = _LITERAL.sub("", each.get("formatCode") or "")
        own[each.get("numFmtId")] = (
            bool(_DATE_CODE.search(code)) and "#" not in code and "0" not in code.replace("00", "")
        )
    found = set()
    for formats in root.iter("{*}cellXfs"):
        for position, each in enumerate(formats):
            identity = each.get("numFmtId") or "0"
            usual = identity.isdecimal() and len(identity) < 6 and int(identity) in _DATE_FORMATS
            if own.get(identity, usual):
                found.add(position)
    return frozenset(found)
