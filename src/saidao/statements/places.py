"""Finds the place that a figure is about, where it is not the issuer's whole area."""

from __future__ import annotations

import re
from dataclasses import dataclass

from saidao.lexicon import Lexicon, variants

# 郑州大学, 银川机场, 长沙银行: the place is part of a name
_NAME_GOES_ON = re.compile(
    "(?:[^，。；、的]{0,4}(?:大学|学院|机场|港区|实验室|集团|银行|公司|石化|高铁|铁路|高速|大桥|卫视|海关|中学|电厂|水库|日报|师范|医院|精神|会议|峰会|宣言|模式|方案|论坛))"
)


@dataclass(frozen=True, slots=True)
class Places:
    """Names of divisions by their first two characters, longest first."""

    names: dict[str, list[str]]
    full: dict[str, str]


def compiled(lexicon: Lexicon) -> Places:
    """The names of `regions.csv`: provinces and prefectures in full and short, counties in full."""
    return lexicon.compiled("statements.places", _compile)


def find(text: str, start: int, end: int, own: tuple[str, ...], places: Places) -> str | None:
    """The places named between two offsets, joined with `、`, the issuer's own left out."""
    found: list[str] = []
    at = start
    names = places.names
    while at < end - 1:
        group = names.get(text[at : at + 2])
        if group is None:
            at += 1
            continue
        for name in group:
            if text.startswith(name, at) and at + len(name) <= end:
                if (
                    name not in own
                    and not any(name in o or o in name for o in own)
                    and not _NAME_GOES_ON.match(text, at + len(name))
                ):
                    found.append(name)
                at += len(name)
                break
        else:
            at += 1
    return "、".join(dict.fromkeys(found)) or None


def _compile(lexicon: Lexicon) -> Places:
    names: dict[str, list[str]] = {}
    full: dict[str, str] = {}
    for row in lexicon.rows("regions"):
        if row["level"] == "central":
            continue
        spellings = [row["name"]]
        if row["level"] in ("province", "prefecture"):
            spellings += variants(row["variants"])
        for spelling in spellings:
            if len(spelling) < 2 or spelling in full:
                continue
            full[spelling] = row["name"]
            names.setdefault(spelling[:2], []).append(spelling)
    for group in names.values():
        group.sort(key=lambda name: (-len(name), name))
    return Places(names, full)
