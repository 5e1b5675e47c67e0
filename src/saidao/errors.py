"""The exceptions that Saidao raises: one family, so that `except SaidaoError` catches what it raises on purpose.

    SaidaoError
    ├── SourceError              an input that cannot be read; becomes a row of `rejects`
    ├── LexiconError             a data file that breaks its own rules; names file and line
    │   └── DictionaryError      a dictionary of terms that does (terms/dictionary.py)
    ├── StoreError               a database or its rows are not as they must be
    │   └── DatabaseError        a file that cannot be opened, read or written; says what to do (store/problems.py)
    └── UsageError               a call or command line that asks for what does not exist
        └── SeriesError          an indicator, measure or region that does (analyses/series.py)

Each is raised with the id of a row of `data/messages.csv` (a `SourceError` with that of `data/rejects.csv`), and speaks
Chinese and English: `text("zh")`, `text("en")`; `str()` is English. A doubt inside a document is no exception: it is a row of
`notes`, listed by `saidao notes`. An input that is given up is a row of `rejects`, listed by `saidao rejects`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for people in two languages; `str()` is English.

    Args:
        id: of a row of `data/messages.csv`.
        values: what fills its places; a `Said` among them speaks the same language.
    """

    id: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text("en")

    def text(self, language: str) -> str:
        """The sentence in a language: `zh` or `en`. An id without a row is taken for the sentence itself."""
        # Not by `lexicon`, whose own errors are told with this.
        row = _rows("messages").get(self.id)
        if row is None:
            return self.id
        values = {
            name: value.text(language) if isinstance(value, Said) else value for name, value in self.values.items()
        }
        # A cell is one line of the file; \n in it stands for a line break.
        return row["zh" if language == "zh" else "en"].replace("\\n", "\n").format(**values)


class SaidaoError(Exception):
    """Base of every exception that Saidao raises on purpose.

    Args:
        id: of a row of `data/messages.csv`, the sentence that a person reads.
        values: what fills its places.
    """

    def __init__(self, id: str, /, **values: Any) -> None:
        super().__init__(id, values)
        self.said = Said(id, values)

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.args, dict(self.__dict__))

    def __str__(self) -> str:
        return self.text("en")

    def text(self, language: str) -> str:
        """The message in a language: `zh` or `en`."""
        return self.said.text(language)


class SourceError(SaidaoError):
    """An input cannot be read.

    Args:
        code: id of a row of `data/rejects.csv`, which holds the sentence a person reads, and what to do.
        detail: what fills `{detail}` in that sentence.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail=detail)
        self.code = code
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}" if self.detail else self.code

    def text(self, language: str) -> str:
        """The reason and the advice in a language: `zh` or `en`."""
        row = _rows("rejects").get(self.code)
        if row is None:
            return str(self)
        return with_advice(row, "zh" if language == "zh" else "en").replace("{detail}", self.detail)


class LexiconError(SaidaoError):
    """A data file is malformed; the message names the file and the line."""


class StoreError(SaidaoError):
    """A database file cannot be opened, is of another schema version, or cannot be written."""


class UsageError(SaidaoError):
    """The caller asked for something that does not exist or does not fit together."""


def with_advice(row: Mapping[str, str], language: str) -> str:
    """The sentence of a row of `rejects.csv` or `notes.csv`, with what to do about it where something can be done."""
    said, advice = row[language], row[f"advice_{language}"]
    return f"{said}{'；' if language == 'zh' else '; '}{advice}" if advice else said


@lru_cache(maxsize=2)
def _rows(name: str) -> dict[str, dict[str, str]]:
    text = (resources.files("saidao") / "data" / f"{name}.csv").read_text("utf-8")
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def _again(kind: type[SaidaoError], args: tuple[Any, ...], state: dict[str, Any]) -> SaidaoError:
    """An exception that has gone from one process to another."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error
