"""Learns the tone of reviews and plans: writes src/saidao/data/tense.csv.

usage: python scripts/train_tense.py DATABASE

The database is one that `saidao build` has made of whole reports; the roles of their sections are the labels. A
logistic regression over sequences of two and three characters, counted per sentence, with a light quadratic penalty,
trained by Adam; the intercept is left out, so that a sentence without known sequences says nothing.
"""

from __future__ import annotations

import csv
import math
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import duckdb
import numpy as np

TARGET = Path(__file__).resolve().parents[1] / "src" / "saidao" / "data" / "tense.csv"
KEPT, PENALTY, ROUNDS, RATE, BIAS = 9000, 1e-4, 400, 0.03, 0.2
FEWEST_SENTENCES, FEWEST_DOCUMENTS, SHORTEST = 8, 5, 8
WORDS = re.compile("[\u4e00-\u9fff”“，、]+")
QUERY = """
SELECT x.text, CAST(x.section IN ('plan_year', 'main_targets', 'outlook_five_years') AS INTEGER), x.document_id
FROM sentences x JOIN documents d ON d.id = x.document_id
WHERE d.type = 'work_report' AND d.year >= 1993
  AND x.section IN ('plan_year', 'main_targets', 'outlook_five_years', 'review_year', 'review_five_years')
ORDER BY d.adcode, d.year, x.document_id, x.n
"""


def main(database: str) -> None:
    rows = duckdb.connect(database, read_only=True).execute(QUERY).fetchall()
    samples = [(sequences(text), label, document) for text, label, document in rows if len(text) >= SHORTEST]
    vocabulary = chosen(samples)
    weights, accuracy = trained(samples, vocabulary)
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "weight"])
        writer.writerow(["bias", BIAS])
        for piece, at in sorted(vocabulary.items(), key=lambda item: (-abs(weights[item[1]]), item[0])):
            writer.writerow([piece, f"{weights[at]:.2f}"])
    print(f"{len(samples)} sentences, {len(vocabulary)} sequences, {accuracy:.1%} of the sentences told right")


def sequences(text: str) -> list[str]:
    pieces = (text[i : i + size] for size in (2, 3) for i in range(len(text) - size + 1))
    return [piece for piece in pieces if WORDS.fullmatch(piece)]


def chosen(samples: list[tuple[list[str], int, str]]) -> dict[str, int]:
    """The sequences that tell most, each with its place among the weights."""
    seen: Counter[str] = Counter()
    plans: Counter[str] = Counter()
    documents: dict[str, set[str]] = defaultdict(set)
    for pieces, label, document in samples:
        for piece in set(pieces):
            seen[piece] += 1
            plans[piece] += label
            documents[piece].add(document)
    all_plans = sum(label for _, label, _ in samples)
    reviews = len(samples) - all_plans
    telling = []
    for piece, count in seen.items():
        if count >= FEWEST_SENTENCES and len(documents[piece]) >= FEWEST_DOCUMENTS:
            odds = math.log((plans[piece] + 1) / (all_plans + 2)) - math.log((count - plans[piece] + 1) / (reviews + 2))
            telling.append((-abs(odds) * math.sqrt(count), piece))
    return {piece: at for at, (_, piece) in enumerate(sorted(telling)[:KEPT])}


def trained(samples: list[tuple[list[str], int, str]], vocabulary: dict[str, int]) -> tuple[np.ndarray, float]:
    found = [np.array([vocabulary[p] for p in pieces if p in vocabulary], dtype=int) for pieces, _, _ in samples]
    labels = np.array([label for _, label, _ in samples], dtype=float)
    at = np.concatenate(found)
    row = np.repeat(np.arange(len(found)), [len(f) for f in found])
    weights, mean, square, bias = np.zeros(len(vocabulary)), np.zeros(len(vocabulary)), np.zeros(len(vocabulary)), 0.0
    score = np.zeros(len(labels))
    for step in range(1, ROUNDS + 1):
        score = bias + np.bincount(row, weights=weights[at], minlength=len(labels))
        error = (1 / (1 + np.exp(-score)) - labels) / len(labels)
        slope = np.bincount(at, weights=error[row], minlength=len(weights)) + PENALTY * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        bias -= RATE * float(np.sign(error.sum())) * min(1.0, abs(float(error.sum())) * 20)
    return weights, float(((score > 0) == (labels > 0.5)).mean())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
