"""Fonts with Chinese characters on this machine, for what is not drawn by a browser or a word processor."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from saidao.lexicon import load, variants


@dataclass(frozen=True, slots=True)
class Font:
    """A font: the name under which programs know it, and its file."""

    family: str
    file: Path


def chinese(folder: Path | None = None) -> Font | None:
    """The first font of `fonts.csv` whose file is there: in a folder, or else where systems keep fonts; None without any."""
    files: dict[str, Path] = {}
    for place in [folder] if folder is not None else places():
        for file in _files(place):
            files.setdefault(file.name.lower(), file)
    for row in load().rows("fonts"):
        for name in variants(row["files"]):
            if name.lower() in files:
                return Font(row["family"], files[name.lower()])
    return None


def places() -> list[Path]:
    """Where systems keep their fonts; environments that name another home are respected."""
    home = Path.home()
    if sys.platform == "win32":
        own = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        return [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", own / "Microsoft" / "Windows" / "Fonts"]
    if sys.platform == "darwin":
        assets = "/System/Library/AssetsV2/com_apple_MobileAsset_Font"
        system = ["/System/Library/Fonts", "/Library/Fonts", *(f"{assets}{n}" for n in ("6", "7", "8"))]
        return [home / "Library" / "Fonts", *map(Path, system)]
    data = Path(os.environ.get("XDG_DATA_HOME", home / ".local" / "share"))
    return [data / "fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts")]


def _files(folder: Path) -> Iterator[Path]:
    """The font files below a folder, in an order that does not depend on the file system."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith((".ttf", ".ttc", ".otf")):
                yield Path(parent) / name
