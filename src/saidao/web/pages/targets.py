"""The yearly round-up: a table of regions and indicators, the tile grid of one of them, and what is missing."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from saidao import filters
from saidao.outputs.tables import Record
from saidao.web import grid, tables
from saidao.web import questions as ask
from saidao.web.pages import common
from saidao.web.site import View

TEMPLATE = "targets.html"
PREFIXES = {"target": "", "last": "last_", "result": "result_"}


class Question(ask.Sorted):
    """Parameters of the page."""

    year: int | None = Field(default=None, ge=1949, le=2100)
    level: ask.Level | None = None
    within: ask.Name | None = None
    indicator: ask.Name | None = None
    figure: Literal["target", "last", "result"] = "target"
    beside: bool = False


def values(view: View, question: Question) -> dict[str, Any]:
    """What the page shows."""
    level = question.level or common.first_level(view)
    year = question.year or common.latest(view, level)
    if year is None:
        return {"question": question, "year": None, "years": [], "levels": []}
    wanted = filters.Reports(year=str(year), level=level, within=question.within)
    found = tables.round_up(view.reading, wanted)
    stated = {r["indicator_id"] for r in found.cells if r["year"] == year}
    indicators = common.names(view, [line for line in found.indicators if line.id in stated])
    chosen = question.indicator or (indicators[0][0] if indicators else "gdp")
    cells = rows_of(found.cells, year)
    one = [row[chosen] for row in cells.values() if chosen in row]
    marks = marks_of(view, one, question.figure)
    tell = common.teller(view, common.usual_unit(one, PREFIXES[question.figure]))
    if all(i[0] != chosen for i in indicators) and one:
        indicators += [(chosen, view.say.indicator(chosen) or chosen, view.say.indicator(chosen) or chosen)]
    files = {"year": year, "level": level, "within": question.within}
    return {
        "question": question, "year": year, "years": common.report_years(view), "levels": common.levels(view),
        "level": level, "indicators": indicators, "chosen": chosen, "files": files,
        "rows": ordered(view, list(cells.values()), question), "one": one, "grid": grid.grid(marks, view.say, tell),
        "provinces": any(mark.adcode for mark in marks if common.is_province(mark.adcode)),
        "distribution": grid.distribution(marks, tell), "others": others(view, found.cells, year, {i[0] for i in indicators}),
        "summary": [line for line in found.summary if line["indicator_id"] in {i[0] for i in indicators}],
        "of_one": [line for line in found.summary if line["indicator_id"] == chosen],
        "missing": missing(found.coverage), "figures": list(PREFIXES),
        "disagreeing": [r for r in found.cells if r["disagrees"] and r["year"] == year and r["role"] == "target"],
    }  # fmt: skip


def rows_of(cells: list[Record], year: int) -> dict[str, Record]:
    """A row a region with the record of each indicator; of several measures the usual one, which comes first."""
    rows: dict[str, Record] = {}
    for record in cells:
        if record["year"] == year and record["role"] in ("target", "dropped"):
            row = rows.setdefault(record["adcode"] + record["region"], {"": record})
            row.setdefault(record["indicator_id"], record)
    return rows


def marks_of(view: View, records: list[Record], name: str) -> list[grid.Mark]:
    """The figures of one indicator: targets, last year's, or results."""
    prefix = PREFIXES[name]
    unit = common.usual_unit(records, prefix)
    return [common.mark(view, record, prefix, unit) for record in records]


def ordered(view: View, rows: list[Record], question: Question) -> list[Record]:
    """The rows by region, or by the figure of an indicator."""
    if question.sort in (None, "region"):
        return rows if question.order == "down" or question.sort is None else rows[::-1]
    name = question.sort
    unit = common.usual_unit([row[name] for row in rows if name in row])

    def value(row: Record) -> Any:
        return common.mark(view, row[name], "", unit).value if name in row else None

    return tables.sort(rows, value, question.order)


def others(view: View, cells: list[Record], year: int, shown: set[str]) -> list[tuple[str, str, int]]:
    """Indicators beyond the columns of the table: id, name, regions."""
    counted: dict[str, set[str]] = {}
    for record in cells:
        if record["year"] == year and record["role"] == "target" and record["indicator_id"] not in shown:
            counted.setdefault(record["indicator_id"], set()).add(record["adcode"])
    found = [(id, view.say.indicator(id) or id, len(codes)) for id, codes in counted.items()]
    return sorted(found, key=lambda each: (-each[2], each[0]))


def missing(coverage: list[Record]) -> dict[str, list[Record]]:
    """What is missing, by reason; of indicators only what is written elsewhere, since the table shows the rest."""
    found: dict[str, list[Record]] = {}
    for record in coverage:
        if record["indicator_id"] is None or record["reason"] == "stated_elsewhere":
            found.setdefault(record["reason"], []).append(record)
    return found
