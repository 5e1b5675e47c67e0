"""One indicator through the years: target, result, outcome, with a chart."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from saidao.errors import UsageError
from saidao.outputs import series as drawn
from saidao.outputs.charts import Chart, Mark
from saidao.web import questions as ask
from saidao.web import tables
from saidao.web.pages import common
from saidao.web.site import View
from saidao.web.words import indicators

TEMPLATE = "series.html"


class Question(ask.Question):
    """Parameters of the page."""

    indicator: ask.Name = "gdp"
    region: list[ask.Name] = Field(default=[], max_length=8)
    measure: ask.Measure | None = None


def values(view: View, question: Question) -> dict[str, Any]:
    """What the page shows."""
    problem, rows = None, []
    wanted = ask.Series(indicator=question.indicator, region=question.region, measure=question.measure)
    try:
        rows = list(tables.series(view.reading, wanted).rows)
    except UsageError as error:
        problem = error.text(view.say.language)
    codes = list(dict.fromkeys(row["adcode"] for row in rows))
    few = [row for row in rows if row["adcode"] in codes[:8]]
    told = [row for row in few if row["target_reason"] is None or row["result_reason"] is None]
    return {
        "question": question, "rows": few, "problem": problem, "places": common.places(view), "left": len(codes[8:]),
        "indicators": [(id, view.say.indicator(id)) for id in indicators()],
        "name": drawn.name_of(rows, view.say) if rows else question.indicator, "files": wanted.model_dump(),
        "chart": data(view, drawn.chart(few, view.say), few) if told else None, "measures": ("growth", "level", "share", "delta"),
        "several": len(codes) > 1,
    }  # fmt: skip


def data(view: View, chart: Chart, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A chart as the browser draws it: panels over the years; every mark leads to its sentence."""
    codes = list(dict.fromkeys(row["adcode"] for row in rows))
    by = {(row["adcode"], row["year"]): row for row in rows}
    label = view.say.label
    marked = [mark.year for panel in chart.panels for mark in (*panel.targets, *panel.results, *panel.statistics)]

    def marks(found: list[Mark], code: str, line: str) -> list[dict[str, Any]]:
        told = []
        for mark in found:
            row = by[code, mark.year]
            document = row.get(f"{line}_document")
            place = view.link.place(document, row[f"{line}_start"], row[f"{line}_end"]) if document else None
            told.append({"year": mark.year, "low": mark.low, "high": mark.high, "bound": mark.bound,
                         "label": mark.label, "href": place})  # fmt: skip
        return told

    return {
        "kind": "series", "title": chart.title, "unit": chart.unit, "first": min(marked, default=chart.first), "last": chart.last,
        "names": {"target": label("targets.target"), "result": label("targets.result"),
                  "statistic": label("chart.statistic"), "missing": label("chart.missing")},
        "panels": [
            {
                "title": panel.title, "targets": marks(panel.targets, code, "target"),
                "results": marks(panel.results, code, "result"), "statistics": marks(panel.statistics, code, "none"),
                "missing": panel.missing, "words": panel.words,
            }
            for code, panel in zip(codes, chart.panels, strict=True)
        ],
    }  # fmt: skip
