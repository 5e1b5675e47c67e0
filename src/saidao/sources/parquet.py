"""Parquet, in batches: memory stays flat however long the file is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import IO, Any

from saidao.errors import SourceError
from saidao.lexicon import Lexicon
from saidao.models import Raw, Reject, Source
from saidao.sources import columns, limits, records
from saidao.sources.jsons import as_text

_BATCH = 64


def read(
    stream: IO[bytes], source: Source, mapping: Mapping[str, str] | None, lexicon: Lexicon
) -> Iterator[Raw | Reject]:
    """One document a row.

    Raises:
        SourceError: `broken_parquet`, `truncated_file`, `no_text_column`, `too_many_rows`.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    length = stream.seek(0, 2)
    stream.seek(max(0, length - 4))
    if length < 12 or stream.read(4) not in (b"PAR1", b"PARE"):
        raise SourceError("truncated_file", "Parquet without its end")
    stream.seek(0)
    try:
        file = pq.ParquetFile(stream, memory_map=False)
        names = file.schema_arrow.names
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceError("broken_parquet", _said(error)) from None
    if len(names) > limits.DATASET_COLUMNS:
        raise SourceError("too_large", f"{len(names)} columns")
    at = columns.find(names, mapping, lexicon)
    _refuse_bombs(file, length)
    wanted = [names[i] for i in at.values()]
    number = 0
    try:
        for batch in file.iter_batches(batch_size=_BATCH, columns=wanted, use_threads=False):
            taken = {field: batch.column(batch.schema.get_field_index(names[i])) for field, i in at.items()}
            for row in range(batch.num_rows):
                number += 1
                if number > limits.DATASET_ROWS:
                    yield Reject(replace(source, row=number), "too_many_rows", str(limits.DATASET_ROWS))
                    return
                values = {field: _text(column[row].as_py()) for field, column in taken.items()}
                yield records.record(values, replace(source, row=number), lexicon)
        if number != file.metadata.num_rows:
            raise SourceError("broken_parquet", f"{number} of {file.metadata.num_rows} rows")
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise SourceError("broken_parquet", _said(error)) from None


def _refuse_bombs(file: Any, length: int) -> None:
    """Refuses a group of rows that unpacks to more than memory should hold.

    The sizes of single columns are not asked for: on a damaged file the library ends the whole process over them.
    """
    metadata = file.metadata
    for group in range(metadata.num_row_groups):
        size = metadata.row_group(group).total_byte_size
        if size > limits.MEMBER_BYTES and size > limits.RATIO * length:
            raise SourceError("zip_bomb", f"row group of {size} bytes")


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, datetime):
        return value.strftime(
            "%Y-%m-%d" if (value.hour, value.minute, value.second) == (0, 0, 0) else "%Y-%m-%d %H:%M:%S"
        )
    if isinstance(value, date):
        return value.isoformat()
    return as_text(value)


def _said(error: BaseException) -> str:
    return " ".join(str(error).split())[: limits.DETAIL_CHARACTERS] or type(error).__name__
