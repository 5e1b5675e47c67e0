"""Holds figures against the floors in `floors.toml`, which are pinned to the labels and the data files they were measured with.

A floor that is not reached fails the gate, and so do labels or data files that are not the pinned ones. `pin` pins both
after a passing run and raises floors to a little below the figures; it never lowers one without a reason, which it writes
into the file.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.toml")

LABELS = ("passages.jsonl", "statements.jsonl", "sentences.jsonl", "measures.jsonl", "targets.csv")
"""The files of the gold set that figures are measured with."""

PARTS = ("figures", "round_up", "measures")

BELOW = 0.01
"""How far below its figure a floor is pinned: a few labels read otherwise are no loss of a mechanism."""

HEAD = """# The least each figure may be, pinned to the labels and the data files. Written by `python -m evaluation --pin`, which
# raises floors and never lowers one without --lower FIGURE --reason "…"; reasons are kept at the end.
"""

Figures = Mapping[str, float]


def failures(figures: Figures, floors: Path = FLOORS, part: str | None = None) -> list[str]:
    """One line for each figure that does not hold; empty when all do.

    Args:
        figures: the figures by name.
        floors: the file with the floors.
        part: which table of floors; by default that of statements, and that of the round-up where it was measured.
    """
    limits = tomllib.loads(floors.read_text("utf-8"))
    parts = [part] if part else ["figures", *(["round_up"] if "cell_f1" in figures else [])]
    found = [
        f"{name} is {figures[name]:.4f}, its floor is {floor}"
        for each in parts
        for name, floor in limits.get(each, {}).items()
        if figures[name] < floor
    ]
    if "figures" in parts:
        found += [
            f"{name} is {figures[name]:g}, at most {most} is allowed"
            for name, most in limits["most"].items()
            if figures[name] > most
        ]
    return found


def hash_of_labels(gold: Path) -> str:
    """A hash of the gold set."""
    digest = hashlib.sha256()
    for name in LABELS:
        digest.update(name.encode() + b"\0" + (gold / name).read_bytes())
    return digest.hexdigest()[:16]


def hash_of_data() -> str:
    """A hash of the data files."""
    from saidao.lexicon import load, names

    return load().hash(names())


def stale(hashes: Mapping[str, str], floors: Path = FLOORS) -> list[str]:
    """One line for each pinned hash, `gold` or `data`, that is no longer the one given."""
    pinned = tomllib.loads(floors.read_text("utf-8")).get("pinned", {})
    advice = {
        "gold": "the labels are not those that the floors were pinned with; look at the figures, then python -m evaluation --pin",
        "data": "the data files have changed since the floors were pinned; python -m evaluation --pin after a passing run",
    }
    return [advice[name] for name, value in hashes.items() if pinned.get(name) != value]


def pin(
    parts: Mapping[str, Figures],
    hashes: Mapping[str, str],
    floors: Path = FLOORS,
    *,
    lower: frozenset[str] = frozenset(),
    reason: str = "",
) -> list[str]:
    """Writes the hashes and raises the floors; what keeps it from doing so, in which case nothing is written.

    Args:
        parts: the figures by part and name; a part that was not measured keeps its floors.
        hashes: of the labels and of the data files.
        floors: the file to write.
        lower: figures, as `part.name`, whose floors may be lowered to what was measured.
        reason: why, which is kept in the file.
    """
    kept: dict[str, Any] = tomllib.loads(floors.read_text("utf-8"))
    if lower and not reason.strip():
        return ['a floor is lowered only with a reason: --reason "…"']
    refused = []
    lowered = list(kept.get("lowered", []))
    for part, figures in parts.items():
        for name, floor in kept.get(part, {}).items():
            figure = figures[name]
            wanted = int((figure - BELOW) * 100) / 100
            if figure >= floor:
                kept[part][name] = max(floor, wanted)
            elif f"{part}.{name}" in lower:
                kept[part][name] = wanted
                lowered.append({"figure": f"{part}.{name}", "from": floor, "to": wanted, "reason": reason.strip()})
            else:
                refused.append(
                    f'{part}.{name} is {figure:.4f}, its floor is {floor}; --lower {part}.{name} --reason "…" lowers it'
                )
    refused += [
        f"{name} is {parts['figures'][name]:g}, at most {most} is allowed"
        for name, most in kept["most"].items()
        if "figures" in parts and parts["figures"][name] > most
    ]
    if not refused:
        floors.write_text(_written(kept | {"pinned": dict(hashes), "lowered": lowered}), encoding="utf-8")
    return refused


def _written(content: Mapping[str, Any]) -> str:
    tables = {name: value for name, value in content.items() if isinstance(value, dict)}
    order = ["pinned", *(name for name in tables if name != "pinned")]
    blocks = [
        "\n".join([f"[{name}]", *(f"{key} = {_value(value)}" for key, value in tables[name].items())]) for name in order
    ]
    for entry in content.get("lowered", []):
        blocks.append("\n".join(["[[lowered]]", *(f"{key} = {_value(value)}" for key, value in entry.items())]))
    return HEAD + "\n" + "\n\n".join(blocks) + "\n"


def _value(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
