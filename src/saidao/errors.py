"""The exceptions that Saidao raises: one family, so that `except SaidaoError` catches what it raises on purpose.

    SaidaoError
    ├── SourceError              an input that cannot be read; becomes a row of `rejects`
    ├── LexiconError             a data file that breaks its own rules; names file and line
    │   └── DictionaryError      a dictionary of terms that does (terms/dictionary.py)
    ├── StoreError               a database or its rows are not as they must be
    │   └── DatabaseError        a file that cannot be opened, read or written; says what to do (store/problems.py)
    └── UsageError               a call or command line that asks for what does not exist
        └── SeriesError          an indicator, measure or region that does (analyses/series.py)

Those with a `text(language)` speak Chinese and English. A doubt inside a document is no exception: it is a row of `notes`,
listed by `saidao notes`. An input that is given up is a row of `rejects`, listed by `saidao rejects`.
"""

from __future__ import annotations


class SaidaoError(Exception):
    """Base of every exception that Saidao raises on purpose."""


class SourceError(SaidaoError):
    """An input cannot be read.

    Args:
        code: id of a row of `data/rejects.csv`, which holds the sentence a person reads.
        detail: what fills `{detail}` in that sentence.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}" if self.detail else self.code


class LexiconError(SaidaoError):
    """A data file is malformed; the message names the file and the line."""


class StoreError(SaidaoError):
    """A database file cannot be opened, is of another schema version, or cannot be written."""


class UsageError(SaidaoError):
    """The caller asked for something that does not exist or does not fit together."""
