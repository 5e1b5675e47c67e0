"""Lines to tables: what stands before a table, its header, its rows, and the notes behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from saidao.sources.columns import normal
from saidao.statistics.grids import Line
from saidao.statistics.headings import Headings
from saidao.statistics.numbers import number
from saidao.statistics.words import BEHIND, Words, plain, year_of


@dataclass(slots=True)
class Block:
    """A table with what is said around it."""

    said: dict[str, str] = field(default_factory=dict)
    """What lines such as `指标：…` say; see `words.LINES`."""
    titles: list[str] = field(default_factory=list)
    """Other lines before the header."""
    header: Line | None = None
    second: bool = False
    """Whether the header has a second line."""
    body: list[Line] = field(default_factory=list)
    stray: list[Line] = field(default_factory=list)
    """Lines with figures before any header."""


def blocks(lines: Iterable[Line], headings: Headings, words: Words) -> Iterator[Block]:
    """The tables of a sheet, in order."""
    block = Block()
    noting = False
    for line in lines:
        filled = line.filled
        if not filled:
            continue
        if said := spoken(line, words):
            if block.header is not None and set(said) - BEHIND:
                yield block
                block = Block()
            for kind, value in said.items():
                block.said[kind] = f"{block.said[kind]}；{value}" if kind in block.said else value
            noting = "note" in said
        elif block.header is None:
            if headings.header(line.cells):
                block.header, noting = line, False
                headings.meet(line.cells)
            elif len(filled) > 1 and any(number(cell) and year_of(cell) is None for cell in filled):
                block.stray.append(line)
            else:
                block.titles.append(" ".join(filled))
        elif noting and len(filled) == 1:
            continue  # a note that runs over several lines
        elif line.cells != block.header.cells:
            noting = False
            both = None if block.body or block.second else headings.joined(block.header.cells, line.cells)
            if both:
                block.header, block.second = Line(block.header.number, both), True
                headings.meet(both)
            elif len(filled) > 1 and headings.column(0, filled[0]).field is not None and headings.header(line.cells):
                yield block
                block = Block(header=line, said={k: v for k, v in block.said.items() if k not in BEHIND})
                headings.meet(line.cells)
            else:
                block.body.append(line)
    if block.header is not None or block.titles or block.stray or block.said:
        yield block


def spoken(line: Line, words: Words) -> dict[str, str]:
    """What a line outside a table says, by kind: `指标：地区生产总值(亿元)`; nothing where it is no such line."""
    filled = line.filled
    first = words.line.fullmatch(plain(filled[0]))
    if first is None:
        return {}
    kind = words.lines[normal(first[1])]
    if kind in BEHIND:
        # Its own commas may have cut it into cells.
        return {kind: ",".join([first[2], *filled[1:]]).strip()}
    if len(filled) == 2 and not first[2]:
        return {kind: filled[1]}
    found = {}
    for cell in filled:
        each = words.line.fullmatch(plain(cell))
        if each is None:
            return {}
        found[words.lines[normal(each[1])]] = each[2].strip()
    return found
