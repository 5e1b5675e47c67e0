"""What may be asked: the parameters of each page and of the API, checked. An empty field of a form counts as not given."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Year = Annotated[str, StringConstraints(pattern=r"^(19|20)\d\d(-(19|20)\d\d)?$")]
Name = Annotated[str, StringConstraints(max_length=60)]
Level = Literal["central", "province", "prefecture", "county"]
Measure = Literal["growth", "level", "share", "delta"]

MOST = 1000
"""Rows of a page of the API at most."""


class Question(BaseModel):
    """Parameters; those that are not known are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True, use_attribute_docstrings=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        kept = {}
        for name, value in given.items():
            if isinstance(value, list | tuple):
                value = [part for part in value if part != ""]
            if value not in ("", [], (), None):
                kept[name] = value
        return kept

    def key(self) -> str:
        """The same text for the same question, to keep an answer under."""
        return self.model_dump_json()


class Paged(Question):
    """Which rows of an answer."""

    limit: int = Field(default=100, ge=1, le=MOST)
    """Rows at most."""
    offset: int = Field(default=0, ge=0, le=10**9)
    """Rows to pass over."""


class Sorted(Question):
    """In which order."""

    sort: Name | None = None
    """Column to sort by."""
    order: Literal["up", "down"] = "down"
    """Smallest or largest first."""


class Reports(Question):
    """Which reports."""

    year: Year | None = None
    """2026, or 2024-2026."""
    region: list[Name] = Field(default=[], max_length=60)
    """A division's name or code; may be given several times."""
    level: Level | None = None
    """Administrative level."""
    within: Name | None = None
    """A division whose parts are meant."""
    indicator: list[Name] = Field(default=[], max_length=60)
    """A standard indicator's id or name; may be given several times."""

    def arguments(self) -> dict[str, Any]:
        """The arguments of `Database.round_up` and `Database.promises`."""
        return {
            "year": self.year, "region": self.region or None, "level": self.level, "within": self.within,
            "indicator": self.indicator or None,
        }  # fmt: skip


class Targets(Reports):
    """The round-up."""

    part: Literal["cells", "summary", "coverage"] = "cells"
    """Targets and results; what stands under them; what is missing."""


class Ledger(Reports):
    """Promises and outcomes."""

    part: Literal["promises", "commitments", "record"] = "promises"
    """Targets of a year; targets of several years; how often each region kept its own."""
    outcome: list[Name] = Field(default=[], max_length=12)
    """beaten, met, missed, not_comparable, open; of commitments met, missed, on_track, behind, no_figure, due_no_figure."""


class Series(Question):
    """One indicator through the years."""

    indicator: Name
    """A standard indicator's id or name."""
    region: list[Name] = Field(default=[], max_length=12)
    """A division's name or code; without it the whole country, or all regions."""
    year: Year | None = None
    """2026, or 1978-2026."""
    measure: Measure | None = None
    """Growth, level, share or delta; the usual one if it is not given."""


class Texts(Question):
    """Which documents and sections."""

    year: Year | None = None
    """2026, or 2024-2026."""
    region: list[Name] = Field(default=[], max_length=60)
    """A division's name or code; may be given several times."""
    type: list[Name] = Field(default=[], max_length=30)
    """Kinds of document."""
    level: Level | None = None
    """Administrative level."""
    within: Name | None = None
    """A division whose parts are meant."""

    def scope(self) -> dict[str, Any]:
        """The scope's arguments of `Database.term_counts` and of `Database.phrase_report`."""
        return {
            "year": self.year, "region": self.region or None, "type": self.type or None, "level": self.level,
            "within": self.within,
        }  # fmt: skip


class Terms(Texts):
    """Counts of terms."""

    words: list[Annotated[str, StringConstraints(max_length=4000)]] = Field(default=[], max_length=200)
    """Terms; a line or a mark (、，;) parts several, `人工智能|AI` is one of two spellings."""
    dictionary: Name | None = None
    """A shipped dictionary instead."""
    section: list[Name] = Field(default=[], max_length=8)
    """Roles of sections."""
    by: list[Literal["region", "year", "type", "level", "section", "group", "term"]] = Field(default=[], max_length=7)
    """What to split by; by default term."""
    panel: bool = False
    """Every combination, also those without documents."""


class Uses(Texts):
    """Every use of a term."""

    term: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    """The term; `人工智能|AI` is any of two."""
    section: list[Name] = Field(default=[], max_length=8)
    """Roles of sections."""
    sort: Literal["region", "year", "left", "right"] = "region"
    """Order of the lines."""


class Phrases(Texts):
    """Fixed expressions, and what changed between two groups of documents."""

    against: Year | None = None
    """The years to compare with."""
    against_region: list[Name] = Field(default=[], max_length=60)
    """The regions to compare with; `rest` for all others."""
    classes: list[Literal["new", "rising", "frequent", "fading", "vanished"]] = Field(default=[], max_length=5)
    """What became of them."""


class Spread(Texts):
    """Where and when a phrase was used first."""

    phrase: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    """The phrase."""
    part: Literal["regions", "curve"] = "regions"
    """A row a region, or adoption by level and year."""


