"""Which documents are counted, and which of their sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from saidao.errors import UsageError
from saidao.filters.names import divisions, year_span
from saidao.lexicon import Lexicon

ROLES = ("review_year", "review_five_years", "outlook_five_years", "main_targets", "plan_year", "problems", "other")

_NO_REPORTS = frozenset(("660000", "710000", "810000", "820000"))
"""Divisions at the level of provinces whose reports are not of the kind that is compared."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Filters; all of them must hold.

    Raises:
        UsageError: a section's role is none.
    """

    region: Sequence[str] = ()
    year: int | str | None = None
    type: Sequence[str] = ()
    section: Sequence[str] = ()
    level: str | None = None
    within: str | None = None

    def __post_init__(self) -> None:
        wrong = [role for role in self.section if role not in ROLES]
        if wrong:
            raise UsageError("usage.no_section", name=", ".join(wrong), names=", ".join(ROLES))

    def where(self, lexicon: Lexicon) -> tuple[str, list[Any]]:
        """The condition on `documents d`, with its parameters."""
        conditions, parameters = ["true"], list[Any]()
        if self.region:
            tests = []
            for name in self.region:
                codes, names = divisions(name, lexicon)
                tests.append("d.adcode IN (SELECT unnest(?::VARCHAR[])) OR d.region IN (SELECT unnest(?::VARCHAR[]))")
                parameters += [codes or [name], names]
            conditions.append(f"({' OR '.join(tests)})")
        if self.year is not None:
            conditions.append("d.year BETWEEN ? AND ?")
            parameters += year_span(self.year)
        if self.type:
            conditions.append("d.type IN (SELECT unnest(?::VARCHAR[]))")
            parameters.append(list(self.type))
        if self.level is not None:
            conditions.append("d.level = ?")
            parameters.append(self.level)
        if self.within is not None:
            codes = divisions(self.within, lexicon)[0]
            tests = ["starts_with(d.adcode, ?)" for _ in codes] or ["false"]
            conditions.append(f"({' OR '.join(tests)})")
            parameters += ["" if code == "100000" else _stem(code) for code in codes]
            conditions.append("d.adcode NOT IN (SELECT unnest(?::VARCHAR[]))")
            parameters.append(codes)
        return " AND ".join(conditions), parameters

    def regions(self, lexicon: Lexicon) -> list[tuple[str, str]]:
        """Codes and names of the divisions that a balanced panel must hold even where they have no document."""
        rows = lexicon.rows("regions")
        if self.region:
            wanted = {code for name in self.region for code in divisions(name, lexicon)[0]}
            return [(row["id"], row["name"]) for row in rows if row["id"] in wanted]
        if self.within is not None:
            parents = set(divisions(self.within, lexicon)[0])
            level = self.level or _below(parents)
            stems = tuple("" if code == "100000" else _stem(code) for code in parents)
            return [
                (row["id"], row["name"])
                for row in rows
                if row["level"] == level and row["id"].startswith(stems) and row["id"] not in parents | _NO_REPORTS
            ]
        if self.level == "province":
            return [(r["id"], r["name"]) for r in rows if r["level"] == "province" and r["id"] not in _NO_REPORTS]
        return []


def _stem(code: str) -> str:
    """The digits that all divisions within one share: 43 of 430000, 4301 of 430100."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _below(codes: set[str]) -> str:
    """The level right below that of divisions."""
    if "100000" in codes:
        return "province"
    return "prefecture" if all(code.endswith("0000") for code in codes) else "county"
