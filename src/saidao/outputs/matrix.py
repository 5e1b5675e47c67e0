"""The matrix on a terminal: regions by industries, who is crowded where, what sets regions apart, what is missing."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import IO, Any, Protocol

from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column, Record
from saidao.outputs.terminal import console, table

LEAST = 3
"""Mentions from which a quotient is shown; below that it is chance."""

UNLISTED = "unlisted"

_ARROWS = {"new": "＋", "more": "↑", "fewer": "↓", "same": "", "gone": "－"}
_INDUSTRIES = 40
"""Columns of a matrix at most; a terminal shows those that have room."""
_DIGITS = {"herfindahl": 3, "alike": 1}
_CROWDED = 15
_SPECIAL = 3
_PLACE, _CELL = 14, 8

_KINDS = {
    "decimal": ("share", "last_share", "share_change", "quotient", "spread", "herfindahl", "alike", "cosine"),
    "integer": (
        "year", "mentions", "planned", "done", "sentences", "commitments", "tools", "carriers", "measures", "regions",
        "industries", "regions_all", "paired_regions", "paired_mentions", "paired_measures", "rank", "start", "end", "quote_start",
    ),
    "list": ("region_names", "most", "came", "went"),
}  # fmt: skip
_CODES = {
    "industry_id": "industry", "named_id": "industry", "tool": "tool", "trend": "trend", "counted": "counted",
    "level": None, "status": None, "reason": None,
}  # fmt: skip
_LISTS = {"tool_ids": "tool", "industry_ids": "industry", "common": "industry"}
_PLAIN = frozenset(("region", "adcode", "level", "year", "status", "title", "sentence", "start", "end", "id", "industry",
                    "measure_id", "quote_start"))  # fmt: skip
_WIDTHS = {
    "region": 14, "herfindahl": 14, "industry_id": 16, "tool": 18, "sentence": 80, "quote": 16, "most": 36, "common": 44, "peer": 14,
    "region_names": 40, "tool_ids": 40, "industry_ids": 40, "title": 30, "reason": 24, "year": 6, "came": 24, "went": 24,
}  # fmt: skip
_FILES_ONLY = frozenset((
    "adcode", "level", "industry", "document", "last_document", "id", "measure_id", "start", "end", "title", "quote_start",
    "named_id", "peer_adcode", "tools_list", "came", "went", "paired_regions", "paired_mentions",
))  # fmt: skip


_LISTED = {
    "region-industry": ("region", "industry_id", "mentions", "planned", "done", "commitments", "tools", "carriers", "share",
                        "quotient", "trend", "mentions_change"),
    "region-tool": ("region", "tool", "measures", "planned", "done", "industries", "share", "quotient", "trend",
                    "measures_change"),
    "industry-tool": ("industry_id", "tool", "measures", "regions", "share", "quotient", "trend", "measures_change"),
}  # fmt: skip
"""The columns of a list of cells on a terminal."""


class _Matrix(Protocol):
    by: str
    cells: list[Record]
    crowding: list[Record]
    similarity: list[Record]
    gaps: list[Record]
    reports: dict[tuple[int, str], int]
    shown_years: list[int]


def columns(names: tuple[str, ...]) -> list[Column]:
    """The columns of a part."""
    evidence = "counted" in names
    made = []
    for name in names:
        kind = next((kind for kind, members in _KINDS.items() if name in members), "text")
        if (name.startswith("last_") and name[5:] in _KINDS["integer"]) or (
            name.endswith("_change") and name != "share_change"
        ):
            kind = "integer"
        codes = None
        if name in _CODES:
            kind, codes = "code", _CODES[name]
        elif name in _LISTS or (name == "tools" and evidence):
            kind, codes = "codes", _LISTS.get(name, "tool")
        elif name == "sentence":
            kind = "sentence"
        label = None if name in _PLAIN or (name == "tools" and evidence) else f"matrix.{name}"
        terminal = name not in _FILES_ONLY and not (evidence and name in ("tool", "tools"))
        made.append(Column(name, kind, _WIDTHS.get(name, 10), label, terminal, codes))
    return made


def show(found: _Matrix, say: Messages) -> None:
    """Prints the matrix of each year that was asked for, with what stands under it."""
    across = "industry" if found.by == "region-industry" else "tool"
    for year in found.shown_years:
        cells = [cell for cell in found.cells if cell["year"] == year]
        for level in dict.fromkeys(cell["level"] for cell in cells):
            _level(found, [cell for cell in cells if cell["level"] == level], year, level, across, say)
    show_gaps([gap for gap in found.gaps if gap["year"] in (None, *found.shown_years)], say, sys.stdout)


def show_gaps(gaps: list[Record], say: Messages, out: IO[str]) -> None:
    """Prints what is missing, a line a reason and year."""
    groups: dict[tuple[str, Any], list[str]] = {}
    for gap in gaps:
        groups.setdefault((gap["reason"], gap["year"]), []).append(gap["region"] or gap["title"] or gap["document"])
    for (reason, year), names in groups.items():
        told = f"{year} {say.label(f'reason.{reason}')}" if year else say.label(f"reason.{reason}")
        shown = joined(names[:40], say) + ("…" if len(names) > 40 else "")
        print(say("matrix.gap", reason=told.strip(), count=len(names), regions=shown), file=out)


def rounded(record: Record) -> Record:
    """The record with its ratios as a reader wants them: two digits of a share, three of an index."""
    return {name: round(value, _DIGITS.get(name, 2)) if isinstance(value, Decimal) else value
            for name, value in record.items()}  # fmt: skip


def joined(names: list[str], say: Messages) -> str:
    """A list in the language."""
    return ("、" if say.language == "zh" else ", ").join(names)


def ordered(cells: list[Record], across: str) -> list[str]:
    """The columns of a matrix: those with most first, what is not in the list of industries last."""
    key, value = ("industry_id", "mentions") if across == "industry" else ("tool", "measures")
    counts: dict[str, int] = {}
    for cell in cells:
        counts[cell[key]] = counts.get(cell[key], 0) + cell[value]
    return sorted((id for id in counts if counts[id]), key=lambda id: (id == UNLISTED, -counts[id], id))


def _level(found: _Matrix, cells: list[Record], year: int, level: str, across: str, say: Messages) -> None:
    down = "industry_id" if found.by == "industry-tool" else "region"
    rows = list(dict.fromkeys(cell[down] for cell in cells))
    head = "matrix.head" if across == "industry" else "matrix.head_tools"
    value = "mentions" if across == "industry" else "measures"
    total = sum(cell[value] for cell in cells)
    print(
        say(head, year=year, level=say.value("level", level), reports=found.reports[year, level], mentions=f"{total:,}")
    )
    print()
    if len(rows) == 1 or (across == "industry" and len(ordered(cells, across)) <= 2):
        table([rounded(cell) for cell in cells if cell[value]], columns(_LISTED[found.by]), sys.stdout, say)
    else:
        _matrix(cells, rows, down, across, value, say)
        print(say("matrix.under"))
    print()
    crowded = [each for each in found.crowding if each["year"] == year and each["level"] == level]
    if crowded and across == "industry" and len(rows) > 1:
        print(say("matrix.crowding", regions=crowded[0]["regions_all"]))
        shown: tuple[str, ...] = ("industry_id", "mentions", "regions", "last_regions", "herfindahl", "alike", "most")
        if crowded[0]["paired_regions"] < crowded[0]["regions_all"]:
            # last year's number would be that of fewer regions
            shown = tuple(name for name in shown if name != "last_regions")
        table(map(rounded, crowded[:_CROWDED]), columns(shown), sys.stdout, say)
        print()
    if down == "region" and len(rows) > 1:
        _special(found, cells, year, level, across, value, say)


def _matrix(cells: list[Record], rows: list[str], down: str, across: str, value: str, say: Messages) -> None:
    key = "industry_id" if across == "industry" else "tool"
    items = ordered(cells, across)[:_INDUSTRIES]
    room = max((console().width - _PLACE - 4) // (_CELL + 2), 3)
    items = items[:room]
    lines: dict[str, Record] = {
        row: {"place": row if down == "region" else say.value("industry", row)} | dict.fromkeys(items, "·")
        for row in rows
    }
    for cell in cells:
        if cell[key] in items and cell[value]:
            lines[cell[down]][cell[key]] = f"{cell[value]}{_ARROWS.get(cell['trend'] or '', '')}"
    shown = [Column("place", width=_PLACE, label="matrix.industry_id" if down != "region" else "column.region")]
    # a label that labels.csv does not have is shown as it is
    shown += [Column(id, width=_CELL, label=f"name.{say.value(across, id)}") for id in items]
    table(lines.values(), shown, sys.stdout, say)


def _special(
    found: _Matrix, cells: list[Record], year: int, level: str, across: str, value: str, say: Messages
) -> None:
    """What each region gives more than the others, and its nearest."""
    key = "industry_id" if across == "industry" else "tool"
    near: dict[str, list[str]] = {}
    for each in found.similarity:
        if each["year"] == year and each["level"] == level:
            near.setdefault(each["region"], []).append(f"{each['peer']} {each['cosine']:.2f}")
    special: dict[str, list[Record]] = {}
    for cell in cells:
        rows = special.setdefault(cell["region"], [])
        if cell[value] >= LEAST and cell["quotient"] is not None and cell["quotient"] > 1 and cell[key] != UNLISTED:
            rows.append(cell)
    records = []
    for region, several in special.items():
        several.sort(key=lambda cell: (-cell["quotient"], cell[key]))
        told = [f"{say.value(across, cell[key])} {cell['quotient']:.1f}" for cell in several[:_SPECIAL]]
        records.append(
            {"region": region, "special": joined(told, say), "near": joined(near.get(region, [])[:_SPECIAL], say)}
        )
    print(say("matrix.special", least=LEAST))
    shown = [
        Column("region", width=14),
        Column("special", width=54, label="matrix.special"),
        Column("near", width=46, label="matrix.peer"),
    ]
    table(records, shown, sys.stdout, say)
    print()
