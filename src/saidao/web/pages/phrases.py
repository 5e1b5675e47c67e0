"""Phrases that are new, rising, fading or gone between two years."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from saidao.web import questions as ask
from saidao.web import tables
from saidao.web.pages import common
from saidao.web.site import View

TEMPLATE = "phrases.html"
CLASSES = ("new", "rising", "frequent", "fading", "vanished")


class Question(ask.Question):
    """Parameters of the page."""

    year: int | None = Field(default=None, ge=1949, le=2100)
    against: int | None = Field(default=None, ge=1949, le=2100)
    level: ask.Level | None = None
    type: ask.Name = "work_report"
    region: ask.Name | None = None
    became: Literal["new", "rising", "frequent", "fading", "vanished"] = "new"
    page: int = Field(default=1, ge=1, le=10**6)


def wanted(view: View, question: Question) -> ask.Phrases | None:
    """The comparison that is asked for; None where there are no years to compare."""
    level = question.level or (common.first_level(view) if question.region is None else None)
    year = question.year or common.latest(view, level)
    if year is None:
        return None
    before = question.against or year - 1
    return ask.Phrases(
        year=str(year), against=str(before), level=level, type=[question.type] if question.type else [],
        region=[question.region] if question.region else [],
    )  # fmt: skip


def values(view: View, question: Question) -> dict[str, Any]:
    """What the page shows."""
    asked = wanted(view, question)
    shared: dict[str, Any] = {
        "question": question, "asked": asked, "classes": CLASSES, "years": common.years(view),
        "types": common.types(view), "levels": common.levels(view), "places": common.places(view),
    }  # fmt: skip
    if asked is None:
        return shared
    report = tables.phrase_report(view.reading, asked)
    rows = [record for record in report.records if record["class"] == question.became]
    pager = common.Pager(question.page, len(rows))
    counted = {name: sum(record["class"] == name for record in report.records) for name in CLASSES}
    return shared | {
        "rows": rows[pager.offset :][: pager.size], "pager": pager, "report": report, "counted": counted,
        "files": asked.model_dump(exclude_none=True) | {"classes": question.became},
    }  # fmt: skip
