"""Text as arrays: code points, and a hash of any stretch of them in one step.

The hash of a stretch is a polynomial in its code points modulo 2^64. With prefix sums (`Codes.sums`) that of text[i:j] is
one subtraction and one multiplication, so that all stretches of one length are hashed in a few array operations.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

LONGEST = 16
"""Characters of a phrase at most."""

LETTER, DIGIT, OPENING, CLOSING, LISTING, QUOTE, UNQUOTE, PERCENT = (1 << n for n in range(8))
"""Classes of characters, as bits. Letters are what a phrase may consist of: Chinese characters, letters, digits, `+`."""

OPENS, CLOSES = "“‘《〈「『（(", "”’》〉」』）)"
"""Characters of the classes OPENING and CLOSING."""

_CHARACTERS = {
    OPENING: OPENS, CLOSING: CLOSES, LISTING: "、和与及或等", QUOTE: "“‘《「『", UNQUOTE: "”’》」』", PERCENT: "%％",
    LETTER: "〇+＋",
}  # fmt: skip
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_TOGETHER = 100_000
"""Texts that are hashed at the same time."""


class Codes:
    """The code points of some documents, one behind the other with a line break after each.

    Attributes:
        points: the code points.
        classes: the classes of each, as bits.
        starts: where each document begins.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        whole = list(texts)
        lengths = np.fromiter((len(text) + 1 for text in whole), np.int64, len(whole))
        self.starts: Array = np.cumsum(lengths) - lengths
        joined = "\n".join(whole) + "\n"
        self.points: Array = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))
        self.classes: Array = _classes()[self.points]
        powers, self._inverses = _powers(len(self.points) + 1)
        self.sums: Array = np.zeros(len(self.points) + 1, np.uint64)
        np.cumsum(_values()[self.points] * powers[: len(self.points)], out=self.sums[1:])

    def __len__(self) -> int:
        return len(self.points)

    def hashes(self, starts: Array, ends: Array) -> Array:
        """The hash of each stretch."""
        found: Array = (self.sums[ends] - self.sums[starts]) * self._inverses[starts]
        return found

    def hashes_of_length(self, length: int) -> Array:
        """The hash of every stretch of a length, by its first character."""
        count = max(len(self.points) - length + 1, 0)
        found: Array = self.sums[length : length + count] - self.sums[:count]
        found *= self._inverses[:count]
        return found

    def read(self, starts: Array, ends: Array) -> list[str]:
        """What each stretch reads."""
        found = [""] * len(starts)
        lengths = ends - starts
        for length in np.unique(lengths).tolist():
            which = np.flatnonzero(lengths == length)
            points = self.points[starts[which][:, None] + np.arange(length)]
            for n, text in zip(
                which.tolist(), np.ascontiguousarray(points).view(f"<U{length}").ravel().tolist(), strict=True
            ):
                found[n] = text
        return found

    def documents(self, places: Array) -> Array:
        """The number of the document that each place lies in."""
        found: Array = np.searchsorted(self.starts, places, side="right") - 1
        return found


def hashes(texts: Sequence[str]) -> Array:
    """The hash of each text, as `Codes.hashes` gives it for a stretch that reads so."""
    found = [np.zeros(0, np.uint64)]
    for begin in range(0, len(texts), _TOGETHER):
        some = texts[begin : begin + _TOGETHER]
        codes = Codes(some)
        ends = codes.starts + np.fromiter(map(len, some), np.int64, len(some))
        found.append(codes.hashes(codes.starts, ends))
    return np.concatenate(found)


def mixed(values: Array) -> Array:
    """Hashes whose upper bits depend on all bits."""
    found: Array = values ^ (values >> np.uint64(31))
    found *= _MIX
    return found


@lru_cache(maxsize=1)
def _values() -> Array:
    """A number for each code point: neighbours in Unicode get numbers far apart (splitmix64)."""
    x = np.arange(1, 0x110001, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    found: Array = x ^ (x >> np.uint64(31))
    return found


_kept: list[tuple[Array, Array]] = []


def _powers(count: int) -> tuple[Array, Array]:
    """Powers of the base and of its inverse, kept for the next call."""
    if not _kept or len(_kept[0][0]) < count:
        size = 1 << max(count - 1, 1).bit_length()
        made = []
        for base in (_BASE, _INVERSE):
            steps = np.full(size, base, np.uint64)
            steps[0] = 1
            made.append(np.multiply.accumulate(steps))
        _kept[:] = [(made[0], made[1])]
    return _kept[0]


@lru_cache(maxsize=1)
def _classes() -> Array:
    """The classes of each code point."""
    table = np.zeros(0x110000, np.uint8)
    for first, last in (
        (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF), (0x41, 0x5A), (0x61, 0x7A),
        (0x30, 0x39), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A), (0xFF10, 0xFF19),
    ):  # fmt: skip
        table[first : last + 1] |= LETTER
    for first in (0x30, 0xFF10):
        table[first : first + 10] |= DIGIT
    for bit, characters in _CHARACTERS.items():
        table[[ord(character) for character in characters]] |= bit
    return table


def clause_left(codes: Codes) -> Array:
    """How many characters of its clause begin at each place, itself among them; 0 at punctuation."""
    breaks = np.flatnonzero(codes.classes & LETTER == 0)
    ends = np.append(breaks, len(codes))
    lengths = np.diff(np.concatenate((np.full(1, -1), ends)))
    following = np.repeat(ends, lengths)[: len(codes)]
    found: Array = (following - np.arange(len(codes))).astype(np.int32)
    return found
