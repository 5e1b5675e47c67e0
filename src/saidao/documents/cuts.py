"""Cuts: stretches taken out of a text, and where the offsets of what remains have moved to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """A stretch of a text to leave out."""

    start: int
    end: int
    reason: str = ""
    """Why it is noise; empty for what is no more than the form of the text (line breaks, control characters)."""
    put: str = ""
    """What stands in its place."""


class Shift:
    """Offsets before the cuts, turned into offsets after them; those inside a cut fall on its place."""

    def __init__(self, cuts: Iterable[Cut]) -> None:
        self._starts: list[int] = []
        self._cuts: list[tuple[int, int, int]] = []
        lost = 0
        for cut in cuts:
            self._starts.append(cut.start)
            self._cuts.append((cut.start, cut.end, lost))
            lost += cut.end - cut.start - len(cut.put)
        self._lost = lost

    def __call__(self, offset: int) -> int:
        """The place of `offset` in the text after the cuts."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return offset
        start, end, lost = self._cuts[at]
        if offset < end:
            return start - lost
        return offset - (self._cuts[at + 1][2] if at + 1 < len(self._cuts) else self._lost)


def merged(cuts: Iterable[Cut]) -> list[Cut]:
    """The cuts in order, without overlaps: of two that overlap the one that begins first, or is longer, stays."""
    kept: list[Cut] = []
    for cut in sorted(cuts, key=lambda cut: (cut.start, -cut.end, cut.reason)):
        if not kept or cut.start >= kept[-1].end:
            kept.append(cut)
    return kept


def apply(text: str, cuts: list[Cut]) -> tuple[str, Shift]:
    """The text without the cuts (in order, without overlaps), and the shift of its offsets."""
    if not cuts:
        return text, Shift(())
    pieces = [text[: cuts[0].start]]
    for cut, after in pairwise(cuts):
        pieces += (cut.put, text[cut.end : after.start])
    pieces += (cuts[-1].put, text[cuts[-1].end :])
    return "".join(pieces), Shift(cuts)
