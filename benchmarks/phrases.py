"""Finding phrases: characters a second on the work reports, against smoothnlp; and how cost and memory grow with the text.

usage: python benchmarks/phrases.py [--corpus DIR] [--peer PYTHON] [--grow TIMES ...]

One core, texts in memory, best of three, seconds of the processor (others may be at work on the machine); what is timed is the finder alone: candidates, exact counts, tests, folding.
smoothnlp lives in an environment of its own (`python3.11 -m venv ../peers && ../peers/bin/pip install smoothnlp==0.4.0`);
its interpreter is the one that `--peer` names. Generated text: 250,000 characters of clauses times each of TIMES, of words
drawn from a Zipf distribution, so that new runs of words never cease to come. Each size runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ONE = 250_000
"""Characters of generated text, times 1."""

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
    from saidao.phrases import codes, finding, words

    lexicon = load()
    words.segmenter().cut("预热")  # loading its dictionary takes a quarter of a second, once
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


PHRASES = 2_000


class Text:
    """Text without end: words of the data files drawn by Zipf's law, with planted phrases of three words among them."""

    def __init__(self, seed: int = 1) -> None:
        import numpy

        from saidao.lexicon import load, variants

        self.draw = numpy.random.default_rng(seed)
        maker = random.Random(seed)
        lexicon = load()
        words = {name for row in lexicon.rows("industries") for name in variants(row["variants"])}
        words |= {name for row in lexicon.rows("indicators") for name in variants(row["variants"])}
        self.words = sorted(word for word in words if 1 < len(word) < 6 and not word.isascii())
        maker.shuffle(self.words)
        self.phrases = ["".join(maker.choices(self.words, k=3)) for _ in range(PHRASES)]
        self.phrases = [phrase for phrase in self.phrases if len(phrase) <= 16]
        weights = 1 / numpy.arange(10, len(self.words) + 10)
        planted = numpy.full(len(self.phrases), 0.03 / len(self.phrases))
        self.words += self.phrases
        self.weights = numpy.concatenate((0.97 * weights / weights.sum(), planted))

    def document(self, characters: int = 10_000) -> str:
        """A document of about so many characters."""
        drawn = self.draw.choice(len(self.words), size=characters // 3, p=self.weights)
        ends = self.draw.random(len(drawn)) < 0.4
        pieces = [self.words[n] + ("，" if end else "") for n, end in zip(drawn.tolist(), ends.tolist(), strict=True)]
        return "".join(pieces)[:characters]


def grow(times: int) -> tuple[int, float, float, int, int]:
    """Characters, seconds, peak MiB above the start, phrases, and planted ones among them; texts come from a file."""
    import duckdb

    from saidao.lexicon import load
    from saidao.phrases import finding
    from saidao.phrases.texts import Choice, Documents

    maker = Text()
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(str(Path(folder) / "grown.duckdb")) as connection:
        connection.execute("SET memory_limit = '500MB'; SET threads = 1")
        connection.execute(
            "CREATE TABLE documents (id VARCHAR, title VARCHAR, level VARCHAR, adcode VARCHAR, region VARCHAR,"
            " year INTEGER, date DATE, type VARCHAR, characters INTEGER, text VARCHAR USING COMPRESSION zstd)"
        )
        done = 0
        while done < ONE * times:
            rows = [maker.document() for _ in range(min(1000, max(1, (ONE * times - done) // 10_000)))]
            connection.execute(
                "INSERT INTO documents SELECT md5(t), NULL, 'province', '430000', '湖南省', 2026, NULL, 'other',"
                " length(t), t FROM (SELECT unnest(?::VARCHAR[]) AS t)",
                [rows],
            )
            done += sum(map(len, rows))
        connection.execute("CHECKPOINT")
        texts = Documents.of(connection, load(), Choice())
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        start = time.process_time()
        found = finding.find(texts.batches, len(texts.all), load(), 3, 3)
        seconds = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    planted = len({phrase.text for phrase in found.phrases} & set(maker.phrases))
    return texts.characters, seconds, peak - before, len(found.phrases), planted


def growth(sizes: list[int]) -> None:
    """The table of growth."""
    print(f"\n{len(Text().phrases):,} planted phrases\n")
    print("| characters | seconds | microseconds a character | peak MiB | phrases | planted |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    context = multiprocessing.get_context("spawn")
    for times in sizes:
        with context.Pool(1) as pool:
            characters, seconds, peak, phrases, planted = pool.apply(grow, (times,))
        each = seconds / characters * 1e6
        print(f"| {characters:,} | {seconds:.1f} | {each:.3f} | {peak:.0f} | {phrases:,} | {planted:,} |", flush=True)


def main() -> None:
    root = Path(__file__).resolve().parents[1]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=root.parent / "shared" / "corpus")
    parser.add_argument("--peer", default=str(root.parent / "peers" / "bin" / "python"))
    parser.add_argument("--grow", type=int, nargs="*", metavar="TIMES", default=[1, 10, 100])
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    if options.corpus.is_dir():
        against_peer(reports(options.corpus), options.peer)
    else:
        print(f"the work reports are not there ({options.corpus})", file=sys.stderr)
    if options.grow:
        growth(options.grow)


if __name__ == "__main__":
    main()
