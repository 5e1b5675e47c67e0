"""The ledger on a terminal: what became of targets, of commitments, and the record over the years."""

from __future__ import annotations

import sys
from collections import Counter
from decimal import Decimal
from typing import Any

from saidao.models import POINTS
from saidao.outputs.figures import figure
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column, Record
from saidao.outputs.terminal import console, grouped, table

MARKS = {"beaten": "▲", "met": "✓", "missed": "✗", "not_comparable": "·", "open": "…"}
"""What became of a promise, in one character."""

_PLACE = 16
_WIDTH = 10
_SHOWN = 30


def matrix(rows: list[Record], year: int, indicators: list[tuple[str, str]], messages: Messages) -> list[str]:
    """Prints what became of a year's targets: a line a region, a column an indicator. Gives those without room."""
    places: dict[str, Record] = {}
    for row in rows:
        if row["year"] == year:
            place = places.setdefault(row["adcode"], {"place": row["region"]})
            mark = MARKS[row["outcome"]]
            gap = row["gap"]
            told = f"{mark} {_signed(gap)}" if gap is not None and row["unit"] in ("%", POINTS, None) else mark
            # a judged measure is shown before one that is not
            if place.get(row["indicator_id"], "·")[:1] in ("·", "…"):
                place[row["indicator_id"]] = told
    used = [(id, name) for id, name in indicators if any(id in row for row in places.values())]
    fits = max(1, (console().width - _PLACE) // (_WIDTH + 2))
    columns = [Column("place", width=_PLACE, label="column.region")]
    columns += [Column(id, width=_WIDTH, label=f"short.{id}") for id, _ in used[:fits]]
    table(list(places.values()), columns, sys.stdout, messages)
    return [name for _, name in used[fits:]]


def counts(rows: list[Record], years: list[int], messages: Messages, core: set[str]) -> None:
    """Prints how many kept their targets of each indicator, and why the others cannot be judged."""
    members = [row for row in rows if row["year"] in years and row["indicator_id"] in core]
    lines: list[Record] = []
    for id in dict.fromkeys(row["indicator_id"] for row in sorted(members, key=lambda row: row["indicator_id"])):
        found = Counter(row["outcome"] for row in members if row["indicator_id"] == id)
        lines.append({"indicator": messages.indicator(id)} | {name: found[name] or None for name in MARKS})
    lines.sort(key=lambda line: -sum(line[name] or 0 for name in ("beaten", "met", "missed")))
    columns = [Column("indicator", width=30)]
    columns += [Column(name, "decimal", width=14, label=f"outcome.{name}") for name in MARKS]
    table(lines, columns, sys.stdout, messages)
    reasons = Counter(row["reason"] for row in members if row["reason"])
    if reasons:
        told = (f"{messages.label(f'why.{name}')} {count}" for name, count in reasons.most_common())
        print(messages("ledger.reasons", reasons=" · ".join(told)))


def list_of(rows: list[Record], messages: Messages) -> None:
    """Prints one indicator: a line a target with its result and both sentences' quotes."""
    told = []
    for row in rows:
        shown = {key.removeprefix("target_"): value for key, value in row.items()}
        told.append(
            {
                "region": row["region"], "year": row["year"], "target": figure(shown, messages),
                "result": figure({**row, "unit": row["unit"] or "%"}, messages, "result_") or "—",
                "outcome": f"{MARKS[row['outcome']]} {messages.label('outcome.' + row['outcome'])}",
                "gap": _signed(row["gap"]) if row["gap"] is not None and row["unit"] in ("%", POINTS, None) else None,
                "reason": messages.label(f"why.{row['reason']}") if row["reason"] else _disagreement(row, messages),
                "said": messages.label(f"said.{row['said']}") if row["said"] else None,
                "sentence": row["target_sentence"] or "", "quote": row["target_quote"],
                "quote_start": (row["target_sentence"] or "").find(row["target_quote"]),
            }
        )  # fmt: skip
    columns = [
        Column("region", width=14),
        Column("year", "integer", width=5),
        Column("target", width=16, label="targets.target"),
        Column("result", width=12, label="targets.result"),
        Column("outcome", width=12),
        Column("gap", width=8),
        Column("reason", width=16),
        *([Column("said", width=14)] if any(row["said"] for row in rows) else []),
        Column("sentence", "sentence", width=60),
    ]
    table(told, columns, sys.stdout, messages)


def record(rows: list[Record], messages: Messages) -> None:
    """Prints how often each region kept its targets of an indicator."""
    told = [
        row | {"indicator": messages.indicator(row["indicator_id"]), "share": f"{row['share']}%"}
        for row in rows
        if row["judged"]
    ]
    columns = [
        Column("region", width=16),
        Column("indicator", width=26),
        Column("years", width=10),
        Column("judged", "decimal", width=8),
        *(Column(name, "decimal", width=8, label=f"outcome.{name}") for name in ("beaten", "met", "missed")),
        Column("share", width=8, label="ledger.share"),
    ]
    table(told, columns, sys.stdout, messages)


def commitments(rows: list[Record], messages: Messages) -> None:
    """Prints targets of several years: where they stand and the pace still needed."""
    told = []
    for row in rows[:_SHOWN]:
        sense = "" if row["sense"] == "level" else messages.label(f"sense.{row['sense']}")
        latest = figure({"low": row["latest"], "high": row["latest"], "bound": "eq", "unit": row["unit"]}, messages)
        told.append(
            {
                "region": row["region"], "made": row["made"], "due": row["due"], "indicator": messages.indicator(row["indicator_id"]),
                "target": f"{figure(row, messages)} {sense}".strip(),
                "latest": f"{latest} ({row['latest_year']})" if row["latest"] is not None else "—",
                "so_far": _pace(row["pace_so_far"], row, messages), "needed": _pace(row["pace_needed"], row, messages),
                "state": messages.label(f"commitment.{row['state']}"),
            }
        )  # fmt: skip
    columns = [
        Column("region", width=14),
        Column("made", "integer", width=6),
        Column("due", "integer", width=6),
        Column("indicator", width=26),
        Column("target", width=22, label="targets.target"),
        Column("latest", width=22),
        Column("so_far", width=14, label="column.pace_so_far"),
        Column("needed", width=14, label="column.pace_needed"),
        Column("state", width=14, label="ledger.state"),
    ]
    table(told, columns, sys.stdout, messages)
    if len(rows) > _SHOWN:
        print(messages("ledger.more", shown=_SHOWN, total=len(rows)))


def _disagreement(row: Record, messages: Messages) -> str | None:
    return messages.label("why.statistics_differ") if row["agrees"] is False else None


def _pace(value: Decimal | None, row: Record, messages: Messages) -> str:
    if value is None:
        return "—"
    if row["sense"] == "sum":
        return figure({"low": value, "high": value, "bound": "eq", "unit": row["unit"]}, messages)
    places = messages.label(f"unit.{POINTS}") if row["measure"] == "share" else "%"
    return f"{_signed(value.quantize(Decimal('0.01')))}{places}"


def _signed(value: Any) -> str:
    text = grouped(value.quantize(Decimal("0.01")) if value else Decimal())
    return text if value <= 0 else f"+{text}"
