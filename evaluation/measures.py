"""Measures the coding of sentences: tools, status, themes, industries and carriers, against hand-made labels.

A label that its reader marked unsure is left out of that field's figures. Mentions match when one's words hold the other's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evaluation import gate
from saidao.cli.code import record_of
from saidao.coding import code

Record = dict[str, Any]
FIELDS = ("tools", "themes", "industries", "carriers")


def labels(gold: Path) -> dict[str, Record]:
    """The labels of `measures.jsonl` by sentence."""
    return {record["id"]: record for record in _lines(gold / "measures.jsonl")}


def run(gold: Path) -> dict[str, Record]:
    """What is found in the sentences of `sentences.jsonl`."""
    return {s["id"]: record_of(s["id"], code(s["text"])[0]) for s in _lines(gold / "sentences.jsonl")}


def score(gold: Mapping[str, Record], found: Mapping[str, Record]) -> dict[str, float]:
    """Precision, recall and F1 of each field, and the share of sentences whose status is right."""
    sure = [key for key, label in gold.items() if "status" not in label.get("unsure", ())]
    figures = {"status": sum(found[key]["status"] == gold[key]["status"] for key in sure) / len(sure)}
    for field in FIELDS:
        right = missed = wrong = 0
        for key, label in gold.items():
            if field in label.get("unsure", ()):
                continue
            hits = _matched(field, label[field], found[key][field])
            right += hits
            missed += len(label[field]) - hits
            wrong += len(found[key][field]) - hits
        precision = right / (right + wrong) if right + wrong else 0.0
        recall = right / (right + missed) if right + missed else 0.0
        figures[f"{field}_precision"], figures[f"{field}_recall"] = precision, recall
        figures[f"{field}_f1"] = 2 * precision * recall / (precision + recall) if right else 0.0
    return figures


def failures(figures: Mapping[str, float]) -> list[str]:
    """One line for each figure that is below its floor."""
    return [f"measures: {line}" for line in gate.failures(figures, part="measures")]


def report(gold: Mapping[str, Record], figures: Mapping[str, float]) -> str:
    """The figures as a table."""
    rows = [
        f"{len(gold)} sentences.",
        "",
        "| field | precision | recall | F1 or accuracy |",
        "| --- | ---: | ---: | ---: |",
    ]
    rows.append(f"| status |  |  | {figures['status']:.3f} |")
    for field in FIELDS:
        cells = " | ".join(f"{figures[f'{field}_{name}']:.3f}" for name in ("precision", "recall", "f1"))
        rows.append(f"| {field} | {cells} |")
    return "\n".join(rows)


def _matched(field: str, gold: list[Any], found: list[Any]) -> int:
    if field in ("tools", "themes"):
        return len(set(gold) & set(found))
    left = list(found)
    hits = 0
    for item in gold:
        match = next((other for other in left if _same(field, item, other)), None)
        if match is not None:
            hits += 1
            left.remove(match)
    return hits


def _same(field: str, a: Record, b: Record) -> bool:
    overlap = a["text"] in b["text"] or b["text"] in a["text"]
    return overlap and (field != "carriers" or a["type"] == b["type"])


def _lines(file: Path) -> list[Record]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
