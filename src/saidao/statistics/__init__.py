"""Statistics as a user downloads them: a file becomes exact figures, each with its cell, and a reject for what does not.

Nothing is read from or written to a database here. `read` takes one file; the forms it knows stand in
docs/import-statistics.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from saidao.errors import SourceError, UsageError
from saidao.lexicon import Lexicon
from saidao.models import Statistic, StatisticReject
from saidao.sources import limits
from saidao.sources.columns import normal
from saidao.statistics.blocks import blocks
from saidao.statistics.grids import Grid, Line, grids
from saidao.statistics.headings import Headings
from saidao.statistics.measures import known_name
from saidao.statistics.places import Places
from saidao.statistics.tables import Given, Tables
from saidao.statistics.words import FIELDS, words, year_of

__all__ = ["FIELDS", "Given", "Reader"]


class Reader:
    """Reads files of statistics.

    Args:
        given: what the user says.
        lexicon: the data files.

    Raises:
        UsageError: the mapping names no field, indicator, year or region; the region is unknown.
    """

    def __init__(self, given: Given, lexicon: Lexicon) -> None:
        self._given, self._lexicon = given, lexicon
        self._words = words(lexicon)
        self._places = Places(lexicon, self._words)
        self._headings = Headings(given.mapping or {}, self._places, self._words, lexicon)
        for heading, said in (given.mapping or {}).items():
            if not self._understood(said):
                raise UsageError("import-statistics.no_field", pair=f"{heading}={said}", fields=", ".join(FIELDS))
        if given.region and not self._place(given.region):
            raise UsageError("usage.no_region", name=given.region)

    @property
    def unmet(self) -> list[str]:
        """Headings of the mapping that no file has had."""
        return [name for name in self._given.mapping or {} if normal(name) not in self._headings.used]

    def read(self, file: Path, path: str) -> Iterator[Statistic | StatisticReject]:
        """The figures of a file and what of it cannot be read. Never raises for bad input.

        Args:
            file: the file.
            path: its name as it is stored.
        """

        def refused(code: str, detail: str, sheet: str | None = None) -> StatisticReject:
            return StatisticReject(path, sheet, None, None, code, detail)

        found = filled = False
        try:
            with file.open("rb") as stream:
                for grid in grids(stream, file.name, self._fits, self._lexicon):
                    if isinstance(grid, SourceError):
                        found = True
                        yield refused(grid.code, grid.detail)
                        continue
                    filled = filled or any(line.filled for line in grid.lines)
                    for each in self._grid(grid, path, file.stem):
                        found = True
                        yield each
            if not found:
                yield refused("statistics_no_figures" if filled else "no_text", "")
        except SourceError as error:
            yield refused(error.code, error.detail)
        except OSError as error:
            yield refused("unreadable", error.strerror or type(error).__name__)
        except (MemoryError, RecursionError) as error:
            yield refused("too_large", type(error).__name__)
        except Exception as error:  # one file must not end the import of others
            yield refused("reader_failed", f"{type(error).__name__}: {error}"[: limits.DETAIL_CHARACTERS])

    def _grid(self, grid: Grid, path: str, name: str) -> Iterator[Statistic | StatisticReject]:
        tables = Tables(path, grid.sheet, name, self._given, self._places, self._words, self._lexicon)
        headless = None
        read = False
        for block in blocks(grid.lines, self._headings, self._words):
            for line in block.stray:
                yield StatisticReject(path, grid.sheet, line.number, None, "broken_row", " ".join(line.filled)[:80])
            if block.header is None:
                headless = headless or block
                continue
            read = True
            yield from tables.read(block, self._headings.columns(block.header.cells))
        if headless is not None and not read:
            shown = " / ".join([*headless.titles, *headless.said.values()])
            yield StatisticReject(
                path, grid.sheet, None, None, "statistics_no_table", shown[: limits.DETAIL_CHARACTERS]
            )

    def _fits(self, lines: Sequence[Line]) -> int:
        for line in lines:
            if len(line.filled) > 1 and self._headings.header(line.cells):
                return 1_000_000 + len(line.cells)
        return max((len(line.cells) for line in lines), default=0)

    def _understood(self, said: str) -> bool:
        return (
            said in FIELDS
            or year_of(said) is not None
            or self._place(said)
            or known_name(said, self._words, self._lexicon)
        )

    def _place(self, name: str) -> bool:
        try:
            return (self._places.coded(name) or self._places.named(name)) is not None
        except SourceError:
            return False
