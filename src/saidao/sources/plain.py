"""Plain text: one paragraph a line; lines that were broken at a fixed width are joined again."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import IO

from saidao.errors import SourceError
from saidao.lexicon import Lexicon
from saidao.models import Raw, Reject, Source
from saidao.sources import encodings, limits
from saidao.sources.content import whole
from saidao.sources.paragraphs import clean, paragraphs

_SENTENCE_ENDS = "。！？!?：:；;”』」）)"
_LEAST_LINES = 6
_NARROWEST, _WIDEST = 24, 200
_SLACK = 4


def read(
    stream: IO[bytes], source: Source, mapping: Mapping[str, str] | None, lexicon: Lexicon
) -> Iterator[Raw | Reject]:
    """The file as one document.

    Raises:
        SourceError: `undecodable_text`, `no_text`, `too_large`.
    """
    del mapping
    text, encoding = encodings.decode(whole(stream), None, lexicon)
    text = paragraphs(unwrapped(text))
    if not text:
        raise SourceError("no_text")
    if len(text) > limits.DOCUMENT_CHARACTERS:
        raise SourceError("too_large", f"{len(text)} characters")
    yield Raw(source=replace(source, encoding=encoding), text=text)


def unwrapped(text: str) -> str:
    """The text with lines joined where they were evidently broken at a fixed width, else as it is.

    Evident means: most lines are of nearly the same width, none is much wider, and most of these full lines stop
    within a sentence. A line that follows a full one without indentation then continues it.
    """
    lines = clean(text).split("\n")
    filled = [line.rstrip() for line in lines if line.strip()]
    if len(filled) < _LEAST_LINES:
        return text
    lengths = sorted(len(line) for line in filled)
    if not _NARROWEST // 2 <= lengths[-1] <= _WIDEST:
        return text
    widths = [_width(line) for line in filled]
    limit = max(widths)
    full = [line for line, width in zip(filled, widths, strict=True) if width > limit - _SLACK]
    if not _NARROWEST <= limit <= _WIDEST or len(full) * 5 < len(filled) * 2:
        return text
    if sum(1 for line in full if line[-1] in _SENTENCE_ENDS) * 2 > len(full):
        return text
    joined: list[str] = []
    open_line = False
    for line in lines:
        line = line.rstrip()
        if open_line and line and line[0] not in " \t\u3000":
            joint = " " if joined[-1][-1].isascii() and line[0].isascii() and line[0].isalnum() else ""
            joined[-1] += joint + line
        else:
            joined.append(line)
        open_line = bool(line) and _width(line) > limit - _SLACK
    return "\n".join(joined)


def _width(line: str) -> int:
    """Columns on a terminal: an ideograph takes two."""
    return len(line) + sum(1 for c in line if c > "\u02ff" and unicodedata.east_asian_width(c) in "WF")
