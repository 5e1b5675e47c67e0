"""Tables as Stata files: numbers as numbers, variable labels, and value labels for whatever has a code.

Written by pyreadstat from a pandas frame; both come with the extra `stata` and are loaded only here. Stata has no
decimals, so that figures become doubles. A division code becomes a number labelled with the division's name.
"""

from __future__ import annotations

import datetime
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from saidao.errors import UsageError
from saidao.lexicon import load
from saidao.outputs.messages import Messages
from saidao.outputs.texts import plain_cell

if TYPE_CHECKING:
    from saidao.outputs.tables import Column, Record

_NAME, _LABEL = 32, 80
"""Characters that a variable's name and its label hold."""
_WORDS = frozenset(
    ("_all", "_b", "byte", "_coef", "_cons", "double", "float", "if", "in", "int", "long", "_n", "_N", "_pi", "_pred",
     "_rc", "_skip", "strL", "using", "with")
)  # fmt: skip
"""Words that Stata keeps for itself."""
_STAMP = re.compile(rb"<timestamp>(.)(.{17})</timestamp>", re.DOTALL)

_NUMBERS = frozenset(("integer", "decimal"))
_DAY_ZERO = datetime.date(1960, 1, 1)
"""Day 0 of Stata."""


def dta(records: Iterable[Record], columns: list[Column], out: IO[bytes], messages: Messages) -> None:
    """Writes a Stata file of version 14 or later (format 118).

    Raises:
        UsageError: pyreadstat or pandas is not installed.
    """
    try:
        import pandas
        import pyreadstat
    except ImportError:
        raise UsageError("output.no_stata") from None
    rows = list(records)
    data: dict[str, Any] = {}
    labels: dict[str, str | None] = {}
    values: dict[str, dict[int | float, str]] = {}
    formats: dict[str, str] = {}
    for column in columns:
        name = variable(column.name, data)
        labels[name] = column.title(messages)[:_LABEL]
        cells = [row.get(column.name) for row in rows]
        told = _coded(column, cells, messages)
        if told is not None:
            codes, values[name] = told
            data[name] = pandas.Series(codes, dtype="float64" if None in codes else "int32")
        elif column.kind in _NUMBERS:
            whole = all(isinstance(cell, int) and abs(cell) < 2**31 - 128 for cell in cells)
            numbers = cells if whole else [None if cell is None else float(cell) for cell in cells]
            data[name] = pandas.Series(numbers, dtype="int32" if whole else "float64")
        elif column.kind == "date":
            days = [None if cell is None else float((cell - _DAY_ZERO).days) for cell in cells]
            data[name] = pandas.Series(days, dtype="float64")
            formats[name] = "%td"
        else:
            data[name] = pandas.Series([plain_cell(cell) for cell in cells], dtype="object")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.dta"
        pyreadstat.write_dta(
            pandas.DataFrame(data), str(path), file_label="Saidao", column_labels=labels, version=14,
            variable_value_labels={name: told for name, told in values.items() if told}, variable_format=formats,
        )  # fmt: skip
        content = path.read_bytes()
    # The same table gives the same file, whenever it is written.
    out.write(_STAMP.sub(rb"<timestamp>\g<1>01 Jan 2000 00:00</timestamp>", content, count=1))


def variable(name: str, taken: Iterable[str] = ()) -> str:
    """A name that Stata takes and that is not taken."""
    made = re.sub("[^A-Za-z0-9_]", "_", name)[:_NAME]
    if not made or made[0].isdigit() or made in _WORDS or re.fullmatch(r"str\d+", made):
        made = f"_{made}"[:_NAME]
    known, n, first = set(taken), 2, made
    while made in known:
        made = f"{first[: _NAME - len(str(n)) - 1]}_{n}"
        n += 1
    return made


def _coded(
    column: Column, cells: list[Any], messages: Messages
) -> tuple[list[int | None], dict[int | float, str]] | None:
    """The numbers of a column of codes, and what they stand for; None where it has no codes."""
    if column.name == "adcode" or column.name.endswith("_adcode"):
        if not all(cell is None or re.fullmatch("[0-9]{6}", cell) for cell in cells):
            return None
        names = {row["id"]: row for row in load().rows("regions")}
        known = sorted({cell for cell in cells if cell})
        language = "english" if messages.language == "en" else "name"
        told: dict[int | float, str] = {
            int(code): (names.get(code, {}).get(language) or names.get(code, {}).get("name") or code) for code in known
        }
        return [int(cell) if cell else None for cell in cells], told
    if column.kind != "code":
        return None
    numbers = {code: n for n, code in enumerate(sorted({cell for cell in cells if cell}), 1)}
    return [numbers.get(cell) for cell in cells], {n: str(column.shown(messages, code)) for code, n in numbers.items()}
