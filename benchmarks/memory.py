"""Peak memory of a whole build, this process's children and theirs together, as the number of documents grows.

usage: python benchmarks/memory.py [--jobs N] [COUNT ...]

Linux only: reads /proc. Proportional set size (a page that two processes share counts half in each) is what a build
costs; the sum of resident sizes, which counts shared pages twice, is printed beside it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import corpus

COUNTS = (200, 1_000, 5_000, 15_000)
EVERY = 0.02
"""Seconds between two looks."""


def family(root: int) -> list[int]:
    """A process and all that descend from it."""
    found = [root]
    for process in found:
        for tasks in Path(f"/proc/{process}/task").glob("*/children"):
            try:
                found += map(int, tasks.read_text().split())
            except OSError:
                continue  # it ended meanwhile
    return found


def memory(process: int) -> tuple[int, int]:
    """Resident and proportional size in KiB; nothing of a process that ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0, 0
    sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
    return sizes.get("Rss", 0), sizes.get("Pss", 0)


def build(folder: Path, database: Path, jobs: int) -> tuple[float, float, float, int]:
    """Seconds, peak resident and proportional MiB, and most processes at a time, of one build."""
    start = time.perf_counter()
    command = [
        sys.executable,
        "-m",
        "saidao",
        "build",
        str(folder),
        "-o",
        str(database),
        "--quiet",
        "--jobs",
        str(jobs),
    ]
    resident = proportional = most = 0
    with subprocess.Popen(command) as process:
        while process.poll() is None:
            members = family(process.pid)
            sizes = [memory(member) for member in members]
            resident = max(resident, sum(size[0] for size in sizes))
            proportional = max(proportional, sum(size[1] for size in sizes))
            most = max(most, len(members))
            time.sleep(EVERY)
        if process.returncode:
            raise SystemExit(f"build ended with {process.returncode}")
    return time.perf_counter() - start, resident / 1024, proportional / 1024, most


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("counts", type=int, nargs="*", metavar="COUNT", default=COUNTS)
    options = parser.parse_args()
    print(f"{options.jobs} jobs\n")
    print("| documents | characters | seconds | processes | peak RSS, MiB | peak PSS, MiB | RSS to the first row |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    first = 0.0
    for count in options.counts:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "corpus"
            characters = corpus.write(count, folder)
            seconds, resident, proportional, most = build(folder, Path(scratch) / "built.duckdb", options.jobs)
        first = first or resident
        print(
            f"| {count:,} | {characters:,} | {seconds:.1f} | {most} | {resident:.0f} | {proportional:.0f} "
            f"| {resident / first:.2f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
