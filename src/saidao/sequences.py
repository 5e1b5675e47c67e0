"""Finds short sequences of characters, thousands of them, in a whole text at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint64]
Places = NDArray[np.int64]

_BITS = np.uint64(21)
_SLOTS = 18
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - _SLOTS)


def characters(text: str) -> Codes:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)


class Sequences:
    """Sequences of one length, two or three characters, numbered from 0 as they come; none comes twice.

    They are looked up in a table by a multiplicative hash (Knuth, The Art of Computer Programming 3, 6.4); the few that
    share a slot with another stand in a sorted list beside it.

    Example:
        >>> places, numbers = Sequences(["产业", "集群"]).find(characters("产业和产业集群"))
        >>> places.tolist(), numbers.tolist()
        ([0, 3, 5], [0, 0, 1])
    """

    def __init__(self, sequences: Sequence[str]) -> None:
        lengths = {len(sequence) for sequence in sequences}
        assert lengths <= {2} or lengths <= {3}, "sequences of two or of three characters"
        self._length = max(lengths, default=2)
        self._codes = np.zeros(len(sequences), dtype=np.uint64)
        for number, sequence in enumerate(sequences):
            code = 0
            for character in sequence:
                code = code << 21 | ord(character)
            self._codes[number] = code
        self._table = np.full(1 << _SLOTS, -1, dtype=np.int32)
        slots = self._codes * _FACTOR >> _SHIFT
        # The first of those that share a slot has it.
        self._table[slots[::-1]] = np.arange(len(sequences), dtype=np.int32)[::-1]
        rest = np.flatnonzero(self._table[slots] != np.arange(len(sequences)))
        self._rest = rest[np.argsort(self._codes[rest])]
        self._rest_codes = self._codes[self._rest]

    def find(self, text: Codes) -> tuple[Places, Places]:
        """Where the sequences begin in a text, in order, and the number of each.

        Args:
            text: its `characters`.
        """
        if len(text) < self._length:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        codes = text[:-1] << _BITS | text[1:]
        if self._length == 3:
            codes = codes[:-1] << _BITS | text[2:]
        numbers = self._table[codes * _FACTOR >> _SHIFT]
        places = np.flatnonzero(numbers >= 0)
        codes, numbers = codes[places], numbers[places].astype(np.int64)
        wrong = np.flatnonzero(self._codes[numbers] != codes)
        if len(wrong):
            numbers[wrong] = -1
            if len(self._rest):
                at = np.minimum(np.searchsorted(self._rest_codes, codes[wrong]), len(self._rest) - 1)
                same = self._rest_codes[at] == codes[wrong]
                numbers[wrong[same]] = self._rest[at[same]]
            kept = numbers >= 0
            places, numbers = places[kept], numbers[kept]
        return places, numbers
