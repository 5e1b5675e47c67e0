"""The industries as a tree: what stands above an industry, and what is counted under which name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from saidao.lexicon import Lexicon

UNLISTED = "unlisted"
"""What mentions are counted under whose name no row of the data file has: only its form told an industry (绞股蓝产业)."""


@dataclass(frozen=True, slots=True)
class Node:
    """An industry of `industry_names.csv`."""

    id: str
    label: str
    english: str
    parent: str
    level: int
    """1 for the broadest, up to 4."""
    generic: bool
    """A class of industries: 制造业, 未来产业."""


def tree(lexicon: Lexicon) -> Mapping[str, Node]:
    """All industries by id."""
    return lexicon.compiled("analyses.tree", _tree)


def rolled(
    nodes: Mapping[str, Node], *, depth: int | None = None, only: Iterable[str] | None = None, generic: bool = False
) -> dict[str, str]:
    """What each industry is counted under; those that are not counted are left out.

    Args:
        nodes: see `tree`.
        depth: ancestors of this level stand for what is below them; None: every industry for itself.
        only: the ids that are counted; an industry is never counted under one that is not among them.
        generic: whether classes of industries are counted.
    """
    counted = set(nodes) if only is None else set(only)
    found = {}
    for id in nodes:
        if id not in counted or (nodes[id].generic and not generic):
            continue
        at = nodes[id]
        while depth is not None and at.level > depth and at.parent in counted:
            at = nodes[at.parent]
        found[id] = at.id
    return found


def _tree(lexicon: Lexicon) -> Mapping[str, Node]:
    return {
        row["id"]: Node(
            row["id"], row["label"], row["english"], row["parent"], int(row["level"] or 1), row["generic"] == "yes"
        )
        for row in lexicon.rows("industry_names")
    }
