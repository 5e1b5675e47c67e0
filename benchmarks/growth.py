"""How cost and memory grow with the text: counting 5,000 terms, and finding phrases, over generated databases of any size.

usage: python benchmarks/growth.py [--jobs N] [--folder DIR] [--only terms|phrases] [SIZE ...]

SIZE: characters, 1e6 or 1000000000. Whole commands are run, `saidao terms` and `saidao phrases`, from the database to the
file. Seconds are those of the clock and those of the processor, of all processes; memory is the proportional size of all of
them at its peak (Linux only: reads /proc). With --folder databases are kept there and found again: a billion characters take
2 GB of disk and some minutes to write.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import generated
from memory import family, memory

TERMS = 5_000
SIZES = (1_000_000, 10_000_000, 100_000_000)
EVERY = 1.0
"""Seconds between two looks at the memory."""


def run(arguments: list[str]) -> tuple[float, float, float]:
    """Seconds of the clock, seconds of the processor, and peak MiB, of a command and its processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    peak = 0
    with subprocess.Popen([sys.executable, "-m", "saidao", *arguments], stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, sum(memory(member)[1] for member in family(process.pid)))
            time.sleep(EVERY)
        if process.returncode:
            raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}")
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, used, peak / 1024


def terms() -> list[str]:
    """Pieces of the text, 2 to 11 characters, and the planted phrases among them."""
    maker = generated.Text()
    chance = random.Random(1)
    found = dict.fromkeys(phrase for phrase in maker.phrases if len(phrase) < 12)
    text = "".join(maker.document() for _ in range(10))
    while len(found) < TERMS:
        length = chance.randint(2, 11)
        at = chance.randrange(len(text) - length)
        found[text[at : at + length]] = None
    return list(found)[:TERMS]


def first(file: Path) -> list[str]:
    """The phrases in a file of results."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [row["phrase"] for row in csv.DictReader(lines)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--only", choices=("terms", "phrases"))
    parser.add_argument("sizes", type=float, nargs="*", metavar="SIZE", default=SIZES)
    options = parser.parse_args()
    print(f"{options.jobs} processes at most; {TERMS:,} terms; {len(generated.Text().phrases):,} planted phrases\n")
    print("| characters | what | seconds | characters a second | processor, ns a character | peak MiB | found |")
    print("| ---: | --- | ---: | ---: | ---: | ---: | --- |")
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        words = Path(scratch) / "terms.txt"
        words.write_text("\n".join(terms()), encoding="utf-8")
        result = Path(scratch) / "result.csv"
        for size in options.sizes:
            file = folder / f"{size:.0f}.duckdb"
            if not file.exists():
                generated.write(int(size), file)
            with duckdb.connect(str(file), read_only=True) as connection:
                [(characters,)] = connection.execute("SELECT sum(characters) FROM documents").fetchall()
            commands = {
                "terms": ["terms", str(file), "--dictionary", str(words), "-o", str(result)],
                "phrases": ["phrases", str(file), "--jobs", str(options.jobs), "-o", str(result)],
            }
            for name, command in commands.items():
                if options.only not in (None, name):
                    continue
                seconds, used, peak = run(command)
                found = ""
                if name == "phrases":
                    every = first(result)
                    planted = len(set(every) & set(generated.Text().phrases))
                    found = f"{len(every):,} phrases, {planted:,} of those planted"
                print(
                    f"| {characters:,} | {name} | {seconds:.1f} | {characters / seconds:,.0f} "
                    f"| {used / characters * 1e9:.0f} | {peak:.0f} | {found} |",
                    flush=True,
                )
            if options.folder is None:
                file.unlink()


if __name__ == "__main__":
    main()
