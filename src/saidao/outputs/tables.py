"""Tables for people and programs: one set of columns, one stream of rows, six formats.

Every command that lists something calls `write`; a format is added here and serves all of them.

| format    | columns and values       | numbers                    |
| --------- | ------------------------ | -------------------------- |
| `table`   | labels in the language   | plain, grouped             |
| `csv`     | names, codes             | plain decimals             |
| `jsonl`   | names, codes             | JSON numbers, every digit  |
| `parquet` | names, codes             | decimal(38, 12)            |
| `xlsx`    | labels in the language   | numbers up to 15 digits    |
| `dta`     | names, labels on codes   | doubles                    |
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from saidao.errors import UsageError
from saidao.outputs.messages import Messages

FORMATS = ("table", "csv", "jsonl", "parquet", "xlsx", "dta")
BINARY = frozenset({"parquet", "xlsx", "dta"})
SUFFIXES = {
    ".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".xlsx": "xlsx", ".dta": "dta",
}  # fmt: skip

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: the key in the records, and how it is shown.

    `kind`: `text`, `code` (a value with a label), `codes` (several of them), `integer`, `decimal`, `date`, `boolean`,
    `list`, or `sentence` (long text).
    `width` is in halfwidth characters, for spreadsheets and terminals.
    """

    name: str
    kind: str = "text"
    width: int = 12
    label: str | None = None
    """Id in labels.csv where it is not `column.NAME`."""
    terminal: bool = True
    """Whether a terminal shows it; files hold all columns."""
    codes: str | None = None
    """Which labels its codes have, where that is not the column's name."""

    def title(self, messages: Messages) -> str:
        """The heading that people see."""
        return messages.label(self.label or f"column.{self.name}")

    def shown(self, messages: Messages, value: Any) -> Any:
        """The value that people see."""
        if value is not None and self.kind == "code":
            return messages.value(self.codes or self.name, value)
        if value is not None and self.kind == "codes":
            between = "、" if messages.language == "zh" else ", "
            return between.join(messages.value(self.codes or self.name, each) for each in value)
        if value is not None and self.kind == "boolean":
            return messages("yes" if value else "no")
        return value


def format_of(chosen: str | None, target: str | None) -> str:
    """The format: the one chosen, else what the file's name ends in, else a table.

    Raises:
        UsageError: the file's name ends in none that is known.
    """
    if chosen is not None:
        return chosen
    if target is None or target == "-":
        return "table"
    suffix = Path(target).suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError("output.no_format", path=target, names=", ".join(SUFFIXES))
    return SUFFIXES[suffix]


def write(
    records: Iterable[Record], columns: list[Column], format: str, target: str | None, messages: Messages, *, name: str
) -> None:
    """Writes records to a file, which appears only when it is complete, or to standard output.

    Args:
        records: the rows.
        columns: the columns.
        format: see above.
        target: the file; standard output if None or `-`.
        messages: the language.
        name: of the list: its label `table.NAME` is what a sheet is called.

    Raises:
        UsageError: the format does not go to a terminal, or the file cannot be written.
    """
    from saidao.outputs import spreadsheet, stata, terminal, texts

    if format in BINARY and (target is None or target == "-") and sys.stdout.isatty():
        raise UsageError("output.binary", format=format)
    with opened(target, binary=format in BINARY, mark=format == "csv") as out:
        if format == "csv":
            texts.csv_rows(records, columns, out)
        elif format == "jsonl":
            texts.json_lines(records, columns, out)
        elif format == "parquet":
            spreadsheet.parquet(records, columns, out)
        elif format == "xlsx":
            spreadsheet.xlsx(records, columns, out, messages, name)
        elif format == "dta":
            stata.dta(records, columns, out, messages)
        else:
            terminal.table(records, columns, out, messages)


@contextmanager
def opened(target: str | None, *, binary: bool, mark: bool = False) -> Iterator[IO[Any]]:
    """Where to write: standard output, or a file that takes its name only when all is written.

    `mark`: a byte order mark, without which Excel reads a CSV file's Chinese as garbage; standard output gets none.
    """
    if target is None or target == "-":
        if not binary and hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        yield sys.stdout.buffer if binary else sys.stdout
        sys.stdout.flush()
        return
    path = Path(target)
    if path.exists() and not path.is_file():
        # A device or a pipe cannot be replaced.
        with _file(path, binary, mark=False) as out:
            yield out
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with _file(part, binary, mark) as out:
            yield out
        part.replace(path)
    except OSError as error:
        raise UsageError("output.failed", path=target, detail=error.strerror or error) from None
    finally:
        with suppress(OSError):  # where nothing can be written, nothing can be removed
            part.unlink(missing_ok=True)


def _file(path: Path, binary: bool, mark: bool) -> IO[Any]:
    try:
        if binary:
            return path.open("wb")
        return path.open("w", encoding="utf-8-sig" if mark else "utf-8", newline="\n")
    except OSError as error:
        raise UsageError("output.failed", path=path.parent, detail=error.strerror or error) from None
