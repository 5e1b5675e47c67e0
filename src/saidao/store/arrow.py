"""Rows to Arrow tables of the schema's types, which DuckDB takes in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa

from saidao.store.schema import tables

_TYPES = {
    "VARCHAR": pa.string(),
    "VARCHAR[]": pa.list_(pa.string()),
    "BOOLEAN": pa.bool_(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
    "DECIMAL(38, 12)": pa.decimal128(38, 12),
}


@lru_cache(maxsize=32)
def arrow_schema(name: str) -> pa.Schema:
    """The Arrow schema of a table."""
    return pa.schema([(column.name, _TYPES[column.type]) for column in tables()[name].columns])


def arrow_table(name: str, rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    """Rows of a table as Arrow.

    Text that is no text (half a character pair, as a file's name may hold it) is written out with backslashes.
    """
    schema = arrow_schema(name)
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    return pa.Table.from_arrays(
        [_array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )


def plain(text: str) -> str:
    """A text that UTF-8 can hold: half character pairs written out with backslashes."""
    return text.encode("utf-8", "backslashreplace").decode()


def _array(column: Sequence[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(column, kind)
    except UnicodeEncodeError:
        return pa.array([_plain_cell(cell) for cell in column], kind)


def _plain_cell(cell: Any) -> Any:
    if isinstance(cell, str):
        return plain(cell)
    if isinstance(cell, list):
        return [_plain_cell(part) for part in cell]
    return cell
