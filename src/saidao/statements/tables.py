"""Figures in tables: the heading of a column tells whether they are results or targets, and of which year.

Readers give a row as a line, its cells apart from each other by blanks, tabs or bars. A line whose cells name years,
results or goals heads the rows below it; what a row measures stands in its first cell with words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from saidao.lexicon import Lexicon
from saidao.statements.figures import Quantity

_LONGEST_ROW = 160
_LINE = re.compile("[^\n]+")
_CELL = re.compile(r"[^ \t|]+")
_PROSE = re.compile("[，。；！？]|[：:]$")
_YEAR = re.compile("((?:19|20)[0-9]{2})年?(?!版)")
_NUMBER = re.compile("^[0-9]{1,3}[.、．]?$")
_WORDS = re.compile("[\u4e00-\u9fffA-Za-z]{2}")


@dataclass(frozen=True, slots=True)
class Column:
    """What the heading of a column says of the figures below it."""

    status: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in a table."""

    name: str
    """The first cell of its row that holds words."""
    text: str
    """Its own cell from the figure on."""
    column: Column


@dataclass(frozen=True, slots=True)
class _Cues:
    done: re.Pattern[str]
    aimed: re.Pattern[str]
    reached: re.Pattern[str]
    last_year: re.Pattern[str]
    this_year: re.Pattern[str]


def find(folded: str, figures: list[Quantity], year: int | None, lexicon: Lexicon) -> dict[int, Cell]:
    """The figures that stand in tables, by their place among all.

    Args:
        folded: the text.
        figures: its quantities, in order.
        year: the year of the document.
        lexicon: the data files.
    """
    cues = lexicon.compiled("statements.tables", _compile)
    found: dict[int, Cell] = {}
    columns: list[Column | None] = []
    at = 0
    for line in _LINE.finditer(folded):
        row = line.group()
        if len(row) > _LONGEST_ROW or _PROSE.search(row):
            columns = []
            continue
        cells = list(_CELL.finditer(row))
        if len(cells) < 2:
            columns = []
            continue
        while at < len(figures) and figures[at].start < line.start():
            at += 1
        heads = _columns([cell.group() for cell in cells], year, cues)
        if heads:
            columns = heads
            continue
        if columns:
            found |= _row(line, cells, columns, figures, at)
    return found


def _columns(cells: list[str], year: int | None, cues: _Cues) -> list[Column | None]:
    """The columns that a line heads; none where it is no heading. The first names what is measured, or is left out."""
    found: list[Column | None] = []
    for cell in cells:
        named = _YEAR.search(cell)
        if re.search("[0-9]", cell) and not named:
            return []
        own = int(named[1]) if named else None
        if own is None and year is not None:
            own = year - 1 if cues.last_year.search(cell) else year if cues.this_year.search(cell) else None
        status = None
        if cues.done.search(cell):
            status = "achieved"
        elif cues.aimed.search(cell):
            status = "target"
            own = year if own is None else own
        elif cues.reached.search(cell):
            status = "achieved"
        elif own is not None and year is not None:
            status = "achieved" if own < year else "target"
        found.append(Column(status, own) if status is not None else None)
    dated = [column for column in found if column is not None and column.year is not None]
    return found if dated and (found[0] is None or len(dated) > 1) else []


def _row(
    line: re.Match[str], cells: list[re.Match[str]], columns: list[Column | None], figures: list[Quantity], at: int
) -> dict[int, Cell]:
    name = next((c.group() for c in cells if _WORDS.search(c.group()) and not _NUMBER.match(c.group())), None)
    found: dict[int, Cell] = {}
    while name is not None and at < len(figures) and figures[at].start < line.end():
        start = figures[at].start - line.start()
        place = next(n for n, cell in enumerate(cells) if start < cell.end())
        # an empty cell leaves no trace: columns are counted from the right
        place = place if len(cells) == len(columns) else len(columns) - len(cells) + place
        column = columns[place] if 0 <= place < len(columns) else None
        if column is not None:
            cell = next(cell for cell in cells if start < cell.end())
            found[at] = Cell(name, cell.group()[max(0, start - cell.start()) :], column)
        at += 1
    return found


def _compile(lexicon: Lexicon) -> _Cues:
    return _Cues(
        done=lexicon.pattern("{column_done}"),
        aimed=lexicon.pattern("{column_aimed}"),
        reached=lexicon.pattern("{column_reached}"),
        last_year=lexicon.pattern("{column_last_year}"),
        this_year=lexicon.pattern("{column_this_year}"),
    )
