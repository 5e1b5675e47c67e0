"""The words that tables of statistics are read with, compiled from the data files, and how names are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from saidao.lexicon import Lexicon, variants
from saidao.sources.columns import normal

FIELDS = (
    "region",
    "province",
    "city",
    "county",
    "adcode",
    "year",
    "indicator",
    "value",
    "unit",
    "source",
    "basis",
    "ignore",
)
"""What a column can be, other than figures of an indicator."""

PLACES = ("province", "region", "city", "county")
"""Fields that name a division, from the widest."""

LINES = ("database", "indicator", "region", "time", "unit", "basis", "source", "note")
"""What a line outside the table can say."""

BEHIND = frozenset({"source", "note"})
"""Lines that stand behind a table; any other begins a new one."""

_WIDE = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: " ", 0x2212: "-", 0xA0: " ", 0x2009: " ", 0x202F: " "}
_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:\.0+)?(?: ?年度?)?")
_PARTS_OF_YEAR = re.compile(
    r"(?:19|20)[0-9]{2} ?(?:年 ?)?(?:[0-9]{1,2} ?(?:[-—~至] ?[0-9]{1,2} ?)?月|第?[一二三四1-4] ?季度?|[上下]半年|前[一二三1-3]季度|Q[1-4])"
    r"|(?:19|20)[0-9]{2}[-./][0-9]{1,2}"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The lists, compiled."""

    columns: dict[str, str]
    """Field by the name of a column, in its plain form."""
    line: re.Pattern[str]
    lines: dict[str, str]
    missing: frozenset[str]
    growth: re.Pattern[str]
    fall: re.Pattern[str]
    index: re.Pattern[str]
    previous_year: re.Pattern[str]
    other_base: re.Pattern[str]
    delta: re.Pattern[str]
    level: frozenset[str]
    share: re.Pattern[str]
    prices: re.Pattern[str]
    per_head: re.Pattern[str]
    country: frozenset[str]
    english_division: frozenset[str]
    units: dict[str, str]
    """Units in English, in their plain form."""


def words(lexicon: Lexicon) -> Words:
    """The lists of `statistics_columns.csv`, `statistics_words.csv` and `statistics_units.csv`."""
    return lexicon.compiled("statistics.words", _compile)


def plain(text: str) -> str:
    """A text with ASCII for full-width letters, digits and signs. Unlike NFKC it makes no digit of a footnote's ①."""
    return text.translate(_WIDE).strip()


def year_of(text: str) -> int | None:
    """The year that a text is: 2024, 2024年, 2024年度."""
    found = _YEAR.fullmatch(plain(text))
    return int(found[1]) if found else None


def only_year(text: str) -> int | None:
    """The year that a text names with 年, where it names just one, and no part of a year."""
    found = {int(year) for year in re.findall(r"(?<![0-9])((?:19|20)[0-9]{2})(?= ?年)", plain(text))}
    return found.pop() if len(found) == 1 and not _PARTS_OF_YEAR.search(plain(text)) else None


def part_of_year(text: str) -> bool:
    """Whether a heading is a month, a quarter or a half of a year."""
    return bool(_PARTS_OF_YEAR.match(plain(text)))


def _compile(lexicon: Lexicon) -> Words:
    rows = {row["id"]: variants(row["words"]) for row in lexicon.rows("statistics_words")}
    lines = {normal(word): kind for kind in LINES for word in rows[f"line.{kind}"]}
    keys = [word for kind in LINES for word in rows[f"line.{kind}"]]
    base = r" ?(?:=|＝|为) ?100"
    return Words(
        columns={
            normal(name): row["id"] for row in lexicon.rows("statistics_columns") for name in variants(row["names"])
        },
        line=re.compile(rf"({_any(keys)})[0-9]{{0,2}} ?[:：] ?(.*)", re.S | re.I),
        lines=lines,
        missing=frozenset(word.casefold() for word in rows["missing"]),
        growth=re.compile(rf"(?:{_any(rows['growth'])})$", re.I),
        fall=re.compile(rf"(?:{_any(rows['fall'])})$", re.I),
        index=re.compile(rf"(?:{_any(rows['index'])})$", re.I),
        previous_year=re.compile(rf"(?:{_any(rows['previous_year'])}){base}", re.I),
        other_base=re.compile(rf"[^（）()，,;；:： ]{{1,12}}{base}"),
        delta=re.compile(_any(rows["delta"])),
        level=frozenset(rows["level"]),
        share=re.compile(rf"(?:{_any(rows['share'])})$"),
        prices=re.compile(
            rf"(?:(?:按 ?)?(?:19|20)[0-9]{{2}} ?年)?(?:{_any(rows['current_prices'] + rows['constant_prices'])})", re.I
        ),
        per_head=re.compile(_any(rows["per_head"]), re.I),
        country=frozenset(rows["country"]),
        english_division=frozenset(rows["english_division"]),
        units={normal(row["id"]): row["unit"] for row in lexicon.rows("statistics_units")},
    )


def _any(found: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(found, key=lambda word: (-len(word), word)))
