"""Which extractor this is: a hash of the code and the data files that decide what a document yields.

Nobody has to remember to raise a number: a changed rule or a changed word list is noticed by the next build.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable

from saidao.lexicon import Lexicon

READ = (
    "models.py", "sources", "documents", "statements", "measures", "coding.py", "register.py", "pipeline/stages.py",
    "store/entries.py",
)  # fmt: skip
"""What decides what a document yields, below the package; folders with all that is in them."""

_NAMED = re.compile(rb'\brows\("(\w+)"[,)]')
_ALWAYS = ("cues",)
"""Data files that are read by another way than by their name."""


def extractor_of(lexicon: Lexicon) -> str:
    """The hash of this code with a lexicon, 16 hexadecimal digits."""
    return lexicon.compiled("pipeline.extractor", _extractor)


def reader_of(lexicon: Lexicon, mapping: Mapping[str, str] | None) -> str:
    """The hash of the extractor with a column mapping: what decides how a file is read."""
    return _digest(extractor_of(lexicon), json.dumps(sorted((mapping or {}).items()), ensure_ascii=False))


def _extractor(lexicon: Lexicon) -> str:
    digest = hashlib.sha256(lexicon.hash(data_files()).encode())
    for file, content in _sources():
        digest.update(file.encode() + b"\0" + content)
    return digest.hexdigest()[:16]


def data_files() -> frozenset[str]:
    """The data files that this code names. A label or a message changes nothing of what a document yields."""
    return frozenset(name.decode() for _, content in _sources() for name in _NAMED.findall(content)).union(_ALWAYS)


def _sources() -> list[tuple[str, bytes]]:
    package = resources.files("saidao")
    return [found for name in READ for found in sorted(_code(package.joinpath(*name.split("/")), name))]


def _code(place: Traversable, name: str) -> list[tuple[str, bytes]]:
    if place.is_dir():
        return [found for child in place.iterdir() for found in _code(child, f"{name}/{child.name}")]
    # Line ends differ between a checkout and an installed wheel on some systems.
    return [(name, place.read_bytes().replace(b"\r\n", b"\n"))] if name.endswith(".py") else []


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
