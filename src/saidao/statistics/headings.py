"""What the columns of a table hold, by their headings: a field of every row, or figures of a year, a region, an indicator."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from saidao.errors import SourceError
from saidao.lexicon import Lexicon
from saidao.sources.columns import normal
from saidao.statistics.measures import taken_apart
from saidao.statistics.numbers import Unit, number
from saidao.statistics.places import Places
from saidao.statistics.words import FIELDS, PLACES, Words, part_of_year, plain, year_of

KEYS = frozenset({*PLACES, "adcode", "year", "indicator", "corner"})
"""Fields that say what the figures of a row are about."""

_YEAR_FIRST = re.compile(r"((?:19|20)[0-9]{2}) ?(?:年度?[ _-]*|[ _-]+)(\S.*)")
_YEAR_LAST = re.compile(r"(.*\S?[^0-9 _-])[ _-]*[(（]?((?:19|20)[0-9]{2}) ?年?[)）]?")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a field, or figures with whatever its heading says of them."""

    at: int
    heading: str
    field: str | None = None
    """One of `FIELDS`; `corner` for a first column without heading; `partial` for months; None for figures."""
    year: int | None = None
    region: str | None = None
    """The name of the region that the figures are of."""
    indicator: str | None = None
    unit: Unit | None = None
    renamed: bool = False
    """Whether the indicator is the user's word for it."""

    @property
    def figures(self) -> bool:
        """Whether it holds figures."""
        return self.field is None or self.field == "value"


class Headings:
    """Reads headers.

    Args:
        mapping: the user's names: heading to field, indicator, year or region.
        places: the divisions.
        words: the words of tables of statistics.
        lexicon: the data files.
    """

    def __init__(self, mapping: Mapping[str, str], places: Places, words: Words, lexicon: Lexicon) -> None:
        self._mapping = {normal(heading): said for heading, said in mapping.items()}
        self._places = places
        self._words = words
        self._lexicon = lexicon
        self.used: set[str] = set()
        """Headings of the mapping that were met, in their plain form."""

    def columns(self, cells: Sequence[str]) -> list[Column]:
        """The columns of a header."""
        found: list[Column] = []
        fields: set[str] = set()
        for at, heading in enumerate(cells):
            if not heading and at:
                continue
            column = self.column(at, heading)
            if column.field in fields and column.field not in ("ignore", "partial"):
                column = Column(at, heading, "unused")
            if column.field is not None:
                fields.add(column.field)
            found.append(self._following(column, found[-1] if found else None))
        return found

    def _following(self, column: Column, before: Column | None) -> Column:
        """A heading that is nothing but 增速 is about the indicator of the column before it."""
        if column.indicator is None or before is None or before.indicator is None or column.year != before.year:
            return column
        bare = taken_apart(column.indicator, self._words, self._lexicon).bare
        if not self._words.growth.fullmatch(bare):
            return column
        return replace(
            column, indicator=taken_apart(before.indicator, self._words, self._lexicon).bare + column.indicator
        )

    def column(self, at: int, heading: str) -> Column:
        """The column of one heading."""
        if not heading:
            return Column(at, heading, "corner")
        said = self._mapping.get(normal(heading), heading)
        if said in FIELDS:
            return Column(at, heading, said, unit=taken_apart(heading, self._words, self._lexicon).unit)
        if (year := year_of(said)) is not None:
            return Column(at, heading, year=year)
        if part_of_year(said):
            return Column(at, heading, "partial")
        parts = taken_apart(said, self._words, self._lexicon)
        for name in (said, parts.bare):
            if field := self._words.columns.get(normal(name)):
                return Column(at, heading, field, unit=parts.unit)
        if self._region(said):
            return Column(at, heading, region=said)
        if found := _YEAR_FIRST.fullmatch(plain(said)):
            return Column(at, heading, year=int(found[1]), indicator=found[2])
        if found := _YEAR_LAST.fullmatch(plain(said)):
            return Column(at, heading, year=int(found[2]), indicator=found[1])
        # A heading that the user renames keeps the unit it gives itself.
        unit = taken_apart(heading, self._words, self._lexicon).unit if said != heading else None
        return Column(at, heading, indicator=said, unit=unit, renamed=said != heading)

    def joined(self, above: Sequence[str], below: Sequence[str]) -> tuple[str, ...] | None:
        """The headings of a header of two lines, None where the second line is no part of it.

        What stands above holds for the cells to its right: `2024年,` over `地区生产总值,增速`.
        """
        filled = [cell for cell in below if cell]
        empty_key = below and not below[0] and above and above[0]
        if not empty_key or len(filled) < 2 or any(number(cell) and year_of(cell) is None for cell in filled):
            return None
        found = [above[0]]
        upper = ""
        for at in range(1, max(len(above), len(below))):
            upper = (above[at] if at < len(above) else "") or upper
            lower = below[at] if at < len(below) else ""
            parts = taken_apart(lower, self._words, self._lexicon)
            if parts.bare in self._words.level and lower:
                lower = lower.replace(parts.bare, "", 1)
            found.append(upper + lower)
        return tuple(found)

    def header(self, cells: Sequence[str]) -> bool:
        """Whether cells are the header of a table."""
        filled = [cell for cell in cells if cell]
        if len(filled) < 1 or any(number(cell) and year_of(cell) is None for cell in filled):
            return False
        columns = self.columns(cells)
        figures = [column for column in columns if column.figures or column.field == "partial"]
        keys = {column.field for column in columns} & KEYS
        if not figures or not keys:
            return False
        told = [column for column in figures if column.year is not None or column.region is not None]
        # A corner without heading is believed beside years and regions only; one field alone, with one figure, too.
        return keys != {"corner"} or 2 * len(told) >= len(filled)

    def meet(self, cells: Sequence[str]) -> None:
        """Remembers which names of the mapping a header has."""
        self.used |= {normal(cell) for cell in cells} & self._mapping.keys()

    def _region(self, name: str) -> bool:
        try:
            place = self._places.named(name)
        except SourceError:
            return False
        # The short names of counties are words as well: 合作, 和平.
        return place is not None and (place.level != "county" or place.name == name)
