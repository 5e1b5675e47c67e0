"""A table that is read when its rows are asked for, and given as Arrow, Polars, pandas or plain rows."""

from __future__ import annotations

import datetime
import html
from collections.abc import Iterable, Iterator, Sequence
from decimal import Context, Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

import duckdb

from saidao.errors import UsageError
from saidao.store.problems import explained

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

SHOWN = 20
"""Rows that a notebook shows."""

_PLACES, _DECIMALS = Decimal("1E-12"), Context(prec=38)
"""Decimals have twelve places, as the tables of a database have them."""


class Frame:
    """The rows of a query.

    Example:
        >>> frame = database.statements(status="target")  # doctest: +SKIP
        >>> len(frame), frame.columns[:3]  # doctest: +SKIP
        >>> frame.polars(), frame.pandas(), frame.arrow(), frame.rows()  # doctest: +SKIP
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, sql: str, parameters: list[Any] | None = None, path: str = ""
    ) -> None:
        self._connection = connection
        self._sql = sql
        self._parameters = parameters or []
        self._path = path
        self._length: int | None = None

    @classmethod
    def of(cls, records: Iterable[dict[str, Any]], columns: Sequence[str]) -> Frame:
        """A frame over rows that are already there: decimals as DECIMAL(38, 12), whole numbers as BIGINT."""
        return _Held(records, columns)

    @property
    def _opened(self) -> duckdb.DuckDBPyConnection:
        return self._connection

    @property
    def columns(self) -> list[str]:
        """The columns' names."""
        return [column[0] for column in self._execute(f"SELECT * FROM ({self._sql}) LIMIT 0").description or []]

    def arrow(self) -> pyarrow.Table:
        """An Arrow table."""
        with explained(self._path):
            return self._relation().to_arrow_table()

    def polars(self) -> polars.DataFrame:
        """A Polars frame; needs `polars`."""
        try:
            import polars
        except ImportError:
            raise UsageError("usage.not_installed", name="polars", extra="frames") from None
        frame = polars.from_arrow(self.arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    def pandas(self) -> pandas.DataFrame:
        """A pandas frame; needs `pandas`. Numbers stay exact: they are `Decimal` objects."""
        try:
            import pandas  # noqa: F401
        except ImportError:
            raise UsageError("usage.not_installed", name="pandas", extra="frames") from None
        frame: pandas.DataFrame = self.arrow().to_pandas()
        return frame

    def rows(self) -> list[dict[str, Any]]:
        """All rows, each a dictionary."""
        return list(self)

    def page(self, size: int, offset: int = 0) -> list[dict[str, Any]]:
        """At most `size` rows, each a dictionary, from number `offset` on."""
        sql = f"SELECT * FROM ({self._sql}) LIMIT {int(size)} OFFSET {int(offset)}"
        cursor = self._execute(sql)
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def sizes(self, column: str) -> tuple[int, int]:
        """The number of rows, and of different values of a column."""
        name = column.replace('"', '""')
        found = self._execute(f'SELECT count(*), count(DISTINCT "{name}") FROM ({self._sql})').fetchone()
        return (int(found[0]), int(found[1])) if found else (0, 0)

    def batches(self, size: int = 10_000) -> Iterator[pyarrow.RecordBatch]:
        """The rows as Arrow batches, one after the other: for more than memory holds."""
        with explained(self._path):
            reader: Any = self._relation().to_arrow_reader(size)
        yield from reader

    def __iter__(self) -> Iterator[dict[str, Any]]:
        cursor = self._execute(self._sql)
        names = [column[0] for column in cursor.description or []]
        while rows := cursor.fetchmany(1000):
            for row in rows:
                yield dict(zip(names, row, strict=True))

    def __len__(self) -> int:
        if self._length is None:
            found = self._execute(f"SELECT count(*) FROM ({self._sql})").fetchone()
            self._length = int(found[0]) if found else 0
        return self._length

    def __repr__(self) -> str:
        return f"Frame({len(self)} rows: {', '.join(self.columns)})"

    def _repr_html_(self) -> str:
        names = self.columns
        cursor = self._execute(f"SELECT * FROM ({self._sql}) LIMIT {SHOWN}")
        head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_shown(cell))}</td>" for cell in row) + "</tr>"
            for row in cursor.fetchall()
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{len(self):,} rows</p>"

    def _relation(self) -> duckdb.DuckDBPyRelation:
        # A relation hands its rows to Arrow as they are; the result of `execute` copies them once more.
        return self._opened.cursor().sql(self._sql, params=self._parameters)

    def _execute(self, sql: str) -> duckdb.DuckDBPyConnection:
        with explained(self._path):
            return self._opened.cursor().execute(sql, self._parameters)


class _Held(Frame):
    """A frame over rows that are already there; DuckDB gets them only for what needs a table."""

    def __init__(self, records: Iterable[dict[str, Any]], columns: Sequence[str]) -> None:
        self._columns = list(columns)
        self._rows = [{name: row.get(name) for name in columns} for row in records]
        for name in columns:
            if isinstance(_first(self._rows, name), Decimal):
                for row in self._rows:
                    row[name] = _stored(row[name])
        self._sql, self._parameters, self._path = "SELECT * FROM answer", [], ""

    @property
    def _opened(self) -> duckdb.DuckDBPyConnection:
        return self._table

    @cached_property
    def _table(self) -> duckdb.DuckDBPyConnection:
        import pyarrow

        schema = pyarrow.schema([(name, _type_of(self._rows, name)) for name in self._columns])
        connection = duckdb.connect()
        # a table, not a registered view: cursors, by which a frame reads, do not see views of the connection
        connection.register("rows", pyarrow.Table.from_pylist(self._rows, schema))
        connection.execute("CREATE TABLE answer AS SELECT * FROM rows")
        connection.unregister("rows")
        return connection

    @property
    def columns(self) -> list[str]:
        return list(self._columns)

    def page(self, size: int, offset: int = 0) -> list[dict[str, Any]]:
        return [dict(row) for row in self._rows[offset : offset + size]]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(row) for row in self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _stored(value: Decimal | int | None) -> Decimal | None:
    """A number of a column of decimals as a table gives it back."""
    return None if value is None else _DECIMALS.quantize(_DECIMALS.add(Decimal(value), Decimal()), _PLACES)


def _first(rows: Iterable[dict[str, Any]], name: str) -> Any:
    """The first value that a column has."""
    return next((row[name] for row in rows if row.get(name) is not None), None)


def _type_of(rows: Iterable[dict[str, Any]], name: str) -> Any:
    import pyarrow

    value = _first(rows, name)
    if isinstance(value, bool):
        return pyarrow.bool_()
    if isinstance(value, Decimal):
        return pyarrow.decimal128(38, 12)
    if isinstance(value, int):
        return pyarrow.int64()
    if isinstance(value, datetime.date):
        return pyarrow.date32()
    return pyarrow.list_(pyarrow.string()) if isinstance(value, list) else pyarrow.string()


def _shown(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        text = f"{cell:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(cell)
