"""Two groups of documents: how a phrase's use differs, and how surely."""

from __future__ import annotations

import math

PRIOR = 0.1
"""Weight of the prior: as if a tenth of both groups together had been seen in each of them beforehand."""
SURE = 1.96
"""The z-score from which on a difference counts as one."""

CLASSES = ("new", "rising", "frequent", "fading", "vanished")


def log_odds(uses: int, total: int, other_uses: int, other_total: int, prior: float = PRIOR) -> tuple[float, float]:
    """Weighted log-odds ratio of a phrase and its z-score, with an informative Dirichlet prior.

    After Monroe, Colaresi & Quinn (2008), "Fightin' Words", equations 15, 16, 18, 20 and 22. The prior counts are those
    of both groups together, times `prior`; the totals are the words of each group.
    """
    own, all_own = prior * (uses + other_uses), prior * (total + other_total)
    if own == 0:
        return 0.0, 0.0
    here = math.log((uses + own) / max(total + all_own - uses - own, 1.0))
    there = math.log((other_uses + own) / max(other_total + all_own - other_uses - own, 1.0))
    delta = here - there
    return delta, delta / math.sqrt(1 / (uses + own) + 1 / (other_uses + own))


def class_of(documents: int, other_documents: int, z: float) -> str:
    """new, rising, frequent (in use in both, no sure difference), fading or vanished."""
    if not other_documents:
        return "new"
    if not documents:
        return "vanished"
    if z >= SURE:
        return "rising"
    return "fading" if z <= -SURE else "frequent"
