"""The least one can do: one regular expression for digits, multipliers and common units.

It stands for the script that everybody writes first. It knows nothing of Chinese numerals, indicators or time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

MULTIPLIERS = {
    "": 1,
    "千": 10**3,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "千亿": 10**11,
    "万亿": 10**12,
}

UNITS = (
    "个百分点|%|％|元|美元|人次|人|户|家|个|吨标准煤|吨|斤|公斤|公里|千瓦时|千瓦|亩|平方米|平方公里|立方米|公顷|套|辆|台|件|项|所|座|"
    "条|架次|张|艘|倍|岁|位|名|次|种|处|床"
)

_FIGURE = re.compile(
    r"(?P<low>\d+(?:\.\d+)?)(?:\s*[-—~～至]+\s*(?P<high>\d+(?:\.\d+)?))?\s*"
    rf"(?P<multiplier>{'|'.join(sorted(filter(None, MULTIPLIERS), key=len, reverse=True))})?\s*(?P<unit>{UNITS})"
)


def find(text: str) -> Iterator[tuple[int, int, Decimal, Decimal, str]]:
    """Start, end, low, high and unit of each figure."""
    for found in _FIGURE.finditer(text):
        factor = MULTIPLIERS[found["multiplier"] or ""]
        low = Decimal(found["low"]) * factor
        high = Decimal(found["high"]) * factor if found["high"] else low
        unit = {"个百分点": "百分点", "％": "%"}.get(found["unit"], found["unit"])
        yield found.start(), found.end(), low, high, unit
