"""Ties what a statement says to shared lists: standard indicators, scope words, hedges and industries."""

from __future__ import annotations

import re
from dataclasses import dataclass

from saidao.lexicon import Lexicon, variants

_LEAD = re.compile(
    "(?:全省|全市|全区|全县|全国|我省|我市|全年|实现|完成|预计|其中|本市|地方的|力争|达到|确保|城乡居民的?)+"
)
_TAIL = re.compile(
    "(?:实际|名义|同比|年均|累计|预期|总体)?(?:增长|增速|增幅|上涨|涨幅|下降|降低|降幅|提高|提升|增加|减少|总量|年均增速|年均增长|总额|目标)+$"
)
_QUALIFIER = re.compile("（[^）]{0,12}）|\\([^)]{0,12}\\)|实际|名义|同口径|可比口径|扣除价格因素|同比|年均|累计")
_INDUSTRY_SUFFIX = re.compile("(?:产业链|产业集群|先进制造业集群|产业|制造业?|装备制造|装备|工业|集群|经济|材料|制造)")


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard indicator."""

    id: str
    label: str
    kinds: frozenset[str]
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class Standards:
    """The lists, compiled."""

    indicators: dict[str, Standard]
    """By every variant."""
    indicator_pattern: re.Pattern[str]
    scopes: list[tuple[str, re.Pattern[str]]]
    any_scope: re.Pattern[str]
    hedges: list[tuple[str, re.Pattern[str]]]
    any_hedge: re.Pattern[str]
    industries: dict[str, list[str]]
    """Names by their first two characters, longest first."""


def compiled(lexicon: Lexicon) -> Standards:
    """The lists of `indicators.csv`, `scopes.csv`, `hedges.csv` and `industries.csv`."""
    return lexicon.compiled("statements.standards", _compile)


def indicator_id(
    phrase: str | None, kind: str, unit: str | None, place: str | None, standards: Standards
) -> str | None:
    """The id of the standard indicator that a phrase names, the place left out, if the kind and unit fit it."""
    if not phrase:
        return None
    if place is not None and phrase.startswith(place):
        phrase = phrase[len(place) :]
    found = standards.indicators.get(phrase)
    if found is None:
        plain = _QUALIFIER.sub("", phrase)
        found = standards.indicators.get(plain)
        if found is None:
            lead = _LEAD.match(plain)
            if lead:
                plain = plain[lead.end() :]
            found = standards.indicators.get(plain) or standards.indicators.get(_TAIL.sub("", plain))
    if found is None or kind not in found.kinds:
        return None
    if unit is not None and unit not in found.units and not (kind == "delta" and unit == "百分点"):
        return None
    return found.id


def scope(clause: str, standards: Standards) -> str | None:
    """The words in a clause that narrow what is measured, under their labels."""
    if not standards.any_scope.search(clause):
        return None
    return ";".join(label for label, pattern in standards.scopes if pattern.search(clause)) or None


def hedge(before: str, after: str, standards: Standards) -> str | None:
    """The words beside a target that soften or stress it, under their labels.

    Args:
        before: its clause up to the figure.
        after: the rest of its clause and the next one.
    """
    near = before + "\n" + after
    if not standards.any_hedge.search(near):
        return None
    found = []
    for label, pattern in standards.hedges:
        if pattern.search(before) or (label == "努力争取更好结果" and pattern.search(after)):
            found.append(label)
    return ";".join(found) or None


def industry(phrase: str, standards: Standards) -> str | None:
    """The industry, chain or cluster that a phrase is about, in its own words."""
    best: tuple[int, int] | None = None
    by_start = standards.industries
    for at in range(len(phrase) - 1):
        for name in by_start.get(phrase[at : at + 2], ()):
            if phrase.startswith(name, at):
                if best is None or len(name) > best[1] - best[0]:
                    best = (at, at + len(name))
                break
    if best is None:
        return None
    suffix = _INDUSTRY_SUFFIX.match(phrase, best[1])
    return phrase[best[0] : suffix.end() if suffix else best[1]]


def _compile(lexicon: Lexicon) -> Standards:
    indicators: dict[str, Standard] = {}
    for row in lexicon.rows("indicators"):
        standard = Standard(
            row["id"], row["zh"], frozenset(row["kinds"].split(";")), frozenset(row["units"].split(";"))
        )
        for name in [row["zh"], *variants(row["variants"])]:
            indicators.setdefault(name, standard)
    scopes = [(row["label"], re.compile(row["pattern"])) for row in lexicon.rows("scopes")]
    hedges = [(row["label"], re.compile(row["pattern"])) for row in lexicon.rows("hedges")]
    industries: dict[str, list[str]] = {}
    for row in lexicon.rows("industries"):
        for name in variants(row["variants"]):
            if len(name) > 1:
                industries.setdefault(name[:2], []).append(name)
    for group in industries.values():
        group.sort(key=lambda name: (-len(name), name))
    return Standards(
        indicators=indicators,
        indicator_pattern=_alternatives(indicators),
        scopes=scopes,
        any_scope=re.compile("|".join(f"(?:{p.pattern})" for _, p in scopes)),
        hedges=hedges,
        any_hedge=re.compile("|".join(f"(?:{p.pattern})" for _, p in hedges)),
        industries=industries,
    )


def _alternatives(names: dict[str, Standard]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n))))
