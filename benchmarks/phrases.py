"""Finding phrases: characters a second on the work reports, against smoothnlp.

usage: python benchmarks/phrases.py [--corpus DIR] [--peer PYTHON]

One core, texts in memory, best of three, seconds of the processor (others may be at work on the machine); what is timed is
the finder alone: candidates, exact counts, tests, folding. How cost and memory grow with the text is told by growth.py.
smoothnlp lives in an environment of its own (`python3.11 -m venv ../peers && ../peers/bin/pip install smoothnlp==0.4.0`);
its interpreter is the one that `--peer` names.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PEER = """
import json, sys, time
from smoothnlp.algorithm.phrase import extract_phrase
texts = json.load(open(sys.argv[1], encoding="utf-8"))
lines = [line for text in texts for line in text.splitlines() if line.strip()]
start = time.process_time()
found = extract_phrase(lines, top_k=200)
print(json.dumps([time.process_time() - start, found], ensure_ascii=False))
"""


def reports(corpus: Path) -> list[str]:
    """The texts of all work reports, as a build reads them."""
    import duckdb

    import saidao

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "reports.duckdb"
        paths = [str(corpus / name) for name in ("national", "provincial-2025", "provincial-2026")]
        saidao.build(paths, str(file))
        with duckdb.connect(str(file), read_only=True) as connection:
            rows = connection.execute("SELECT text FROM documents ORDER BY year, adcode, id").fetchall()
    return [text for (text,) in rows]


def batches(texts: list[str], size: int = 500_000) -> Iterator[tuple[list[int], list[str]]]:
    """Texts in batches as the database gives them."""
    numbers: list[int] = []
    room = size
    for number, text in enumerate(texts):
        numbers.append(number)
        room -= len(text)
        if room <= 0:
            yield numbers, [texts[n] for n in numbers]
            numbers, room = [], size
    if numbers:
        yield numbers, [texts[n] for n in numbers]


def find(texts: list[str]) -> tuple[float, list[str]]:
    """Seconds, and the phrases found."""
    from saidao.lexicon import load
    from saidao.phrases import codes, finding, kinds

    lexicon = load()
    kinds.segmenter().cut("预热")  # loading its dictionary takes a quarter of a second, once
    codes.Codes(["预热"])
    start = time.process_time()
    found = finding.find(lambda: batches(texts), len(texts), lexicon, 3, 3)
    return time.process_time() - start, [phrase.text for phrase in found.phrases]


def against_peer(texts: list[str], peer: str) -> None:
    """Both tools on the same texts."""
    characters = sum(map(len, texts))
    seconds = min(find(texts)[0] for _ in range(3))
    print(f"{len(texts)} work reports, {characters:,} characters\n")
    print("| finder | seconds | characters a second | ratio |")
    print("| --- | ---: | ---: | ---: |")
    ours = characters / seconds
    if not Path(peer).exists():
        print(f"| saidao | {seconds:.2f} | {ours:,.0f} | |")
        print(f"\nsmoothnlp is not there ({peer}): see the head of this file.")
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "texts.json"
        file.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
        runs = [
            json.loads(
                subprocess.run(
                    [peer, "-c", PEER, str(file)], capture_output=True, text=True, check=True
                ).stdout.splitlines()[-1]
            )
            for _ in range(3)
        ]
    theirs = characters / min(run[0] for run in runs)
    print(f"| saidao | {seconds:.2f} | {ours:,.0f} | {ours / theirs:.1f} |")
    print(f"| smoothnlp | {characters / theirs:.2f} | {theirs:,.0f} | 1 |")
    print(f"\nsmoothnlp's first 60: {'、'.join(runs[0][1][:60])}")


def main() -> None:
    root = Path(__file__).resolve().parents[1]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=root.parent / "shared" / "corpus")
    parser.add_argument("--peer", default=str(root.parent / "peers" / "bin" / "python"))
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    if options.corpus.is_dir():
        against_peer(reports(options.corpus), options.peer)
    else:
        print(f"the work reports are not there ({options.corpus})", file=sys.stderr)


if __name__ == "__main__":
    main()
