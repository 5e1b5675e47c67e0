"""Bursts in a series: stretches of years in which a phrase is used far more than before and after."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

SCALING = 2.0
"""How many times the usual share a burst has, at least."""
GAMMA = 1.0
"""What it costs to enter a burst: higher, and only long or strong ones are found."""


@dataclass(frozen=True, slots=True)
class Burst:
    """A stretch of steps of a series, both ends included, and how much better a burst explains it than the usual share."""

    first: int
    last: int
    weight: float


def bursts(uses: Sequence[int], totals: Sequence[int], scaling: float = SCALING, gamma: float = GAMMA) -> list[Burst]:
    """The bursts of a series, after Kleinberg (2002), section 4: two states, batched arrivals.

    Args:
        uses: how often the phrase stands in each step.
        totals: out of how many, each at least as large.
        scaling: the share in a burst over the usual share.
        gamma: weight of the cost of entering a burst, times the logarithm of the number of steps.
    """
    steps = len(uses)
    total, all_uses = sum(totals), sum(uses)
    if not steps or not all_uses or all_uses == total:
        return []
    usual = all_uses / total
    shares = (usual, min(scaling * usual, 0.9999))
    if shares[1] <= usual:
        return []
    enter = gamma * math.log(steps) if steps > 1 else 0.0
    gains = _gains(uses, totals, *shares)
    # of the ways to this step, the best that ends outside a burst and the best that ends in one; before the first there is none
    outside, inside = 0.0, -math.inf
    back: list[tuple[bool, bool]] = []
    for gain in gains:
        entering = outside - enter
        back.append((inside > outside, inside >= entering))
        outside, inside = max(outside, inside), max(inside, entering) + gain
    burst = inside > outside
    states = [False] * steps
    for step in range(steps - 1, -1, -1):
        states[step] = burst
        burst = back[step][burst]
    return _stretches(states, gains)


def _gains(uses: Sequence[int], totals: Sequence[int], usual: float, high: float) -> list[float]:
    """By how much the share of a burst explains each step better than the usual one, in natural logarithms.

    The binomial coefficient is the same for both.
    """
    used, unused = math.log(high / usual), math.log((1 - high) / (1 - usual))
    return [r * used + (d - r) * unused for r, d in zip(uses, totals, strict=True)]


def _stretches(states: Sequence[bool], gains: Sequence[float]) -> list[Burst]:
    found: list[Burst] = []
    begin = None
    for step, state in enumerate([*states, False]):
        if state and begin is None:
            begin = step
        elif not state and begin is not None:
            found.append(Burst(begin, step - 1, sum(gains[begin:step])))
            begin = None
    return found
