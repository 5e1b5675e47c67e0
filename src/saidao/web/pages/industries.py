"""Industries: which are named where, with what done for them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from saidao.web import questions as ask
from saidao.web import tables
from saidao.web.pages import common
from saidao.web.site import View

TEMPLATE = "industries.html"


class Question(ask.Question):
    """Parameters of the page."""

    year: ask.Year | None = None
    region: ask.Name | None = None
    industry: ask.Name | None = None
    tool: ask.Name | None = None
    theme: Literal["shore_up", "build_strength", "resilience"] | None = None
    status: Literal["done", "planned", "context"] | None = None
    page: int = Field(default=1, ge=1, le=10**6)


def values(view: View, question: Question) -> dict[str, Any]:
    """What the page shows."""
    asked = ask.Industries.model_validate(common.lists(question, "region", "industry", "tool", "theme", "status"))
    pager = common.Pager(question.page, 0)
    found = tables.industries(view.reading, asked, pager.size, pager.offset)
    return {
        "question": question, "rows": found.rows, "pager": common.Pager(question.page, found.total),
        "places": common.places(view), "years": common.years(view), "tools": common.codes(view, "tool"),
        "themes": common.codes(view, "theme"), "industries": common.industries(view),
        "statuses": ("done", "planned", "context"), "files": asked.model_dump(exclude_none=True),
    }  # fmt: skip
