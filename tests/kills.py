"""Kills builds at random moments (SIGKILL) and compares what they leave with a build that nobody disturbed.

    python tests/kills.py --count 300 --seed 1

One process imports everything once and forks a build for each moment, so that the moments fall into the build and not
into the start of an interpreter. A database that a build completes is compared in every table but that of the runs, and
the next one begins from nothing.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from conftest import check_whole, contents, report_text
from saidao.pipeline import build

FORKS = """
import os, signal, sys, time
import pandas, polars, pyarrow.compute, pyarrow.dataset  # what DuckDB imports when it is handed its first table
from saidao import sources
from saidao.lexicon import load
from saidao.pipeline import build, stages
from saidao.store import writer

writer.GROUP_DOCUMENTS = 5  # small groups: many commits that a kill can hit
# What a build loads and compiles is there before the first moment, but no database is open: that would not survive a fork.
for warm in sys.argv[1:]:
    for raw in sources.read(next(iter(sources.discover([warm])))):
        stages.process(raw, load())

for line in sys.stdin:
    database, seconds, *paths = line.rstrip("\\n").split("\\t")
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        try:
            build(paths, database, jobs=1)
        finally:
            os._exit(1 if sys.exc_info()[0] else 0)
    ended = 0
    while not ended and time.monotonic() - began < float(seconds):
        ended, status = os.waitpid(child, os.WNOHANG)
        time.sleep(0.0005)
    if not ended:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        print("killed", flush=True)
    else:
        print("done" if status == 0 else f"failed {status}", flush=True)
"""


@dataclass(slots=True)
class Tally:
    """What happened: kills, builds that ended before theirs, databases completed, and documents found after each kill."""

    kills: int = 0
    undisturbed: int = 0
    complete: int = 0
    left: list[int] = field(default_factory=list)


def material(folder: Path, reports: int = 30, rows: int = 30) -> Path:
    """A small corpus of every kind of step: files, a data set of many rows, an input that is rejected."""
    folder.mkdir()
    for n in range(reports):
        (folder / f"r{n:03}.txt").write_text(report_text(n, paragraphs=1), encoding="utf-8")
    with (folder / "set.jsonl").open("w", encoding="utf-8") as file:
        for n in range(rows):
            text = report_text(n + reports, paragraphs=1)
            file.write(json.dumps({"text": text, "title": f"第{n}篇"}, ensure_ascii=False) + "\n")
    (folder / "zz.bin").write_bytes(bytes(range(256)) * 4)
    return folder


def committed(database: Path) -> int:
    """Documents in the file; 0 where the file is not there yet, or was killed before its tables were."""
    if not database.exists():
        return 0
    with duckdb.connect(str(database)) as connection:
        tables = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        if "documents" not in tables:
            assert not tables, "half of the tables are there"
            return 0
        found = connection.execute("SELECT count(*) FROM documents").fetchone()
        return int(found[0]) if found else 0


@contextmanager
def builder(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The process that forks builds."""
    command = [sys.executable, "-c", FORKS, str(folder / "r000.txt"), str(folder / "set.jsonl")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def kill_builds(folder: Path, work: Path, *, count: int, seed: int | str) -> Tally:
    """Kills `count` builds of a folder, at moments spread evenly over the time that one takes.

    Raises:
        AssertionError: a killed build left a half document or lost one, or the resumed result is not the undisturbed one.
    """
    calm_file = work / "calm.duckdb"
    build(folder, calm_file, jobs=1)
    calm = contents(calm_file)
    chance, tally = random.Random(f"kills {seed}"), Tally()
    with builder(folder) as process:
        whole = min(_seconds(process, work / f"timed-{n}.duckdb", folder) for n in range(3))
        database, before = work / "killed-0.duckdb", 0
        while tally.kills < count:
            # The next build has only the rest to do, and its moment must fall into that.
            left = 1 - before / len(calm["documents"])
            said = _ask(process, database, chance.uniform(0, whole * (0.5 + 0.6 * left)), folder)
            now = committed(database)
            assert now >= before, f"{before} documents had been written, {now} are left"
            if now:
                check_whole(database)
            if said == "killed":
                tally.kills += 1
                tally.left.append(now)
                before = now
                continue
            assert said == "done", said
            tally.undisturbed += 1
            _same(database, calm, tally)
            database, before = work / f"killed-{tally.kills}.duckdb", 0
        assert _ask(process, database, 1e9, folder) == "done"
        _same(database, calm, tally)
    return tally


def _ask(process: subprocess.Popen[str], database: Path, seconds: float, folder: Path) -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{database}\t{seconds}\t{folder}\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


def _seconds(process: subprocess.Popen[str], database: Path, folder: Path) -> float:
    """How long an undisturbed build takes here."""
    began = time.monotonic()
    assert _ask(process, database, 1e9, folder) == "done"
    return time.monotonic() - began


def _same(database: Path, calm: dict[str, list[tuple[object, ...]]], tally: Tally) -> None:
    found = contents(database)
    assert found.keys() == calm.keys()
    for name in calm:
        assert found[name] == calm[name], name
    tally.complete += 1
    database.unlink()


def main() -> None:
    options = argparse.ArgumentParser(description="Kills builds at random moments and compares the results.")
    options.add_argument("--count", type=int, default=300, help="kills")
    options.add_argument("--seed", default="1", help="another seed gives other moments")
    given = options.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as work:
        tally = kill_builds(material(Path(work) / "in"), Path(work), count=given.count, seed=given.seed)
    print(
        f"{tally.kills} kills, {len(set(tally.left))} different states left, {tally.complete} databases completed and "
        f"equal to the undisturbed one; {time.monotonic() - began:.0f} s"
    )


if __name__ == "__main__":
    main()
