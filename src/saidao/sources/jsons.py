"""JSON (a list of objects, an object with such a list, one object, columns of pandas) and JSON Lines."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import IO, Any

from saidao.errors import SourceError
from saidao.lexicon import Lexicon
from saidao.models import Raw, Reject, Source
from saidao.sources import columns, encodings, limits, records
from saidao.sources.content import whole

_BROKEN = (ValueError, RecursionError)
"""Broken JSON, a number with thousands of digits, lists within lists without end."""

_KINDS_OF_RECORDS = 10_000
"""Different sets of keys whose columns are remembered."""


def read_lines(
    stream: IO[bytes], source: Source, mapping: Mapping[str, str] | None, lexicon: Lexicon
) -> Iterator[Raw | Reject]:
    """One document a line. A broken line is a reject with its number; the others are read.

    Raises:
        SourceError: the encoding cannot be told; no line has a text field; too many lines are broken.
    """
    encoding = encodings.detect(stream, None, lexicon)
    source = replace(source, encoding=encodings.SHOWN.get(encoding, encoding))
    text = io.TextIOWrapper(stream, encoding=encoding, newline="\n")
    try:
        yield from _objects(_lines(text, source), source, mapping, lexicon)
    except UnicodeDecodeError as error:
        raise SourceError("undecodable_text", f"{source.encoding}, {error.reason}") from None
    finally:
        text.detach()


def read(
    stream: IO[bytes], source: Source, mapping: Mapping[str, str] | None, lexicon: Lexicon
) -> Iterator[Raw | Reject]:
    """One document an object. JSON Lines under the name of JSON are read as such.

    Raises:
        SourceError: `broken_json`, `no_text_column`, `too_large`.
    """
    text, encoding = encodings.decode(whole(stream, limits.DATASET_BYTES), None, lexicon)
    source = replace(source, encoding=encoding)
    start = len(text) - len(text.lstrip())
    if text[start : start + 1] == "[":
        yield from _objects(_list(text, start, source), source, mapping, lexicon)
        return
    try:
        value, end = json.JSONDecoder().raw_decode(text, start)
    except _BROKEN as error:
        raise SourceError("broken_json", _said(error)) from None
    if text[end:].strip():
        lines = io.StringIO(text)
        yield from _objects(_lines(lines, source), source, mapping, lexicon)
        return
    yield from _objects(_within(value, mapping, lexicon), source, mapping, lexicon)


def _lines(text: io.TextIOBase, source: Source) -> Iterator[Any]:
    """The values on the lines; a reject for a line that has none. Blank lines are no records."""
    number = broken = line_number = 0
    while line := text.readline(limits.LINE_CHARACTERS):
        line_number += 1
        problem: tuple[str, str] | None = None
        value: Any = None
        if len(line) >= limits.LINE_CHARACTERS and not line.endswith("\n"):
            while (rest := text.readline(limits.MIB)) and not rest.endswith("\n"):
                pass
            problem = ("too_large", f"line {line_number}")
        elif not (line := line.strip().strip("\ufeff")):
            continue
        else:
            try:
                value = json.loads(line)
            except _BROKEN as error:
                problem = ("broken_line", f"line {line_number}: {_said(error)}")
        number += 1
        if problem is None and number == 1 and isinstance(value, list):
            yield from value
            continue
        if problem is None:
            yield value
            continue
        broken += 1
        yield Reject(replace(source, row=number), *problem)
        if broken >= limits.BROKEN_ROWS:
            raise SourceError("too_many_broken_rows", str(broken))


def _list(text: str, start: int, source: Source) -> Iterator[Any]:
    """The values of a top-level list, one at a time, so that those before a fault are kept."""
    decoder = json.JSONDecoder()
    at = start + 1
    length = len(text)
    while True:
        while at < length and text[at] in " \t\r\n,":
            at += 1
        if at < length and text[at] == "]":
            if text[at + 1 :].strip():
                yield Reject(source, "broken_json", f"text after the list (character {at + 1})")
            return
        try:
            value, at = decoder.raw_decode(text, at)
        except _BROKEN as error:
            code = "truncated_file" if at >= length or "Unterminated" in str(error) else "broken_json"
            yield Reject(source, code, _said(error))
            return
        yield value


def _within(value: Any, mapping: Mapping[str, str] | None, lexicon: Lexicon) -> Iterable[Any]:
    """The records in one object: itself, the first list of objects in it, or its columns turned into rows."""
    if not isinstance(value, dict):
        return [value]
    try:
        at = columns.find(list(value), mapping, lexicon)
    except SourceError:
        nested = [inner for each in value.values() if isinstance(each, dict) for inner in each.values()]
        for each in [*value.values(), *nested]:
            if isinstance(each, list) and any(isinstance(item, dict) for item in each):
                return each
        return [value]
    texts = list(value.values())[at["text"]]
    if isinstance(texts, dict) and texts and not any(isinstance(item, (dict, list)) for item in texts.values()):
        names = [name for name, column in value.items() if isinstance(column, dict)]
        return [{name: value[name].get(key) for name in names} for key in texts]
    return [value]


def _objects(
    values: Iterable[Any], source: Source, mapping: Mapping[str, str] | None, lexicon: Lexicon
) -> Iterator[Raw | Reject]:
    number = 0
    fields: dict[tuple[str, ...], dict[str, int] | None] = {}
    unfit: list[Reject] = []
    fits = failed = False
    for value in values:
        if isinstance(value, Reject):
            number += value.source.row is not None
            failed = True
            yield value
            continue
        number += 1
        place = replace(source, row=number)
        if number > limits.DATASET_ROWS:
            yield Reject(place, "too_many_rows", str(limits.DATASET_ROWS))
            return
        if not isinstance(value, dict):
            failed = True
            yield Reject(place, "broken_row", f"{type(value).__name__} instead of an object")
            continue
        keys = tuple(value)
        if keys not in fields and len(fields) < _KINDS_OF_RECORDS:
            fields[keys] = _columns(keys, mapping, lexicon)
        at = fields.get(keys)
        if at is None:
            reject = Reject(place, "no_text_column", "、".join(keys)[: limits.DETAIL_CHARACTERS])
            if fits:
                yield reject
            else:
                unfit.append(reject)
                if len(unfit) >= limits.BROKEN_ROWS:
                    break
            continue
        if not fits:
            fits = True
            yield from unfit
        cells = list(value.values())
        yield records.record({field: as_text(cells[i]) for field, i in at.items()}, place, lexicon)
    if unfit and not fits:  # one reject for the file, not one for each of its records
        yield replace(unfit[0], source=source)
    elif not number and not failed:
        yield Reject(source, "no_text")


def _columns(keys: Sequence[str], mapping: Mapping[str, str] | None, lexicon: Lexicon) -> dict[str, int] | None:
    try:
        return columns.find(keys, mapping, lexicon)
    except SourceError:
        return None


def as_text(value: Any) -> str:
    """A JSON value as a cell: lists one item a line, whole numbers without a fraction, objects as nothing."""
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)
    if isinstance(value, list):
        return "\n".join(as_text(item) for item in value if not isinstance(item, list))
    return str(value)


def _said(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deep"
    return str(error)[: limits.DETAIL_CHARACTERS]
