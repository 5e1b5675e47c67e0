"""What tests of the readers share: files to write, and what reading them yields."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from saidao import sources
from saidao.models import Raw, Reject


def put(folder: Path, name: str, content: bytes | str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def load(path: Path, mapping: Mapping[str, str] | None = None) -> list[Raw | Reject]:
    found: list[Raw | Reject] = []
    for unit in sources.discover([path]):
        found.extend([unit] if isinstance(unit, Reject) else sources.read(unit, mapping))
    return found


def one(path: Path, mapping: Mapping[str, str] | None = None) -> Raw:
    (raw,) = load(path, mapping)
    assert isinstance(raw, Raw), raw
    return raw


def short(found: list[Raw | Reject]) -> list[str]:
    """Texts, and codes of rejects."""
    return [each.text if isinstance(each, Raw) else f"!{each.code}" for each in found]
