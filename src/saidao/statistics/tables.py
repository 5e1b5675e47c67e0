"""Tables to figures. Region, year and indicator of a figure stand in its row, in its heading, or around the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from saidao.documents.regions import Region, regions
from saidao.errors import SourceError
from saidao.lexicon import Lexicon
from saidao.models import Statistic, StatisticReject
from saidao.sources import limits
from saidao.statistics import measures, numbers
from saidao.statistics.blocks import Block
from saidao.statistics.grids import Line
from saidao.statistics.headings import Column
from saidao.statistics.measures import Measure
from saidao.statistics.numbers import Unit
from saidao.statistics.places import Places
from saidao.statistics.words import PLACES, Words, only_year, part_of_year, year_of

Found = Iterator[Statistic | StatisticReject]


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of tables that do not say it themselves, and of headings that are not the usual ones."""

    region: str | None = None
    year: int | None = None
    indicator: str | None = None
    unit: str | None = None
    mapping: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class _Around:
    """What holds for a whole table."""

    region: Region | None
    year: int | None
    indicator: str | None
    unit: Unit | None
    basis: str | None
    source: str | None


class Tables:
    """Reads the tables of one sheet.

    Args:
        path: the file.
        sheet: the sheet, where there are sheets.
        name: the file's name, which may tell the year.
        given: what the user says.
        places: the divisions.
        words: the words of tables of statistics.
        lexicon: the data files.
    """

    def __init__(
        self, path: str, sheet: str | None, name: str, given: Given, places: Places, words: Words, lexicon: Lexicon
    ) -> None:
        self._path, self._sheet, self._name, self._given = path, sheet, name, given
        self._places, self._words, self._lexicon = places, words, lexicon
        self._measures: dict[tuple[object, ...], Measure] = {}

    def read(self, block: Block, columns: list[Column]) -> Found:
        """The figures of a table, and what of it cannot be read."""
        assert block.header is not None
        header = block.header
        columns = _settled(columns, self._corner(columns, block))
        partial = any(column.field == "partial" for column in columns)
        for column in columns:
            if column.field in ("unused", "partial"):
                code = "statistics_not_yearly" if column.field == "partial" else "statistics_column_unused"
                yield self._reject(header.number, column.heading, code, column.heading)
        around = self._around(block)
        figures = [column for column in columns if column.figures]
        fields = {column.field: column.at for column in columns if column.field is not None}
        if partial and not figures:
            return
        lacking = None if figures else "statistics_no_table"
        if not (around.region or {*PLACES, "adcode"} & fields.keys() or all(c.region for c in figures)):
            lacking = lacking or "statistics_no_region"
        if not (around.year or "year" in fields or all(c.year for c in figures)):
            lacking = lacking or "statistics_no_year"
        if not (around.indicator or "indicator" in fields or all(c.indicator for c in figures)):
            lacking = lacking or "statistics_no_indicator"
        if lacking:
            shown = "、".join(header.filled)[: limits.DETAIL_CHARACTERS]
            yield self._reject(header.number, None, lacking, shown)
            return
        width = max(at for at, cell in enumerate(header.cells) if cell) + 1
        for line in block.body:
            if any(line.cells[width:]) or (self._sheet is None and len(line.cells) < width):
                yield self._reject(line.number, None, "broken_row", f"{len(line.cells)} ≠ {width}")
                continue
            cells = line.cells + ("",) * (width - len(line.cells))
            yield from self._row(replace(line, cells=cells), figures, fields, around)

    def _row(self, line: Line, figures: list[Column], fields: dict[str, int], around: _Around) -> Found:
        def cell(field: str) -> str:
            return line.cells[fields[field]] if field in fields else ""

        try:
            region, year, indicator = self._keys(cell, fields)
        except SourceError as error:
            yield self._reject(line.number, None, error.code, error.detail)
            return
        own = numbers.stated_unit(cell("unit"), self._words, self._lexicon)
        basis = cell("basis") or around.basis
        source = cell("source") or around.source
        for column in figures:
            text = line.cells[column.at]
            if numbers.missing(text, self._words):
                continue
            try:
                place = self._one(region, self._places.named(column.region) if column.region else None, around.region)
                when = column.year or year or around.year
                if year and column.year and year != column.year:
                    raise SourceError("statistics_bad_year", f"{year} / {column.year}")
                if when is None:
                    raise SourceError("statistics_bad_year", "")
                name = indicator or column.indicator or around.indicator
                if name is None:
                    raise SourceError("statistics_no_indicator", "")
                measure, value = self._value(text, name, own or column.unit, basis, around.unit)
            except SourceError as error:
                yield self._reject(line.number, column.heading, error.code, error.detail)
                continue
            # A heading that --map renames is still what the file calls it.
            shown = column.heading if column.renamed and not indicator else measure.name
            yield Statistic(
                place.name, place.adcode, when, shown, measure.indicator_id, measure.measure, value,
                measure.unit.base if measure.unit else None, text, self._path, self._sheet, line.number,
                column.heading, measure.basis, source,
            )  # fmt: skip

    def _keys(self, cell: Callable[[str], str], fields: dict[str, int]) -> tuple[Region | None, int | None, str | None]:
        """The region, year and indicator that a row gives."""
        region = year = indicator = None
        if {*PLACES, "adcode"} & fields.keys():
            names = [cell(field) for field in PLACES]
            region = self._places.found(names, cell("adcode"))
        if "year" in fields:
            year = year_of(cell("year"))
            if year is None:
                code = "statistics_not_yearly" if part_of_year(cell("year")) else "statistics_bad_year"
                raise SourceError(code, cell("year"))
        if "indicator" in fields:
            indicator = cell("indicator") or None
            if indicator is None:
                raise SourceError("statistics_no_indicator", "")
        return region, year, indicator

    def _one(self, row: Region | None, column: Region | None, around: Region | None) -> Region:
        if row is not None and column is not None and row != column:
            raise SourceError("statistics_region_disagrees", f"{row.name}, {column.name}")
        found = row or column or around
        if found is None:
            raise SourceError("statistics_unknown_region", "")
        return found

    def _value(
        self, text: str, name: str, unit: Unit | None, basis: str | None, common: Unit | None
    ) -> tuple[Measure, Decimal]:
        """What a cell's figure measures, and its value in the base unit."""
        read = numbers.number(text)
        if read is None:
            raise SourceError("statistics_not_a_number", text[: limits.DETAIL_CHARACTERS])
        value, sign = read
        key = (name, unit, basis, common, sign)
        if key not in self._measures:
            stated = unit or (Unit(sign) if sign else None)
            self._measures[key] = measures.measure_of(name, stated, basis, self._words, self._lexicon, common)
        measure = self._measures[key]
        if sign and (measure.unit is None or measure.unit.base != sign):
            raise SourceError("statistics_unit_disagrees", text)
        stored = numbers.scaled(value, measure.unit.factor if measure.unit else 1, measure.less)
        if stored is None:
            raise SourceError("statistics_too_large", text[: limits.DETAIL_CHARACTERS])
        return measure, stored

    def _around(self, block: Block) -> _Around:
        said, given = block.said, self._given
        titles = " ".join(block.titles)
        region = self._named(said.get("region")) or self._named(given.region)
        if region is None and titles:
            leading = regions(self._lexicon).leading(titles)
            region = leading[0] if leading else None
        time = said.get("time", "")
        year = year_of(time) or only_year(time) or given.year or only_year(titles) or only_year(self._name)
        indicator = said.get("indicator") or given.indicator
        if indicator is None:
            known = [t for t in block.titles if measures.known_name(t, self._words, self._lexicon)]
            indicator = known[0] if len(known) == 1 else None
        unit = numbers.stated_unit(said.get("unit", ""), self._words, self._lexicon)
        if unit is None and given.unit:
            unit = numbers.stated_unit(given.unit, self._words, self._lexicon)
        basis = said.get("basis")
        for pattern in (self._words.previous_year, self._words.prices):
            found = pattern.search(titles)
            basis = basis or (found[0] if found else None)
        return _Around(region, year, indicator, unit, basis, said.get("source"))

    def _named(self, name: str | None) -> Region | None:
        try:
            return (self._places.coded(name) or self._places.named(name)) if name else None
        except SourceError:
            return None

    def _corner(self, columns: list[Column], block: Block) -> str:
        """What a first column without heading holds, by its cells."""
        if not any(column.field == "corner" for column in columns):
            return ""
        cells = [line.cells[0] for line in block.body if line.cells and line.cells[0]]
        if 2 * sum(year_of(cell) is not None for cell in cells) > len(cells):
            return "year"
        return "region" if 2 * sum(self._named(cell) is not None for cell in cells) > len(cells) else "indicator"

    def _reject(self, row: int, column: str | None, code: str, detail: str) -> StatisticReject:
        return StatisticReject(self._path, self._sheet, row, column, code, detail)


def _settled(columns: list[Column], corner: str) -> list[Column]:
    """The columns once the corner is known: beside an indicator in each row, other headings hold values or nothing."""
    columns = [replace(c, field=corner) if c.field == "corner" else c for c in columns]
    fields = {c.field for c in columns}
    plain = [c for c in columns if c.field is None and c.year is None and c.region is None]
    told = [c for c in columns if c.field is None and c not in plain]
    if "value" in fields or ("indicator" in fields and told):
        return [replace(c, field="unused") if c in plain else c for c in columns]
    if "indicator" in fields and len(plain) == 1:
        return [replace(c, field="value", indicator=None) if c in plain else c for c in columns]
    if "indicator" in fields:
        return [replace(c, field="unused") if c in plain else c for c in columns]
    return columns
