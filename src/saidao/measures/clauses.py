"""Cuts a sentence where commas, colons and semicolons stand outside quotation marks and brackets."""

from __future__ import annotations

import re

_STOPS = re.compile("[，,；;：。！？!?\n]")
_SEGMENT_STOPS = re.compile("、")


def clauses(text: str) -> list[tuple[int, int]]:
    """The clauses of a sentence, as offsets; what stands between them is punctuation."""
    return _cut(text, 0, len(text), _STOPS)


def segments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The members of an enumeration in a clause."""
    return _cut(text, start, end, _SEGMENT_STOPS)


def _cut(text: str, start: int, end: int, stops: re.Pattern[str]) -> list[tuple[int, int]]:
    found = []
    at = start
    for stop in stops.finditer(text, start, end):
        if stop.start() > at:
            found.append((at, stop.start()))
        at = stop.end()
    if at < end:
        found.append((at, end))
    return found
