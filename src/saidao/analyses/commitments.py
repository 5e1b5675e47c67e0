"""Commitments of several years, followed through later documents: how far they are, and the pace still needed.

A commitment is a target for a later year (到2030年达到…) or for a span of years (年均增长…, 累计下降…). Its latest figure is the
latest yearly result of the same indicator and measure up to the year it is due.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from saidao.analyses.cells import RESULT, Cell
from saidao.analyses.evidence import Evidence
from saidao.analyses.ledger import Statistics
from saidao.analyses.lines import IN_WORDS, Line, middle, vague
from saidao.analyses.marks import marks
from saidao.analyses.targets import Material, Record

STATES = ("met", "missed", "on_track", "behind", "no_figure", "due_no_figure")

COLUMNS = (
    "region", "adcode", "level", "made", "due", "indicator", "indicator_id", "measure", "sense", "low", "high", "unit",
    "bound", "hedge", "scope", "quote", "document", "start", "end", "sentence", "base_year", "base", "latest_year",
    "latest", "latest_quote", "latest_document", "latest_start", "latest_end", "pace_so_far", "pace_needed", "state",
    "repeated",
)  # fmt: skip
"""Columns of the commitments. A pace is in percent a year for levels and growth, in points a year for shares, in the unit for sums."""

_ROUND = Decimal("0.0001")
_TOTAL, _AVERAGE, _LEVEL, _SUM = "total", "average", "level", "sum"


@dataclass(frozen=True, slots=True)
class _Path:
    """What was reached, year by year, of an indicator's measure."""

    values: dict[int, Decimal]
    cells: dict[int, Cell]


def commitments(material: Material, figures: Statistics) -> list[Record]:
    """The commitments that the reports hold, each once, by the first report that states it; the columns are `COLUMNS`.

    `sense`: `level` to be reached by the year due, `average` a year over the span, `total` of the
    rates or `sum` of the numbers over the span. `state`: met
    or missed once it is due; before that on track or behind by the pace so far; `no_figure` where nothing later tells;
    `due_no_figure` where the year is past and no figure was given. `repeated` counts later reports that state it again.
    """
    newest: dict[str, int] = defaultdict(int)
    for report in material.reports:
        newest[report.adcode] = max(newest[report.adcode], report.year)
    paths = _paths(material, figures)
    found: dict[tuple[Any, ...], Record] = {}
    for each in material.later:
        line = material.lines.get(each.indicator_id)
        if line is None or not _is_commitment(each, line):
            continue
        measure = line.measure(each.kind)
        span = each.span
        assert span is not None
        assert measure
        key = (
            each.report.adcode,
            each.report.region,
            line.row,
            measure,
            span[1],
            _sense(each, line, measure),
            each.low,
            each.high,
        )
        if key in found:
            if found[key]["document"] != each.report.id:
                found[key]["repeated"] += 1
            continue
        path = paths.get((each.report.adcode, line.row, measure), _Path({}, {}))
        found[key] = _record(each, line, measure, path, newest[each.report.adcode], material)
    return sorted(
        found.values(),
        key=lambda r: (r["adcode"], r["region"], r["due"], r["indicator_id"], r["made"], r["measure"], r["start"]),
    )


def _is_commitment(each: Evidence, line: Line) -> bool:
    span = each.span
    measure = line.measure(each.kind)
    return (
        each.status == "target"
        and each.kind not in IN_WORDS
        and bool(measure)
        and not vague(each.indicator, measure or "")
        and each.low is not None
        and span is not None
        and (span[1] > each.report.year or (span[0] != span[1] and span[1] >= each.report.year))
    )


def _sense(each: Evidence, line: Line, measure: str) -> str:
    """What is promised: a level at the end, a yearly average, a total over the span, or a sum of yearly numbers."""
    span = each.span
    assert span is not None
    spans, sums = span[0] != span[1], bool(each.scopes & marks().sums)
    if measure == "level":
        return _SUM if spans and (line.over_years == _SUM or sums) else _LEVEL
    if sums or (measure == "delta" and spans) or (spans and line.over_years == _TOTAL):
        return _AVERAGE if each.scopes & marks().averages else _TOTAL
    return _AVERAGE if measure == "growth" else _LEVEL


def _paths(material: Material, figures: Statistics) -> dict[tuple[str, str, str], _Path]:
    found: dict[tuple[str, str, str], _Path] = defaultdict(lambda: _Path({}, {}))
    for (code, year, row, measure), _ in figures.values.items():
        statistic = figures.one(code, year, row, measure)
        if statistic is not None:
            found[code, row, measure].values[year] = statistic.value
    for key, cell in material.cells.items():
        low, high = cell.evidence.low, cell.evidence.high
        if key.role == RESULT and low is not None and high is not None:
            path = found[key.adcode, key.row, key.measure]
            path.values[key.year] = middle(low, high)
            path.cells[key.year] = cell
    return dict(found)


