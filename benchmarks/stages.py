"""Where the processor time of a build goes: its stages, and the collection of garbage within them.

usage: python benchmarks/stages.py [--reports PATH ...] [COUNT]

One process, no worker. What every command costs is told apart by a build of one document before: it loads all modules,
reads the data files and compiles the patterns. Then each function that begins a stage is wrapped, a few calls a document, and
the time of a call is that of its stage, less the stages called within it. Processor time of all threads: what else the
machine does matters little, and what DuckDB does in threads of its own counts.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import corpus

from saidao import sources, store
from saidao.analyses import kept
from saidao.pipeline import build, plan, stages
from saidao.store import upkeep, writer

COUNT = 1_000
GARBAGE = "garbage collection"
STAGES = (
    (stages, "structure", "documents: noise, identity, sections, sentences"),
    (stages, "find", "statements"),
    (stages, "code", "coding"),
    (stages, "register", "register: industries of statements, carriers"),
    (stages, "flatten", "rows, checked"),
    (stages, "_hash", "what a next build goes by: hashes, records of files"),
    (plan, "_stat", "what a next build goes by: hashes, records of files"),
    (plan, "_sha256", "what a next build goes by: hashes, records of files"),
    (upkeep, "visited", "what a next build goes by: hashes, records of files"),
    (upkeep, "lookup", "what a next build goes by: hashes, records of files"),
    (upkeep, "visit", "what a next build goes by: hashes, records of files"),
    (upkeep, "gone", "what a next build goes by: hashes, records of files"),
    (upkeep, "settle", "what a next build goes by: hashes, records of files"),
    (writer, "arrow_table", "store: rows to columns"),
    (kept, "keep", "cells: targets and results chosen"),
    (store.Writer, "commit", "store: DuckDB"),
)


class Clock:
    """Processor seconds by stage; the stage on top of the stack is the one that is running."""

    def __init__(self, outermost: str) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._stack = [outermost]
        self._last = time.process_time()

    def enter(self, stage: str) -> None:
        """Begins a stage within the one that runs."""
        self.charge()
        self._stack.append(stage)

    def leave(self) -> None:
        """Ends it."""
        self.charge()
        self._stack.pop()

    def charge(self) -> None:
        """Charges the time since the last call to the stage that runs."""
        now = time.process_time()
        self.spent[self._stack[-1]] += now - self._last
        self._last = now

    def call(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        """A function that is timed."""

        def timed(*given: Any, **named: Any) -> Any:
            self.enter(stage)
            try:
                return function(*given, **named)
            finally:
                self.leave()

        return timed

    def each(self, function: Callable[..., Iterator[Any]], stage: str) -> Callable[..., Iterator[Any]]:
        """A generator whose own steps are timed, what is done between them is not."""

        def timed(*given: Any, **named: Any) -> Iterator[Any]:
            steps = iter(function(*given, **named))
            while True:
                self.enter(stage)
                try:
                    step = next(steps)
                except StopIteration:
                    return
                finally:
                    self.leave()
                yield step

        return timed

    def collected(self, phase: str, _: dict[str, int]) -> None:
        """What the garbage collector calls when it begins and ends."""
        if phase == "start":
            self.enter(GARBAGE)
        else:
            self.leave()


def measured(paths: Sequence[str], scratch: Path) -> tuple[dict[str, float], int]:
    """Seconds by stage, and characters read."""
    clock = Clock("the order of all this")
    for place, name, stage in STAGES:
        setattr(place, name, clock.call(getattr(place, name), stage))
    sources.read = clock.each(sources.read, "sources: files to text")
    sources.discover = clock.each(sources.discover, "sources: files to text")
    gc.callbacks.append(clock.collected)
    summary = build(paths, scratch / "built.duckdb", jobs=1)
    clock.charge()
    gc.callbacks.remove(clock.collected)
    return dict(clock.spent), summary.characters


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--reports", nargs="+", default=[], metavar="PATH", help="build these instead of generated ones"
    )
    parser.add_argument("count", type=int, nargs="?", metavar="COUNT", default=COUNT)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        corpus.write(1, scratch / "one")
        build(scratch / "one", scratch / "one.duckdb", jobs=1)
        start = time.process_time()
        paths = options.reports
        if not paths:
            corpus.write(options.count, scratch / "all")
            paths = [str(scratch / "all")]
        found, characters = measured(paths, scratch)
    found["start: modules, data files, patterns, one document"] = start
    whole = sum(found.values())
    print(f"{characters:,} characters, {whole:.1f} s\n")
    print("| stage | processor, s | share | ns a character |")
    print("| --- | ---: | ---: | ---: |")
    for stage, seconds in sorted(found.items(), key=lambda item: -item[1]):
        print(f"| {stage} | {seconds:.2f} | {seconds / whole:.1%} | {seconds / characters * 1e9:,.0f} |")


if __name__ == "__main__":
    main()
