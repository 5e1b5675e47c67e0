"""CSV and TSV, in any of the usual delimiters, row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import IO

from saidao.errors import SourceError
from saidao.lexicon import Lexicon
from saidao.models import Raw, Reject, Source
from saidao.sources import columns, encodings, limits, records

_DELIMITERS = ",\t;|"
_HEAD_CHARACTERS = 65_536


def read(
    stream: IO[bytes], source: Source, mapping: Mapping[str, str] | None, lexicon: Lexicon
) -> Iterator[Raw | Reject]:
    """One document a row.

    Raises:
        SourceError: the encoding cannot be told, there is no text column, the file breaks off within a character.
    """
    encoding = encodings.detect(stream, None, lexicon)
    source = replace(source, encoding=encodings.SHOWN.get(encoding, encoding))
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        head = text.read(_HEAD_CHARACTERS).removeprefix("\ufeff")
        delimiter = _delimiter(head, mapping, lexicon)
        if csv.field_size_limit() < limits.FIELD_CHARACTERS:
            csv.field_size_limit(limits.FIELD_CHARACTERS)
        lines = _Lines(text)
        found = _Rows(csv.reader(lines, delimiter=delimiter, doublequote=True), lines, source)
        for each in records.table(found, source, mapping, lexicon):
            yield from found.rejects()
            yield each
        yield from found.rejects()
    except UnicodeDecodeError as error:
        shown = encodings.SHOWN.get(encoding, encoding)
        raise SourceError("undecodable_text", f"{shown}, {error.reason}") from None
    finally:
        text.detach()


def _delimiter(head: str, mapping: Mapping[str, str] | None, lexicon: Lexicon) -> str:
    """The delimiter with which the head has a header with a text column, else the one that cuts it into most cells."""
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        for position, cells in enumerate(_parsed(head, delimiter)):
            if position >= 10:
                break
            try:
                columns.find(cells, mapping, lexicon)
            except SourceError:
                fits = len(cells)
            else:
                fits = 1_000_000 + len(cells)
            if fits > most:
                best, most = delimiter, fits
    return best


def _parsed(head: str, delimiter: str) -> Iterator[Sequence[str]]:
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    try:
        yield from reader
    except csv.Error:
        return


class _Lines:
    """The lines of a file, none longer than the limit: what is beyond is skipped and the line number remembered."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        text.seek(0)
        self.text = text
        self.number = 0
        self.first = True

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self.text.readline(limits.LINE_CHARACTERS)
        if not line:
            raise StopIteration
        self.number += 1
        if self.first:
            line, self.first = line.removeprefix("\ufeff"), False
        if len(line) >= limits.LINE_CHARACTERS and not line.endswith(("\n", "\r")):
            del line
            while (rest := self.text.readline(limits.MIB)) and not rest.endswith(("\n", "\r")):
                pass
            raise SourceError("too_large", f"line {self.number}")
        return line


class _Rows:
    """The rows that the parser makes of the lines; what it cannot make a row of becomes a reject."""

    def __init__(self, rows: Iterator[list[str]], lines: _Lines, source: Source) -> None:
        self.rows = rows
        self.lines = lines
        self.source = source
        self.failed: list[Reject] = []
        self.count = 0

    def __iter__(self) -> Iterator[tuple[int, Sequence[str]]]:
        while True:
            line = self.lines.number + 1
            try:
                yield line, next(self.rows)
            except StopIteration:
                return
            except csv.Error as error:
                self._fail(Reject(self.source, "broken_row", f"{error} (line {line})"))
            except SourceError as error:
                self._fail(Reject(self.source, error.code, error.detail))

    def _fail(self, reject: Reject) -> None:
        self.failed.append(reject)
        self.count += 1
        if self.count >= limits.BROKEN_ROWS:
            raise SourceError("too_many_broken_rows", str(self.count))

    def rejects(self) -> Iterator[Reject]:
        """The rejects since the last call."""
        while self.failed:
            yield self.failed.pop(0)
