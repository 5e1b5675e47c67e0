"""Tables as files to download: the same writers as the command line's."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import IO, Any

from saidao.outputs import spreadsheet, texts
from saidao.outputs.messages import Messages
from saidao.web.tables import Table

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}


def written(table: Table, format: str, messages: Messages, name: str) -> bytes:
    """The bytes of a table in a format of `TYPES`; `name` is that of the list, by which a sheet is called."""
    if format in ("xlsx", "parquet"):
        out = io.BytesIO()
        if format == "xlsx":
            spreadsheet.xlsx(table.rows, table.columns, out, messages, name)
        else:
            spreadsheet.parquet(table.rows, table.columns, out)
        return out.getvalue()
    text = io.StringIO()
    if format == "csv":
        text.write("\ufeff")  # without which Excel reads Chinese as garbage
        texts.csv_rows(table.rows, table.columns, text)
    else:
        texts.json_lines(table.rows, table.columns, text)
    return text.getvalue().encode()


def book(write: Callable[[Any, IO[bytes], Messages], None], found: Any, messages: Messages) -> bytes:
    """The round-up or the matrix as the workbook that the command line writes."""
    out = io.BytesIO()
    write(found, out, messages)
    return out.getvalue()
