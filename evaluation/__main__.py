"""The command line of the evaluation; see the package's docstring."""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path

from evaluation import gate, measures, report, round_up
from evaluation.gold import DEFAULT, Passage, Record, fingerprint, read, read_files
from evaluation.scoring import score
from evaluation.systems import PEERS, System, installed, saidao


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0 when done, 1 when a floor does not hold, 2 when there are no labels."""
    options = parser().parse_args(arguments)
    try:
        passages = read_files(*options.labels) if options.labels else read(options.gold)
    except FileNotFoundError as error:
        print(f"no labels: {error.filename} is missing (--gold FOLDER says where they lie)", file=sys.stderr)
        return 2
    found, seconds = run(saidao(), passages)
    scored = score(passages, found)
    floors = tomllib.loads(gate.FLOORS.read_text("utf-8"))["figures"]
    characters = sum(len(passage.text) for passage in passages)
    parts = [
        f"{len(passages)} passages, {characters:,} characters, labels {fingerprint(passages)}.",
        report.figures(passages, found, floors),
        "By kind of statement:",
        report.by_kind(scored),
        "Kinds of error:",
        report.kinds_of_error(scored),
    ]
    text = "\n\n".join(parts)
    print(text)
    print(f"\n{seconds:.2f} s", file=sys.stderr)
    if options.errors:
        print("\n" + report.listed(scored.errors, options.errors))
    if options.write:
        replace(options.write, "figures", text)
    if options.peers:
        compared = {"Saidao": found} | {
            name: run(make(), passages)[0] if installed(module) else None for name, (make, module) in PEERS.items()
        }
        text = report.peers(passages, compared)
        print("\n" + text)
        if options.write:
            replace(options.write, "peers", text)
    if options.pin:
        options.round_up = options.measures = True
    figures = dict(scored.figures)
    measured: dict[str, gate.Figures] = {"figures": scored.figures}
    if options.round_up:
        gold, cells = round_up.labels(options.gold / "targets.csv"), round_up.found(options.corpus)
        compared_cells = round_up.compare(gold, cells)
        figures |= compared_cells.figures
        measured["round_up"] = compared_cells.figures
        text = round_up.report(gold, cells)
        print("\n".join(["", text, *(round_up.listed(compared_cells) if options.errors else ())]))
        if options.write:
            replace(options.write, "round-up", text)
    low: list[str] = []
    if options.measures:
        coded = measures.labels(options.gold)
        coded_figures = measures.score(coded, measures.run(options.gold))
        measured["measures"] = coded_figures
        low = measures.failures(coded_figures)
        text = measures.report(coded, coded_figures)
        print("\n" + text)
        if options.write:
            replace(options.write, "measures", text)
    if options.pin:
        hashes = {"gold": gate.hash_of_labels(options.gold), "data": gate.hash_of_data()}
        refused = gate.pin(measured, hashes, lower=frozenset(options.lower or ()), reason=options.reason)
        print("\n".join(["", *refused] if refused else ["", f"pinned in {gate.FLOORS.name}"]))
        return 1 if refused else 0
    if options.gate:
        hashes = {"gold": gate.hash_of_labels(options.gold), "data": gate.hash_of_data()}
        failed = gate.failures(figures) + low + gate.stale(hashes)
        print("\n".join(["", *failed] if failed else ["", "every figure holds its floor"]))
        return 1 if failed else 0
    return 0


def run(system: System, passages: Sequence[Passage]) -> tuple[dict[str, list[Record]], float]:
    """What a system finds in each passage, and the seconds it takes."""
    system(passages[0])  # its word lists are read now, not on the clock
    started = time.perf_counter()
    found = {passage.id: system(passage) for passage in passages}
    return found, time.perf_counter() - started


def replace(file: Path, name: str, text: str) -> None:
    """Puts a text into the block of a document that is marked for it.

    Raises:
        ValueError: the document has no such block.
    """
    opening, closing = f"<!-- {name}: written by python -m evaluation -->\n", f"<!-- end of {name} -->"
    before, found, rest = file.read_text("utf-8").partition(opening)
    _, closed, after = rest.partition(closing)
    if not found or not closed:
        raise ValueError(f"{file}: no block {name}")
    file.write_text(f"{before}{opening}\n{text}\n\n{closing}{after}", "utf-8")


def parser() -> argparse.ArgumentParser:
    """The options."""
    made = argparse.ArgumentParser(
        prog="python -m evaluation", description="Measures the extraction on labelled passages."
    )
    made.add_argument("--gold", type=Path, default=DEFAULT, help="folder with passages.jsonl and statements.jsonl")
    made.add_argument("--labels", type=Path, nargs=2, metavar=("PASSAGES", "STATEMENTS"), help="two files instead")
    made.add_argument("--peers", action="store_true", help="measure other systems, too")
    made.add_argument("--round-up", action="store_true", help="measure the table of targets and results, too")
    made.add_argument("--measures", action="store_true", help="measure the coding of sentences, too")
    made.add_argument("--corpus", type=Path, default=DEFAULT.parent / "corpus", help="folder with the reports for it")
    made.add_argument(
        "--gate",
        action="store_true",
        help="exit with 1 when a figure is below its floor, or labels or data files are not the pinned ones",
    )
    made.add_argument("--pin", action="store_true", help="measure all, raise the floors, and pin labels and data files")
    made.add_argument("--lower", action="append", metavar="PART.FIGURE", help="a floor that --pin may lower")
    made.add_argument("--reason", default="", help="why it may be lowered; it is kept in floors.toml")
    made.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N errors in full")
    made.add_argument(
        "--write", type=Path, metavar="FILE", help="put the tables into the marked blocks of this document"
    )
    return made


if __name__ == "__main__":
    sys.exit(main())
