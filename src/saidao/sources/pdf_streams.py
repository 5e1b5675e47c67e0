"""Looks into the packed streams of a PDF before the library unpacks them whole."""

from __future__ import annotations

import re
import zlib

from saidao.errors import SourceError
from saidao.sources import limits

_STREAM = re.compile(rb"stream\r?\n")
_STEP = 64 * 1024


def refuse_bombs(data: bytes) -> None:
    """Refuses a file one of whose streams unpacks to an absurd size.

    A stream is followed only as long as its ratio is absurd, so that ordinary files cost next to nothing. Streams in
    two layers of packing are left to the library, which stops at a gigabyte.

    Raises:
        SourceError: `zip_bomb`.
    """
    for match in _STREAM.finditer(data):
        start = match.end()
        if int.from_bytes(data[start : start + 2], "big") % 31 == 0 and data[start : start + 1] in b"HXhx8(":
            _follow(memoryview(data)[start:])


def _follow(packed: memoryview) -> None:
    unpacker = zlib.decompressobj()
    done = at = 0
    rest = b""
    try:
        while not unpacker.eof and (rest or at < len(packed)):
            if not rest:
                rest = bytes(packed[at : at + _STEP])
                at += len(rest)
            done += len(unpacker.decompress(rest, limits.MIB))
            rest = unpacker.unconsumed_tail
            taken = at - len(rest)
            if done > limits.RATIO_FROM and done < limits.RATIO * taken:
                return
            if done > limits.PDF_STREAM_BYTES:
                raise SourceError("zip_bomb", f"{taken} → more than {done} bytes")
    except zlib.error:
        return
