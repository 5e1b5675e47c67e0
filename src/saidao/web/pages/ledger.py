"""The ledger: what became of targets, by region and indicator; targets of several years; the record over the years."""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal

from pydantic import Field

from saidao import filters
from saidao.outputs.tables import Record
from saidao.web import questions as ask
from saidao.web import tables
from saidao.web.pages import common
from saidao.web.site import View

TEMPLATE = "ledger.html"
OUTCOMES = ("beaten", "met", "missed", "not_comparable", "open")
STATES = ("met", "missed", "on_track", "behind", "no_figure", "due_no_figure")


class Question(ask.Sorted):
    """Parameters of the page."""

    part: Literal["promises", "commitments", "record"] = "promises"
    year: int | None = Field(default=None, ge=1949, le=2100)
    level: ask.Level | None = None
    region: ask.Name | None = None
    indicator: ask.Name | None = None
    outcome: Literal["beaten", "met", "missed", "not_comparable", "open", "on_track", "behind", "no_figure",
                     "due_no_figure"] | None = None  # fmt: skip
    page: int = Field(default=1, ge=1, le=10**6)


def values(view: View, question: Question) -> dict[str, Any]:
    """What the page shows."""
    level = question.level or (common.first_level(view) if question.region is None else None)
    last = common.latest(view, level)
    year = question.year or (last - 1 if last is not None else None)
    years = [each - 1 for each in common.report_years(view)]
    span = str(year) if question.part == "promises" and year is not None else None
    scope: dict[str, Any] = {"year": span, "level": level, "region": [question.region] if question.region else [],
             "indicator": [question.indicator] if question.indicator else []}  # fmt: skip
    found = tables.promises(view.reading, filters.Reports(**scope), question.part)
    rows, _ = found.part(question.part, [question.outcome] if question.outcome else None)
    if question.part == "record":
        rows = [row for row in rows if row["judged"]]
    rows = ordered(rows, question)
    lines = common.names(view, found.indicators)
    pager = common.Pager(question.page, len(rows))
    shown = [row for row in found.promises if row["indicator_id"] in {id for id, *_ in lines}]
    states = OUTCOMES if question.part == "promises" else STATES if question.part == "commitments" else ()
    return {
        "question": question, "year": year, "years": sorted({*years, *([year] if year else [])}, reverse=True),
        "levels": common.levels(view), "level": level, "indicators": lines, "rows": rows[pager.offset :][: pager.size],
        "pager": pager, "states": states, "files": scope | {"part": question.part, "outcome": question.outcome},
        "matrix": matrix(found.promises) if question.part == "promises" else [], "places": common.places(view),
        "counts": counts(shown), "used": {row["indicator_id"] for row in found.promises},
        "tolerances": {name: found.rules.tolerances[name][1] for name in ("growth", "level")},
    }  # fmt: skip


def matrix(promises: list[Record]) -> list[Record]:
    """A row a region with what became of each indicator; a measure that was judged before one that was not."""
    rows: dict[str, Record] = {}
    for record in promises:
        row = rows.setdefault(record["adcode"] + record["region"], {"": record})
        earlier = row.get(record["indicator_id"])
        if earlier is None or earlier["outcome"] in ("not_comparable", "open"):
            row[record["indicator_id"]] = record
    return list(rows.values())


def counts(promises: list[Record]) -> list[tuple[str, Counter[str]]]:
    """How many of each indicator's targets were kept, the most judged first."""
    found: dict[str, Counter[str]] = {}
    for record in promises:
        found.setdefault(record["indicator_id"], Counter())[record["outcome"]] += 1
    return sorted(found.items(), key=lambda each: (-sum(each[1][o] for o in ("beaten", "met", "missed")), each[0]))


def ordered(rows: list[Record], question: Question) -> list[Record]:
    """The rows in the order that is asked for."""
    names = {"gap", "year", "due", "made", "judged", "share", "mean_gap", "missed", "met", "beaten"}
    if question.sort in names and rows and question.sort in rows[0]:
        name = question.sort
        return tables.sort(rows, lambda row: row[name], question.order)
    return rows
