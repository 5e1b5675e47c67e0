"""What tests of broken and hostile input share: all that reading yields, checked for what must hold of every input."""

from __future__ import annotations

from pathlib import Path

from saidao import lexicon, sources
from saidao.models import Raw, Reject

CODES = {row["id"] for row in lexicon.load().rows("rejects")}


def load(path: Path) -> list[Raw | Reject]:
    """All that reading a path yields, checked for what must hold of every input."""
    found: list[Raw | Reject] = []
    for unit in sources.discover([path]):
        found.extend([unit] if isinstance(unit, Reject) else sources.read(unit))
    for each in found:
        if isinstance(each, Reject):
            assert each.code in CODES, each
            assert each.code != "reader_failed", each
        else:
            check(each)
    assert found, "nothing is lost silently"
    return found


def check(raw: Raw) -> None:
    raw.text.encode("utf-8")
    for line in raw.text.split("\n"):
        assert line, "an empty paragraph"
        assert line == line.strip()
    assert not set(raw.text) & set("\r\x00\u200b\ufeff\xa0")
    for place in (*raw.images, *raw.noise):
        assert 0 <= place.offset <= len(raw.text)
    for heading in raw.headings:
        assert raw.text[heading.start : heading.end] in raw.text.split("\n")


def code(path: Path) -> str:
    """The code of the one reject that a path yields."""
    (only,) = load(path)
    assert isinstance(only, Reject), only.text[:80]
    return only.code


def put(folder: Path, name: str, content: bytes) -> Path:
    file = folder / name
    file.write_bytes(content)
    return file
