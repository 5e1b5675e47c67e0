"""Finds what may be read below the given paths, in a fixed order. What is passed over is named, with the reason."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

from saidao.errors import SourceError
from saidao.models import Reject, Source
from saidao.sources import archives, formats, limits
from saidao.sources.content import reason
from saidao.sources.units import NESTED, Unit, printable

_SYSTEM_FILES = frozenset(["thumbs.db", "desktop.ini", "ehthumbs.db"])
_MAC_FOLDER = "__MACOSX"


def discover(paths: Iterable[str | Path]) -> Iterator[Unit | Reject]:
    """Every file and archive member below the paths, and a reject for each that is not read.

    Folders are walked in the order of names by code point; a path given twice, or lying below another given one, is
    walked once.

    Args:
        paths: files and folders. A file given by name is read even if hidden.

    Yields:
        Units to read, and rejects: a hidden or lock file, a device, an archive member with an unsafe name, …
    """
    seen: set[str] = set()
    for path in paths:
        yield from _path(os.fspath(path), (), seen)


def _path(path: str, above: tuple[tuple[int, int], ...], seen: set[str]) -> Iterator[Unit | Reject]:
    absolute = os.path.abspath(path)  # noqa: PTH100  (resolve() would follow links)
    if absolute in seen:
        return
    seen.add(absolute)
    source = Source(path=printable(path))
    try:
        status = os.stat(path)  # noqa: PTH116  (paths need not be UTF-8, and stay as given)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError) and not os.path.islink(path)  # noqa: PTH114
        yield Reject(source, "not_found" if missing else "unreadable", source.path if missing else reason(error))
        return
    except ValueError:  # a zero byte in the path
        yield Reject(source, "not_found", source.path)
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _folder(path, (status.st_dev, status.st_ino), above, seen)
    elif stat.S_ISREG(status.st_mode):
        yield from _file(path, status)
    else:
        yield Reject(source, "not_a_file", _kind(status.st_mode))


def _folder(
    path: str, identity: tuple[int, int], above: tuple[tuple[int, int], ...], seen: set[str]
) -> Iterator[Unit | Reject]:
    source = Source(path=printable(path))
    if identity in above:
        yield Reject(source, "folder_loop")
        return
    if len(above) >= limits.FOLDER_DEPTH:
        yield Reject(source, "folder_too_deep", str(limits.FOLDER_DEPTH))
        return
    try:
        names = sorted(os.listdir(path))  # noqa: PTH208
    except OSError as error:
        yield Reject(source, "unreadable", reason(error))
        return
    for name in names:
        child = os.path.join(path, name)  # noqa: PTH118
        if (code := _passed_over(name)) is not None:
            yield Reject(Source(path=printable(child)), code, name if code == "ignored_system_file" else "")
        else:
            yield from _path(child, (*above, identity), seen)


def _passed_over(name: str) -> str | None:
    if name.startswith(("~$", ".~")):
        return "ignored_lock_file"
    if name.lower() in _SYSTEM_FILES or name == _MAC_FOLDER:
        return "ignored_system_file"
    return "ignored_hidden" if name.startswith(".") else None


def _kind(mode: int) -> str:
    kinds = ((stat.S_ISFIFO, "FIFO"), (stat.S_ISSOCK, "socket"), (stat.S_ISCHR, "device"), (stat.S_ISBLK, "device"))
    return next((kind for test, kind in kinds if test(mode)), "special")


def _file(path: str, status: os.stat_result) -> Iterator[Unit | Reject]:
    unit = Unit(path=path, size=status.st_size, modified=status.st_mtime_ns)
    try:
        with Path(path).open("rb") as stream:
            yield from _unit(unit, stream)
    except OSError as error:
        yield Reject(unit.source, "unreadable", reason(error))


def _unit(unit: Unit, stream: IO[bytes]) -> Iterator[Unit | Reject]:
    """The unit itself, or what is in it if it is an archive."""
    try:
        kind = formats.guess(stream, unit.name)
    except SourceError as error:
        yield Reject(unit.source, error.code, error.detail)
        return
    if kind != formats.ARCHIVE:
        yield replace(unit, format=kind)
    elif len(unit.index) >= limits.ARCHIVE_DEPTH:
        yield Reject(unit.source, "archive_too_deep", str(limits.ARCHIVE_DEPTH))
    else:
        yield from _members(unit)


def _members(unit: Unit) -> Iterator[Unit | Reject]:
    try:
        archive = archives.archive_at(unit.path, unit.index)
    except SourceError as error:
        yield Reject(unit.source, error.code, error.detail)
        return
    names: dict[str, int] = {}
    found: list[tuple[str, int, zipfile.ZipInfo]] = []
    for position, info in enumerate(archive.infolist()):
        name = archives.member_name(info)
        names[name] = names.get(name, 0) + 1
        if names[name] > 1:  # the same name again: both are kept, told apart by a number
            stem, dot, ending = name.rpartition(".")
            name = f"{stem}#{names[name]}.{ending}" if dot else f"{name}#{names[name]}"
        found.append((name, position, info))
    if not found:
        yield Reject(unit.source, "empty_file")
    for name, position, info in sorted(found, key=lambda each: each[:2]):
        yield from _member(unit, archive, name, position, info)


def _member(
    outer: Unit, archive: zipfile.ZipFile, name: str, position: int, info: zipfile.ZipInfo
) -> Iterator[Unit | Reject]:
    shown = printable(name) if outer.member is None else outer.member + NESTED + printable(name)
    unit = Unit(outer.path, shown, (*outer.index, position), info.file_size, outer.modified)
    parts = name.replace("\\", "/").rstrip("/").removeprefix("./").split("/")
    if archives.is_unsafe(name):
        yield Reject(unit.source, "unsafe_member_name", printable(name))
        return
    if name.endswith(("/", "\\")) and not info.file_size:
        return  # a folder: its files have entries of their own
    if parts[0] == _MAC_FOLDER:
        yield Reject(unit.source, "ignored_system_file", _MAC_FOLDER)
        return
    if codes := [code for part in parts if (code := _passed_over(part)) is not None]:
        yield Reject(unit.source, codes[0], parts[-1] if codes[0] == "ignored_system_file" else "")
        return
    try:
        with archives.unpack(archive, info, limits.MEMBER_BYTES) as stream:
            yield from _unit(unit, stream)
    except SourceError as error:
        yield Reject(unit.source, error.code, error.detail)
