"""What may be asked of each list of records: the names of its filters, what they take and what they mean.

It is stated here once. `Database` takes its arguments from these classes, the command line its options, the page and the
API their parameters, an assistant's tools theirs; what a filter means in words is a row of `messages.csv`, in both languages.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from functools import cache
from typing import Annotated, Any, get_args, get_type_hints

from saidao.errors import UsageError
from saidao.filters.codes import codes
from saidao.filters.names import Several, several, type_ids, year_span

LEVELS = ("central", "province", "prefecture", "county")
YEARS = "YEAR"
"""The shape of years and spans of years."""
OUTCOMES = ("beaten", "met", "missed", "not_comparable", "open", "on_track", "behind", "no_figure", "due_no_figure")


@dataclass(frozen=True, slots=True)
class Filter:
    """What one filter takes."""

    message: str
    """The row of `messages.csv` that says what it means."""
    shape: str = ""
    """What stands for its value on a help page."""
    kind: str = ""
    """Kind of its codes, which are checked (see `codes`)."""
    values: tuple[str, ...] = ()
    """All values that it takes, where they are few."""
    low: int | None = None
    high: int | None = None
    """Bounds of a number."""


_STATEMENT = ("achieved", "target", "reference")
_MEASURE = ("done", "planned", "context")
_ROLES = ("review_year", "review_five_years", "outlook_five_years", "main_targets", "plan_year", "problems", "other")
_KINDS = ("level", "growth", "delta", "share", "rank", "multiple", "relation", "delegated", "text")
_THEMES = ("shore_up", "build_strength", "resilience")
_CARRIERS = ("cluster", "chain", "innovation_centre", "project", "park", "enterprise", "fund", "action")
_MECHANISMS = ("lead_agency", "assessment", "pilot", "list", "deadline", "budget")

Region = Annotated[Several, Filter("scope.region", "NAME")]
Year = Annotated[int | str | None, Filter("option.year", YEARS)]
Type = Annotated[Several, Filter("option.type", "TYPE")]
Section = Annotated[Several, Filter("option.section", "ROLE", "section", _ROLES)]
Words = Annotated[Several, Filter("option.words", "WORDS")]
Document = Annotated[str | None, Filter("filter.document", "ID")]
Limit = Annotated[int | None, Filter("filter.limit", "N", low=0)]
Industry = Annotated[Several, Filter("policy.option.industry", "NAME")]
Tool = Annotated[Several, Filter("policy.option.tool", "TOOL", "tool")]
Theme = Annotated[Several, Filter("policy.option.theme", "THEME", "theme", _THEMES)]
Doing = Annotated[Several, Filter("policy.option.status", "STATUS", "status", _MEASURE)]
Level = Annotated[str | None, Filter("scope.level", values=LEVELS)]
Within = Annotated[str | None, Filter("scope.within", "NAME")]
Indicator = Annotated[Several, Filter("option.indicator", "NAME")]


def about(filters: Callable[..., Filters]) -> dict[str, tuple[Any, Filter]]:
    """The type and the meaning of each filter of a list, by its name; the list is a class of filters."""
    return _about(filters)


@cache
def _about(filters: Any) -> dict[str, tuple[Any, Filter]]:
    hints = get_type_hints(filters, include_extras=True)
    return {field.name: get_args(hints[field.name])[:2] for field in fields(filters)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Filters that must all hold; one that is None or empty says nothing. Of several values one must hold.

    Raises:
        UsageError: a value is none that the filter takes.
    """

    def __post_init__(self) -> None:
        for name, (type, filter) in about(self.__class__).items():
            value = getattr(self, name)
            if type == Several:
                value = _checked(name, several(str(value) if isinstance(value, int) else value), filter)
                object.__setattr__(self, name, (type_ids(value) if name == "type" else value) or None)
            elif value is not None:
                _checked(name, [value], filter)

    def given(self, *, without: Collection[str] = ()) -> dict[str, Any]:
        """Those that say something, as arguments."""
        found = {field.name: getattr(self, field.name) for field in fields(self) if field.name not in without}
        return {name: value for name, value in found.items() if value is not None}


