"""The round-up on a terminal: regions by indicators, what stands under it, and what is missing."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from typing import Any

from saidao.models import POINTS
from saidao.outputs.figures import ARROWS, figure
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column, Record
from saidao.outputs.terminal import console, grouped, table

WORDINGS = ("approx", "ge", "le", "range", "eq", "in_words", "better_result")

_WIDEST = 14
_PLACE = 16


def matrix(records: list[Record], year: int, indicators: list[tuple[str, str]], messages: Messages) -> list[str]:
    """Prints the targets of a year: a line a region, a column an indicator. Gives the indicators that had no room.

    Args:
        records: cells, see `saidao.analyses.targets`.
        year: the year.
        indicators: ids and names, in their order.
        messages: the language.
    """
    rows: dict[str, Record] = {}
    for record in records:
        if record["year"] == year and record["role"] in ("target", "dropped"):
            row = rows.setdefault(record["adcode"], {"place": record["region"]})
            name = record["indicator_id"]
            # the usual measure comes first; a further one stands in the files
            row.setdefault(name, _cell(record, messages))
    used = [(id, name) for id, name in indicators if any(id in row for row in rows.values())]
    room = console().width - _PLACE
    shown: list[Column] = [Column("place", width=_PLACE, label="column.region")]
    left: list[str] = []
    for id, name in used:
        widest = max([len(name) * 2, *(_width(row.get(id, "")) for row in rows.values())])
        width = min(widest, _WIDEST)
        if room >= width + 2 and not left:
            room -= width + 2
            shown.append(Column(id, width=width, label=f"short.{id}"))
        else:
            left.append(name)
    table(list(rows.values()), shown, sys.stdout, messages)
    return left


def list_of(records: list[Record], year: int, messages: Messages) -> None:
    """Prints one indicator: a line a region, with last year's target, its result and the sentence."""
    rows = []
    for record in records:
        if record["year"] == year and record["role"] in ("target", "dropped"):
            sentence = record["sentence"] or ""
            rows.append(
                {
                    "region": record["region"], "target": figure(record, messages) or "—",
                    "change": messages.label(f"change.{record['change']}", "") if record["change"] else "",
                    "last": figure(record, messages, "last_") or "—", "result": figure(record, messages, "result_") or "—",
                    "hedge": record["hedge"], "sentence": sentence, "quote": record["quote"],
                    "quote_start": sentence.find(record["quote"]) if record["quote"] else None,
                }
            )  # fmt: skip
    columns = [
        Column("region", width=14),
        Column("target", width=16, label="targets.target"),
        Column("change", width=8, label="column.change"),
        Column("last", width=16, label="targets.last"),
        Column("result", width=12, label="targets.result"),
        Column("hedge", width=12),
        Column("sentence", "sentence", width=60),
    ]
    table(rows, columns, sys.stdout, messages)


def under(summary: list[Record], year: int, messages: Messages, core: set[str]) -> None:
    """Prints counts, means and the weights they rest on."""
    levels = Counter(line["level"] for line in summary if line["year"] == year)
    if not levels:
        return
    for level in sorted(levels, key=lambda name: -max(x["regions"] for x in summary if x["level"] == name))[:1]:
        lines = [x for x in summary if x["year"] == year and x["level"] == level and x["indicator_id"] in core]
        print(messages("targets.under", level=messages.value("level", level), year=year))
        rows = [
            {
                "indicator": _short(line, lines, messages),
                "regions": line["regions"],
                "changes": " ".join(f"{line[name]}{arrow}" for name, arrow in ARROWS.items() if line[name]),
                "wordings": _wordings(line, messages),
                **{name: _mean(line, name, messages) for name in ("mean", "median", "weighted")},
            }
            for line in lines
        ]
        columns = [
            Column("indicator", width=16),
            Column("regions", "decimal", width=7, label="targets.regions"),
            Column("changes", width=23, label="targets.changes"),
            Column("wordings", width=36, label="targets.wordings"),
            *(
                Column(name, width=12 if messages.language == "en" else 10, label=f"count.{name}")
                for name in ("mean", "median", "weighted")
            ),
        ]
        table(rows, columns, sys.stdout, messages)
        weights = sorted({line["weights"] for line in lines if line["weights"]})
        for text in weights:
            most = max(line["weighted_regions"] or 0 for line in lines)
            print(messages("targets.weights", weights=text, regions=most))
        if not weights:
            print(messages("targets.no_weights"))


