"""What people call things that they ask for: years and spans of years, divisions, industries, indicators, documents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from saidao.errors import UsageError
from saidao.lexicon import Lexicon, load, type_id, variants

Several = str | Sequence[str] | None
"""One value, several, or none."""


def several(value: Several) -> list[str]:
    """One value, several, or none, as a list."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def year_span(value: int | str) -> tuple[int, int]:
    """The first and last year of 2026 or of "2024-2026".

    Raises:
        UsageError: it is neither.
    """
    found = re.fullmatch(r"(\d{4})(?:[-–—~至](\d{4}))?", str(value).strip())
    if found is None:
        raise UsageError("usage.bad_year", value=value)
    first = int(found[1])
    last = int(found[2] or first)
    if last < first:
        raise UsageError("usage.bad_span", value=value)
    return first, last


def type_ids(value: Several, lexicon: Lexicon | None = None) -> list[str]:
    """The kinds of documents that ids, Chinese or English names mean; a name that none has stays as it is."""
    return [type_id(name, lexicon or load()) or name for name in several(value)]


def divisions(name: str, lexicon: Lexicon | None = None) -> tuple[list[str], list[str]]:
    """Codes and names of the divisions that a name or code means: 湖南, 湖南省 and 430000 are the same.

    A name that several levels share (吉林) means the highest.
    """
    found = [
        row
        for row in (lexicon or load()).rows("regions")
        if name in (row["id"], row["name"]) or name in variants(row.get("variants", ""))
    ]
    if not found:
        return [], [name]
    highest = min(_rank(row["id"]) for row in found)
    chosen = [row for row in found if _rank(row["id"]) == highest]
    names = {name} | {n for row in chosen for n in (row["name"], *variants(row.get("variants", "")))}
    return [row["id"] for row in chosen], sorted(names)


def _rank(code: str) -> int:
    if code.endswith("0000"):
        return 0
    return 1 if code.endswith("00") else 2


def industry_ids(name: str, lexicon: Lexicon | None = None) -> list[str]:
    """The industries that a name means, with all that stand below them: 新能源, new_energy, New energy.

    A name that no industry has means those whose names hold it.
    """
    rows = (lexicon or load()).rows("industry_names")
    named = [row for row in rows if name in (row["id"], row["label"], row["english"])]
    named = named or [row for row in rows if name in variants(row["variants"])]
    named = named or [row for row in rows if name in row["label"]]
    chosen = [row["id"] for row in named]
    for parent in chosen:
        chosen += [row["id"] for row in rows if row["parent"] == parent and row["id"] not in chosen]
    return chosen


def indicator_ids(value: str) -> list[str]:
    """The standard indicators of an id or a name: exactly so named, else those whose names hold it."""
    rows = load().rows("indicators")
    exact = [row["id"] for row in rows if value in (row["id"], row.get("zh"), row.get("name"))]
    if exact:
        return exact
    spelled = [row["id"] for row in rows if value in variants(row.get("variants", ""))]
    return spelled or [value]
