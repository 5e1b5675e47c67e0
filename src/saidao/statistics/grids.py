"""Files to lines of cells, whatever the file is; what a line means is not asked here."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from saidao.errors import SourceError
from saidao.lexicon import Lexicon
from saidao.sources import encodings, formats, limits, xlsx

DELIMITERS = (",", "\t", ";", "|", "，")
JOINED = 20
"""Lines that a quoted cell may run over; beyond, its quotation mark was never closed."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file or a row of a sheet; `number` counts from 1."""

    number: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> list[str]:
        """The cells that hold something."""
        return [cell for cell in self.cells if cell]


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet or a whole file. In a sheet a line ends with its last filled cell, in a file with its last delimiter."""

    sheet: str | None
    lines: list[Line]


def grids(
    stream: IO[bytes], name: str, fits: Callable[[Sequence[Line]], int], lexicon: Lexicon
) -> Iterator[Grid | SourceError]:
    """The sheets of a file; for a sheet that cannot be read, why.

    Args:
        stream: the file.
        name: its name; the ending counts where the first bytes do not tell.
        fits: how well lines read as a table, which tells the delimiter.
        lexicon: the data files.

    Raises:
        SourceError: the file cannot be read.
    """
    kind = formats.guess(stream, name)
    if kind == "xlsx":
        yield from _sheets(stream)
    elif kind in ("csv", "tsv", "text"):
        data = stream.read(limits.DATASET_BYTES + 1)
        if len(data) > limits.DATASET_BYTES:
            raise SourceError("too_large", f"more than {limits.DATASET_BYTES // limits.MIB} MiB")
        text, _ = encodings.decode(data, None, lexicon)
        yield Grid(None, best(text, fits))
    else:
        raise SourceError("statistics_format", kind)


def best(text: str, fits: Callable[[Sequence[Line]], int]) -> list[Line]:
    """The lines of a text, cut at the delimiter with which they read best as a table."""
    lines = list(io.StringIO(text, newline=""))
    head = lines[:200]
    delimiter = max(DELIMITERS, key=lambda each: fits(list(cut(head, each))))
    return list(cut(lines, delimiter))


def cut(lines: Sequence[str], delimiter: str) -> Iterator[Line]:
    """Lines cut into cells. A quotation mark that is never closed spoils its own line only."""
    at = 0
    while at < len(lines):
        text, last = lines[at], at
        while text.count('"') % 2 and last + 1 < len(lines) and last - at < JOINED:
            last += 1
            text += lines[last]
        if text.count('"') % 2:
            last = at
            cells = lines[at].rstrip("\r\n").split(delimiter)
        else:
            cells = _cells(text, delimiter)
        yield Line(at + 1, tuple(_clean(cell) for cell in cells))
        at = last + 1


def _cells(text: str, delimiter: str) -> list[str]:
    if csv.field_size_limit() < limits.FIELD_CHARACTERS:
        csv.field_size_limit(limits.FIELD_CHARACTERS)
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return text.split(delimiter)


def _sheets(stream: IO[bytes]) -> Iterator[Grid | SourceError]:
    for name, rows in xlsx.sheets(stream):
        try:
            yield Grid(name, [Line(number, tuple(_clean(cell) for cell in cells)) for number, cells in rows])
        except SourceError as error:
            yield SourceError(error.code, f"{name}: {error.detail}" if error.detail else name)


def _clean(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").split())