def _record(each: Evidence, line: Line, measure: str, path: _Path, newest: int, material: Material) -> Record:
    span = each.span
    assert span is not None
    assert each.low is not None
    assert each.high is not None
    due = span[1]
    sense = _sense(each, line, measure)
    row: Record = dict.fromkeys(COLUMNS)
    row |= {
        "region": each.report.region, "adcode": each.report.adcode, "level": each.report.level, "made": each.report.year,
        "due": due, "indicator": material.lines[line.row].indicator, "indicator_id": line.row, "measure": measure,
        "sense": sense, "low": each.low, "high": each.high, "unit": each.unit, "bound": each.bound, "hedge": each.hedge,
        "scope": each.scope, "quote": each.quote, "document": each.report.id, "start": each.start, "end": each.end,
        "sentence": material.sentences.get(each.sentence_id or ""), "repeated": 0,
    }  # fmt: skip
    first = span[0] if span[0] != span[1] else each.report.year
    later = [year for year in path.values if first <= year <= due]
    base = max((year for year in path.values if year < first and year >= first - 2), default=None)
    latest = max(later, default=None)
    if base is not None and sense == _LEVEL:
        row |= {"base_year": base, "base": path.values[base]}
    if latest is None:
        row["state"] = "due_no_figure" if due < newest else "no_figure"
        return row
    row |= {"latest_year": latest, "latest": path.values[latest]}
    cell = path.cells.get(latest)
    if cell is not None:
        e = cell.evidence
        row |= {"latest_quote": e.quote, "latest_document": e.report.id, "latest_start": e.start, "latest_end": e.end}
    goal = each.low if line.better == "more" else each.high
    if sense == _SUM:
        _pace_of_sum(row, goal, first, later, due, path)
    elif sense == _LEVEL:
        _pace_of_level(row, goal, measure, base, latest, due, path)
    else:
        _pace_of_rates(row, goal, sense, first, later, due, path)
    row["state"] = _state(row, goal, line, sense, due, newest, due - first + 1)
    return row


def _pace_of_level(
    row: Record, goal: Decimal, measure: str, base: int | None, latest: int, due: int, path: _Path
) -> None:
    """Yearly pace of a level or a share: compound growth in percent, or points."""
    now = path.values[latest]
    linear = measure == "share"
    if base is not None and latest > base:
        row["pace_so_far"] = _per_year(path.values[base], now, latest - base, linear)
    if due > latest:
        row["pace_needed"] = _per_year(now, goal, due - latest, linear)


def _pace_of_rates(row: Record, goal: Decimal, sense: str, first: int, years: list[int], due: int, path: _Path) -> None:
    """Yearly pace of growth rates over a span: what they came to so far, and what the rest of the years must bring."""
    whole = due - first + 1
    grown = Decimal(1)
    for year in years:
        grown *= 1 + path.values[year] / 100
    # years without a figure say nothing: the pace is that of the years that have one
    row["pace_so_far"] = _root(grown, len(years))
    wanted = 1 + goal / 100 if sense == _TOTAL else (1 + goal / 100) ** whole
    missing = whole - len(years)
    if missing > 0 and grown > 0 and wanted > 0:
        row["pace_needed"] = _root(wanted / grown, missing)


def _pace_of_sum(row: Record, goal: Decimal, first: int, years: list[int], due: int, path: _Path) -> None:
    """Yearly numbers that add up: what they came to a year so far, and what is left for each year to come."""
    done = sum((path.values[year] for year in years), Decimal())
    row["pace_so_far"] = (done / len(years)).quantize(_ROUND)
    if (missing := due - first + 1 - len(years)) > 0:
        row["pace_needed"] = ((goal - done) / missing).quantize(_ROUND)


def _per_year(start: Decimal, end: Decimal, years: int, linear: bool) -> Decimal | None:
    if linear:
        return ((end - start) / years).quantize(_ROUND)
    return _root(end / start, years) if start > 0 and end > 0 else None


def _root(ratio: Decimal, years: int) -> Decimal:
    """The yearly rate, in percent, that compounds to a ratio."""
    if ratio <= 0:
        return Decimal(-100)
    return ((ratio ** (Decimal(1) / years) - 1) * 100).quantize(_ROUND)


def _whole(pace: Decimal, sense: str, years: int) -> Decimal:
    """What a yearly pace comes to over the whole span."""
    if sense == _AVERAGE:
        return pace
    return pace * years if sense == _SUM else ((1 + pace / 100) ** years - 1) * 100


def _state(row: Record, goal: Decimal, line: Line, sense: str, due: int, newest: int, years: int) -> str:
    sign = Decimal(-1 if line.better in ("less", "ceiling") else 1)
    latest, needed, so_far = row["latest_year"], row["pace_needed"], row["pace_so_far"]
    if sense == _LEVEL:
        reached = sign * row["latest"] >= sign * goal
        if latest == due:
            return "met" if reached else "missed"
        if reached:
            return "met" if due < newest else "on_track"
    elif needed is None:
        return "met" if sign * _whole(so_far, sense, years) >= sign * goal else "missed"
    if sense == _SUM and needed is not None and needed <= 0:
        return "met"
    if due < newest:
        return "due_no_figure"
    if needed is None or so_far is None:
        return "no_figure"
    return "on_track" if sign * so_far >= sign * needed else "behind"
