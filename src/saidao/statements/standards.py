"""Ties what a statement says to shared lists: standard indicators, scope words, hedges and industries."""

from __future__ import annotations

import re
from dataclasses import dataclass

from saidao.lexicon import Lexicon, variants

BESIDE = 200
"""Characters on either side within which a word stands beside its figure."""


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
    scope_first: re.Pattern[str]
    """A clause that only says how what follows is reckoned begins so: 同口径下，…"""
    hedges: list[tuple[str, re.Pattern[str]]]
    any_hedge: re.Pattern[str]
    industries: dict[str, list[str]]
    """Names by their first two characters, longest first."""
    lead: re.Pattern[str]
    """Words before the name of an indicator that are no part of it."""
    tail: re.Pattern[str]
    """Words behind the name that say how it moves."""
    qualifier: re.Pattern[str]
    """How it is reckoned, wherever that stands."""
    industry_suffix: re.Pattern[str]
    better: frozenset[str]
    """Labels of hedges that also stand behind the figure."""


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
        plain = standards.qualifier.sub("", phrase)
        found = standards.indicators.get(plain)
        if found is None:
            lead = standards.lead.match(plain)
            if lead:
                plain = plain[lead.end() :]
            found = standards.indicators.get(plain) or standards.indicators.get(standards.tail.sub("", plain))
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


_LONGEST_SCOPE = 20
_CLAUSE = re.compile("[，。；：！？\n]")


def scope_before(text: str, start: int, standards: Standards) -> str:
    """The short clause right before an offset, where it only narrows the clause that starts there: `扣除房地产后，`."""
    if not text.endswith("，", 0, start):
        return ""
    near = text[max(0, start - 1 - _LONGEST_SCOPE) : start - 1]
    before = _CLAUSE.split(near)[-1]
    return before if len(before) < _LONGEST_SCOPE and standards.scope_first.match(before) else ""


def hedge(before: str, after: str, standards: Standards) -> str | None:
    """The words beside a target that soften or stress it, under their labels.

    Args:
        before: its clause up to the figure.
        after: the rest of its clause and the next one.
    """
    before, after = before[-BESIDE:], after[:BESIDE]
    near = before + "\n" + after
    if not standards.any_hedge.search(near):
        return None
    found = []
    for label, pattern in standards.hedges:
        if pattern.search(before) or (label in standards.better and pattern.search(after)):
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
    suffix = standards.industry_suffix.match(phrase, best[1])
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
        scope_first=re.compile(
            "按?(?:" + "|".join(f"(?:{row['pattern']})" for row in lexicon.rows("scopes") if row.get("basis")) + ")"
            r"(?!.*[0-9])"
        ),
        any_scope=re.compile("|".join(f"(?:{p.pattern})" for _, p in scopes)),
        hedges=hedges,
        any_hedge=re.compile("|".join(f"(?:{p.pattern})" for _, p in hedges)),
        industries=industries,
        lead=lexicon.pattern("{indicator_lead}+"),
        tail=lexicon.pattern("{indicator_tail_adverbs}?{indicator_tail}+$"),
        qualifier=lexicon.pattern(r"（[^）]{0,12}）|\([^)]{0,12}\)|{indicator_qualifiers}"),
        industry_suffix=lexicon.pattern("{industry_suffixes}"),
        better=frozenset(row["label"] for row in lexicon.rows("hedges") if row["class"] == "better"),
    )


def _alternatives(names: dict[str, Standard]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n))))
