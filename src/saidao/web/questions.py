"""What may be asked: the parameters of each page and of the API, checked. An empty field of a form counts as not given."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, create_model, model_validator

from saidao.filters import YEARS, Filter, Filters, about
from saidao.filters.names import Several
from saidao.outputs.messages import Messages

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

    def asked(self) -> Any:
        """What the tables take."""
        return self

    def key(self) -> str:
        """The same text for the same question, to keep an answer under."""
        return self.model_dump_json()


class Form(Question):
    """Parameters that are the filters of a list."""

    made: ClassVar[type[Filters]]

    def asked(self) -> Filters:
        """The filters.

        Raises:
            UsageError: one of them takes no such value.
        """
        return self.made(**{name: getattr(self, name) for name in about(self.made) if name != "limit"})


def form(filters: type[Filters]) -> type[Form]:
    """The parameters of a list, as its filters have them."""
    say = Messages("en")
    found: Any = {
        name: _parameter(kind, filter, field.default, say)
        for field in dataclasses.fields(filters)
        for name, (kind, filter) in [(field.name, about(filters)[field.name])]
        if name != "limit"
    }
    made: type[Form] = create_model(filters.__name__, __base__=Form, __doc__=filters.__doc__, **found)
    made.made = filters
    return made


def _parameter(kind: Any, filter: Filter, default: Any, say: Messages) -> tuple[Any, Any]:
    """The type of a parameter and what else is known of it."""
    means = say(filter.message)
    one: Any = Year if filter.shape == YEARS else Name
    if kind == Several:
        return list[one], Field(default=[], max_length=60, description=means)
    if kind in (str, str | None, int | str | None):
        one = Literal[filter.values] if filter.values else one
        return one if kind is str else one | None, Field(default=default, description=means)
    return kind, Field(default=default, ge=filter.low, le=filter.high, description=means)


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
