"""How crowded an industry is: how many regions name it, and how evenly their attention is spread.

The index is Herfindahl's: the sum of the squared shares of regions in the industry's mentions. 1: one region alone; 1/n: n
regions alike. Its inverse is the number of regions that would make the same index if all gave alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from saidao.analyses.specialisation import PLACES


@dataclass(frozen=True, slots=True)
class Crowd:
    """An industry over regions."""

    item: str
    total: int
    """Mentions in all regions."""
    regions: int
    """Regions that name it."""
    index: Decimal
    """Herfindahl index, above 0 and up to 1."""
    alike: Decimal
    """Its inverse: so many regions, if all gave alike."""
    most: tuple[str, ...]
    """The regions by mentions, the most first; of equal ones the first in order."""


def crowding(attention: Mapping[str, Mapping[str, int]]) -> dict[str, Crowd]:
    """Each industry's crowd, ordered by regions and mentions, the most first.

    Args:
        attention: region → industry → mentions.
    """
    over: dict[str, dict[str, int]] = {}
    for region, counts in attention.items():
        for item, count in counts.items():
            if count:
                over.setdefault(item, {})[region] = count
    found = []
    for item, counts in over.items():
        total = sum(counts.values())
        squares = sum(count * count for count in counts.values())
        found.append(
            Crowd(
                item,
                total,
                len(counts),
                (Decimal(squares) / (total * total)).quantize(PLACES),
                (Decimal(total * total) / squares).quantize(PLACES),
                tuple(sorted(counts, key=lambda region: (-counts[region], region))),
            )
        )
    return {crowd.item: crowd for crowd in sorted(found, key=lambda c: (-c.regions, -c.total, c.item))}
