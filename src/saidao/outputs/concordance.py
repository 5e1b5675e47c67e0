"""Lines of a concordance: the term in one column, its words left and right of it."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column, Record
from saidao.outputs.terminal import FIGURE, console

COLUMNS = [
    Column("region", width=14),
    Column("adcode", width=10),
    Column("year", "integer", width=6),
    Column("type", "code", width=14),
    Column("section", "code", width=14),
    Column("left", width=60),
    Column("term", width=16),
    Column("right", width=60),
    Column("date", "date", width=12),
    Column("title", width=40),
    Column("link", width=40),
    Column("url", width=30),
    Column("path", width=40),
    Column("member", width=30),
    Column("sheet", width=12),
    Column("row", "integer", width=8),
    Column("document_id", width=18),
    Column("start", "integer", width=8),
    Column("end", "integer", width=8),
]
"""The columns of files."""

_ID = 8
"""Digits of a document's number that are shown; `saidao show` takes them."""
_NARROWEST = 8


def show(lines: Iterable[Record], messages: Messages) -> None:
    """Prints the lines, cut so that each takes one row of the terminal."""
    lines = list(lines)
    screen = console()
    region = min(max((cell_len(line["region"] or "—") for line in lines), default=2), 16)
    digits = max((len(f"{line['start']}") for line in lines), default=1)
    place = max(digits + _ID + 1, cell_len(messages.label("concordance.place")))
    term = min(max((cell_len(line["term"]) for line in lines), default=2), 24)
    room = screen.width - region - 4 - term - place - 4 * 2 + 2
    side = max(room // 2, _NARROWEST)
    drawn = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_edge=False, header_style="bold")
    drawn.add_column(messages.label("column.region"), width=region, no_wrap=True, overflow="ellipsis")
    drawn.add_column(messages.label("column.year"), width=4, no_wrap=True)
    drawn.add_column(messages.label("column.term"), width=2 * side + term, no_wrap=True, justify="left")
    drawn.add_column(messages.label("concordance.place"), width=place, no_wrap=True)
    for line in lines:
        left = _fit(" ".join(line["left"].split("\n"))[::-1], side)[::-1]
        right = _fit(" ".join(line["right"].split("\n")), side + term - min(cell_len(line["term"]), term))
        text = Text.assemble(" " * (side - cell_len(left)), left, (line["term"], FIGURE), right)
        where = f"{line['document_id'][:_ID]}:{line['start']}"
        drawn.add_row(line["region"] or "—", str(line["year"] or "—"), text, where)
    screen.print(drawn, no_wrap=True, crop=False)


def _fit(text: str, width: int) -> str:
    """The beginning of a text, as much as fits."""
    used = 0
    for at, character in enumerate(text):
        used += cell_len(character)
        if used > width:
            return text[:at]
    return text
