"""What a report is made of, whatever draws it: chapters of paragraphs, tables, tile grids and distributions.

A piece of text knows the places in the documents it rests on. No renderer decides what is said; each decides how it looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from saidao.store.quotes import Place
from saidao.web.grid import Mark, Tell


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text."""

    text: str
    places: tuple[Place, ...] = ()
    """The sentences it rests on."""
    style: str = ""
    """`good`, `bad`, `new`, `soft`, `strong`, `address`, or nothing."""
    listing: str | None = None
    """The list of sentences that it counts."""


Cell = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a chapter."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text. `kind`: nothing, `note` for what explains a table, `gap` for what is missing."""

    pieces: Cell
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points."""

    items: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells below a head; the first cell of a row names it."""

    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float]
    """How wide the columns are, beside one another."""
    numeric: frozenset[int] = frozenset()
    """Columns of figures."""
    wide: bool = False
    """It needs a page across."""


@dataclass(frozen=True, slots=True)
class Tiles:
    """Figures of the provinces as a grid of tiles, and how they are distributed."""

    id: str
    title: str
    marks: Sequence[tuple[Mark, Place | None]]
    tell: Tell
    grid: bool
    """Whether the regions are provinces, which have places in the grid."""


Block = Heading | Paragraph | Bullets | Table | Tiles


@dataclass(slots=True)
class Chapter:
    """A part of the report."""

    id: str
    title: str
    blocks: list[Block] = field(default_factory=list)

    def sections(self) -> list[list[Block]]:
        """The blocks by heading; each section begins with its own."""
        found: list[list[Block]] = []
        for block in self.blocks:
            if isinstance(block, Heading) or not found:
                found.append([])
            found[-1].append(block)
        return found

    def cells(self) -> Iterator[Cell]:
        """All cells of text, in order."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block.pieces
            elif isinstance(block, Bullets):
                yield from block.items
            elif isinstance(block, Table):
                for row in block.rows:
                    yield from row

    def places(self) -> Iterator[Place]:
        """All places that it cites."""
        for cell in self.cells():
            for piece in cell:
                yield from piece.places
        for block in self.blocks:
            if isinstance(block, Tiles):
                yield from (place for _, place in block.marks if place is not None)


@dataclass(frozen=True, slots=True)
class Listing:
    """The sentences that a number counts."""

    id: str
    title: str
    places: tuple[Place, ...]


def wide(section: Sequence[Block]) -> bool:
    """Whether a section needs pages across."""
    return any(isinstance(block, Table) and block.wide for block in section)


def text(value: object, style: str = "") -> Cell:
    """A cell of plain text."""
    told = "" if value is None else str(value)
    return (Piece(told, style=style),) if told else ()


def spread(tiles: Tiles, in_words: str) -> list[tuple[str, list[Mark]]]:
    """The distribution as groups: each figure with the regions that state it, the highest first, then those in words."""
    groups: dict[Decimal, list[Mark]] = {}
    words: list[Mark] = []
    for mark, _ in tiles.marks:
        if mark.value is None:
            words.append(mark)
        else:
            groups.setdefault(mark.value, []).append(mark)
    found = [(min((m.short for m in groups[value]), key=len), groups[value]) for value in sorted(groups, reverse=True)]
    return [*found, (in_words, words)] if words else found
