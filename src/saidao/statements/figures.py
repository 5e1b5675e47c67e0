"""A figure with its unit and bound, and the words that units and bounds are read with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from saidao.lexicon import Lexicon
from saidao.statements.quantity_cues import QuantityCues, quantity_cues


@dataclass(slots=True)
class Quantity:
    """A figure with its unit and bound; `start` and `end` span the quote."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str
    family: str
    """Class of the unit (`money`, `count`, `percent`, `point` …), or `rank`, `double` (翻番), `fraction`, `scale`."""
    bound: str
    number_start: int
    """Where the numeral starts, after any words of a bound."""
    unit_end: int
    """Where the unit ends, before any words of a bound."""
    names_class: bool = False
    """The size only names a class of things: 亿元以上项目."""
    part: str = ""
    """Which part of a composition it is: 第一产业 of 三次产业结构8.3:41.4:50.3."""


@dataclass(frozen=True, slots=True)
class UnitWords:
    """Units, words of bounds, and what is no quantity, compiled from the data files."""

    units: dict[str, tuple[str, str]]
    longest_unit: int
    not_units: frozenset[str]
    """A measure word with the next character, where both start another word: 群众, 家庭, 方案."""
    before: dict[str, list[tuple[str, str, str]]]
    """By the last character of the word."""
    after: list[tuple[str, str]]
    after_start: frozenset[str]
    not_quantity: re.Pattern[str]
    abstract: re.Pattern[str]
    cues: QuantityCues


def unit_at(text: str, p: int, words: UnitWords) -> tuple[str, str, int] | None:
    """The longest unit at `p`: base, family, end; a unit per another (`元/吨`) is one unit."""
    units = words.units
    for length in range(min(words.longest_unit, len(text) - p), 0, -1):
        piece = text[p : p + length]
        if piece in units:
            base, family = units[piece]
            end = p + length
            following = text[end : end + 1]
            if piece + following in words.not_units:
                continue
            if piece.isascii() and piece.isalpha() and following.isascii() and following.isalnum():
                continue
            if following == "/" and length:
                per = unit_at(text, end + 1, words)
                if per is None and (time := words.cues.per_time.match(text, end + 1)) is not None:
                    return f"{base}/{time.group()}", "ratio", time.end()
                if per is not None:
                    return f"{base}/{text[end + 1 : per[2]]}", "ratio", per[2]
                m = re.compile("[十百千万亿]+").match(text, end + 1)
                if m:
                    per = unit_at(text, m.end(), words)
                    if per is not None:
                        return f"{base}/{text[end + 1 : per[2]]}", "ratio", per[2]
            return base, family, end
    return None


def bound_before(text: str, p: int, words: UnitWords, *, scale: bool = False) -> tuple[int, str | None, str]:
    """A bound that touches the numeral on its left: where the quote starts then, the bound, its word."""
    q = p - 1 if p and text[p - 1] == " " else p
    candidates = words.before.get(text[q - 1]) if q else None
    if candidates is None:
        return p, None, ""
    window = text[max(0, q - 5) : q]
    for word, bound, not_after in candidates:
        if window.endswith(word):
            if word == "上" and not scale:
                continue
            at = q - len(word)
            if not_after and at and text[at - 1] in not_after:
                continue
            return (at, bound, word) if bound else (p, None, "")
    return p, None, ""


def bounded(
    text: str,
    p: int,
    unit_end: int,
    low: Decimal,
    high: Decimal,
    unit: str,
    family: str,
    words: UnitWords,
    *,
    scale: bool = False,
) -> Quantity:
    """The quantity with the words of a bound that touch it on either side."""
    start, bound, _ = bound_before(text, p, words, scale=scale)
    end = unit_end
    after = text[unit_end : unit_end + 5]
    for word, post in words.after if after[:1] in words.after_start else ():
        if after.startswith(word):
            end = unit_end + len(word)
            if bound is None or bound == "approx" or post != "approx":
                bound = post
            break
    else:
        if (
            after[:1] in ("多", "余")
            and after[:1]
            and family not in ("percent",)
            and after[1:2] not in words.cues.many_of
        ):
            if family in ("multiple", "duration", "percent", "money", "mass") or after[:1] == "余":
                end, bound = unit_end + 1, bound or "ge"
    return Quantity(start, end, low, high, unit, family, bound or "eq", p, unit_end)


def climbs(text: str, p: int, unit_end: int, cues: QuantityCues) -> bool:
    """`跃上500亿斤台阶` says at least 500亿斤 without a word of a bound at the figure."""
    return bool(cues.stage.match(text, unit_end) or cues.stage.match(text, unit_end + 1)) or bool(
        cues.climb.search(text[max(0, p - 4) : p]) and text[p - 1] not in "以"
    )


def names_class(text: str, quantity: Quantity, cues: QuantityCues) -> bool:
    """`亿元以上项目`, `30万千瓦以下煤电机组`: the size only says which things are meant."""
    if quantity.family == "length" and cues.within.match(text, quantity.end):
        return True
    if quantity.family not in ("money", "scale", "mass", "energy", "area"):
        return False
    if quantity.end == quantity.unit_end and quantity.start == quantity.number_start and quantity.family != "scale":
        return False
    return cues.class_noun.match(text, quantity.end) is not None


def unit_words(lexicon: Lexicon) -> UnitWords:
    """Compiles units, bounds, names that hold numerals, and abstract nouns."""
    units = {row["id"]: (row["base"], row["class"]) for row in lexicon.rows("units")}
    before: dict[str, list[tuple[str, str, str]]] = {}
    after = []
    for row in lexicon.rows("bounds"):
        if row["position"] == "pre":
            before.setdefault(row["id"][-1], []).append((row["id"], row["bound"], row["not_after"]))
        else:
            after.append((row["id"], row["bound"]))
    names = "|".join(f"(?:{row['pattern']})" for row in lexicon.rows("not_quantities"))
    nouns = "|".join(re.escape(row["id"]) for row in lexicon.rows("abstract_nouns"))
    return UnitWords(
        units=units,
        longest_unit=max(map(len, units)),
        not_units=frozenset(row["id"] for row in lexicon.rows("not_units")),
        before={last: sorted(group, key=lambda w: -len(w[0])) for last, group in before.items()},
        after=sorted(after, key=lambda w: -len(w[0])),
        after_start=frozenset(word[0] for word, _ in after),
        not_quantity=re.compile(names),
        abstract=re.compile(f"{lexicon.any_of('abstract_attributes')}*(?:{nouns})"),
        cues=quantity_cues(lexicon),
    )
