"""Tables as CSV and JSON Lines. Numbers keep every digit: they are never binary floats."""

from __future__ import annotations

import csv
import datetime
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from saidao.outputs.tables import Column, Record


def plain_number(number: Decimal) -> str:
    """A decimal without exponent and without zeros at its end."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def plain_cell(value: Any) -> str:
    """A cell as text: nothing for None, ISO dates, lists joined with ;."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, list | tuple):
        return ";".join(str(part) for part in value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


def json_value(value: Any) -> str:
    """A value as JSON; a decimal as a number with all its digits."""
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, datetime.date):
        return json.dumps(value.isoformat())
    if isinstance(value, list | tuple):
        return f"[{', '.join(json_value(part) for part in value)}]"
    if isinstance(value, dict):
        return json_record(value)
    return json.dumps(value, ensure_ascii=False)


def json_record(record: dict[str, Any]) -> str:
    """A record as one line of JSON."""
    return "{" + ", ".join(f"{json.dumps(key)}: {json_value(value)}" for key, value in record.items()) + "}"


def csv_rows(records: Iterable[Record], columns: list[Column], out: IO[str]) -> None:
    """Writes CSV: names as header, codes as they are, text exactly as it stands."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    for record in records:
        writer.writerow([plain_cell(record.get(column.name)) for column in columns])


def json_lines(records: Iterable[Record], columns: list[Column], out: IO[str]) -> None:
    """Writes one JSON object a line."""
    for record in records:
        out.write(json_record({column.name: record.get(column.name) for column in columns}) + "\n")
