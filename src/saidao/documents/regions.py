"""Divisions of the country: which one a name, a path or the name of a government means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from saidao.lexicon import Lexicon, variants

_DEPTH = {"central": 0, "province": 1, "prefecture": 2, "county": 3}
# A short name such as 朝阳 or 长沙 may stand for several divisions; the one of the highest level is meant.


@dataclass(frozen=True, slots=True)
class Region:
    """A division of GB/T 2260."""

    adcode: str
    name: str
    level: str
    parent: str


class Regions:
    """The table of divisions, indexed by name."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.by_code: dict[str, Region] = {}
        self._names: dict[str, list[Region]] = {}
        english: list[tuple[str, Region]] = []
        for row in lexicon.rows("regions"):
            region = Region(row["id"], row["name"], row["level"], row["parent"])
            self.by_code[region.adcode] = region
            for name in (row["name"], *variants(row["variants"])):
                self._names.setdefault(name, []).append(region)
            english += [(name, region) for name in variants(row["english"])]
        for found in self._names.values():
            found.sort(key=lambda region: (_DEPTH[region.level], region.adcode))
        self._kind = lexicon.pattern(r"{division_kinds}\Z")
        self._longest = max(map(len, self._names), default=0)
        self._english = {name.lower(): region for name, region in english}
        names = sorted(self._english, key=lambda name: (-len(name), name))
        self._english_names = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b" if names else r"(?!)", re.I)

    def under(self, region: Region, above: Region) -> bool:
        """Whether a division lies in another, or is that other."""
        at: Region | None = region
        while at is not None:
            if at.adcode == above.adcode:
                return True
            at = self.by_code.get(at.parent)
        return False

    def named(self, name: str, within: Region | None = None) -> list[Region]:
        """The divisions that a full or short name may mean, those of the highest level, within another one if given."""
        found = self._names.get(name.strip(), [])
        if within is not None:
            inside = [region for region in found if self.under(region, within) and region != within]
            found = inside or [region for region in found if region == within] or found
        if not found:
            return []
        level = found[0].level
        return [region for region in found if region.level == level]

    def leading(self, text: str, within: Region | None = None) -> tuple[Region, int] | None:
        """The division whose name a text begins with (`湖南省长沙市岳麓区…`), the lowest of such a chain; and its length.

        Nothing where the name is borne by several divisions and nothing tells which is meant.
        """
        at = 0
        region: Region | None = None
        while True:
            step = self._step(text, at, region or within)
            if step is None or (region is not None and not self.under(step[0], region)):
                break
            if region is not None and _DEPTH[step[0].level] <= _DEPTH[region.level]:
                break
            region, at = step
        return None if region is None else (region, at)

    def _step(self, text: str, at: int, within: Region | None) -> tuple[Region, int] | None:
        for length in range(min(self._longest, len(text) - at), 1, -1):
            found = self.named(text[at : at + length], within)
            if len(found) == 1:
                return found[0], at + length
        return None

    def mentioned(self, text: str, within: Region | None = None) -> Region | None:
        """The lowest division of the first chain of names within a short text such as a title or the name of a file."""
        at = 0
        while at < len(text) - 1:
            if found := self.leading(text[at:], within):
                region, length = found
                # 市 and 县 after a short name belong to it: 长沙 in 长沙县 is the county, not the city.
                if self._kind.search(text[at : at + length]) or region.level in ("central", "province", "prefecture"):
                    return region
                at += length
            else:
                at += 1
        return None

    def english(self, text: str) -> Region | None:
        """The first division that an English text names (provinces and great cities only)."""
        found = self._english_names.search(text)
        return self._english[found[0].lower()] if found else None


def regions(lexicon: Lexicon) -> Regions:
    """The divisions of a lexicon, indexed once."""
    return lexicon.compiled("documents.regions", Regions)
