"""Targets and results as people write them: 5%左右, ≥5%, 4.5%–5%, 62 万, 14.2 万亿元."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from saidao.models import POINTS
from saidao.outputs.messages import Messages
from saidao.outputs.texts import plain_number

_SCALES = {
    "zh": ((Decimal(10**12), "万亿"), (Decimal(10**8), "亿"), (Decimal(10**4), "万")),
    "en": (
        (Decimal(10**12), " trillion "),
        (Decimal(10**9), " billion "),
        (Decimal(10**6), " million "),
        (Decimal(10**3), " thousand "),
    ),
}
_PLAIN = frozenset(("%", POINTS))
ARROWS = {"raised": "↑", "held": "＝", "cut": "↓", "new": "＋", "dropped": "－", "reworded": "～"}
"""What became of a target, in one character."""


def figure(record: dict[str, Any], messages: Messages, prefix: str = "") -> str:
    """A figure with its bound, or the words in its place; empty where there is neither.

    Args:
        record: holds `low`, `high`, `bound`, `qualitative`, with the prefix before them, and `unit`.
        messages: the language.
        prefix: `last_` or `result_`, for the figures beside a target.
    """
    low, high = record.get(f"{prefix}low"), record.get(f"{prefix}high")
    if low is None or high is None:
        return str(record.get(f"{prefix}qualitative") or "")
    unit = record.get(f"{prefix}unit") or record.get("unit")
    if low != high:
        return f"{_scaled(low, unit, messages, bare=unit in _PLAIN)}–{_scaled(high, unit, messages)}"
    told = _scaled(low, unit, messages)
    return messages.label(f"figure.{record.get(f'{prefix}bound')}", "{}").replace("{}", told)


def scale(largest: Decimal, unit: str | None, messages: Messages) -> tuple[Decimal, str]:
    """In which multiple of a unit figures up to `largest` are written, and its name: 亿元."""
    shown = {"%": "%"}.get(unit or "", messages.label(f"unit.{unit}", unit or "") if unit else "")
    if unit not in _PLAIN:
        for size, name in _SCALES.get(messages.language, _SCALES["zh"]):
            if largest >= size:
                return size, f"{name}{shown}".strip()
    return Decimal(1), shown.strip()


def _scaled(number: Decimal, unit: str | None, messages: Messages, *, bare: bool = False) -> str:
    if bare:
        return plain_number(number)
    shown = {"%": "%"}.get(unit or "", messages.label(f"unit.{unit}", unit or "") if unit else "")
    if unit in _PLAIN:
        return f"{plain_number(number)}{shown}"
    for size, name in _SCALES.get(messages.language, _SCALES["zh"]):
        if abs(number) >= size:
            return f"{plain_number((number / size).quantize(Decimal('0.0001')))}{name}{shown}".strip()
    return f"{plain_number(number)}{shown}"
