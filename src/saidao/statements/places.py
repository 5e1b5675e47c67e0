"""Finds the place that a figure is about, where it is not the issuer's whole area."""

from __future__ import annotations

import re
from dataclasses import dataclass

from saidao.lexicon import Lexicon, variants


@dataclass(frozen=True, slots=True)
class Places:
    """Names of divisions by their first two characters, longest first."""

    names: dict[str, list[str]]
    full: dict[str, str]
    name_goes_on: re.Pattern[str]
    """郑州大学, 银川机场, 长沙银行: the place is part of a name."""
    suffix: re.Pattern[str]
    """What an issuer's full name ends with, behind the short one."""
    words: frozenset[str]
    """Words that hold a name and mean no place (长治久安), found among the names."""


def compiled(lexicon: Lexicon) -> Places:
    """The names of `regions.csv`: provinces and prefectures in full and short, counties in full."""
    return lexicon.compiled("statements.places", _compile)


def own_names(region: str | None, issuer: str | None, places: Places) -> tuple[str, ...]:
    """What an issuer's own area is called: 湖南省人民政府, 湖南省, 湖南."""
    names = [name for name in (region, issuer) if name]
    short = [places.suffix.sub("", name) for name in names]
    return tuple(dict.fromkeys(n for n in sorted([*names, *short], key=len, reverse=True) if len(n) > 1))


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
                    and name not in places.words
                    and not any(name in o or o in name for o in own)
                    and not places.name_goes_on.match(text, at + len(name))
                ):
                    found.append(name)
                at += len(name)
                break
        else:
            at += 1
    return "、".join(dict.fromkeys(found)) or None


def opening(text: str, sentence: int, clause: int, places: Places) -> str | None:
    """The place that opens the part of a sentence in which a clause stands: `浙江的计划里，项目有…`; the last of `江苏省张家港市`."""
    start = max(sentence, text.rfind("；", sentence, clause) + 1)
    while start < clause and text[start] in " \n":
        start += 1
    place = None
    while start < clause:
        group = places.names.get(text[start : start + 2], ())
        name = next((name for name in group if text.startswith(name, start)), None)
        if name is None or name in places.words or places.name_goes_on.match(text, start + len(name)):
            break
        place, start = name, start + len(name)
    return place


def _compile(lexicon: Lexicon) -> Places:
    names: dict[str, list[str]] = {}
    full: dict[str, str] = {}
    plain = frozenset(lexicon.words("no_places"))
    for row in lexicon.rows("regions"):
        if row["level"] == "central":
            continue
        spellings = [row["name"]]
        if row["level"] in ("province", "prefecture"):
            spellings += variants(row["variants"])
        for spelling in spellings:
            if len(spelling) < 2 or spelling in full or spelling in plain:
                continue
            full[spelling] = row["name"]
            names.setdefault(spelling[:2], []).append(spelling)
    words = frozenset(lexicon.words("no_place_words"))
    for word in words:
        names.setdefault(word[:2], []).append(word)
    for group in names.values():
        group.sort(key=lambda name: (-len(name), name))
    return Places(
        names,
        full,
        lexicon.pattern("[^，。；、的]{0,4}{place_name_goes_on}"),
        lexicon.pattern("{division_suffixes}?{government_suffixes}?$"),
        words,
    )
