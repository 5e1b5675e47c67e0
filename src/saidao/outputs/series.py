"""One indicator through the years, on a terminal and as a chart."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from saidao.lexicon import load
from saidao.models import POINTS
from saidao.outputs import charts
from saidao.outputs.charts import Chart, Mark, Panel
from saidao.outputs.figures import figure, scale
from saidao.outputs.messages import Messages
from saidao.outputs.promises import MARKS
from saidao.outputs.tables import Column, Record
from saidao.outputs.terminal import console, grouped, table

Bases = Mapping[str, tuple[str, Decimal]]

_POINTS = frozenset(("%", POINTS))
_BOUND = {"approx": "≈", "ge": "≥", "le": "≤"}
_SENTENCE = 170
"""Columns of a terminal from which on the sentence is shown as well."""


def show(rows: list[Record], messages: Messages) -> None:
    """Prints the years: target, how it is worded, result, outcome, and why a cell is empty."""
    several = len({row["adcode"] for row in rows}) > 1
    told = [_told(row, messages) for row in rows]
    columns = [Column("region", width=14)] if several else []
    columns += [
        Column("year", "integer", width=5),
        Column("target", width=18, label="targets.target"),
        Column("named", width=24),
        Column("quote", width=18),
        Column("hedge", width=16),
        Column("result", width=18, label="targets.result"),
        Column("result_named", width=24),
        Column("statistic", width=18),
        Column("outcome", width=28),
        Column("gap", width=7),
        Column("sentence", "sentence", width=60),
    ]
    always = {"region", "year", "target", "result"}
    if console().width < _SENTENCE:
        columns = [column for column in columns if column.name != "sentence"]
    columns = [column for column in columns if column.name in always or any(line[column.name] for line in told)]
    table(told, columns, sys.stdout, messages)


def under(rows: list[Record], messages: Messages) -> None:
    """Prints how many years have what, and which reports are missing."""
    for code in dict.fromkeys(row["adcode"] for row in rows):
        own = [row for row in rows if row["adcode"] == code]
        print(
            messages(
                "series.under", region=_place(own[0], messages), years=len(own),
                targets=sum(row["target_reason"] is None for row in own),
                results=sum(row["result_reason"] is None for row in own),
            )
        )  # fmt: skip
        for reason in ("no_report", "not_stated", "stated_elsewhere", "other_measure"):
            years = [row["year"] for row in own if row["target_reason"] == reason]
            if years:
                print("  " + messages(f"series.{reason}", count=len(years), years=_spans(years, messages)))
    for row in rows:
        if row["disagrees"]:
            print(
                messages(
                    "series.disagrees",
                    region=_place(row, messages),
                    year=row["year"],
                    quotes="; ".join(row["disagrees"]),
                )
            )


def chart(rows: list[Record], messages: Messages) -> Chart:
    """The chart of a series, its words in the language of `messages`."""
    stated = {row[name] for row in rows for name in ("unit", "result_unit") if row[name]}
    bases = _bases() if len(stated) > 1 else {}
    found = [figure for row in rows for figure in _figures(row, bases)]
    unit = next((name for name, _ in Counter(each.unit for each in found).most_common(1)), None)
    size, name = scale(max((abs(each.high) for each in found), default=Decimal()), unit, messages)
    panels: dict[str, Panel] = {}
    for row in rows:
        _gap(panels.setdefault(row["adcode"], Panel(_place(row, messages))), row)
    for each in found:
        if each.unit == unit:
            getattr(panels[each.adcode], each.line).append(each.mark(size))
    first, *_ = rows
    title = messages(
        "series.title", indicator=name_of(rows, messages), measure=messages.label(f"kind.{first['measure']}")
    )
    if len(panels) == 1:
        title = messages("series.title_of", region=_place(first, messages), title=title)
    left = sum(each.unit != unit for each in found)
    return Chart(
        title=title,
        unit=messages("series.unit", unit=name) if name else "",
        note=messages("series.note") + (" " + messages("series.left", count=left) if left else ""),
        first=min(row["year"] for row in rows),
        last=max(row["year"] for row in rows),
        panels=list(panels.values()),
    )


def name_of(rows: list[Record], messages: Messages) -> str:
    """The indicator's name; of the whole country the one that is used for it."""
    id = rows[0]["indicator_id"]
    name = messages.indicator(id) or id
    return messages.label(f"national.{id}", name) if {row["level"] for row in rows} == {"central"} else name


