"""A document as the reader shows it: its sections, paragraphs and, within these, what is marked.

Marks may lie over one another. The text is cut wherever one begins or ends, and each piece says which marks it is under;
the pieces in order are the text itself, character by character.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

LONGEST = 40_000
"""Characters of a document that are shown at once; a longer one has parts."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text that is marked."""

    start: int
    end: int
    kind: str
    """statement, industry, measure, or place: what the address points to."""
    id: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text under the same marks."""

    text: str
    kinds: tuple[str, ...] = ()
    id: str = ""
    """The statement it belongs to; of several the shortest."""
    title: str = ""
    anchor: bool = False
    """Whether it is the beginning of the place that the address points to."""


@dataclass(slots=True)
class Block:
    """A section, or what of it stands in a part: its role, heading and paragraphs."""

    n: int
    role: str
    title: str | None
    paragraphs: list[list[Piece]] = field(default_factory=list)


def parts(text: str, longest: int = LONGEST) -> list[tuple[int, int]]:
    """The parts of a text, each ending with a paragraph where one ends in its second half, else anywhere."""
    found = []
    start = 0
    while len(text) - start > longest:
        end = text.rfind("\n", start + longest // 2, start + longest)
        end = end + 1 if end >= 0 else start + longest
        found.append((start, end))
        start = end
    return [*found, (start, len(text))]


def blocks(text: str, sections: Iterable[dict[str, Any]], spans: Sequence[Span], start: int, end: int) -> list[Block]:
    """The sections between two places of a text, with their paragraphs cut into pieces."""
    made = []
    for section in sections:
        first, last = max(section["start"], start), min(section["end"], end)
        if first >= last:
            continue
        block = Block(section["n"], section["role"], section["title"])
        at = first
        for line in text[first:last].split("\n"):
            if line.strip():
                block.paragraphs.append(pieces(text, spans, at, at + len(line)))
            at += len(line) + 1
        made.append(block)
    return made


def pieces(text: str, spans: Sequence[Span], start: int, end: int) -> list[Piece]:
    """The text between two places, cut where marks begin and end."""
    inside = [span for span in spans if span.start < end and span.end > start]
    cuts = sorted({start, end, *(max(s.start, start) for s in inside), *(min(s.end, end) for s in inside)})
    made = []
    for first, last in itertools.pairwise(cuts):
        over = [span for span in inside if span.start < last and span.end > first]
        named = min((s for s in over if s.id), key=lambda s: s.end - s.start, default=None)
        made.append(
            Piece(
                text[first:last], tuple(dict.fromkeys(span.kind for span in over)), named.id if named else "",
                " · ".join(dict.fromkeys(span.title for span in over if span.title)),
                any(span.kind == "place" and max(span.start, start) == first and span.start >= start for span in over),
            )
        )  # fmt: skip
    return made
