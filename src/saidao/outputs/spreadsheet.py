"""Tables as XLSX and Parquet files."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

from saidao.errors import UsageError
from saidao.outputs.messages import Messages
from saidao.outputs.texts import plain_cell, plain_number

if TYPE_CHECKING:
    from saidao.outputs.tables import Column, Record

ROWS = 1_048_575
"""Rows that a sheet holds below its header."""

SHEET = 31
"""Characters of a sheet's name."""

CELL = 32_767
"""Characters that a cell holds."""

DIGITS = 15
"""Digits that a spreadsheet's numbers keep; a longer number is written as text, whole."""


def xlsx(records: Iterable[Record], columns: list[Column], out: IO[bytes], messages: Messages, name: str) -> None:
    """Writes a workbook with one sheet, called by the label of its list: header frozen, filters on, numbers as numbers.

    A cell that begins with =, +, - or @ is written as the text it is; no cell is ever a formula.

    Raises:
        UsageError: there are more rows than a sheet holds.
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(
        out,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    # The same table gives the same file, whenever it is written.
    book.set_properties({"created": datetime.datetime(2000, 1, 1)})
    head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "valign": "vcenter"})
    styles = {
        "text": book.add_format({"valign": "top"}),
        "sentence": book.add_format({"valign": "top", "text_wrap": True}),
        "whole": book.add_format({"valign": "top", "num_format": "#,##0"}),
        "fraction": book.add_format({"valign": "top", "num_format": "#,##0.0###########"}),
        "year": book.add_format({"valign": "top", "num_format": "0"}),
        "date": book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"}),
    }
    sheet = book.add_worksheet(messages.label(f"table.{name}")[:SHEET])
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.title(messages), head)
    last = 0
    for n, record in enumerate(records, 1):
        if n > ROWS:
            raise UsageError("output.too_many_rows", rows=f"{ROWS:,}")
        last = n
        for at, column in enumerate(columns):
            _cell(sheet, n, at, column, column.shown(messages, record.get(column.name)), styles)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    book.close()


def _cell(sheet: Any, row: int, at: int, column: Column, value: Any, styles: dict[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, Decimal) and len(plain_number(value).strip("-").replace(".", "")) <= DIGITS:
        whole = value == value.to_integral_value()
        sheet.write_number(row, at, float(value), styles["whole" if whole else "fraction"])
    elif isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(row, at, value, styles["year" if column.kind == "integer" else "whole"])
    elif isinstance(value, datetime.date):
        sheet.write_datetime(row, at, datetime.datetime(value.year, value.month, value.day), styles["date"])
    else:
        text = plain_cell(value)
        style = styles["sentence" if column.kind == "sentence" else "text"]
        sheet.write_string(row, at, text if len(text) <= CELL else text[: CELL - 1] + "…", style)


def parquet(records: Iterable[Record], columns: list[Column], out: IO[bytes]) -> None:
    """Writes Parquet, compressed with zstd, a row group for each 10,000 rows."""
    import pyarrow as pa
    from pyarrow import parquet as pq

    types = {
        "integer": pa.int64(),
        "decimal": pa.decimal128(38, 12),
        "date": pa.date32(),
        "list": pa.list_(pa.string()),
        "codes": pa.list_(pa.string()),
        "boolean": pa.bool_(),
    }
    schema = pa.schema([(column.name, types.get(column.kind, pa.string())) for column in columns])
    iterator = iter(records)
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        while chunk := list(itertools.islice(iterator, 10_000)):
            rows = [{column.name: record.get(column.name) for column in columns} for record in chunk]
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
