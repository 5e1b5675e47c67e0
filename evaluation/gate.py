"""Compares figures with the floors in `floors.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

FLOORS = Path(__file__).with_name("floors.toml")


def failures(figures: Mapping[str, float], floors: Path = FLOORS) -> list[str]:
    """One line for each figure that does not hold; empty when all do. Those of the round-up count where it was measured."""
    limits = tomllib.loads(floors.read_text("utf-8"))
    low = [
        f"{name} is {figures[name]:.4f}, its floor is {floor}"
        for part in ("figures", "round_up")
        if part == "figures" or "cell_f1" in figures
        for name, floor in limits[part].items()
        if figures[name] < floor
    ]
    high = [
        f"{name} is {figures[name]:g}, at most {most} is allowed"
        for name, most in limits["most"].items()
        if figures[name] > most
    ]
    return low + high
