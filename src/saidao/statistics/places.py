"""Cells to divisions: by name, short or full, by code, or by a chain of names from the province down."""

from __future__ import annotations

import re
from collections.abc import Sequence

from saidao.documents.regions import Region, Regions, regions
from saidao.errors import SourceError
from saidao.lexicon import Lexicon, variants
from saidao.statistics.words import Words, plain

COUNTRY = "100000"
_CODE = re.compile(r"[1-9][0-9]{5}(?:0{6})?")
_SHORT_CODE = re.compile(r"[1-9][0-9](?:[0-9]{2})?")


class Places:
    """Finds divisions.

    Args:
        lexicon: the data files.
        words: the words of tables of statistics.
    """

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self._regions: Regions = regions(lexicon)
        self._words = words
        self._english = lexicon.compiled("statistics.english", _english)

    def named(self, cell: str, within: Region | None = None) -> Region | None:
        """The division that a cell names, None where it is none.

        Raises:
            SourceError: `statistics_ambiguous_region`.
        """
        name = re.sub(r"\s", "", plain(cell))
        if not name or name[0].isdecimal():
            return self.coded(name) if len(name) >= 6 else None
        if name in self._words.country:
            return self._regions.by_code[COUNTRY]
        found = self._regions.named(name, within)
        if len(found) > 1:
            raise SourceError("statistics_ambiguous_region", cell)
        if found:
            return found[0]
        if not name.isascii():
            chain = self._regions.leading(name, within)
            return chain[0] if chain is not None and chain[1] == len(name) else None
        parts = [part for part in re.findall("[a-z']+", cell.casefold()) if part not in self._words.english_division]
        code = self._english.get(" ".join(parts))
        return None if code is None else self._regions.by_code[code]

    def coded(self, cell: str) -> Region | None:
        """The division that a code means: 430000, 43, or 430000000000."""
        code = plain(cell).removesuffix(".0")
        if _SHORT_CODE.fullmatch(code):
            code = code.ljust(6, "0")
        return self._regions.by_code.get(code[:6]) if _CODE.fullmatch(code) else None

    def found(self, names: Sequence[str], code: str) -> Region:
        """The division of a row.

        Args:
            names: cells that name it, from the widest; empty ones are passed over.
            code: its code, or nothing.

        Raises:
            SourceError: it is unknown, ambiguous, or its names and code disagree.
        """
        by_code = None
        if code:
            by_code = self.coded(code)
            if by_code is None:
                raise SourceError("statistics_unknown_region", code)
        place: Region | None = None
        for name in filter(None, names):
            try:
                step = self.named(name, by_code and self._above(by_code) if place is None else place)
            except SourceError:
                if by_code is not None and name is names[-1]:
                    continue  # the code tells which of them
                raise
            if step is None:
                raise SourceError("statistics_unknown_region", name)
            if place is not None and not self._regions.under(step, place):
                raise SourceError("statistics_region_disagrees", f"{place.name}, {name}")
            place = step
        if by_code is not None and place is not None and not self._regions.under(by_code, place):
            raise SourceError("statistics_region_disagrees", f"{by_code.adcode} {by_code.name}, {place.name}")
        if by_code is not None and place is not None and by_code != place and len([n for n in names if n]) == 1:
            raise SourceError("statistics_region_disagrees", f"{by_code.adcode} {by_code.name}, {place.name}")
        place = by_code or place
        if place is None:
            raise SourceError("statistics_unknown_region", "")
        return place

    def _above(self, region: Region) -> Region | None:
        return self._regions.by_code.get(region.parent)


def _english(lexicon: Lexicon) -> dict[str, str]:
    return {
        " ".join(re.findall("[a-z']+", name.casefold())): row["id"]
        for row in reversed(lexicon.rows("regions"))
        for name in variants(row["english"])
    }