def missing(coverage: list[Record], year: int, messages: Messages) -> None:
    """Prints which regions and cells are missing, and why."""
    records = [record for record in coverage if record["year"] == year]
    for reason in ("no_report", "several_reports", "no_target_sentence"):
        places = list(dict.fromkeys(r["region"] for r in records if r["reason"] == reason))
        if places:
            print(messages(f"targets.{reason}", count=len(places), regions=_joined(places, messages)))
    cells: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for record in records:
        if record["indicator_id"]:
            cells[record["role"], record["indicator_id"]][record["reason"]].append(record["region"])
    rows = []
    for (role, id), reasons in cells.items():
        rows.append(
            {
                "role": messages.label(f"targets.{role}"), "indicator": messages.indicator(id),
                "not_stated": len(reasons["not_stated"]), "stated_elsewhere": len(reasons["stated_elsewhere"]) or None,
                "where": _joined(reasons["stated_elsewhere"], messages),
            }
        )  # fmt: skip
    rows.sort(key=lambda row: str(row["role"]), reverse=True)
    if rows:
        print(messages("targets.missing", year=year, past=year - 1))
        columns = [
            Column("role", width=10, label="targets.role"),
            Column("indicator", width=28),
            Column("not_stated", "decimal", width=10, label="reason.not_stated"),
            Column("stated_elsewhere", "decimal", width=10, label="reason.stated_elsewhere"),
            Column("where", width=60, label="column.region"),
        ]
        table(rows, columns, sys.stdout, messages)


def disagreements(records: list[Record], year: int, messages: Messages) -> None:
    """Prints the cells for which reports say two things."""
    found = [r for r in records if r["disagrees"] and r["year"] == (year if r["role"] == "target" else year - 1)]
    if found:
        print(messages("targets.disagreements", count=len(found)))
    for record in found:
        place = f"{record['region']} {record['year']} {messages.indicator(record['indicator_id'])}"
        print(f"  {place}: {record['quote']} ≠ {', '.join(record['disagrees'])}")


def _cell(record: Record, messages: Messages) -> str:
    if record["role"] == "dropped":
        return ARROWS["dropped"]
    words = record["low"] is None
    text = _in_short(record["qualitative"] or "", messages) if words else figure(record, messages)
    mark = ARROWS.get(record["change"] or "", "")
    return f"{text}{'' if mark == ARROWS['held'] else mark}{'≠' if record['disagrees'] else ''}"


def _in_short(wording: str, messages: Messages) -> str:
    return wording if messages.language == "zh" else messages.label("figure.in_words")


def _wordings(line: Record, messages: Messages) -> str:
    """How the targets are worded, with the number of regions: 左右14 以上2."""
    gap = "" if messages.language == "zh" else " "
    joint = " " if messages.language == "zh" else ", "
    return joint.join(f"{messages.label(f'count.{name}')}{gap}{line[name]}" for name in WORDINGS if line[name])


def _short(line: Record, lines: list[Record], messages: Messages) -> str:
    """The indicator's short name, with the measure where it has two."""
    name = messages.label(f"short.{line['indicator_id']}", messages.indicator(line["indicator_id"]) or "")
    if sum(other["indicator_id"] == line["indicator_id"] for other in lines) > 1:
        name += f" {messages.label('kind.' + line['measure'], '')}"
    return name


def _mean(line: Record, name: str, messages: Messages) -> str | None:
    value: Any = line[name]
    if value is None:
        return None
    if line["unit"] in ("%", POINTS):
        return f"{grouped(value.quantize(value.__class__('0.01')))}%"
    digits = value.__class__(10) ** (value.adjusted() - 2)
    value = (value / digits).to_integral_value() * digits if value else value
    return figure({"low": value, "high": value, "unit": line["unit"], "bound": "eq"}, messages)


def _joined(places: list[str], messages: Messages) -> str:
    return ("、" if messages.language == "zh" else ", ").join(places)


def _width(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
