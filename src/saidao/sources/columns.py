"""Which column of a data set is which field: by the user's mapping, else by the usual names in `data/columns.csv`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from saidao.errors import SourceError
from saidao.lexicon import Lexicon, variants
from saidao.sources import limits

FIELDS = ("text", "title", "issuer", "region", "type", "year", "date", "url", "publisher", "aggregator", "categories")
"""The fields of a `Raw` that a column can fill."""

_LOOSE = re.compile(r"[\s_\-.·:：/()（）\[\]【】\ufeff\u200b]+")


def normal(name: str) -> str:
    """A column name without case, width, spaces and punctuation."""
    return _LOOSE.sub("", unicodedata.normalize("NFKC", name)).casefold()


def find(names: Sequence[str], mapping: Mapping[str, str] | None, lexicon: Lexicon) -> dict[str, int]:
    """The position of each field's column; fields without a column are left out.

    A mapped column that the data set lacks falls back to the usual names, since one mapping serves all files of a run.

    Args:
        names: the header, in order.
        mapping: field to column name, as the user gave it; may be None.
        lexicon: the data files.

    Raises:
        SourceError: `no_text_column`, naming the columns found.
    """
    at: dict[str, int] = {}
    positions: dict[str, int] = {}
    exact: dict[str, int] = {}
    for position, name in enumerate(names):
        exact.setdefault(name.strip(), position)
        positions.setdefault(normal(name), position)
    for field, column in (mapping or {}).items():
        place = exact.get(column.strip(), positions.get(normal(column)))
        if place is not None:
            at[field] = place
    taken = set(at.values())
    for field, usual in lexicon.compiled("sources.columns", _usual).items():
        if field in at:
            continue
        for name in usual:
            if (place := positions.get(name)) is not None and place not in taken:
                at[field] = place
                taken.add(place)
                break
    if "text" not in at:
        shown = "、".join(name.strip() or "?" for name in names[:40])
        raise SourceError("no_text_column", shown[: limits.DETAIL_CHARACTERS])
    return at


def _usual(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    return {row["id"]: tuple(normal(name) for name in variants(row["names"])) for row in lexicon.rows("columns")}
