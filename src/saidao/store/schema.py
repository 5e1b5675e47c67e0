"""The tables as `schema.sql` declares them: parsed once, used to create them, to fill them and to document them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

VERSION = 4
"""Version of the schema; raised when a table changes in a way that older code cannot read or write."""

_TABLE = re.compile(r"((?:^--[^\n]*\n)+)CREATE TABLE (\w+) \(\n(.*?)^\);\n", re.M | re.S)
_COLUMN = re.compile(r'^    "?(\w+)"? ([A-Z]+(?:\([^)]*\))?(?:\[\])?)([^-\n]*?),?  -- (.*)$', re.M)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type in SQL, and what it means."""

    name: str
    type: str
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what a row of it is, and its columns."""

    name: str
    meaning: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(column.name for column in self.columns)


@lru_cache(maxsize=1)
def script() -> str:
    """The SQL that creates the tables."""
    return (resources.files("saidao.store") / "schema.sql").read_text("utf-8")


@lru_cache(maxsize=1)
def tables() -> dict[str, Table]:
    """The tables by name, in the order of the script."""
    found = {}
    for comment, name, body in _TABLE.findall(script()):
        meaning = " ".join(line.removeprefix("--").strip() for line in comment.strip().splitlines())
        columns = tuple(
            Column(column, kind, "NOT NULL" in rest, says.strip()) for column, kind, rest, says in _COLUMN.findall(body)
        )
        found[name] = Table(name, meaning, columns)
    return found


def comments() -> str:
    """The SQL that stores each table's and column's meaning in the file."""
    lines = []
    for table in tables().values():
        lines.append(f"COMMENT ON TABLE {table.name} IS {_quoted(table.meaning)};")
        lines += [
            f'COMMENT ON COLUMN {table.name}."{column.name}" IS {_quoted(column.meaning)};' for column in table.columns
        ]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
