"""Time that coding takes beside the extraction of statements, on the same reports, one process, one core.

usage: python benchmarks/coding.py [FOLDER]

Prints characters a second of `saidao.coding.code` (sentence by sentence) and of `saidao.statements.find`, and their ratio;
coding is to cost no more than extraction. Texts: as in benchmarks/extraction.py.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from extraction import ROOT, texts

from saidao.coding import code
from saidao.lexicon import load
from saidao.statements import find

ROUNDS = 7


def main() -> None:
    shared = ROOT.parent / "shared" / "corpus"
    folders = [Path(sys.argv[1])] if len(sys.argv) > 1 else [shared / "provincial-2025", shared / "provincial-2026"]
    if not all(folder.exists() for folder in folders):
        folders = [ROOT / "samples"]
    documents = [document for folder in folders for document in texts(folder)]
    lexicon = load()
    characters = sum(len(text) for text, _ in documents)
    find(*documents[0], lexicon)
    code(documents[0][0], whole=False)

    # In turns, and the best of each document: what else the machine does falls on both alike.
    extraction = coding = 0.0
    sentences = 0
    for text, context in documents:
        extracted, coded = [], []
        for _ in range(ROUNDS):
            start = time.process_time()
            find(text, context, lexicon)
            extracted.append(time.process_time() - start)

            start = time.process_time()
            found = code(text, whole=False, sections=context.sections)
            coded.append(time.process_time() - start)
        extraction += min(extracted)
        coding += min(coded)
        sentences += len(found)

    print(f"{len(documents)} documents, {characters:,} characters, {sentences:,} sentences")
    print(f"extraction  {characters / extraction:>10,.0f} characters/s")
    print(f"coding      {characters / coding:>10,.0f} characters/s   {coding / sentences * 1e6:.0f} µs a sentence")
    print(f"ratio       {coding / extraction:>10.2f}   time of coding over time of extraction")


if __name__ == "__main__":
    main()
