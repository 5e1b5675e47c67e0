"""Codes of tools, carriers, themes, statuses and the like: which there are, and what ids and names mean."""

from __future__ import annotations

import re
from collections.abc import Collection

from saidao.errors import UsageError
from saidao.filters.names import Several, several
from saidao.lexicon import load, variants

_FILES = {"tool": "tools", "carrier": "carrier_types"}


def code_names(kind: str) -> list[tuple[str, str, str]]:
    """The codes of a kind in order, each with its Chinese and its English name.

    Args:
        kind: tool, carrier, theme, status, kind, section, commits, mechanism, relation.
    """
    if kind in _FILES:
        return [(row["id"], row["zh"], row["en"]) for row in load().rows(_FILES[kind])]
    group = "role" if kind == "section" else kind
    labels = [row for row in load().rows("labels") if row["id"].startswith(f"{group}.")]
    return [(row["id"].partition(".")[2], row["zh"], row["en"]) for row in labels]


def codes(kind: str, value: Several, among: Collection[str] = ()) -> list[str]:
    """The codes of a kind that ids or names in either language mean, or words that are told as a tool.

    Args:
        kind: see `code_names`.
        value: ids or names.
        among: the codes that may be meant; all of the kind if none are given.

    Raises:
        UsageError: there is none of that name.
    """
    known = [names for names in code_names(kind) if not among or names[0] in among]
    found = []
    for name in several(value):
        # A part of a name will do: 集群 for 集群与园区.
        codes = [names[0] for names in known if name in names] or [c for c, zh, _ in known if name in zh]
        if not codes and kind == "tool":
            codes = _told_by(name)
        if not codes:
            raise UsageError("usage.no_code", name=name, names=", ".join(f"{c} {zh}" for c, zh, _ in known))
        found += codes
    return found


def _told_by(words: str) -> list[str]:
    """The tools that words tell (贴息), or else those with a part of their name in the words (千亿级产业集群)."""
    parts = {row["id"]: re.split("[与和、]", row["zh"]) for row in load().rows("tools")}
    told = {row["tool"] for row in load().rows("tool_cues") if words in variants(row["words"])}
    return [id for id in parts if id in told] or [id for id, of in parts.items() if any(part in words for part in of)]
