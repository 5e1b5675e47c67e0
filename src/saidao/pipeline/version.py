"""Which extractor this is: a hash of the code and the data files that decide what a document yields.

Nobody has to remember to raise a number: a changed rule or a changed word list is noticed by the next build.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable

from saidao.lexicon import Lexicon

READ = ("models.py", "sources", "documents", "statements", "pipeline/stages.py", "store/entries.py")
"""What decides what a document yields, below the package; folders with all that is in them."""


def extractor_of(lexicon: Lexicon) -> str:
    """The hash of this code with a lexicon, 16 hexadecimal digits."""
    return lexicon.compiled("pipeline.extractor", _extractor)


def reader_of(lexicon: Lexicon, mapping: Mapping[str, str] | None) -> str:
    """The hash of the extractor with a column mapping: what decides how a file is read."""
    return _digest(extractor_of(lexicon), json.dumps(sorted((mapping or {}).items()), ensure_ascii=False))


def _extractor(lexicon: Lexicon) -> str:
    digest = hashlib.sha256(lexicon.hash.encode())
    package = resources.files("saidao")
    for name in READ:
        for file, content in sorted(_code(package.joinpath(*name.split("/")), name)):
            digest.update(file.encode() + b"\0" + content)
    return digest.hexdigest()[:16]


def _code(place: Traversable, name: str) -> list[tuple[str, bytes]]:
    if place.is_dir():
        return [found for child in place.iterdir() for found in _code(child, f"{name}/{child.name}")]
    # Line ends differ between a checkout and an installed wheel on some systems.
    return [(name, place.read_bytes().replace(b"\r\n", b"\n"))] if name.endswith(".py") else []


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
