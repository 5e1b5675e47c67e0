"""Builds the text of a document paragraph by paragraph, and keeps the place of whatever stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from saidao.errors import SourceError
from saidao.models import Heading, Image, Noise
from saidao.sources import limits
from saidao.sources.paragraphs import clean

_RUNS = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class Built:
    """A finished text, and what stands in it; all offsets refer to `text`."""

    text: str
    headings: tuple[Heading, ...]
    images: tuple[Image, ...]
    noise: tuple[Noise, ...]


class Builder:
    """Takes pieces of text in reading order. Offsets are those of the finished text at any moment.

    Args:
        collapse: whether runs of blanks and line ends within a paragraph are one space (as in HTML), or kept.
    """

    def __init__(self, collapse: bool = False) -> None:
        self.collapse = collapse
        self._done: list[str] = []
        self._start = 0
        self._pieces: list[str] = []
        self._length = 0
        self._ends_blank = True
        self._level = 0
        self._headings: list[Heading] = []
        self._images: list[Image] = []
        self._noise: list[Noise] = []

    def text(self, piece: str) -> None:
        """Adds to the current paragraph; line ends in the piece end it, unless they are collapsed."""
        if self.collapse:
            self._add(_RUNS.sub(" ", clean(piece)))
            return
        first, *others = clean(piece).split("\n")
        self._add(first)
        for line in others:
            self.end()
            self._add(line)

    def _add(self, piece: str) -> None:
        if not self._length:
            piece = piece.lstrip()
        elif self.collapse and self._ends_blank and piece.startswith(" "):
            piece = piece[1:]
        if piece:
            self._pieces.append(piece)
            self._length += len(piece)
            self._ends_blank = piece[-1] in " \t"
            if self._start + self._length > limits.DOCUMENT_CHARACTERS:
                raise SourceError("too_large", f"> {limits.DOCUMENT_CHARACTERS} characters")

    def cell(self) -> None:
        """Ends a table cell: what follows in the row is separated by a tab."""
        while self._pieces and not self._pieces[-1].rstrip(" "):
            self._length -= len(self._pieces.pop())
        if not self._pieces:
            return
        last = self._pieces[-1].rstrip(" ")
        self._length += len(last) - len(self._pieces[-1])
        self._pieces[-1] = last
        if not last.endswith("\t"):
            self._pieces.append("\t")
            self._length += 1
        self._ends_blank = True

    def heading(self, level: int) -> None:
        """Marks the current paragraph as a heading."""
        self._level = level

    def end(self) -> None:
        """Ends the current paragraph, if there is one."""
        if not self._length:
            self._level = 0
            return
        paragraph = "".join(self._pieces).rstrip()
        self._pieces.clear()
        self._length = 0
        level, self._level = self._level, 0
        if not paragraph:
            return
        if level:
            self._headings.append(Heading(self._start, self._start + len(paragraph), level))
        self._done.append(paragraph)
        self._start += len(paragraph) + 1

    @property
    def offset(self) -> int:
        """Where the next character will stand."""
        return self._start + self._length

    @property
    def empty(self) -> bool:
        """Whether no text has been added yet."""
        return not self._done and not self._length

    def image(self, image: Image) -> None:
        """Places a picture here; its own offset is not looked at. The same address twice in a row is one picture."""
        if not (self._images and self._images[-1].url == image.url and self._images[-1].offset == self.offset):
            self._images.append(replace(image, offset=self.offset))

    def noise(self, text: str, reason: str) -> None:
        """Places a piece of noise here."""
        text = " ".join(clean(text).split())
        if text:
            cut = text if len(text) <= limits.NOISE_CHARACTERS else text[: limits.NOISE_CHARACTERS - 1] + "…"
            self._noise.append(Noise(cut, reason, self.offset))

    def built(self) -> Built:
        """The finished text."""
        self.end()
        text = "\n".join(self._done)
        last = len(text)
        return Built(
            text,
            tuple(self._headings),
            tuple(replace(i, offset=min(i.offset, last)) for i in self._images),
            tuple(replace(n, offset=min(n.offset, last)) for n in self._noise),
        )