class Search(Question):
    """Which sentences hold some words."""

    q: Annotated[str, StringConstraints(max_length=200)]
    """What to look for; a blank parts several strings, which must all be there."""
    year: Year | None = None
    """2026, or 2024-2026."""
    region: list[Name] = Field(default=[], max_length=60)
    """A division's name or code."""
    type: list[Name] = Field(default=[], max_length=30)
    """Kinds of document."""
    section: list[Name] = Field(default=[], max_length=8)
    """Roles of sections."""

    def scope(self) -> dict[str, Any]:
        """The scope's arguments of `Database.search`."""
        return {
            "year": self.year, "region": self.region or None, "type": self.type or None,
            "section": self.section or None,
        }  # fmt: skip


class Policy(Question):
    """What policy does, for which industries, through what."""

    year: Year | None = None
    """The report's year: 2026, or 2024-2026."""
    region: list[Name] = Field(default=[], max_length=60)
    """A division's name or code."""
    industry: list[Name] = Field(default=[], max_length=12)
    """An industry's id or name, those below it included; other words as they stand."""
    tool: list[Name] = Field(default=[], max_length=30)
    """Ids or names of tools."""
    status: list[Name] = Field(default=[], max_length=3)
    """done, planned, context."""
    section: list[Name] = Field(default=[], max_length=8)
    """Roles of sections."""
    type: list[Name] = Field(default=[], max_length=30)
    """Kinds of document."""
    words: list[Name] = Field(default=[], max_length=12)
    """Words that its sentence must hold."""
    document: Name | None = None
    """The document's id."""


class Industries(Policy):
    """Industries that sentences name."""

    theme: list[Name] = Field(default=[], max_length=3)
    """shore_up, build_strength, resilience."""
    generic: bool | None = None
    """Classes of industries only, or none of them."""


class Measures(Policy):
    """What sentences do."""

    theme: list[Name] = Field(default=[], max_length=3)
    """shore_up, build_strength, resilience."""
    strength: int | None = Field(default=None, ge=0, le=4)
    """How binding the wording is at least."""
    commits: list[Name] = Field(default=[], max_length=3)
    """money, quota, deadline."""
    mechanism: list[Name] = Field(default=[], max_length=8)
    """lead_agency, assessment, pilot, list, deadline, budget."""
    relation: list[Name] = Field(default=[], max_length=4)
    """national_plan, national_pilot, own_initiative."""


class Carriers(Policy):
    """The register of what bears policy."""

    carrier: list[Name] = Field(default=[], max_length=8)
    """cluster, chain, innovation_centre, project, park, enterprise, fund, action."""


class Matrix(Question):
    """Who bets on what."""

    by: Literal["region-industry", "region-tool", "industry-tool"] = "region-industry"
    """What stands in rows and columns."""
    part: Literal["cells", "crowding", "similarity", "gaps", "evidence"] = "cells"
    """The cells; each industry over the regions; each region's nearest; what is missing; the records that are counted."""
    year: Year | None = None
    """The report's year: 2026, or 2024-2026."""
    region: list[Name] = Field(default=[], max_length=60)
    """Divisions whose rows are given; they are compared with all others nonetheless."""
    level: Level | None = None
    """Administrative level."""
    within: Name | None = None
    """A division whose parts are compared."""
    industry: list[Name] = Field(default=[], max_length=12)
    """An industry's id or name, those below it included."""
    tool: list[Name] = Field(default=[], max_length=30)
    """Only sentences that use one of these tools."""
    theme: list[Name] = Field(default=[], max_length=3)
    """shore_up, build_strength, resilience."""
    status: list[Name] = Field(default=[], max_length=3)
    """done, planned, context."""
    generic: bool = False
    """Whether classes of industries count as well."""
    depth: int | None = Field(default=None, ge=1, le=3)
    """Industries below that level count as their ancestor of that level."""
    type: list[Name] = Field(default=[], max_length=30)
    """Kinds of document; work reports if not given."""


class Documents(Question):
    """Which documents."""

    year: Year | None = None
    """2026, or 2024-2026."""
    region: list[Name] = Field(default=[], max_length=60)
    """A division's name or code."""
    type: list[Name] = Field(default=[], max_length=30)
    """Kinds of document."""
    issuer: Name | None = None
    """Part of the issuer's name."""


class Statements(Question):
    """Which statements."""

    year: Year | None = None
    """The report's year: 2026, or 2024-2026."""
    region: list[Name] = Field(default=[], max_length=60)
    """A division's name or code, of the issuer or named by the statement."""
    industry: list[Name] = Field(default=[], max_length=12)
    """Part of the industry's name."""
    indicator: list[Name] = Field(default=[], max_length=60)
    """A standard indicator's id, or part of the indicator's name."""
    status: list[Name] = Field(default=[], max_length=4)
    """achieved, target, reference."""
    kind: list[Name] = Field(default=[], max_length=10)
    """level, growth, delta, share, rank, multiple, relation, delegated, text."""
    section: list[Name] = Field(default=[], max_length=8)
    """Roles of sections."""
    type: list[Name] = Field(default=[], max_length=30)
    """Kinds of document."""
    period: list[Year] = Field(default=[], max_length=4)
    """The year it is about."""
    words: list[Name] = Field(default=[], max_length=12)
    """Words that its sentence must hold."""
    document: Name | None = None
    """The document's id."""
