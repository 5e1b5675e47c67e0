"""Measures the table of targets and results against labelled cells.

A cell is region, year, role, indicator and measure; it is right if the same low, high and bound stand in it, and for a
target in words, if a target in words is there. Cells of regions and years without labels do not count, nor do indicators
that no label names.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import saidao
from evaluation.report import table

Key = tuple[str, str, str, str, str]
Content = tuple[Any, ...]

REPORTS = ("provincial-2025", "provincial-2026")
"""Folders of the corpus that the labels speak of."""


@dataclass(frozen=True, slots=True)
class Cells:
    """How the cells compare."""

    right: int
    wrong: tuple[Key, ...]
    missed: tuple[Key, ...]
    extra: tuple[Key, ...]

    @property
    def figures(self) -> dict[str, float]:
        """Precision, recall and their harmonic mean."""
        found = self.right + len(self.wrong) + len(self.extra)
        labelled = self.right + len(self.wrong) + len(self.missed)
        precision, recall = (self.right / n if n else 0.0 for n in (found, labelled))
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {"cell_precision": precision, "cell_recall": recall, "cell_f1": f1}


def labels(file: Path) -> dict[Key, Content]:
    """The labelled cells."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return dict(_cell(row) for row in csv.DictReader(lines))


def found(corpus: Path) -> dict[Key, Content]:
    """The cells of the reports in a folder, from a database that is built for it."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "reports.duckdb"
        saidao.build([corpus / name for name in REPORTS if (corpus / name).is_dir()], database)
        with saidao.open(database) as opened:
            rows = [{k: "" if v is None else v for k, v in row.items()} for row in opened.round_up().cells]
    return dict(_cell(row) for row in rows if row["role"] != "dropped")


def compare(gold: Mapping[Key, Content], cells: Mapping[Key, Content]) -> Cells:
    """Holds the cells against the labels."""
    known = {key[:3] for key in gold}
    indicators = {key[3] for key in gold}
    right = [key for key in gold if cells.get(key) == gold[key]]
    return Cells(
        right=len(right),
        wrong=tuple(key for key in gold if key in cells and cells[key] != gold[key]),
        missed=tuple(key for key in gold if key not in cells),
        extra=tuple(key for key in cells if key not in gold and key[:3] in known and key[3] in indicators),
    )


def report(gold: Mapping[Key, Content], cells: Mapping[Key, Content]) -> str:
    """The figures, whole and by role and year."""
    groups: dict[str, dict[Key, Content]] = {"all": dict(gold)}
    for key in gold:
        groups.setdefault(f"{key[2]}s {key[1]}", {})[key] = gold[key]
    rows = []
    for name, members in groups.items():
        part = compare(members, cells)
        figures = (f"{value:.3f}" for value in part.figures.values())
        rows.append(
            [name, f"{len(members):,}", f"{part.right:,}", f"{len(part.wrong):,}", f"{len(part.missed):,}",
             f"{len(part.extra):,}", *figures]
        )  # fmt: skip
    return table(["cells", "labels", "right", "wrong", "missed", "extra", "precision", "recall", "F1"], rows)


def listed(cells: Cells) -> Iterable[str]:
    """What is not right, a line each."""
    for kind in ("wrong", "missed", "extra"):
        for key in getattr(cells, kind):
            yield f"{kind}: {' '.join(key)}"


def _cell(row: Mapping[str, Any]) -> tuple[Key, Content]:
    words = str(row["low"]).strip() == ""
    key = (row["region"], str(row["year"]), row["role"], row["indicator"], "" if words else row["measure"])
    return key, ("words",) if words else (Decimal(row["low"]), Decimal(row["high"]), row["bound"])
