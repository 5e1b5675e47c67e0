"""Values that no data file knows, for the answer that finds nothing: a slip of the pen looks like a lack of data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from saidao.errors import Said
from saidao.filters.names import divisions, indicator_ids, industry_ids, several
from saidao.lexicon import load, variants

_NEAR = 3
"""Names that are offered in place of one."""


def unknown(given: Mapping[str, Any]) -> list[Said]:
    """What is to be said of filters whose values are the names of nothing known, with the names that look alike.

    Args:
        given: filters by name, as they were asked for. A place or an indicator may be written in a text without standing
            in a data file, so that this is told only where nothing was found.
    """
    found = []
    for filter, (is_known, data) in _KNOWN.items():
        for name in several(given.get(filter)):
            if not is_known(name):
                near = get_close_matches(name, _names(data), _NEAR, 0.5)
                file = f"{data}.csv"
                if near:
                    found.append(Said("unknown.near", {"name": name, "file": file, "names": ", ".join(near)}))
                else:
                    found.append(Said("unknown.name", {"name": name, "file": file}))
    return found


def _a_division(name: str) -> bool:
    return bool(divisions(name)[0])


def _an_indicator(name: str) -> bool:
    return indicator_ids(name) != [name] or name in _names("indicators")


def _an_industry(name: str) -> bool:
    return bool(industry_ids(name))


_KNOWN: dict[str, tuple[Callable[[str], bool], str]] = {
    "region": (_a_division, "regions"),
    "within": (_a_division, "regions"),
    "indicator": (_an_indicator, "indicators"),
    "industry": (_an_industry, "industry_names"),
}
"""For each filter by name, who knows a value, and the data file of the names."""


def _names(data: str) -> list[str]:
    """Everything that a row of a data file may be called."""
    names: dict[str, None] = {}
    for row in load().rows(data):
        if data == "regions" and not row["id"].endswith("00"):
            continue  # three thousand counties of two characters: one is like any word
        words: Iterable[str | None] = (
            row["id"], row.get("name"), row.get("zh"), row.get("label"), row.get("english"), row.get("en"),
            *variants(row.get("variants", "")),
        )  # fmt: skip
        names.update(dict.fromkeys(word for word in words if word))
    return list(names)
