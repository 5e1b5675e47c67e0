"""How much more of its attention a region gives to an industry than regions do on the whole: the location quotient.

Florence's location quotient (1939), with mentions in place of workers: the industry's share of the region's mentions over
its share of all regions' mentions. 1: as much as the others; 2: twice as much.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

PLACES = Decimal("0.0001")


def quotients(attention: Mapping[str, Mapping[str, int]], totals: Mapping[str, int]) -> dict[str, dict[str, Decimal]]:
    """The quotient of each region and industry that has mentions.

    Args:
        attention: region → industry → mentions.
        totals: region → all its mentions; the industries need not add up to them.

    Returns:
        Region → industry → quotient; nothing where there is one region only, which cannot differ from all.
    """
    if len(totals) < 2:
        return {}
    overall: dict[str, int] = {}
    for counts in attention.values():
        for item, count in counts.items():
            overall[item] = overall.get(item, 0) + count
    everything = sum(totals.values())
    found: dict[str, dict[str, Decimal]] = {}
    for region, counts in attention.items():
        own = totals[region]
        found[region] = {
            item: (Decimal(count * everything) / (own * overall[item])).quantize(PLACES)
            for item, count in counts.items()
            if count and own
        }
    return found


def percent(part: int, whole: int | None) -> Decimal | None:
    """A share in percent; none of nothing."""
    return (Decimal(part) * 100 / whole).quantize(PLACES) if whole else None
