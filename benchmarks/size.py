"""What a character of a build costs in processor time as the documents become more: statements extracted, sentences coded.

usage: python benchmarks/size.py [--reports PATH ...] [COUNT ...]

Linux and macOS. Each build is a whole command with one worker into a new database; processor time is that of the command and
its worker together, so that what else the machine does matters little. `--reports` builds files of one's own first.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import corpus
import duckdb

COUNTS = (31, 1_000, 30_000)


def build(paths: Sequence[str], database: Path) -> tuple[float, float]:
    """Processor seconds of one build, and the peak resident MiB of its largest process."""
    command = [sys.executable, "-m", "saidao", "build", *paths, "-o", str(database), "--quiet", "--jobs", "1"]
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"build ended with {os.waitstatus_to_exitcode(status)}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)


def measured(what: str, paths: Sequence[str], scratch: Path) -> None:
    """Builds, and prints a row."""
    database = scratch / "built.duckdb"
    seconds, peak = build(paths, database)
    with duckdb.connect(str(database), read_only=True) as built:
        row = built.execute("SELECT count(*), sum(characters) FROM documents").fetchone()
    assert row is not None
    documents, characters = row
    print(
        f"| {what} | {documents:,} | {characters:,} | {seconds:.1f} | {seconds / characters * 1e9:,.0f} "
        f"| {documents / seconds:,.1f} | {peak:,.0f} | {database.stat().st_size / 1024**2:,.0f} |",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", nargs="+", default=[], metavar="PATH")
    parser.add_argument("counts", type=int, nargs="*", metavar="COUNT", default=COUNTS)
    options = parser.parse_args()
    print(
        "| corpus | documents | characters | processor, s | ns a character | documents a second | largest process, MiB | file, MiB |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    if options.reports:
        with tempfile.TemporaryDirectory() as scratch:
            measured("reports", options.reports, Path(scratch))
    for count in options.counts:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "corpus"
            corpus.write(count, folder)
            measured("generated", [str(folder)], Path(scratch))


if __name__ == "__main__":
    main()
