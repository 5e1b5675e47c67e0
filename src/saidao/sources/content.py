"""Opens a unit, wherever it stands, as one seekable stream of bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from saidao.errors import SourceError
from saidao.sources import limits
from saidao.sources.archives import archive_at, entry, unpack
from saidao.sources.units import Unit


@contextmanager
def opened(unit: Unit) -> Iterator[IO[bytes]]:
    """The unit's bytes; archive members are unpacked under the limits.

    Raises:
        SourceError: `unreadable`, or what unpacking raises.
    """
    try:
        if unit.index:
            archive = archive_at(unit.path, unit.index[:-1])
            stream = unpack(archive, entry(archive, unit.index[-1]), limits.MEMBER_BYTES)
        else:
            stream = Path(unit.path).open("rb")
    except OSError as error:
        raise SourceError("unreadable", reason(error)) from None
    with stream:
        yield stream


def whole(stream: IO[bytes], limit: int = limits.DOCUMENT_BYTES) -> bytes:
    """The whole content of a stream that must not exceed `limit` bytes.

    Raises:
        SourceError: `too_large`.
    """
    size = stream.seek(0, 2)
    if size > limit:
        raise SourceError("too_large", f"{size / limits.MIB:.0f} MiB > {limit // limits.MIB} MiB")
    stream.seek(0)
    return stream.read()


def reason(error: OSError) -> str:
    """The reason of an error of the file system, without the path, which the reject names already."""
    return error.strerror or type(error).__name__
