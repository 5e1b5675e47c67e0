"""Reads dictionaries: CSV files with a head, which a spreadsheet opens and saves, and plain lists of words.

# name: 低空经济
# version: 1.0
# source: 词目取自 …
# licence: Apache-2.0
group,term,not_in
低空经济,低空经济,
服务业,第三产业,第三产业园|第三产业带
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from pathlib import Path

from saidao import lexicon
from saidao.errors import UsageError
from saidao.terms.dictionary import Dictionary, DictionaryError, Term, contexts_of, faulty

HEAD = ("name", "version", "source", "licence")
"""What the head of a table must say; `english` and `note` it may."""

_KEYS = (*HEAD, "english", "note")

Row = tuple[int, list[str]]


def load(name: str | os.PathLike[str]) -> Dictionary:
    """A dictionary by the name of a shipped one, or from a file.

    Raises:
        DictionaryError: the file has a mistake, or there is none.
    """
    known = shipped()
    if str(name) in known:
        return known[str(name)]
    if not Path(name).is_file():
        raise DictionaryError("unknown", str(name), names=", ".join(known))
    return read(name)


def shipped() -> dict[str, Dictionary]:
    """The dictionaries that come with Saidao, by name."""
    return dict(_shipped())


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Dictionary]:
    folder = resources.files("saidao") / "data" / "dictionaries"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".csv")), key=lambda f: f.name)
    return {f.name[:-4]: parse(f.read_bytes(), f.name) for f in files}


def read(path: str | os.PathLike[str]) -> Dictionary:
    """A dictionary from a file: a table with a head, or a list with a word a line.

    Raises:
        DictionaryError: it has a mistake, named with its line.
    """
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise UsageError("extract.unreadable", path=path, detail=error.strerror or error) from None
    return parse(content, str(path))


def parse(content: bytes, label: str) -> Dictionary:
    """A dictionary from the bytes of a file.

    Raises:
        DictionaryError: it has a mistake, named with its line.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")  # as spreadsheets save it in China
        except UnicodeDecodeError:
            raise DictionaryError("encoding", label) from None
    head: dict[str, str] = {}
    rows: list[Row] = []
    for line, cells in _rows(text, label):
        if cells[0].lstrip().startswith("#"):
            _head(",".join(cells).rstrip(", \t"), head, f"{label}:{line}")
        elif any(cell.strip() for cell in cells):
            rows.append((line, cells))  # a row without a filled cell is one that a spreadsheet left behind
    table = bool(rows) and _is_table(rows[0][1])
    if table or head:
        for key in HEAD:
            if not head.get(key):
                raise DictionaryError("no_head", label, key=key)
    terms = tuple(_table(rows, label) if table else _list(rows, label))
    if not terms:
        raise DictionaryError("no_terms", label)
    stem = Path(label).stem
    return Dictionary(
        stem, terms, name=head.get("name", stem), english=head.get("english", ""), version=head.get("version", ""),
        source=head.get("source", ""), licence=head.get("licence", ""), note=head.get("note", ""), path=label,
    )  # fmt: skip


def _rows(text: str, label: str) -> Iterator[Row]:
    """The lines of a file with their cells; in a .txt file a line is one cell, whatever commas stand in it."""
    if label.lower().endswith(".txt"):
        yield from ((n, [line]) for n, line in enumerate(text.splitlines(), 1))
        return
    reader = csv.reader(io.StringIO(text, newline=""))
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise DictionaryError("broken_csv", f"{label}:{line}", detail=error) from None


def _head(text: str, head: dict[str, str], place: str) -> None:
    """A line of the head; other comments are passed over."""
    key, colon, value = text.lstrip("# \t").replace("：", ":", 1).partition(":")
    key = key.strip().lower()
    if not colon or key not in _KEYS:
        return
    if key in head:
        raise DictionaryError("head_twice", place, key=key)
    head[key] = value.strip()


@lru_cache(maxsize=1)
def _columns() -> dict[str, str]:
    """What a column is called, and what it is."""
    rows = lexicon.load().rows("dictionary_columns")
    return {name: row["id"] for row in rows for name in lexicon.variants(row["names"])}


def _is_table(cells: list[str]) -> bool:
    """Whether a row names columns, one of them that of the terms."""
    return "term" in {_columns().get(cell.strip().lower()) for cell in cells}


def _table(rows: list[Row], label: str) -> Iterator[Term]:
    line, header = rows[0]
    names = []
    for cell in header:
        name = _columns().get(cell.strip().lower(), "" if not cell.strip() else None)
        if name is None:
            raise DictionaryError("column", f"{label}:{line}", name=cell.strip())
        if name and name in names:
            raise DictionaryError("column_twice", f"{label}:{line}", name=cell.strip())
        names.append(name)
    seen: dict[str, int] = {}
    for line, cells in rows[1:]:
        place = f"{label}:{line}"
        if any(cell.strip() for cell in cells[len(names) :]):
            raise DictionaryError("cells", place, count=len(cells), columns=len(names))
        row = dict(zip(names, (cell.strip() for cell in cells), strict=False))
        text = row.get("term", "")
        _check(text, seen, line, place)
        contexts = contexts_of(row.get("not_in", ""))
        for n, context in enumerate(contexts):
            if context == text:
                raise DictionaryError("excludes_itself", place, term=text)
            if text not in context:
                raise DictionaryError("foreign_context", place, term=text, context=context)
            if context in contexts[:n]:
                raise DictionaryError("context_twice", place, term=text, context=context)
        yield Term(text, row.get("group") or text, contexts)


def _list(rows: list[Row], label: str) -> Iterator[Term]:
    """A list with a word a line."""
    seen: dict[str, int] = {}
    for line, cells in rows:
        place = f"{label}:{line}"
        if any(cell.strip() for cell in cells[1:]):
            raise DictionaryError("no_columns", place, count=len(cells))
        text = cells[0].strip()
        _check(text, seen, line, place)
        yield Term(text, text)


def _check(text: str, seen: dict[str, int], line: int, place: str) -> None:
    if fault := faulty(text):
        raise DictionaryError(fault, place, term=text)
    if text in seen:
        raise DictionaryError("twice_in", place, term=text, line=seen[text])
    seen[text] = line
