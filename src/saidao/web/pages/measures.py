"""Measures: what government does, with which tools; and the register of what bears policy."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from saidao import filters
from saidao.web import questions as ask
from saidao.web import tables
from saidao.web.pages import common, heat
from saidao.web.pages.industries import year_of
from saidao.web.site import View

TEMPLATE = "measures.html"


class Question(ask.Question):
    """Parameters of the page."""

    part: Literal["measures", "matrix", "carriers"] = "measures"
    year: ask.Year | None = None
    region: ask.Name | None = None
    industry: ask.Name | None = None
    tool: ask.Name | None = None
    theme: Literal["shore_up", "build_strength", "resilience"] | None = None
    carrier: ask.Name | None = None
    status: Literal["done", "planned", "context"] | None = None
    page: int = Field(default=1, ge=1, le=10**6)


def values(view: View, question: Question) -> dict[str, Any]:
    """What the page shows."""
    if question.part == "matrix":
        return matrix(view, question)
    pager = common.Pager(question.page, 0)
    year = common.spanned(view, question.year)
    shared: dict[str, Any] = {
        "year": year, "region": question.region, "industry": question.industry, "tool": question.tool,
        "status": question.status,
    }  # fmt: skip
    if question.part == "carriers":
        entries = filters.Carriers(**shared, carrier=question.carrier)
        files, found = entries.given(), tables.carriers(view.reading, entries, pager.size, pager.offset)
    else:
        coded = filters.Measures(**shared, theme=question.theme)
        files, found = coded.given(), tables.measures(view.reading, coded, pager.size, pager.offset)
    return {
        "question": question, "rows": found.rows, "pager": common.Pager(question.page, found.total),
        "places": common.places(view), "years": common.years(view), "tools": common.codes(view, "tool"),
        "themes": common.codes(view, "theme"), "carriers": common.codes(view, "carrier"),
        "industries": common.industries(view), "statuses": ("done", "planned", "context"),
        "year": year, "every": common.EVERY, "files": files,
    }  # fmt: skip


def matrix(view: View, question: Question) -> dict[str, Any]:
    """Which regions use which tools."""
    level = common.first_level(view)
    year = year_of(view, question.year, level)
    shared: dict[str, Any] = {
        "question": question, "places": common.places(view), "years": common.report_years(view), "year": year,
        "tools": common.codes(view, "tool"), "themes": common.codes(view, "theme"), "rows": None, "heat": None,
        "carriers": common.codes(view, "carrier"), "industries": common.industries(view),
        "statuses": ("done", "planned", "context"), "pager": common.Pager(1, 0), "files": {}, "every": None,
    }  # fmt: skip
    if year is None:
        return shared
    asked = filters.Bets(
        by="region-tool", year=str(year), level=level, industry=question.industry, theme=question.theme,
        status=question.status,
    )  # fmt: skip
    cells = tables.matrix_report(view.reading, asked).cells
    made = heat.heat(view, cells, year, "tool", "measures", 60, heat.order_of(cells, "tool"))
    return shared | {
        "heat": made if made.rows else None,
        "files": asked.given(),
    }
