"""The evaluation: its scorer follows the rules of the labels, its floors hold."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from evaluation import gate
from evaluation.__main__ import main, run
from evaluation.gold import read
from evaluation.scoring import score
from evaluation.systems import saidao

ROOT = Path(__file__).resolve().parents[1]


def test_floors_hold(shared: Path) -> None:
    passages = read(shared / "gold")
    scored = score(passages, run(saidao(), passages)[0])
    assert gate.failures(scored.figures) == []


def test_a_figure_below_its_floor_is_told() -> None:
    figures = dict.fromkeys(("precision", "recall", "f1", "value", "kind", "bound", "status", "period", "indicator", "full_record"), 1.0)  # fmt: skip
    assert gate.failures(figures | {"misplaced": 0}) == []
    assert len(gate.failures(figures | {"misplaced": 0, "kind": 0.5})) == 1
    assert len(gate.failures(figures | {"misplaced": 2})) == 1


def test_the_scorer_agrees_with_the_one_of_the_labels(shared: Path, tmp_path: Path) -> None:
    predicted = tmp_path / "predicted.jsonl"
    subprocess.run(
        [sys.executable, "-m", "saidao", "extract", str(shared / "gold" / "passages.jsonl"), "-o", str(predicted)],
        check=True, cwd=ROOT,
    )  # fmt: skip
    theirs = runpy.run_path(str(shared / "gold" / "score.py"))
    expected, _ = theirs["score"](
        theirs["read"](shared / "gold" / "statements.jsonl"),
        theirs["read"](predicted),
        theirs["read"](shared / "gold" / "passages.jsonl"),
    )
    passages = read(shared / "gold")
    ours = score(passages, run(saidao(), passages)[0]).figures
    for name, value in expected.items():
        if name in ours:
            assert ours[name] == pytest.approx(value, abs=1e-9), name
    assert json.dumps(sorted(set(expected) & set(ours))).count('"') >= 20


def test_without_labels_the_command_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--gold", str(tmp_path)]) == 2
    assert "no labels" in capsys.readouterr().err
