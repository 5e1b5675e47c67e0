"""Turns one record of a data set into a `Raw`, whatever file it stood in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from saidao.errors import SourceError
from saidao.lexicon import Lexicon
from saidao.models import Raw, Reject, Source
from saidao.sources import columns, limits
from saidao.sources.pages import fragment
from saidao.sources.paragraphs import clean, paragraphs

_MARKUP = re.compile(r"(?i)<(?:p|div|br|span|table|section|article|strong|h[1-6])(?:\s[^<>]*)?/?>")
_NOTHING = frozenset(["nan", "null", "none", "n/a", "na", "#n/a", "nat", "<na>"])
_BETWEEN = re.compile(r"[|;；,，、\n]")
_HEADER_WITHIN = 10


def record(values: Mapping[str, str], source: Source, lexicon: Lexicon) -> Raw | Reject:
    """One record as a document, or the reject that says why not.

    Args:
        values: field to cell; cells that say nothing (`nan`, `null`) count as empty.
        source: where the record stands.
        lexicon: the data files.
    """
    said = {field: value for field in columns.FIELDS if (value := _value(values.get(field, "")))}
    text = said.get("text", "")
    if len(text) > limits.DOCUMENT_CHARACTERS:
        return Reject(source, "too_large", f"{len(text)} > {limits.DOCUMENT_CHARACTERS}")
    if _MARKUP.search(text):
        try:
            raw = fragment(text, source, lexicon)
        except SourceError as error:
            return Reject(source, error.code, error.detail)
    else:
        raw = Raw(source=source, text=paragraphs(text))
    if not raw.text:
        return Reject(source, "row_without_text")
    given: dict[str, Any] = {field: clean(said[field]).strip() for field in columns.FIELDS[1:-1] if field in said}
    return replace(
        raw,
        **given,
        categories=tuple(c.strip() for c in _BETWEEN.split(said.get("categories", "")) if c.strip()),
    )


def table(
    rows: Iterable[tuple[int, Sequence[str]]], source: Source, mapping: Mapping[str, str] | None, lexicon: Lexicon
) -> Iterator[Raw | Reject]:
    """The documents of a table whose header stands in one of its first rows. Rows without any cell are no records.

    Args:
        rows: line or row number in the file, and cells.
        source: the file, the sheet.
        mapping: the user's field to column name.
        lexicon: the data files.

    Raises:
        SourceError: `no_text_column`, `empty_sheet`.
    """
    tried: list[tuple[int, Sequence[str]]] = []
    at: dict[str, int] | None = None
    width = number = broken = 0
    for line, cells in rows:
        if at is None:
            if any(cell.strip() for cell in cells):
                tried.append((line, cells))
            at, width = _header(cells, mapping, lexicon)
            if at is None and len(tried) >= _HEADER_WITHIN:
                break
            continue
        if not any(cell and not cell.isspace() for cell in cells):
            continue
        number += 1
        place = replace(source, row=number)
        if number > limits.DATASET_ROWS:
            yield Reject(place, "too_many_rows", str(limits.DATASET_ROWS))
            return
        if any(cell.strip() for cell in cells[width:]):
            broken += 1
            yield Reject(place, "broken_row", f"{len(cells)} > {width} (line {line})")
            if broken >= limits.BROKEN_ROWS:
                yield Reject(source, "too_many_broken_rows", str(broken))
                return
            continue
        yield record({field: cells[i] for field, i in at.items() if i < len(cells)}, place, lexicon)
    if at is None:
        if not tried:
            raise SourceError("empty_sheet" if source.sheet else "no_text")
        columns.find(max(tried, key=lambda each: len(each[1]))[1], mapping, lexicon)


def _header(
    cells: Sequence[str], mapping: Mapping[str, str] | None, lexicon: Lexicon
) -> tuple[dict[str, int] | None, int]:
    if len(cells) > limits.DATASET_COLUMNS or any(len(cell) > 200 for cell in cells):
        return None, 0
    try:
        return columns.find(cells, mapping, lexicon), len(cells)
    except SourceError:
        return None, 0


def _value(cell: str) -> str:
    cell = cell.strip()
    return "" if cell.casefold() in _NOTHING else cell
