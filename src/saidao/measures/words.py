"""Finds many literal words in one pass: at each character the words that begin with the next two are tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Words(Generic[T]):
    """Words of two characters or more, each with what it stands for.

    Example:
        >>> list(Words([("集群", 1), ("产业集群", 2)]).all("千亿产业集群"))
        [(2, 6, 2), (4, 6, 1)]
    """

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._by_start: dict[str, list[tuple[str, T]]] = {}
        for word, meaning in entries:
            self._by_start.setdefault(word[:2], []).append((word, meaning))
        for group in self._by_start.values():
            group.sort(key=lambda entry: -len(entry[0]))

    def all(self, text: str) -> Iterator[tuple[int, int, T]]:
        """Every word in a text, overlapping ones too: (start, end, meaning), longer ones first at each place."""
        groups = self._by_start
        for at, pair in enumerate(map(str.__add__, text, text[1:])):
            if pair in groups:
                for word, meaning in groups[pair]:
                    if text.startswith(word, at):
                        yield at, at + len(word), meaning

    def longest(self, text: str) -> Iterator[tuple[int, int, T]]:
        """The words in a text from left to right, the longest at each place; none overlaps another."""
        free = 0
        for start, end, meaning in self.all(text):
            if start >= free:
                yield start, end, meaning
                free = end
