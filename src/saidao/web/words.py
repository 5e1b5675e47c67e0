"""What the pages say, in two languages: messages and labels of the program, and the pages' own of `data/web.csv`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from saidao.lexicon import Lexicon, Row, load, variants
from saidao.outputs.messages import LANGUAGES, Messages


class Words(Messages):
    """Says things in one language, on pages.

    Args:
        language: `zh` or `en`.
    """

    def __init__(self, language: str) -> None:
        lexicon = load()
        super().__init__(language, lexicon)
        self._texts |= {row["id"]: row[self.language] for row in lexicon.rows("web")}
        self._places = lexicon.compiled("web.places", _places)
        self._tiles = lexicon.compiled("web.tiles", tiles)

    def place(self, adcode: str | None, region: str | None, *, short: bool = True) -> str:
        """A division's name: in Chinese the short one of a province, in English the English one where there is one."""
        if self.language == "en":
            return self._places.get(adcode or "") or self._places.get(region or "") or region or "—"
        if short and adcode in self._tiles:
            return self._tiles[adcode].zh
        return region or "—"

    def years(self, first: int | None, last: int | None) -> str:
        """A span of years."""
        return "—" if first is None else str(first) if first == last else f"{first}–{last}"


@dataclass(frozen=True, slots=True)
class Tile:
    """A province's place in the grid of tiles."""

    adcode: str
    column: int
    row: int
    zh: str
    en: str


def tiles(lexicon: Lexicon) -> dict[str, Tile]:
    """The tiles by division code, in reading order."""
    made = [Tile(r["id"], int(r["column"]), int(r["row"]), r["zh"], r["en"]) for r in lexicon.rows("tiles")]
    return {tile.adcode: tile for tile in sorted(made, key=lambda tile: (tile.row, tile.column))}


def regions() -> list[Row]:
    """The provinces, and the whole country, in the order of their codes."""
    return [row for row in load().rows("regions") if row["level"] in ("central", "province")]


def indicators() -> list[str]:
    """Ids of the standard indicators, those of the yearly table first."""
    rows = load().rows("round_up")
    first = sorted((row for row in rows if row["order"]), key=lambda row: int(row["order"]))
    ids = [row["id"] for row in first]
    return ids + [row["id"] for row in load().rows("indicators") if row["id"] not in set(ids)]


def _places(lexicon: Lexicon) -> Mapping[str, str]:
    rows = [row for row in lexicon.rows("regions") if row["english"]]
    return {row["name"]: variants(row["english"])[0] for row in reversed(rows)} | {
        row["id"]: variants(row["english"])[0] for row in rows
    }


WORDS = LANGUAGES
