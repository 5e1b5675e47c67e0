"""Figures in tables: the heading of a column tells whether they are results or targets, and of which year.

Readers give a row as a line, its cells apart from each other by blanks, tabs or bars. A line whose cells name years,
results or goals heads the rows below it; what a row measures stands in its first cell with words. Its figures may lack
a unit: it stands in a column of its own (单位) or in brackets behind the name (`城镇化率（%）`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from saidao.lexicon import Lexicon
from saidao.statements import quantities
from saidao.statements.figures import Quantity

_LONGEST_ROW = 160
_LINE = re.compile("[^\n]+")
_CELL = re.compile(r"[^ \t|]+")
_PROSE = re.compile("[，。；！？]|[：:]$")
_YEAR = re.compile("((?:19|20)[0-9]{2})年?(?!版)")
_NUMBER = re.compile("^[0-9]{1,3}[.、．]?$")
_WORDS = re.compile("[\u4e00-\u9fffA-Za-z]{2}")
_BARE = re.compile("([^0-9]?-?[0-9][0-9,]*(?:\\.[0-9]+)?)([^0-9]{0,2})")
_UNIT_BEHIND = re.compile("(?<=.)[（(]([^（）()]{1,10})[）)]$")


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
    """Its own cell from the figure on, with the unit of its row where it has none."""
    column: Column


@dataclass(frozen=True, slots=True)
class _Cues:
    done: re.Pattern[str]
    aimed: re.Pattern[str]
    reached: re.Pattern[str]
    last_year: re.Pattern[str]
    this_year: re.Pattern[str]
    unit: re.Pattern[str]
    """The heading of a column of units."""


def find(
    folded: str, figures: list[Quantity], year: int | None, lexicon: Lexicon
) -> tuple[list[Quantity], dict[int, Cell]]:
    """The figures of a text, with those of tables whose unit stands elsewhere in the row; and the cells of those that
    stand in tables, by their place among all.

    Args:
        folded: the text.
        figures: its quantities, in order.
        year: the year of the document.
        lexicon: the data files.
    """
    cues = lexicon.compiled("statements.tables", _compile)
    found: dict[int, Cell] = {}
    added: list[tuple[Quantity, Cell]] = []
    dropped: set[int] = set()
    columns: list[Column | None] = []
    units: int | None = None
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
            units = next((n for n, cell in enumerate(cells) if cues.unit.fullmatch(cell.group())), None)
            continue
        if columns:
            found |= _row(line, cells, columns, figures, at)
            unit = _unit(cells, columns, units)
            if unit is not None:
                torn, bare = _without_unit(line, cells, columns, unit, figures, at, lexicon)
                dropped |= torn
                added += bare
    if not added and not dropped:
        return figures, found
    kept = [(figure, found.get(place)) for place, figure in enumerate(figures) if place not in dropped]
    merged = sorted([*kept, *added], key=lambda item: item[0].start)
    return [figure for figure, _ in merged], {n: cell for n, (_, cell) in enumerate(merged) if cell is not None}


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
    name = _name(cells)
    found: dict[int, Cell] = {}
    while name is not None and at < len(figures) and figures[at].start < line.end():
        start = figures[at].start - line.start()
        column = _column(columns, cells, next(n for n, cell in enumerate(cells) if start < cell.end()))
        if column is not None:
            cell = next(cell for cell in cells if start < cell.end())
            found[at] = Cell(name, cell.group()[max(0, start - cell.start()) :], column)
        at += 1
    return found


def _name(cells: list[re.Match[str]]) -> str | None:
    """What a row measures."""
    return next((c.group() for c in cells if _WORDS.search(c.group()) and not _NUMBER.match(c.group())), None)


def _column(columns: list[Column | None], cells: list[re.Match[str]], place: int) -> Column | None:
    """The column of a cell; an empty cell leaves no trace, so columns are counted from the right."""
    place = place if len(cells) == len(columns) else len(columns) - len(cells) + place
    return columns[place] if 0 <= place < len(columns) else None


@dataclass(frozen=True, slots=True)
class _Unit:
    """The unit of a row's figures."""

    name: str
    """What the row measures."""
    text: str
    span: tuple[int, int]
    """Where it stands in the line."""


def _unit(cells: list[re.Match[str]], columns: list[Column | None], units: int | None) -> _Unit | None:
    """The unit of a row, from the column of units or from the brackets behind its name."""
    name = _name(cells)
    if name is None:
        return None
    if units is not None:
        place = units if len(cells) == len(columns) else units - len(columns) + len(cells)
        if 0 <= place < len(cells) and cells[place].group() != name:
            return _Unit(name, cells[place].group(), cells[place].span())
    behind = _UNIT_BEHIND.search(name)
    if behind is None:
        return None
    start = next(cell.start() for cell in cells if cell.group() == name)
    return _Unit(name[: behind.start()], behind[1], (start + behind.start(), start + behind.end()))


def _without_unit(
    line: re.Match[str],
    cells: list[re.Match[str]],
    columns: list[Column | None],
    unit: _Unit,
    figures: list[Quantity],
    at: int,
    lexicon: Lexicon,
) -> tuple[set[int], list[tuple[Quantity, Cell]]]:
    """The figures of a row that have no unit beside them; and the places of those that were read across its cells."""
    torn: set[int] = set()
    taken: list[int] = []
    while at < len(figures) and figures[at].start < line.end():
        start, end = figures[at].start - line.start(), figures[at].end - line.start()
        within = any(cell.start() <= start and end <= cell.end() for cell in cells)
        if not within or (start < unit.span[1] and unit.span[0] < end):
            torn.add(at)
        else:
            taken.append(start)
        at += 1
    found = []
    for n, cell in enumerate(cells):
        column, bare = _column(columns, cells, n), _BARE.fullmatch(cell.group())
        if column is None or bare is None or any(cell.start() <= start < cell.end() for start in taken):
            continue
        text = bare[1] + unit.text + bare[2]
        begin, end = len(unit.name), len(unit.name) + len(text)
        read = [q for q in quantities.find(unit.name + text, lexicon) if q.start == begin and q.end == end]
        for figure in read:
            figure.start = figure.number_start = line.start() + cell.start()
            figure.end = figure.unit_end = line.start() + cell.end()
            found.append((figure, Cell(unit.name, text, column)))
    return torn, found


def _compile(lexicon: Lexicon) -> _Cues:
    return _Cues(
        done=lexicon.pattern("{column_done}"),
        aimed=lexicon.pattern("{column_aimed}"),
        reached=lexicon.pattern("{column_reached}"),
        last_year=lexicon.pattern("{column_last_year}"),
        this_year=lexicon.pattern("{column_this_year}"),
        unit=lexicon.pattern("{column_unit}"),
    )
