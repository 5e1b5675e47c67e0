"""ZIP archives: names in whatever encoding, and unpacking that stops before a bomb goes off."""

from __future__ import annotations

import lzma
import re
import struct
import tempfile
import threading
import zipfile
import zlib
from collections import OrderedDict
from pathlib import Path
from typing import IO, cast

from saidao.errors import SourceError
from saidao.sources import limits

BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, IndexError)
"""What the standard library raises on archives that are not what they say."""

_END = b"PK\x05\x06"
_END_64_LOCATOR = b"PK\x06\x07"
_END_64 = b"PK\x06\x06"
_UTF_8 = 0x800
_ENCRYPTED = 0x1
_UNICODE_PATH = 0x7075
_DRIVE = re.compile(r"[A-Za-z]:")
_CHUNK = 256 * 1024


def open_archive(stream: IO[bytes]) -> zipfile.ZipFile:
    """Opens an archive after looking at the size of its table of contents.

    Raises:
        SourceError: `broken_archive`, `truncated_file`, `too_large`, `zip_bomb`.
    """
    length = stream.seek(0, 2)
    entries, size = _directory(stream, length)
    if entries > limits.ARCHIVE_MEMBERS or size > limits.ARCHIVE_DIRECTORY_BYTES:
        raise SourceError("too_large", f"{entries} entries")
    try:
        archive = zipfile.ZipFile(stream)
    except (*BROKEN, NotImplementedError) as error:
        raise SourceError("broken_archive", str(error)) from None
    infos = archive.infolist()
    if len(infos) > limits.ARCHIVE_MEMBERS:
        raise SourceError("too_large", f"{len(infos)} entries")
    if sum(info.compress_size for info in infos) > length:
        raise SourceError("zip_bomb", "overlapping entries")
    return archive


def _directory(stream: IO[bytes], length: int) -> tuple[int, int]:
    """Number of entries and bytes of the table of contents, as the end of the archive states them."""
    tail = min(length, 65_557)
    stream.seek(length - tail)
    end = stream.read(tail)
    at = end.rfind(_END)
    if at < 0 or len(end) - at < 22:
        stream.seek(0)
        if stream.read(4) == b"PK\x03\x04":
            raise SourceError("truncated_file", "ZIP without its table of contents")
        raise SourceError("broken_archive", "no table of contents")
    entries, size = struct.unpack("<10xHL6x", end[at : at + 22])
    locator = end[at - 20 : at] if at >= 20 else b""
    if locator.startswith(_END_64_LOCATOR):
        (offset,) = struct.unpack("<8xQ4x", locator)
        if offset < length - 56:
            stream.seek(offset)
            record = stream.read(56)
            if record.startswith(_END_64):
                entries, size = struct.unpack("<32xQQ8x", record)
    return entries, size


def member_name(info: zipfile.ZipInfo) -> str:
    """The name as its author wrote it: UTF-8 where flagged or valid, else GB18030, else code page 437."""
    if info.flag_bits & _UTF_8:
        return info.orig_filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.orig_filename
    if (stated := _unicode_path(info.extra, raw)) is not None:
        return stated
    for encoding in ("utf-8", "gb18030"):
        try:
            name = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or all(c < "\x7f" or c >= "\u2000" for c in name):
            return name
    return info.orig_filename


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name in the extra field that Info-ZIP adds for names that are not ASCII, if it belongs to this entry."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + size]
        at += 4 + size
        if kind == _UNICODE_PATH and len(field) > 5 and struct.unpack_from("<L", field, 1)[0] == zlib.crc32(raw):
            try:
                return field[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
    return None


def is_unsafe(name: str) -> bool:
    """Whether the name would leave the folder it is unpacked into, or hides its end behind a zero byte."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or bool(_DRIVE.match(name)) or "\x00" in name


def unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int, ratio: bool = True) -> IO[bytes]:
    """A member's content as a seekable stream, in memory while small.

    Args:
        archive: where it stands.
        info: its entry.
        limit: bytes that may come out.
        ratio: whether to refuse an absurd ratio of unpacked to packed size, too.

    Raises:
        SourceError: `encrypted_member`, `unsupported_compression`, `zip_bomb`, `too_large`, `broken_archive`.
    """
    if info.flag_bits & _ENCRYPTED:
        raise SourceError("encrypted_member")
    out = tempfile.SpooledTemporaryFile(max_size=limits.SPOOL_BYTES)
    done = 0
    try:
        with archive.open(info) as member:
            while chunk := member.read(_CHUNK):
                done += len(chunk)
                if done > limit:
                    raise SourceError("too_large", f"more than {limit // limits.MIB} MiB unpacked")
                if ratio and done > limits.RATIO_FROM and done > limits.RATIO * max(info.compress_size, 1):
                    raise SourceError("zip_bomb", f"{info.compress_size} → more than {done} bytes")
                out.write(chunk)
    except SourceError:
        out.close()
        raise
    except NotImplementedError as error:
        out.close()
        raise SourceError("unsupported_compression", str(error)) from None
    except RuntimeError as error:  # zipfile's word for a missing password
        out.close()
        raise SourceError("encrypted_member", str(error)) from None
    except BROKEN as error:
        out.close()
        raise SourceError("broken_archive", str(error) or type(error).__name__) from None
    out.seek(0)
    return cast("IO[bytes]", out)


class _Opened:
    """The archives opened last, so that reading all members of one does not open it for each."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.lock = threading.Lock()
        self.kept: OrderedDict[tuple[object, ...], zipfile.ZipFile] = OrderedDict()

    def archive(self, path: str, index: tuple[int, ...]) -> zipfile.ZipFile:
        """The archive at `path`, or the one within it that `index` leads to."""
        stat = Path(path).stat()
        key = (path, stat.st_mtime_ns, stat.st_size, stat.st_ino, index)
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
                return self.kept[key]
        if index:
            outer = self.archive(path, index[:-1])
            stream = unpack(outer, entry(outer, index[-1]), limits.MEMBER_BYTES)
        else:
            stream = Path(path).open("rb")
        try:
            opened = open_archive(stream)
        except SourceError:
            stream.close()
            raise
        with self.lock:
            self.kept[key] = opened
            while len(self.kept) > self.size:
                self.kept.popitem(last=False)  # closed by the collector once no reader holds it
        return opened


_opened = _Opened(4)


def archive_at(path: str, index: tuple[int, ...]) -> zipfile.ZipFile:
    """The archive in the file `path`, or the nested one that `index` leads to; kept open for the next call."""
    return _opened.archive(path, index)


def entry(archive: zipfile.ZipFile, position: int) -> zipfile.ZipInfo:
    """The entry at a position of the table of contents.

    Raises:
        SourceError: `broken_archive`, when the archive has changed since it was listed.
    """
    infos = archive.infolist()
    if position >= len(infos):
        raise SourceError("broken_archive", "changed while it was read")
    return infos[position]
