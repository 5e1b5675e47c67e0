"""Counted terms on a terminal, in files and as a chart."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from saidao.outputs import charts
from saidao.outputs.charts import Chart, Mark, Panel
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column, Record
from saidao.outputs.terminal import grouped, table

KEYS = ("region", "year", "type", "level", "section", "group", "term")
RATES = ("per_10000", "per_100_tokens", "document_share", "sentence_share")
MEASURES = ("per_10000", "hits", "documents_with", "document_share", "sentence_share", "per_100_tokens")
"""What a chart can show."""

_TEXTS = {"term": 20, "group": 20, "region": 16, "adcode": 10, "first_region": 14, "first_document": 18}
_CODES = frozenset(("type", "level", "section"))
_INTEGERS = frozenset(("year", "first_year", "first_start"))
_NONE = "—"


def columns(names: Sequence[str]) -> list[Column]:
    """The columns, for files."""
    made = []
    for name in names:
        kind = "date" if name == "first_date" else "integer" if name in _INTEGERS else "decimal"
        kind = "code" if name in _CODES else "text" if name in _TEXTS else kind
        label = f"column.{name}" if name in (*KEYS, "adcode") else f"terms.{name}"
        made.append(Column(name, kind, width=_TEXTS.get(name, 14), label=label))
    return made


def show(rows: list[Record], by: Sequence[str], messages: Messages, limit: int | None) -> tuple[int, int]:
    """Prints the counts; gives how many rows were left out for want of a hit, and how many beyond the limit."""
    split = [name for name in by if name != "group" or any(row["group"] != row.get("term") for row in rows)]
    kept = rows
    if "term" in by and len(by) > 2:
        kept = [row for row in rows if row["hits"] != 0]
    shown = kept if limit is None else kept[:limit]
    tokens = bool(rows) and "tokens" in rows[0]
    drawn = [
        Column(name, "code" if name in _CODES else "integer" if name == "year" else "text", width=24) for name in split
    ]
    numbers = ["hits", "documents", "per_10000", *(["per_100_tokens"] if tokens else []), "sentence_share"]
    drawn += [Column(name, "decimal", width=14, label=f"terms.short.{name}") for name in numbers]
    if "term" in by or "group" in by:
        drawn.append(Column("first", width=24, label="terms.short.first"))
    table([_told(row, split, messages) for row in shown], drawn, sys.stdout, messages)
    return len(rows) - len(kept), len(kept) - len(shown)


def under(total: Record, terms: int, messages: Messages, *, panel: bool) -> None:
    """Prints what was read, and all terms together."""
    if not total["documents"]:
        return
    print(
        messages(
            "terms.under", documents=f"{total['documents']:,}", characters=f"{total['characters']:,}",
            sentences=f"{total['sentences']:,}", terms=f"{terms:,}", hits=f"{total['hits'] or 0:,}",
            with_hit=f"{total['documents_with'] or 0:,}", rate=_rounded(total["per_10000"]),
        )
    )  # fmt: skip
    if panel:
        print(messages("terms.gaps"))


def write_chart(rows: list[Record], by: Sequence[str], measure: str, path: str, messages: Messages) -> bool:
    """Draws a line through the years for each region or term; whether its words are in the language asked for."""
    charts.checked(path)
    spoken = charts.language(path, messages)
    charts.draw(chart(rows, by, measure, spoken), path, messages)
    return spoken.language == messages.language


def chart(rows: list[Record], by: Sequence[str], measure: str, messages: Messages) -> Chart:
    """The chart: a panel for each line; years without a document are grey."""
    names = [name for name in by if name not in ("year", "group") or (name == "group" and "term" not in by)]
    panels: dict[str, Panel] = {}
    for row in rows:
        title = " · ".join(str(_shown(name, row[name], messages)) for name in names)
        panel = panels.setdefault(title, Panel(title))
        value = row[measure]
        if not row["documents"]:
            panel.missing.append(row["year"])
        elif value is not None:
            told = value * 100 if measure.endswith("_share") else value
            panel.results.append(Mark(row["year"], float(told), float(told), label=_rounded(Decimal(told))))
    years = [row["year"] for row in rows]
    return Chart(
        title=messages("terms.chart_title", measure=messages.label(f"terms.{measure}")),
        unit=messages.label(f"terms.{measure}") + (" (%)" if measure.endswith("_share") else ""),
        note=messages("terms.chart_note"),
        first=min(years),
        last=max(years),
        panels=list(panels.values()),
        legend={"result": f"terms.{measure}", "missing": "terms.no_document"},
    )


def _told(row: Record, split: Sequence[str], messages: Messages) -> dict[str, Any]:
    told: dict[str, Any] = {name: row[name] if row[name] not in (None, "") else _NONE for name in split}
    if not row["documents"]:
        return told | dict.fromkeys(("hits", *RATES), _NONE) | {"documents": "0"}
    share = row["sentence_share"]
    first = " ".join(str(part) for part in (row["first_date"] or row["first_year"], row["first_region"]) if part)
    return told | {
        "hits": f"{row['hits']:,}", "documents": f"{row['documents_with']:,}/{row['documents']:,}",
        "per_10000": _rounded(row["per_10000"]), "per_100_tokens": _rounded(row.get("per_100_tokens"), 3),
        "sentence_share": _NONE if share is None else f"{_rounded(share * 100)}%", "first": first or _NONE,
    }  # fmt: skip


def _shown(name: str, value: Any, messages: Messages) -> Any:
    if value is None:
        return _NONE
    return messages.value(name, value) if name in _CODES else value


def _rounded(value: Decimal | None, places: int = 2) -> str:
    """A rate with as many places in every row, so that the points stand below one another."""
    if value is None:
        return _NONE
    whole, _, rest = f"{value:.{places}f}".partition(".")
    return f"{grouped(Decimal(whole))}.{rest}"
