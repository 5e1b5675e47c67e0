"""Counting 5,000 terms over a database: beside pyahocorasick and a plain Python loop, in one run on one core.

The terms are pieces of the texts themselves, 2 to 11 characters, the same in every run. The texts are in memory for the
others; Saidao reads them from the database each time, and tells documents, sentences and first uses as well as hits.
Seconds are the processor's, of all threads, so that what else the machine does changes them little.

usage: python benchmarks/terms.py DATABASE [--growth]
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import ahocorasick
import duckdb

import saidao
from saidao import terms
from saidao.lexicon import load

TERMS = 5_000
SEEN_BY_THE_LOOP = 100_000
"""Characters that the Python loop is given; it needs minutes for all."""


def main() -> None:
    """Prints two tables."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    database = Path(sys.argv[1])
    with duckdb.connect(str(database), read_only=True) as connection:
        texts = [row[0] for row in connection.execute("SELECT text FROM documents ORDER BY rowid").fetchall()]
    chosen = sample(texts)
    size = sum(map(len, texts))
    print(f"{len(texts):,} documents, {size:,} characters, {TERMS:,} terms, one core; medians of 5\n")
    print("| method | what it gives | seconds | million characters a second | against pyahocorasick |")
    print("| --- | --- | ---: | ---: | ---: |")
    counts, other, slow = {}, {}, {}

    def mine() -> None:
        with saidao.open(database) as opened:
            found = terms.count(opened.connection, load(), terms.of_words(chosen))
        counts.update({row["term"]: row["hits"] for row in found.rows})

    def matching() -> None:
        matcher = terms.Matcher(terms.of_words(chosen).terms)
        tally = Counter[int]()
        for text in texts:
            tally.update(matcher.hits(text)[1].tolist())

    def theirs() -> None:
        automaton = ahocorasick.Automaton()
        for n, term in enumerate(chosen):
            automaton.add_word(term, n)
        automaton.make_automaton()
        tally = Counter[int]()
        for text in texts:
            tally.update(n for _, n in automaton.iter(text))
        other.update({term: tally[n] for n, term in enumerate(chosen)})

    part = "\n".join(texts)[:SEEN_BY_THE_LOOP]

    def loop() -> None:
        slow.update({term: overlapping(part, term) for term in chosen})

    aho = median(theirs)
    rows = [
        ("saidao terms, from the database", "hits, documents, sentences, first use", median(mine), size),
        ("its matcher alone, in memory", "hits", median(matching), size),
        ("pyahocorasick, in memory", "hits", aho, size),
        ("Python loop over str.find, in memory", "hits", median(loop, 1), len(part)),
    ]
    for name, what, seconds, length in rows:
        speed = length / seconds / 1e6
        print(f"| {name} | {what} | {seconds:.2f} | {speed:.2f} | {speed / (size / aho / 1e6):.2f} |")
    wrong = [term for term in chosen if counts[term] != other[term]]
    print(f"\n{len(wrong)} of {TERMS:,} terms counted differently by Saidao and pyahocorasick")
    if "--growth" in sys.argv:
        growth(database, chosen)


def growth(database: Path, chosen: list[str]) -> None:
    """The cost of a character as the text grows: the documents once, 4 and 16 times."""
    print("\n| text | characters | seconds | ns a character | peak memory, MB |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as name:
        words = Path(name) / "terms.txt"
        words.write_text("\n".join(chosen), encoding="utf-8")
        for times in (1, 4, 16):
            larger = Path(name) / f"{times}.duckdb"
            multiply(database, larger, times)
            out = subprocess.run(
                [sys.executable, __file__, "--count", str(larger), str(words)],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            characters, seconds, memory = map(float, out.split())
            cost = seconds / characters * 1e9
            print(f"| {times}× | {characters:,.0f} | {seconds:.2f} | {cost:.0f} | {memory:.0f} |", flush=True)
            larger.unlink()


def multiply(database: Path, target: Path, times: int) -> None:
    """A database with every document several times, under ids of their own."""
    spill = f"{target}.tmp"  # not in the folder where the benchmark is started
    with duckdb.connect(config={"memory_limit": "2GB", "threads": "1", "temp_directory": spill}) as connection:
        connection.execute(f"ATTACH '{database}' AS one (READ_ONLY)")
        connection.execute(f"ATTACH '{target}' AS more (STORAGE_VERSION 'v1.4.0')")
        for table in ("documents", "sections", "sentences"):
            id = "id" if table == "documents" else "document_id"
            for n in range(times):
                rows = f"SELECT * REPLACE ({id} || '-{n}' AS {id}) FROM one.{table}"
                connection.execute(f"INSERT INTO more.{table} {rows}" if n else f"CREATE TABLE more.{table} AS {rows}")


def count_once(database: str, words: str) -> None:
    """Counts and prints characters, seconds and megabytes; in a process of its own, for its memory."""
    started = time.process_time()
    with duckdb.connect(database, read_only=True) as connection:
        found = terms.count(connection, load(), terms.read(words))
    seconds = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(found.total["characters"], seconds, memory)


def sample(texts: list[str]) -> list[str]:
    """Different pieces of the texts, none with a blank in it."""
    chance = random.Random(1)
    long = [text for text in texts if len(text) > 50]
    found: dict[str, None] = {}
    while len(found) < TERMS:
        text = chance.choice(long)
        length = chance.randint(2, 11)
        at = chance.randrange(len(text) - length)
        piece = text[at : at + length]
        if not any(map(str.isspace, piece)) and "|" not in piece:
            found[piece] = None
    return list(found)


def overlapping(text: str, term: str) -> int:
    """How often a term stands in a text, overlapping itself too."""
    count, at = 0, text.find(term)
    while at >= 0:
        count += 1
        at = text.find(term, at + 1)
    return count


def median(run: Callable[[], None], times: int = 5) -> float:
    """Seconds of several runs, the one in the middle."""
    measured = []
    for _ in range(times):
        started = time.process_time()
        run()
        measured.append(time.process_time() - started)
    return statistics.median(measured)


if __name__ == "__main__":
    if sys.argv[1] == "--count":
        count_once(*sys.argv[2:])
    else:
        main()
