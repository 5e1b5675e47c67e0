"""Tables as files to download: the same writers as the command line's."""

from __future__ import annotations

import io
from typing import Any

from saidao.outputs import round_up_book, spreadsheet, texts
from saidao.outputs.messages import Messages
from saidao.web.tables import Table

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}


def written(table: Table, format: str, messages: Messages) -> bytes:
    """The bytes of a table in a format of `TYPES`."""
    if format in ("xlsx", "parquet"):
        out = io.BytesIO()
        if format == "xlsx":
            spreadsheet.xlsx(table.rows, table.columns, out, messages)
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


def book(found: Any, messages: Messages) -> bytes:
    """The round-up as the workbook that `saidao targets -o` writes."""
    out = io.BytesIO()
    round_up_book.write(found, out, messages)
    return out.getvalue()
