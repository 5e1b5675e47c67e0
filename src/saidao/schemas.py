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

from saidao.errors import Said

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


def header_fault(name: str, header: list[str]) -> Said | None:
    """What is wrong with the first line of a file."""
    rules = schemas().get(name)
    if rules is None:
        return None
    twice = next((column for column in header if header.count(column) > 1), None)
    if twice is not None:
        return Said("lexicon.column_twice", {"name": twice})
    unknown = [column for column in header if column not in rules and column not in FREE]
    if unknown:
        return Said("lexicon.unknown_column", {"name": unknown[0], "names": ", ".join((*rules, "note"))})
    return None


def missing_columns(name: str, header: list[str]) -> list[str]:
    """Columns that a whole file must have and this one lacks."""
    return [column for column in schemas().get(name, {}) if column not in header]


def fault(name: str, rows: Sequence[Mapping[str, str]], known: Known) -> tuple[int, Said] | None:
    """The first row of a file that has a mistake, by its place in the list, and what is wrong with it.

    Args:
        name: the file's name without its ending.
        rows: the cells by column, as they stand there.
        known: gives the ids of a file that cells refer to.
    """
    found: list[tuple[int, Said]] = []
    for column, rule in schemas().get(name, {}).items():
        cells = [row.get(column, "") for row in rows]
        # A value is looked at once, however many rows have it.
        wrong = {cell: said for cell in set(cells) if (said := _cell_fault(column, cell, rule, known)) is not None}
        if wrong:
            at = next(number for number, cell in enumerate(cells) if cell in wrong)
            found.append((at, wrong[cells[at]]))
    return min(found, key=lambda each: each[0], default=None)


def _cell_fault(column: str, cell: str, rule: Rule, known: Known) -> Said | None:
    if not cell:
        return None if rule.empty else Said("lexicon.empty_cell", {"column": column})
    if rule.kind == "text":
        return None
    wrong = Said("lexicon.full_width") if _FULL_WIDTH.search(cell) else _value_fault(cell, rule, known)
    return None if wrong is None else Said("lexicon.in_column", {"column": column, "fault": wrong})


def _value_fault(cell: str, rule: Rule, known: Known) -> Said | None:
    kind, values = rule.kind, rule.values
    if kind == "id":
        return None
    if kind == "pattern":
        return _pattern_fault(cell, values, known)
    if kind == "number":
        return None if _NUMBER.fullmatch(cell) else Said("lexicon.no_number", {"cell": cell})
    if kind == "integer":
        return None if _INTEGER.fullmatch(cell) else Said("lexicon.no_integer", {"cell": cell})
    if kind == "one":
        return None if cell in values else _none_of(cell, values)
    if kind == "row":
        return _unknown([cell], values, known)
    parts = cell.split("|") if kind != "some" else _LISTS.split(cell)
    for part in parts:
        if not part.strip():
            return Said("lexicon.empty_word")
        if part != part.strip():
            return Said("lexicon.blank_beside", {"word": part.strip()})
    if len(set(parts)) != len(parts):
        return Said("lexicon.word_twice", {"word": next(part for part in parts if parts.count(part) > 1)})
    if kind == "some":
        return next((_none_of(part, values) for part in parts if part not in values), None)
    return _unknown(parts, values, known) if kind == "rows" else None


def _none_of(value: str, values: tuple[str, ...]) -> Said:
    return Said("lexicon.no_value", {"cell": value, "names": ", ".join(values)})


def _unknown(ids: list[str], values: tuple[str, ...], known: Known) -> Said | None:
    file, *others = values
    for id in ids:
        if id not in others and id not in known(file):
            return Said("lexicon.no_row", {"name": f"{file}.csv", "id": id})
    return None


def _pattern_fault(cell: str, values: tuple[str, ...], known: Known) -> Said | None:
    plain = cell
    if values:
        for name in SLOT.findall(cell):
            if name not in known(values[0]):
                return Said("lexicon.no_set_in", {"file": f"{values[0]}.csv", "name": name})
        plain = SLOT.sub("x", cell)
    try:
        re.compile(plain)
    except re.error as error:
        return Said("lexicon.no_pattern", {"detail": error})
    return None
