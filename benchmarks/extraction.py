"""Speed of extraction against mere word segmentation, on the same texts, one process, one core.

usage: python benchmarks/extraction.py [FOLDER]

Prints characters a second of `saidao.statements.find` and of `jieba.cut`, and their ratio. Texts: every document below
FOLDER, by default the work reports of ../shared/corpus if it is there, else samples/.
"""

from __future__ import annotations

import logging
import sys
import time
from pathlib import Path

import jieba

from saidao.documents import Structured, structure
from saidao.lexicon import load
from saidao.models import Context, Raw
from saidao.sources import Unit, discover, read
from saidao.statements import find

ROOT = Path(__file__).resolve().parents[1]
SEGMENTED = 400_000
"""How many characters jieba is given: it is slow, and its speed does not depend on how many (characters)."""


def texts(folder: Path) -> list[tuple[str, Context]]:
    lexicon = load()
    found = []
    for unit in discover([folder]):
        for raw in read(unit) if isinstance(unit, Unit) else ():
            understood = structure(raw, lexicon) if isinstance(raw, Raw) else None
            if isinstance(understood, Structured):
                document = understood.document
                context = Context(document.issuer, document.type, document.year, document.region, understood.sections)
                found.append((document.text, context))
    return found


def main() -> None:
    shared = ROOT.parent / "shared" / "corpus"
    folders = [Path(sys.argv[1])] if len(sys.argv) > 1 else [shared / "provincial-2025", shared / "provincial-2026"]
    if not all(folder.exists() for folder in folders):
        folders = [ROOT / "samples"]
    documents = [document for folder in folders for document in texts(folder)]
    lexicon = load()
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    find(*documents[0], lexicon)

    start = time.perf_counter()
    statements = sum(len(find(text, context, lexicon)) for text, context in documents)
    seconds = time.perf_counter() - start
    characters = sum(len(text) for text, _ in documents)

    cut, cut_characters = 0.0, 0
    for text, _ in documents:
        start = time.perf_counter()
        for _ in jieba.cut(text):
            pass
        cut += time.perf_counter() - start
        cut_characters += len(text)
        if cut_characters >= SEGMENTED:
            break

    ours, theirs = characters / seconds, cut_characters / cut
    print(f"{len(documents)} documents, {characters:,} characters, {statements:,} statements")
    print(f"saidao extraction  {ours:>12,.0f} characters/s   {seconds / max(statements, 1) * 1e6:.0f} µs a statement")
    print(f"jieba.cut          {theirs:>12,.0f} characters/s")
    print(f"ratio              {ours / theirs:>12.2f}")


if __name__ == "__main__":
    main()
