"""Tells the format of a file: by its first bytes, then by its extension."""

from __future__ import annotations

import re
import zipfile
from typing import IO

from saidao.errors import SourceError
from saidao.sources import limits
from saidao.sources.archives import open_archive

FORMATS: dict[str, tuple[str, ...]] = {
    "markdown": ("md", "markdown", "mdown", "mkd"),
    "html": ("html", "htm", "xhtml", "shtml"),
    "text": ("txt", "text"),
    "docx": ("docx", "docm"),
    "pdf": ("pdf",),
    "csv": ("csv",),
    "tsv": ("tsv", "tab"),
    "json": ("json",),
    "jsonl": ("jsonl", "ndjson"),
    "parquet": ("parquet", "pq"),
    "xlsx": ("xlsx", "xlsm"),
}
"""The formats that are read, and their usual extensions."""

ARCHIVE = "zip"
"""What `guess` says of an archive: it holds units and is none itself."""

_EXTENSIONS = {extension: name for name, extensions in FORMATS.items() for extension in extensions}
_PACKED = {"docx", "xlsx", "parquet", "pdf"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ARCHIVES = {b"\x1f\x8b": "gzip", b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!\x1a\x07": "rar", b"BZh": "bzip2",
             b"\xfd7zXZ\x00": "xz", b"\x28\xb5\x2f\xfd": "zstd"}  # fmt: skip
_MEDIA = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF87a": "GIF", b"GIF89a": "GIF", b"II*\x00": "TIFF",
          b"MM\x00*": "TIFF", b"ID3": "MP3", b"OggS": "Ogg", b"fLaC": "FLAC", b"\x1aE\xdf\xa3": "Matroska",
          b"FLV\x01": "FLV", b"\x00\x00\x01\xba": "MPEG", b"\x00\x00\x01\x00": "ICO"}  # fmt: skip
_RIFF = {b"WEBP": "WebP", b"WAVE": "WAV", b"AVI ": "AVI"}
_MEDIA_EXTENSIONS = frozenset(["png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "svg", "ico", "heic", "mp3", "wav", "m4a", "aac", "flac", "ogg", "wma", "mp4", "avi", "mov", "mkv", "wmv", "flv", "mpg", "mpeg", "webm"])  # fmt: skip
_ARCHIVE_EXTENSIONS = frozenset(["rar", "7z", "gz", "tgz", "bz2", "xz", "tar", "zst"])
_OLD_OFFICE = {"doc": "doc_not_read", "dot": "doc_not_read", "wps": "wps_not_read", "wpt": "wps_not_read",
               "xls": "xls_not_read", "xlt": "xls_not_read", "et": "xls_not_read", "ppt": "office_not_read",
               "dps": "office_not_read"}  # fmt: skip
_OLE_STREAMS = (
    ("EncryptedPackage", "encrypted_office"),
    ("WordDocument", "doc_not_read"),
    ("Workbook", "xls_not_read"),
    ("PowerPoint Document", "office_not_read"),
)
_WEB_PAGE = re.compile(
    rb"(?is)^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html[\s>])"
)


def extension(name: str) -> str:
    """The extension in lower case, without its dot; empty if there is none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem and len(ending) <= 10 else ""


def guess(stream: IO[bytes], name: str) -> str:
    """The format of a file, or `zip`.

    Args:
        stream: the file; left at its start.
        name: its name.

    Raises:
        SourceError: the file is empty, or of a format that is not read; the code says which.
    """
    stream.seek(0)
    head = stream.read(limits.SNIFF_BYTES)
    stream.seek(0)
    if not head:
        raise SourceError("empty_file")
    ending = extension(name)
    if head.startswith(_ZIP):
        return _inside_zip(stream, ending)
    if head.startswith(_OLE):
        raise _old_office(stream, ending)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PAR1"):
        return "parquet"
    _refuse_known(head, ending)
    if _WEB_PAGE.match(head):
        return "html"
    by_name = _EXTENSIONS.get(ending)
    if by_name in _PACKED:
        raise _broken(by_name, head)
    if by_name:
        return by_name
    if ending in _OLD_OFFICE:
        raise SourceError(_OLD_OFFICE[ending], ending)
    if ending in _ARCHIVE_EXTENSIONS:
        raise SourceError("archive_not_read", ending)
    if ending in _MEDIA_EXTENSIONS:
        raise SourceError("media_not_read", ending)
    if ending == ARCHIVE:
        raise SourceError("broken_archive", "does not begin like a ZIP archive")
    if b"\x00" in head:
        raise SourceError("unknown_binary", ending or "no extension")
    if ending:
        raise SourceError("unknown_format", f".{ending}")
    return "markdown" if head.lstrip(b"\xef\xbb\xbf\r\n ").startswith(b"---\n") else "text"


def _broken(name: str | None, head: bytes) -> SourceError:
    """A file whose name promises a packed format that its first bytes are not."""
    zeros = not head.strip(b"\x00")
    return SourceError(f"broken_{name}", "nothing but zero bytes" if zeros else "does not begin like this format")


def _refuse_known(head: bytes, ending: str) -> None:
    for table, code in ((_ARCHIVES, "archive_not_read"), (_MEDIA, "media_not_read")):
        for magic, kind in table.items():
            if head.startswith(magic) and (len(magic) > 3 or b"\x00" in head or kind == "JPEG"):
                raise SourceError(code, kind)
    if head.startswith(b"RIFF") and head[8:12] in _RIFF:
        raise SourceError("media_not_read", _RIFF[head[8:12]])
    if head[4:8] == b"ftyp":
        raise SourceError("media_not_read", "MP4")
    if head[257:262] == b"ustar":
        raise SourceError("archive_not_read", "tar")
    if head.startswith(b"{\\rtf"):
        raise SourceError("rtf_not_read")


def _inside_zip(stream: IO[bytes], ending: str) -> str:
    try:
        archive = open_archive(stream)
    except SourceError as error:
        if ending in ("docx", "docm", "xlsx", "xlsm") and error.code == "broken_archive":
            raise SourceError(f"broken_{ending[:3]}x", error.detail) from None
        raise
    names = set(archive.namelist())
    kind = _office_kind(archive, names)
    stream.seek(0)
    return kind


def _office_kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise SourceError("office_not_read", "xlsb")
    if "ppt/presentation.xml" in names:
        raise SourceError("office_not_read", "pptx")
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        try:
            kind = archive.read("mimetype").decode("ascii", "replace")
        except (RuntimeError, NotImplementedError, zipfile.BadZipFile, OSError, EOFError, ValueError):
            return ARCHIVE
        if "opendocument" in kind or "epub" in kind:
            raise SourceError("office_not_read", kind.rsplit(".", 1)[-1].strip())
    if "[Content_Types].xml" in names and "_rels/.rels" in names:
        return "docx"  # its main part has another name; the reader follows the relations
    return ARCHIVE


def _old_office(stream: IO[bytes], ending: str) -> SourceError:
    """Which of the formats before 2007 a compound file is: its folder lists streams by names in UTF-16."""
    stream.seek(0)
    content = stream.read(limits.SPOOL_BYTES)
    for name, code in _OLE_STREAMS:
        if name.encode("utf-16-le") in content:
            if code == "doc_not_read" and ending in ("wps", "wpt"):
                code = "wps_not_read"
            return SourceError(code, ending)
    return SourceError(_OLD_OFFICE.get(ending, "office_not_read"), ending)
