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
    costs = [[_cost(share, r, d) for share in shares] for r, d in zip(uses, totals, strict=True)]
    best = [0.0, math.inf]
    back: list[tuple[int, int]] = []
    for low, high in costs:
        # leaving a burst costs nothing
        into_low = 0 if best[0] <= best[1] else 1
        into_high = 0 if best[0] + enter < best[1] else 1
        if not back:
            into_low = into_high = 0
        entering = best[into_high] + (enter if into_high == 0 else 0.0)
        best = [best[into_low] + low, entering + high]
        back.append((into_low, into_high))
    state = 0 if best[0] <= best[1] else 1
    states = [0] * steps
    for step in range(steps - 1, -1, -1):
        states[step] = state
        state = back[step][state]
    return _stretches(states, costs)


def _cost(share: float, uses: int, total: int) -> float:
    """The negative logarithm of the chance of so many uses; the binomial coefficient is the same in both states."""
    return -(uses * math.log(share) + (total - uses) * math.log(1 - share))


def _stretches(states: Sequence[int], costs: Sequence[Sequence[float]]) -> list[Burst]:
    found: list[Burst] = []
    begin = None
    for step, state in enumerate([*states, 0]):
        if state and begin is None:
            begin = step
        elif not state and begin is not None:
            weight = sum(costs[k][0] - costs[k][1] for k in range(begin, step))
            found.append(Burst(begin, step - 1, weight))
            begin = None
    return found
