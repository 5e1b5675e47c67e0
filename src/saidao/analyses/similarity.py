"""Which regions bet alike: the cosine of the angle between their vectors of mentions. 1: in the same proportions; 0: on nothing in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from saidao.analyses.specialisation import PLACES

PEERS = 5
"""Nearest regions that are told of each."""
COMMON = 5


@dataclass(frozen=True, slots=True)
class Peer:
    """A region near another."""

    region: str
    peer: str
    rank: int
    cosine: Decimal
    common: tuple[str, ...]
    """What they have most in common: the industries that add most to the cosine."""


def nearest(attention: Mapping[str, Mapping[str, int]], peers: int = PEERS) -> list[Peer]:
    """For each region its nearest ones, by region and rank; regions that name nothing have none and are nobody's.

    Args:
        attention: region → industry → mentions.
        peers: how many of each.
    """
    import numpy as np

    regions = [region for region in sorted(attention) if any(attention[region].values())]
    items = sorted({item for region in regions for item in attention[region]})
    if len(regions) < 2:
        return []
    at = {item: n for n, item in enumerate(items)}
    vectors = np.zeros((len(regions), len(items)))
    for n, region in enumerate(regions):
        for item, count in attention[region].items():
            vectors[n, at[item]] = count
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    # rounded before they are ordered, so that the same input gives the same order on every machine
    cosines = np.round(vectors @ vectors.T, 4)
    np.fill_diagonal(cosines, -1)
    found = []
    for n, region in enumerate(regions):
        order = np.argsort(-cosines[n], kind="stable")[:peers]
        for rank, other in enumerate(order, 1):
            if cosines[n, other] <= 0:
                break
            shared = np.round(vectors[n] * vectors[other], 9)
            most = np.argsort(-shared, kind="stable")[:COMMON]
            found.append(
                Peer(
                    region,
                    regions[other],
                    rank,
                    Decimal(repr(float(cosines[n, other]))).quantize(PLACES),
                    tuple(items[k] for k in most if shared[k] > 0),
                )
            )
    return found