def _checked(name: str, values: list[Any], filter: Filter) -> list[Any]:
    """The values, as codes where the filter takes codes."""
    if filter.kind:
        return codes(filter.kind, values, filter.values)
    for value in values:
        if filter.values and value not in filter.values:
            raise UsageError("usage.no_value", name=name, value=value, names=", ".join(filter.values))
        if (filter.low is not None and value < filter.low) or (filter.high is not None and value > filter.high):
            raise UsageError("usage.out_of_range", name=name, value=value, low=filter.low, high=filter.high or "…")
        if filter.shape == YEARS:
            year_span(value)
    return values


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts(Filters):
    """Which documents."""

    region: Region = None
    year: Year = None
    type: Type = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents(Texts):
    """Documents."""

    issuer: Annotated[str | None, Filter("filter.issuer", "WORDS")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Search(Texts):
    """Sentences."""

    section: Section = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Records(Search):
    """Records that stand in sentences."""

    region: Annotated[Several, Filter("option.region", "NAME")] = None
    words: Words = None
    document: Document = None
    limit: Limit = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements(Records):
    """Statements."""

    indicator: Indicator = None
    industry: Industry = None
    status: Annotated[Several, Filter("option.status", "STATUS", "status", _STATEMENT)] = None
    kind: Annotated[Several, Filter("option.kind", "KIND", "kind", _KINDS)] = None
    period: Annotated[Several, Filter("option.period", YEARS)] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(Records):
    """What policy does: what mentions, measures and carriers share."""

    level: Level = None
    industry: Industry = None
    tool: Tool = None
    status: Doing = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions(Policy):
    """Industries that sentences name."""

    theme: Theme = None
    generic: Annotated[bool | None, Filter("industries.option.generic")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures(Policy):
    """What sentences do."""

    theme: Theme = None
    strength: Annotated[int | None, Filter("measures.option.strength", "N", low=0, high=4)] = None
    commits: Annotated[Several, Filter("policy.option.commits", "CODE", "commits", ("money", "quota", "deadline"))] = (
        None
    )
    mechanism: Annotated[Several, Filter("policy.option.mechanism", "CODE", "mechanism", _MECHANISMS)] = None
    relation: Annotated[
        Several,
        Filter("policy.option.relation", "CODE", "relation", ("national_plan", "national_pilot", "own_initiative")),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carriers(Policy):
    """The register of what bears policy."""

    carrier: Annotated[Several, Filter("policy.option.carrier", "TYPE", "carrier", _CARRIERS)] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports(Filters):
    """Which reports, and what they set targets for."""

    year: Year = None
    region: Region = None
    within: Within = None
    level: Level = None
    indicator: Indicator = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets(Reports):
    """The round-up."""

    part: Annotated[str, Filter("targets.option.part", values=("cells", "summary", "coverage"))] = "cells"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundUp(Reports):
    """The round-up whole."""

    coverage: Annotated[bool, Filter("filter.coverage")] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises(Reports):
    """The ledger whole."""

    commitments: Annotated[bool, Filter("filter.commitments")] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger(Reports):
    """Promises and what became of them."""

    year: Annotated[int | str | None, Filter("filter.promised", YEARS)] = None
    outcome: Annotated[Several, Filter("ledger.option.outcome", "OUTCOME", values=OUTCOMES)] = None
    part: Annotated[str, Filter("ledger.option.part", values=("promises", "commitments", "record"))] = "promises"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bets(Filters):
    """Who bets on what."""

    by: Annotated[
        str, Filter("matrix.option.by", values=("region-industry", "region-tool", "industry-tool"))
    ] = "region-industry"  # fmt: skip
    year: Year = None
    region: Annotated[Several, Filter("matrix.option.region", "NAME")] = None
    within: Within = None
    level: Level = None
    industry: Industry = None
    tool: Annotated[Several, Filter("matrix.option.tool", "TOOL", "tool")] = None
    theme: Annotated[Several, Filter("matrix.option.theme", "THEME", "theme", _THEMES)] = None
    status: Annotated[Several, Filter("matrix.option.status", "STATUS", "status", _MEASURE)] = None
    generic: Annotated[bool, Filter("matrix.option.generic")] = False
    depth: Annotated[int | None, Filter("matrix.option.depth", "1|2|3", low=1, high=3)] = None
    type: Annotated[Several, Filter("matrix.option.type", "TYPE")] = None
    balanced: Annotated[bool, Filter("matrix.option.balanced")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix(Bets):
    """A part of the matrix."""

    part: Annotated[
        str, Filter("matrix.option.part", values=("cells", "crowding", "similarity", "gaps", "evidence"))
    ] = "cells"  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixReport(Bets):
    """The matrix whole."""

    evidence: Annotated[bool, Filter("filter.evidence")] = False
