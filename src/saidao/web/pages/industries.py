"""Industries: who bets on which, profiles of a region and of an industry, and every mention."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from saidao import filters
from saidao.outputs.tables import Record
from saidao.web import grid, tables
from saidao.web import questions as ask
from saidao.web.pages import common, heat
from saidao.web.site import View, short

TEMPLATE = "industries.html"
VALUES = ("mentions", "share", "quotient", "commitments", "carriers")


class Question(ask.Sorted):
    """Parameters of the page."""

    part: Literal["matrix", "region", "industry", "mentions"] = "matrix"
    year: ask.Year | None = None
    level: ask.Level | None = None
    region: ask.Name | None = None
    industry: ask.Name | None = None
    tool: ask.Name | None = None
    theme: Literal["shore_up", "build_strength", "resilience"] | None = None
    status: Literal["done", "planned", "context"] | None = None
    value: Literal["mentions", "share", "quotient", "commitments", "carriers"] = "mentions"
    columns: int = Field(default=heat.COLUMNS, ge=1, le=400)
    page: int = Field(default=1, ge=1, le=10**6)


def values(view: View, question: Question) -> dict[str, Any]:
    """What the page shows."""
    level = question.level or common.first_level(view)
    shared: dict[str, Any] = {
        "question": question, "places": common.places(view), "levels": common.levels(view), "level": level,
        "tools": common.codes(view, "tool"), "themes": common.codes(view, "theme"), "values": VALUES,
        "industries": common.industries(view), "statuses": ("done", "planned", "context"),
    }  # fmt: skip
    if question.part == "mentions":
        return shared | mentions(view, question)
    year = year_of(view, question.year, level)
    shared |= {"years": common.report_years(view), "year": year}
    if year is None:
        return shared | {"cells": []}
    if question.part == "region":
        level = None
    asked = filters.Bets(tool=question.tool, theme=question.theme, status=question.status, year=str(year), level=level)
    report = tables.matrix_report(view.reading, asked)
    shared |= {"files": asked.given(without=("by",)), "gaps": gaps(report.gaps)}
    if question.part == "region":
        return shared | region(view, question, report, year)
    if question.part == "industry":
        return shared | industry(view, question, report, year, shared["files"])
    made = heat.heat(
        view,
        report.cells,
        year,
        "industry_id",
        question.value,
        question.columns,
        heat.order_of(report.cells, "industry_id"),
    )
    return shared | {"cells": report.cells, "heat": made, "crowding": crowding(report.crowding, question)}


def year_of(view: View, asked: str | None, level: Any) -> int | None:
    """The year that is shown: the last of those asked for, else the latest."""
    return int(asked[-4:]) if asked else common.latest(view, level)


def gaps(records: list[Record]) -> dict[str, list[Record]]:
    """What is missing, by reason."""
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(record["reason"], []).append(record)
    return found


def crowding(records: list[Record], question: Question) -> list[Record]:
    """The industries by the number of regions that name them, or as asked for."""
    names = {"regions", "mentions", "spread", "herfindahl", "alike"}
    if question.sort in names:
        return tables.sort(records, lambda record: record[str(question.sort)], question.order)
    return sorted(records, key=lambda record: (-record["regions"], -record["mentions"], record["industry_id"]))


def mentions(view: View, question: Question) -> dict[str, Any]:
    """Every mention of an industry, with its sentence."""
    year = common.spanned(view, question.year)
    asked = filters.Mentions(
        region=question.region, industry=question.industry, tool=question.tool, theme=question.theme,
        status=question.status, year=year,
    )  # fmt: skip
    pager = common.Pager(question.page, 0)
    found = tables.industries(view.reading, asked, pager.size, pager.offset)
    return {
        "rows": found.rows, "pager": common.Pager(question.page, found.total), "years": common.years(view),
        "year": year, "every": common.EVERY, "files": asked.given(),
    }  # fmt: skip


def region(view: View, question: Question, report: Any, year: int) -> dict[str, Any]:
    """What a region bets on, and who is nearest to it."""
    codes = {cell["adcode"] for cell in report.cells if cell["year"] == year}
    code = common.code_of(question.region) or next(iter(sorted(codes)), None)
    cells = [cell for cell in report.cells if cell["adcode"] == code and cell["year"] == year]
    names = {"mentions", "share", "quotient", "commitments", "tools", "carriers", "mentions_change"}
    if question.sort in names:
        cells = tables.sort(cells, lambda cell: cell[str(question.sort)], question.order)
    peers = [peer for peer in report.similarity if peer["adcode"] == code and peer["year"] == year]
    return {"cells": cells, "code": code, "peers": peers[:8], "codes": codes}


def industry(view: View, question: Question, report: Any, year: int, files: dict[str, Any]) -> dict[str, Any]:
    """Which regions bet on an industry, how evenly, and with which tools."""
    order = heat.order_of(report.cells, "industry_id")
    chosen = question.industry or next(iter(order), None)
    cells = [cell for cell in report.cells if cell["industry_id"] == chosen and cell["year"] == year]

    def address(cell: Record) -> str:
        return view.link.page("industries", part="mentions", year=year, region=cell["adcode"], industry=chosen)

    marks = heat.marks(view, [cell for cell in cells if cell["mentions"]], question.value, address)
    asked = filters.Bets(**files, by="industry-tool")
    pairs = [
        p for p in tables.matrix_report(view.reading, asked).cells if p["industry_id"] == chosen and p["year"] == year
    ]
    return {
        "cells": cells, "chosen": chosen, "grid": grid.grid(marks, view.say, short),
        "distribution": grid.distribution(marks, short), "pairs": [pair for pair in pairs if pair["measures"]],
        "crowd": next((c for c in report.crowding if c["industry_id"] == chosen and c["year"] == year), None),
    }  # fmt: skip
