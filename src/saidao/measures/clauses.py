"""Cuts a sentence where commas, colons and semicolons stand outside quotation marks and brackets."""

from __future__ import annotations

import re

_STOPS = re.compile("[，,；;：。！？!?\n]")
_SEGMENT_STOP = "、"


def clauses(text: str) -> list[tuple[int, int]]:
    """The clauses of a sentence, as offsets; what stands between them is punctuation."""
    return _spans(_STOPS.split(text), 0)


def segments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The members of an enumeration in a clause."""
    return _spans(text[start:end].split(_SEGMENT_STOP), start)


def _spans(parts: list[str], at: int) -> list[tuple[int, int]]:
    """Where the parts stand that are not empty; one character lies between two of them."""
    found = []
    for part in parts:
        end = at + len(part)
        if part:
            found.append((at, end))
        at = end + 1
    return found