def write_chart(rows: list[Record], path: str, messages: Messages) -> bool:
    """Draws the chart; whether its words are in the language asked for."""
    charts.checked(path)
    spoken = charts.language(path, messages)
    charts.draw(chart(rows, spoken), path, messages)
    return spoken.language == messages.language


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of a row, for one of the lines of its panel."""

    adcode: str
    line: str
    year: int
    low: Decimal
    high: Decimal
    bound: str
    unit: str | None

    def mark(self, size: Decimal) -> Mark:
        """It in the chart's unit; a target's bound is told by its sign, a result's by a character."""
        low, high = self.low / size, self.high / size
        told = _short(low) if low == high else f"{_short(low)}–{_short(high)}"
        if self.line == "results" and low == high:
            told = _BOUND.get(self.bound, "") + told
        return Mark(self.year, float(low), float(high), self.bound, told)


def _figures(row: Record, bases: Bases) -> Iterator[_Figure]:
    """The figures of a row: target, result, statistic."""
    for line, low, high, bound, unit in (
        ("targets", row["target_low"], row["target_high"], row["target_bound"], row["unit"]),
        ("results", row["result_low"], row["result_high"], row["result_bound"], row["result_unit"]),
        ("statistics", row["statistic"], row["statistic"], "eq", row["unit"]),
    ):
        if low is not None and high is not None:
            base, factor = bases.get(unit or "", (unit, Decimal(1)))
            yield _Figure(row["adcode"], line, row["year"], low * factor, high * factor, bound or "eq", base)


def _bases() -> Bases:
    """The units of `conversions.csv`, with the unit they are compared in and how many of those they make."""
    return {row["unit"]: (row["base"], Decimal(row["factor"])) for row in load().rows("conversions")}


def _gap(panel: Panel, row: Record) -> None:
    """What stands at the foot of a year without a figure for its target."""
    if row["target_reason"] == "no_report":
        panel.missing.append(row["year"])
    elif row["target_reason"] is not None:
        panel.silent.append(row["year"])
    elif row["target_low"] is None:
        panel.words.append(row["year"])


def _short(value: Decimal) -> str:
    """A figure for a chart: two digits behind the point at most, four where it is less than one."""
    return grouped(value.quantize(Decimal("0.01") if abs(value) >= 1 else Decimal("0.0001")))


def _told(row: Record, messages: Messages) -> dict[str, Any]:
    target = {**row, "low": row["target_low"], "high": row["target_high"], "bound": row["target_bound"]}
    result = {**row, "unit": row["result_unit"]}
    statistic = {"low": row["statistic"], "high": row["statistic"], "bound": "eq", "unit": row["unit"]}
    return {
        "region": row["region"],
        "year": row["year"],
        "target": figure(target, messages) or _reason(row["target_reason"], messages),
        "named": row["named"],
        "quote": row["target_quote"] if row["target_low"] is not None else None,
        "hedge": row["hedge"],
        "result": figure(result, messages, "result_") or _reason(row["result_reason"], messages),
        "result_named": row["result_named"] if row["result_named"] != row["named"] else None,
        "statistic": figure(statistic, messages),
        "outcome": _outcome(row, messages),
        "gap": _signed(row["gap"]) if row["gap"] is not None and row["unit"] in _POINTS else None,
        "sentence": row["target_sentence"] or "",
        "quote_start": (row["target_sentence"] or "").find(row["target_quote"] or ""),
    }


def _outcome(row: Record, messages: Messages) -> str | None:
    """What became of a target, with a reason where the row does not show it anyway."""
    if row["outcome"] is None:
        return None
    told = f"{MARKS[row['outcome']]} {messages.label('outcome.' + row['outcome'])}"
    if row["outcome_reason"] is None or row["result_reason"] is not None:
        return told
    return f"{told} ({messages.label('why.' + row['outcome_reason'])})"


def _reason(reason: str | None, messages: Messages) -> str:
    return f"— {messages.label(f'reason.{reason}')}" if reason else "—"


def _place(row: Record, messages: Messages) -> str:
    """The region's name; in English where it has one."""
    if messages.language == "en":
        names = {each["id"]: each["english"] for each in load().rows("regions")}
        return names.get(row["adcode"]) or str(row["adcode"])
    return str(row["region"])


def _spans(years: list[int], messages: Messages) -> str:
    """Years, those that follow one another as spans: 1979、1988–1991."""
    spans: list[list[int]] = []
    for year in years:
        if spans and year == spans[-1][-1] + 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    told = (str(s[0]) if len(s) == 1 else f"{s[0]}–{s[-1]}" for s in spans)
    return ("、" if messages.language == "zh" else ", ").join(told)


def _signed(value: Decimal) -> str:
    text = grouped(value.quantize(Decimal("0.01")) if value else Decimal())
    return text if value <= 0 else f"+{text}"
