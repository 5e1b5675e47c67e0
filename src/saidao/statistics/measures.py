"""What a heading such as `地区生产总值指数(上年=100)` measures: indicator, measure, unit, basis.

An index with the base 上年=100 is growth: the index less 100, in per cent. An index with another base, or with none
stated, is a level of its own and no standard indicator.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from saidao.lexicon import Lexicon
from saidao.models import POINTS
from saidao.sources.columns import normal
from saidao.statements.standards import Standards, compiled, indicator_id
from saidao.statistics.numbers import Unit, unit_of
from saidao.statistics.words import Words, plain

_BRACKET = re.compile(r"[（(\[【]([^（()）\[\]【】]*)[)）\]】]")
_BETWEEN = re.compile(r"[,，;；、]")
_TAIL_UNIT = re.compile(r"(.+?)[/_：:]([^/_：:]+(?:/[^/_：:]+)?)")
_BY = {"%": ("growth", "share"), "‰": ("share", "growth"), POINTS: ("delta",)}


@dataclass(frozen=True, slots=True)
class Measure:
    """What the figures of a column, a row or a table measure."""

    name: str
    """The file's own words."""
    indicator_id: str | None
    measure: str
    unit: Unit | None
    less: int = 0
    """What is taken from the number: 100 from an index whose base is the year before."""
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class _Name:
    """A heading taken apart."""

    bare: str
    unit: Unit | None
    basis: str | None
    previous_year: bool
    other_base: bool


def measure_of(
    name: str, unit: Unit | None, basis: str | None, words: Words, lexicon: Lexicon, common: Unit | None = None
) -> Measure:
    """What a name measures.

    Args:
        name: as the file gives it.
        unit: the unit where the name does not give one.
        basis: the basis where the name does not give one.
        common: the unit of the whole table, which its rates of growth and shares do not have.
        words: the words of tables of statistics.
        lexicon: the data files.
    """
    parts = taken_apart(name, words, lexicon)
    stated = parts.basis or basis
    bare = parts.bare
    unit = parts.unit or unit
    if unit is None and common is not None:
        rate = words.growth.search(bare) or words.share.search(bare) or words.fall.search(bare)
        unit = Unit("%") if rate and common.base not in _BY else common
    index = words.index.search(bare)
    if parts.other_base or index or parts.previous_year:
        previous = parts.previous_year or (
            not parts.other_base and basis is not None and words.previous_year.search(basis) is not None
        )
        if not previous:
            return Measure(name, None, "level", None if unit and unit.base == "%" else unit, basis=stated)
        stem = bare[: index.start()] if index else bare
        known = _standard([bare, stem], "growth", "%", lexicon)
        return Measure(name, known, "growth", Unit("%"), 100, stated)
    if words.fall.search(bare):
        return Measure(name, None, "growth" if unit in (None, Unit("%")) else "delta", unit, basis=stated)
    growth = words.growth.search(bare)
    if growth and (unit is None or unit.base in ("%", "‰")):
        known = _standard([bare, bare[: growth.start()].rstrip("的 ")], "growth", "%", lexicon)
        return Measure(name, known, "growth", unit or Unit("%"), basis=stated)
    if unit is not None and unit.base.endswith("/人") and words.per_head.search(bare):
        unit = Unit(unit.base.removesuffix("/人"), unit.factor)
    for kind in _kinds(bare, unit, words, lexicon):
        if known := _standard([bare], kind, unit.base if unit else None, lexicon):
            return Measure(name, known, kind, unit, basis=stated)
    return Measure(name, None, _plain_kind(bare, unit, words), unit, basis=stated)


def known_name(name: str, words: Words, lexicon: Lexicon) -> bool:
    """Whether a name is that of a standard indicator."""
    return measure_of(name, None, None, words, lexicon).indicator_id is not None


def taken_apart(name: str, words: Words, lexicon: Lexicon) -> _Name:
    """The name without its unit and basis, and these."""
    unit: Unit | None = None
    basis: list[str] = []

    def place(found: re.Match[str]) -> str:
        nonlocal unit
        kept = []
        for piece in filter(None, (each.strip() for each in _BETWEEN.split(found[1]))):
            if words.previous_year.search(piece) or words.other_base.fullmatch(piece) or words.prices.fullmatch(piece):
                basis.append(piece)
            elif unit is None and (read := unit_of(piece.removeprefix("单位：").removeprefix("单位:"), words, lexicon)):
                unit = read
            else:
                kept.append(piece)
        return f"（{'、'.join(kept)}）" if kept else ""

    bare = plain(_BRACKET.sub(place, plain(name)))
    if unit is None and (tail := _TAIL_UNIT.fullmatch(bare)):
        if read := unit_of(tail[2], words, lexicon):
            bare, unit = tail[1].strip(), read
    if not basis and (price := words.prices.search(bare)):
        basis.append(price[0])
    if not basis and (base := words.previous_year.search(bare)):
        basis.append(base[0])
        bare = bare[: base.start()].strip() or bare
    said = "；".join(basis) or None
    previous = bool(said and words.previous_year.search(said))
    other = bool(said and not previous and words.other_base.search(said))
    return _Name(bare.strip(), unit, said, previous, other)


def _kinds(bare: str, unit: Unit | None, words: Words, lexicon: Lexicon) -> tuple[str, ...]:
    """The measures to try, the likeliest first."""
    if unit is not None and unit.base in _BY:
        listed = _listed(bare, lexicon)
        likely = ("share",) if words.share.search(bare) else ()
        return (*likely, *sorted(_BY[unit.base], key=lambda kind: listed.index(kind) if kind in listed else 9))
    return ("delta", "level") if words.delta.search(bare) else ("level", "delta", "share", "growth")[: 2 if unit else 4]


def _listed(bare: str, lexicon: Lexicon) -> list[str]:
    """The kinds of an indicator in the order of `indicators.csv`, where the first is the usual one."""
    order = lexicon.compiled(
        "statistics.kinds", lambda found: {row["id"]: row["kinds"].split(";") for row in found.rows("indicators")}
    )
    for kind in ("growth", "share"):
        if known := _standard([bare], kind, "%", lexicon):
            return order[known]
    return []


def _plain_kind(bare: str, unit: Unit | None, words: Words) -> str:
    if unit is not None and unit.base in _BY:
        return _BY[unit.base][0] if unit.base == POINTS else "share"
    return "delta" if words.delta.search(bare) else "level"


def _standard(names: list[str], kind: str, unit: str | None, lexicon: Lexicon) -> str | None:
    standards = compiled(lexicon)
    spelled = lexicon.compiled("statistics.indicators", _spelled)
    for name in names:
        said = name.translate({0x28: "（", 0x29: "）"})
        for each in (name, said, spelled.get(normal(name), "")):
            if known := _fitting(each, kind, unit, standards):
                return known
    return None


def _fitting(name: str, kind: str, unit: str | None, standards: Standards) -> str | None:
    return indicator_id(name, kind, unit, None, standards) if name else None


def _spelled(lexicon: Lexicon) -> dict[str, str]:
    """The Chinese name by id and by English name."""
    found = {}
    for row in lexicon.rows("indicators"):
        found[normal(row["id"])] = row["zh"]
        found[normal(row["en"])] = row["zh"]
    return found
