"""What the columns of the data files hold, as `data/schemas.csv` declares it, and what is wrong with a row.

| kind      | a cell of it                                                               | `values`                          |
| --------- | -------------------------------------------------------------------------- | --------------------------------- |
| `id`      | names its row; no other row has it                                         |                                   |
| `text`    | anything                                                                   |                                   |
| `words`   | spellings, separated by a bar, none of them twice                          |                                   |
| `one`     | one of some values                                                         | the values, separated by a bar    |
| `some`    | several of some values, separated by a bar or a semicolon                  | the values                        |
| `number`  | a decimal number                                                           |                                   |
| `integer` | a whole number                                                             |                                   |
| `pattern` | a regular expression; `{name}` in it is a set of words                     | the file with the sets, or none   |
| `row`     | the id of a row of a file                                                  | the file, and other values        |
| `rows`    | ids of rows of a file, separated by a bar                                  | the file, and other values        |

A cell may be empty where `empty` says yes. A column `note` or `example` may stand in any file and holds anything.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

FREE = frozenset({"note", "example"})
SLOT = re.compile("{([a-z_]+)}")
_FULL_WIDTH = re.compile("[０-９]")
_INTEGER = re.compile(r"-?[0-9]+")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LISTS = re.compile("[|;]")

Known = Callable[[str], Collection[str]]
"""The ids of a file, or its sets where it has none."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a column holds."""

    kind: str
    values: tuple[str, ...]
    empty: bool


@lru_cache(maxsize=1)
def schemas() -> dict[str, dict[str, Rule]]:
    """The rules of every file by column, in the order of the columns."""
    text = (resources.files("saidao") / "data" / "schemas.csv").read_text("utf-8")
    found: dict[str, dict[str, Rule]] = {}
    for row in csv.DictReader(io.StringIO(text, newline="")):
        rule = Rule(row["kind"], tuple(v for v in row["values"].split("|") if v), row["empty"] == "yes")
        found.setdefault(row["file"], {})[row["column"]] = rule
    return found


def header_fault(name: str, header: list[str]) -> str | None:
    """What is wrong with the first line of a file."""
    rules = schemas().get(name)
    if rules is None:
        return None
    twice = next((column for column in header if header.count(column) > 1), None)
    if twice is not None:
        return f"the column {twice} stands there twice"
    unknown = [column for column in header if column not in rules and column not in FREE]
    if unknown:
        return f"no column is called {unknown[0]}; there are {', '.join(rules)}, note"
    return None


def missing_columns(name: str, header: list[str]) -> list[str]:
    """Columns that a whole file must have and this one lacks."""
    return [column for column in schemas().get(name, {}) if column not in header]


def fault(name: str, rows: Sequence[Mapping[str, str]], known: Known) -> tuple[int, str] | None:
    """The first row of a file that has a mistake, by its place in the list, and what is wrong with it.

    Args:
        name: the file's name without its ending.
        rows: the cells by column, as they stand there.
        known: gives the ids of a file that cells refer to.
    """
    found: list[tuple[int, str]] = []
    for column, rule in schemas().get(name, {}).items():
        cells = [row.get(column, "") for row in rows]
        # A value is looked at once, however many rows have it.
        wrong = {cell: said for cell in set(cells) if (said := _cell_fault(cell, rule, known)) is not None}
        if wrong:
            at = next(number for number, cell in enumerate(cells) if cell in wrong)
            found.append((at, f"{column}{wrong[cells[at]]}"))
    return min(found, default=None)


def _cell_fault(cell: str, rule: Rule, known: Known) -> str | None:
    if not cell:
        return None if rule.empty else " is empty"
    if rule.kind == "text":
        return None
    wrong = "a full-width digit; write 0 to 9" if _FULL_WIDTH.search(cell) else _value_fault(cell, rule, known)
    return None if wrong is None else f": {wrong}"


def _value_fault(cell: str, rule: Rule, known: Known) -> str | None:
    kind, values = rule.kind, rule.values
    if kind == "id":
        return None
    if kind == "pattern":
        return _pattern_fault(cell, values, known)
    if kind == "number":
        return None if _NUMBER.fullmatch(cell) else f"{cell} is no number"
    if kind == "integer":
        return None if _INTEGER.fullmatch(cell) else f"{cell} is no whole number"
    if kind == "one":
        return None if cell in values else f"{cell} is none of {', '.join(values)}"
    if kind == "row":
        return _unknown([cell], values, known)
    parts = cell.split("|") if kind != "some" else _LISTS.split(cell)
    for part in parts:
        if not part.strip():
            return "a word between two separators is empty"
        if part != part.strip():
            return f"a blank beside {part.strip()}"
    if len(set(parts)) != len(parts):
        return f"{next(part for part in parts if parts.count(part) > 1)} stands there twice"
    if kind == "some":
        return next((f"{part} is none of {', '.join(values)}" for part in parts if part not in values), None)
    return _unknown(parts, values, known) if kind == "rows" else None


def _unknown(ids: list[str], values: tuple[str, ...], known: Known) -> str | None:
    file, *others = values
    for id in ids:
        if id not in others and id not in known(file):
            return f"{file}.csv has no row {id}"
    return None


def _pattern_fault(cell: str, values: tuple[str, ...], known: Known) -> str | None:
    plain = cell
    if values:
        for name in SLOT.findall(cell):
            if name not in known(values[0]):
                return f"{values[0]}.csv has no set {name}"
        plain = SLOT.sub("x", cell)
    try:
        re.compile(plain)
    except re.error as error:
        return f"no regular expression ({error})"
    return None
