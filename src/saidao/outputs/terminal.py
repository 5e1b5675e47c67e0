"""Tables and marked text for terminals, where a Chinese character is two columns wide."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from saidao.outputs.messages import Messages
from saidao.outputs.texts import plain_cell, plain_number

if TYPE_CHECKING:
    from saidao.outputs.tables import Column, Record

WIDTH = 120
"""Columns where the output is no terminal and COLUMNS does not say."""

NARROWEST = 24
"""Columns that a sentence gets at least."""

FIGURE = "bold red"
"""How a figure is marked."""


def console(out: IO[str] | None = None) -> Console:
    """A console of the terminal's width; colours only on a terminal."""
    out = out or sys.stdout
    if out.isatty() or os.environ.get("COLUMNS", "").isdigit():
        width = shutil.get_terminal_size((WIDTH, 40)).columns
    else:
        width = WIDTH
    return Console(file=out, width=width, highlight=False, soft_wrap=False, emoji=False, markup=False)


def table(records: Iterable[Record], columns: list[Column], out: IO[str], messages: Messages) -> None:
    """Writes a table; the sentence takes the room that the other columns leave, cut around its figure."""
    shown = [column for column in columns if column.terminal]
    rows = list(records)
    screen = console(out)
    texts = {
        column.name: [_cell(column, record, messages) for record in rows]
        for column in shown
        if column.kind != "sentence"
    }
    widths = {
        column.name: min(
            max([cell_len(column.title(messages)), *(cell_len(text) for text in texts[column.name])]), column.width
        )
        for column in shown
        if column.kind != "sentence"
    }
    # Between two columns stand two blanks.
    room = max(screen.width - sum(widths.values()) - 2 * (len(shown) - 1), NARROWEST)
    drawn = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold", show_edge=False)
    for column in shown:
        drawn.add_column(
            column.title(messages),
            justify="right" if column.kind == "decimal" else "left",
            no_wrap=True,
            overflow="ellipsis",
            width=widths.get(column.name, room),
        )
    for n, record in enumerate(rows):
        drawn.add_row(
            *(
                excerpt(record.get(column.name) or "", record, room)
                if column.kind == "sentence"
                else Text(texts[column.name][n])
                for column in shown
            )
        )
    screen.print(drawn, no_wrap=True, crop=False)


def excerpt(sentence: str, record: Record, width: int) -> Text:
    """A sentence cut to a width around its figure, the figure marked.

    The place of the figure is `quote_start`, counted in the sentence; without it the sentence's beginning is shown.
    """
    at = record.get("quote_start")
    length = len(record.get("quote") or "")
    if at is None or not 0 <= at <= at + length <= len(sentence):
        at, length = 0, 0
    first, last = _window(sentence, at, at + length, width)
    before = ("…" if first else "") + sentence[first:at]
    after = sentence[at + length : last] + ("…" if last < len(sentence) else "")
    return Text.assemble(before, (sentence[at : at + length], FIGURE), after)


def _window(sentence: str, start: int, end: int, width: int) -> tuple[int, int]:
    if cell_len(sentence) <= width:
        return 0, len(sentence)
    first, last = start, end
    left = width - cell_len(sentence[start:end]) - 2
    # Two thirds of the room go to the words before the figure: there stands what is measured.
    before = left * 2 // 3
    while first > 0 and before >= cell_len(sentence[first - 1]):
        first -= 1
        before -= cell_len(sentence[first])
        left -= cell_len(sentence[first])
    while last < len(sentence) and left >= cell_len(sentence[last]):
        left -= cell_len(sentence[last])
        last += 1
    while first > 0 and left >= cell_len(sentence[first - 1]):
        first -= 1
        left -= cell_len(sentence[first])
    return first, last


def marked(text: str, spans: Iterable[tuple[int, int]], style: str = FIGURE) -> Text:
    """A text with spans marked."""
    drawn = Text(text)
    for start, end in spans:
        drawn.stylize(style, start, end)
    return drawn


def grouped(number: Decimal | int) -> str:
    """A number with its digits in groups of three."""
    whole, _, rest = plain_number(Decimal(number)).partition(".")
    return f"{int(whole):,}" + (f".{rest}" if rest else "") if whole not in ("-0",) else f"-0.{rest}"


def _cell(column: Column, record: Record, messages: Messages) -> str:
    value: Any = column.shown(messages, record.get(column.name))
    if isinstance(value, Decimal):
        return grouped(value)
    return " ".join(plain_cell(value).split())
