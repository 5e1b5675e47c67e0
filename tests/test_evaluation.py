"""The evaluation: its scorer follows the rules of the labels, its floors hold."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from evaluation import gate
from evaluation.__main__ import main, run
from evaluation.gold import Passage, Record, read, record
from evaluation.report import peers
from evaluation.scoring import score
from evaluation.systems import plain_expression, saidao

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


def test_numbers_of_other_systems_are_compared_without_sign_and_unit() -> None:
    label = {"quote": "3%", "kind": "growth", "low": -3, "high": -3, "unit": "%", "bound": "eq", "status": "achieved"}
    sums = {"quote": "5元", "kind": "level", "low": 5, "high": 5, "unit": "元", "bound": "eq", "status": "achieved"}
    passage = Passage("a", "湖南", "work_report", 2026, "下降3%，5元", [record(label, 2, 4), record(sums, 5, 7)])
    bare = [
        Record(2, 4, "3%", None, None, Decimal(3), Decimal(3), "%", None, None, None),
        Record(5, 6, "5", None, None, Decimal(5), Decimal(5), None, None, None, None),
    ]
    lines = peers([passage], {"bare": {"a": bare}, "absent": None}).splitlines()
    assert lines[2] == "| bare | 1.000 | 1.000 | 1.000 | 1.000 | 0.500 | 0.000 | – |"
    assert lines[3].count("|") == lines[2].count("|")


def test_the_plain_expression_runs_without_the_libraries() -> None:
    passage = Passage("a", "湖南", "work_report", 2026, "新增22家，达到5.5万亿元")
    found = plain_expression()(passage)
    assert [(r.quote, r.low, r.unit) for r in found] == [("22家", 22, "家"), ("5.5万亿元", 5_500_000_000_000, "元")]
