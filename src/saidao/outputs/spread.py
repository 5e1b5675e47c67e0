"""The spread of a phrase to read, and as a chart."""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import Any

from saidao.outputs import charts, terminal
from saidao.outputs.charts import Chart, Mark, Panel
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column

Record = dict[str, Any]


def show(phrase: str, records: list[Record], columns: list[Column], say: Messages) -> None:
    """The regions that use it, and below, how many there are and which never did."""
    using = [record | {"quote": phrase} for record in records if record["uses"]]
    terminal.table(using, columns, sys.stdout, say)
    print()
    first = using[0]
    print(say("spread.under", phrase=phrase, regions=len(using), all=len(records), region=first["region"],
              date=first["first_date"] or first["first_year"]))  # fmt: skip
    never = [record["region"] for record in records if not record["uses"]]
    if never:
        names = ("、" if say.language == "zh" else ", ").join(str(name) for name in never[:40])
        print(say("spread.never", count=len(never), names=names + ("…" if len(never) > 40 else "")))


def write_chart(phrase: str, curve: list[Record], path: str, messages: Messages) -> bool:
    """Draws the adoption curve of each level; whether its words are in the language asked for."""
    spoken = charts.language(path, messages)
    charts.draw(chart(phrase, curve, spoken), path, messages)
    return spoken.language == messages.language


def chart(phrase: str, curve: list[Record], say: Messages) -> Chart:
    """Regions that have used it by a year, and those that use it in the year, out of those with documents."""
    levels: dict[str, list[Record]] = defaultdict(list)
    for record in curve:
        levels[record["level"]].append(record)
    years = [record["year"] for record in curve if record["year"]]
    first, last = _shown(curve, min(years), max(years))
    panels = []
    for level, records in levels.items():
        if not any(record["uses"] for record in records):
            continue
        panel = Panel(say.value("level", level))
        known = {record["year"]: record for record in records if first <= record["year"] <= last}
        for year, record in known.items():
            panel.results.append(Mark(year, record["adopted"], record["adopted"], label=str(record["adopted"])))
            panel.statistics.append(Mark(year, record["regions"], record["regions"]))
        panel.missing = [year for year in range(first, last + 1) if year not in known]
        panels.append(panel)
    return Chart(
        say("spread.title", phrase=phrase), say("spread.unit"), say("spread.note"), first, last, panels,
        {"result": "chart.adopted", "statistic": "chart.using", "missing": "chart.no_document"},
    )  # fmt: skip


def _shown(curve: list[Record], first: int, last: int) -> tuple[int, int]:
    """The years of the chart: from two before the first use on."""
    used = min(record["year"] for record in curve if record["uses"])
    return max(first, used - 2), last
