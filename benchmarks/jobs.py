"""Time of a whole build with 1, 2 … worker processes on the same documents.

usage: python benchmarks/jobs.py [--documents N] [--repeat N]

For each number of jobs up to that of processors: the least and the greatest time of the runs, and the ratio of the
least times to that of one job. The runs take turns, so that a busy machine spoils all alike.
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


def build(folder: Path, database: Path, jobs: int) -> float:
    """Seconds of one build into a new database."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "saidao", "build", str(folder), "-o", str(database), "--quiet", "--jobs", str(jobs)],
        check=True,
    )
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=5_000)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    seconds: dict[int, list[float]] = {jobs: [] for jobs in range(1, (os.cpu_count() or 1) + 1)}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "corpus"
        characters = corpus.write(options.documents, folder)
        for turn in range(options.repeat):
            for jobs, times in seconds.items():
                times.append(build(folder, Path(scratch) / f"{turn}-{jobs}.duckdb", jobs))
    print(f"{options.documents:,} documents, {characters:,} characters, {options.repeat} runs each\n")
    print("| jobs | least seconds | greatest seconds | documents a second | times as fast as 1 job |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    for jobs, times in seconds.items():
        print(
            f"| {jobs} | {min(times):.2f} | {max(times):.2f} | {options.documents / min(times):,.0f} "
            f"| {min(seconds[1]) / min(times):.2f} |"
        )


if __name__ == "__main__":
    main()
