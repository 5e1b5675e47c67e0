"""What discovery yields and reading takes: one file, or one member of an archive."""

from __future__ import annotations

import os
from dataclasses import dataclass

from saidao.models import Source

NESTED = "!/"
"""Joins the name of an archive with the name of a member when archives stand within archives."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One file or one archive member that may hold documents. Picklable, so that another process can read it."""

    path: str
    """The file, as `open` wants it."""
    member: str | None = None
    """Name inside the archive, decoded; nested ones are joined with `!/`."""
    index: tuple[int, ...] = ()
    """Positions in the tables of contents, one for each archive on the way: names may occur twice, positions not."""
    size: int = 0
    """Bytes; for a member the unpacked size that the archive states."""
    modified: int = 0
    """When the file was last modified, in nanoseconds since 1970; for a member, the outermost archive's."""
    format: str = ""
    """The format guessed from name and first bytes; the reader makes sure."""

    @property
    def name(self) -> str:
        """The last part of the name, with its extension."""
        return (self.member or printable(self.path)).replace("\\", "/").rsplit("/", 1)[-1]

    @property
    def source(self) -> Source:
        """Where documents read from this unit come from."""
        return Source(path=printable(self.path), member=self.member, format=self.format)


def printable(path: str) -> str:
    """A path as text that can be stored: `/` between folders; bytes that are not UTF-8 are read as GB18030."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        raw = os.fsencode(path)
        try:
            path = raw.decode("gb18030")
        except UnicodeDecodeError:
            path = raw.decode("utf-8", "replace")
    return path.replace(os.sep, "/")
