"""The ledger of promises: each target beside the result reported a year later, and beside statistics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import duckdb

from saidao.analyses.cells import RESULT, TARGET, Cell, Key
from saidao.analyses.judge import OUTCOMES, Rules, Value, Verdict, comparable, judge
from saidao.analyses.said import OwnVerdict
from saidao.analyses.targets import Material, Record

COLUMNS = (
    "region", "adcode", "level", "year", "indicator", "indicator_id", "measure", "outcome", "reason", "gap",
    "target_low", "target_high", "unit", "target_bound", "qualitative", "hedge", "target_scope", "target_quote",
    "target_document", "target_start", "target_end", "target_sentence", "result_low", "result_high", "result_bound",
    "result_scope", "result_quote", "result_document", "result_start", "result_end", "result_sentence", "result_from",
    "other", "statistic", "statistic_source", "agrees", "disagrees",
    "said", "said_quote", "said_document", "said_start", "said_end", "said_sentence",
)  # fmt: skip
"""Columns of the ledger."""

RECORD_COLUMNS = (
    "region",
    "adcode",
    "level",
    "indicator",
    "indicator_id",
    "years",
    "judged",
    "kept",
    *OUTCOMES,
    "share",
    "mean_gap",
)
"""Columns of the record over the years."""

_NATION = "100000"
_ORDER_OF_MEASURES = ("growth", "level", "share", "delta")


@dataclass(frozen=True, slots=True)
class Statistic:
    """A figure of imported statistics."""

    value: Decimal
    unit: str | None
    source: str


@dataclass(slots=True)
class Statistics:
    """Imported figures by division, year, indicator and measure; several values of one cell are all kept."""

    values: dict[tuple[str, int, str, str], list[Statistic]] = field(default_factory=dict)

    def one(self, code: str, year: int, row: str, measure: str) -> Statistic | None:
        """The figure, if there is one and no other beside it."""
        found = self.values.get((code, year, row, measure), [])
        return found[0] if found and len({each.value for each in found}) == 1 else None

    def all(self, code: str, year: int, row: str, measure: str) -> list[Statistic]:
        """All figures of a cell."""
        return self.values.get((code, year, row, measure), [])


def statistics(connection: duckdb.DuckDBPyConnection) -> Statistics:
    """The imported statistics of standard indicators."""
    rows = connection.execute(
        "SELECT adcode, year, indicator_id, measure, value, unit, path, source FROM statistics"
        ' WHERE indicator_id IS NOT NULL ORDER BY adcode, year, indicator_id, path, "row", "column"'
    ).fetchall()
    found: dict[tuple[str, int, str, str], list[Statistic]] = defaultdict(list)
    for code, year, id, measure, value, unit, path, source in rows:
        found[code, year, id, measure].append(Statistic(value, unit, f"{path} ({source})" if source else path))
    return Statistics(dict(found))


def ledger(
    material: Material,
    figures: Statistics,
    found: Rules,
    first: int,
    last: int,
    nation: Mapping[Key, Cell] | None = None,
    told: Mapping[tuple[str, int, str], OwnVerdict] | None = None,
) -> list[Record]:
    """The targets of some years with what became of them; the columns are `COLUMNS`.

    Where no document states the result, that of imported statistics is taken (`result_from` says which). A target for
    which the next year's report is not there yet is `open`. `nation` holds the cells of the whole country, where the
    material does not: for targets that speak of them. `told` holds what reports say themselves of last year's targets:
    it stands beside the outcome (`said`) and never decides it.
    """
    reported: dict[str, set[int]] = defaultdict(set)
    for report in material.reports:
        reported[report.adcode].add(report.year)
    records = []
    for key, cell in material.cells.items():
        if key.role == TARGET and first <= key.year <= last:
            records.append(_judged(key, cell, material, figures, found, reported[key.adcode], nation or {}))
    for row in records:
        if told and (each := told.get((row["adcode"], row["year"], row["indicator_id"]))) is not None:
            row |= {
                "said": each.outcome, "said_quote": each.quote, "said_document": each.document, "said_start": each.start,
                "said_end": each.end, "said_sentence": each.sentence,
            }  # fmt: skip
    order = {line.row: (line.order or 999) for line in material.lines.values() if line.id == line.row}
    records.sort(
        key=lambda r: (r["adcode"], r["region"], r["year"], order[r["indicator_id"]], r["indicator_id"], r["measure"])
    )
    return records


def record(rows: Iterable[Record]) -> list[Record]:
    """How often each region kept its targets of an indicator; the columns are `RECORD_COLUMNS`.

    `judged` are those met, beaten or missed; `share` is that of the kept ones among them.
    """
    groups: dict[tuple[str, str, str], list[Record]] = {}
    for row in rows:
        groups.setdefault((row["adcode"], row["region"], row["indicator_id"]), []).append(row)
    found = []
    for (code, region, id), members in groups.items():
        counts = {outcome: sum(row["outcome"] == outcome for row in members) for outcome in OUTCOMES}
        judged = counts["met"] + counts["beaten"] + counts["missed"]
        kept = counts["met"] + counts["beaten"]
        gaps = [row["gap"] for row in members if row["gap"] is not None]
        years = sorted({row["year"] for row in members})
        found.append(
            {
                "region": region, "adcode": code, "level": members[0]["level"], "indicator": members[0]["indicator"],
                "indicator_id": id, "years": f"{years[0]}-{years[-1]}" if len(years) > 1 else str(years[0]),
                "judged": judged, "kept": kept, **counts,
                "share": (Decimal(kept) * 100 / judged).quantize(Decimal("0.1")) if judged else None,
                "mean_gap": (sum(gaps, Decimal()) / len(gaps)).quantize(Decimal("0.0001")) if gaps else None,
            }
        )  # fmt: skip
    return found


def _judged(
    key: Key, cell: Cell, material: Material, figures: Statistics, found: Rules, reports: set[int],
    nation: Mapping[Key, Cell],
) -> Record:  # fmt: skip
    line = material.lines[key.row]
    target = cell.evidence
    row: Record = dict.fromkeys(COLUMNS)
    row |= {
        "region": key.region, "adcode": key.adcode, "level": target.report.level, "year": key.year,
        "indicator": line.indicator, "indicator_id": key.row, "measure": key.measure, "target_low": target.low,
        "target_high": target.high, "unit": target.unit, "target_bound": target.bound, "qualitative": target.wording,
        "hedge": target.hedge, "target_scope": target.scope, "target_quote": target.quote,
        "target_document": target.report.id, "target_start": target.start, "target_end": target.end,
        "target_sentence": material.sentences.get(target.sentence_id or ""),
        "disagrees": cell.disagrees,
    }  # fmt: skip
    measure, result = _result(key, cell, material, found)
    statistic = figures.one(key.adcode, key.year, key.row, measure)
    several = figures.all(key.adcode, key.year, key.row, measure)
    if several:
        row["statistic"] = several[0].value if statistic else None
        row["statistic_source"] = "; ".join(f"{each.value.normalize():f}: {each.source}" if not statistic else each.source
                                            for each in (several if not statistic else several[:1]))  # fmt: skip
    value = None
    if result is not None:
        value = _reported(row, result, material)
        if statistic is not None:
            row["agrees"] = _agrees(value, statistic, measure, found)
    elif statistic is not None:
        value = Value(statistic.value, statistic.value, "eq", statistic.unit)
        row |= {"result_low": value.low, "result_high": value.high, "result_bound": "eq", "result_from": "statistics"}
    verdict = _verdict(key, cell, value, result, measure, material, figures, found, reports, nation)
    row |= {"outcome": verdict.outcome, "reason": verdict.reason, "gap": verdict.gap, "other": verdict.other}
    return row


def _verdict(
    key: Key, cell: Cell, value: Value | None, result: Cell | None, measure: str, material: Material,
    figures: Statistics, found: Rules, reports: set[int], nation: Mapping[Key, Cell],
) -> Verdict:  # fmt: skip
    line = material.lines[key.row]
    if value is None:
        if cell.in_words and found.relation(cell.evidence.wording or "") is None and key.year + 1 in reports:
            return Verdict("not_comparable", "in_words")
        if key.year + 1 not in reports:
            late = any(year > key.year for year in reports)
            return Verdict("not_comparable", "no_report") if late else Verdict("open", "not_due")
        other = any(
            Key(key.adcode, key.region, key.year, RESULT, key.row, m) in material.cells for m in _ORDER_OF_MEASURES
        )
        return Verdict("not_comparable", "other_measure" if other else "no_result")
    # a relation holds between two reported rates, whichever prices they are in
    if (
        result is not None
        and not cell.in_words
        and not comparable(cell.evidence.scopes, result.evidence.scopes, line, found)
    ):
        return Verdict("not_comparable", "scope_differs")

    def other_figure(name: str) -> Decimal | None:
        return _other(name, key, measure, material.cells, figures, nation)

    return judge(cell.evidence, value, line, measure, found, other_figure)


def _result(key: Key, cell: Cell, material: Material, found: Rules) -> tuple[str, Cell | None]:
    """The measure in which a target is judged, and the result in it."""
    measures = [key.measure]
    if cell.in_words:
        relation = found.relation(cell.evidence.wording or "")
        if relation is None:
            return "", None
        usual = material.lines[key.row].measures or _ORDER_OF_MEASURES
        measures = ["level", "share"] if relation[1] == "last_year" else ["growth", *(m for m in usual if m == "share")]
    for measure in measures:
        result = material.cells.get(Key(key.adcode, key.region, key.year, RESULT, key.row, measure))
        if result is not None:
            return measure, result
    return measures[0], None


def _other(
    name: str, key: Key, measure: str, cells: Mapping[Key, Cell], figures: Statistics, nation: Mapping[Key, Cell]
) -> Decimal | None:
    """The figure that a relation names."""
    code, region, year, row = key.adcode, key.region, key.year, key.row
    if name == "economy":
        row, measure = "gdp", "growth"
    elif name == "nation":
        code, region = _NATION, "全国"
    elif name == "last_year":
        year -= 1
    wanted = Key(code, region, year, RESULT, row, measure)
    cell = cells.get(wanted) or nation.get(wanted)
    if cell is not None and cell.evidence.low is not None:
        return cell.evidence.low
    statistic = figures.one(code, year, row, measure)
    return statistic.value if statistic else None


def _reported(row: Record, result: Cell, material: Material) -> Value:
    each = result.evidence
    assert each.low is not None
    assert each.high is not None
    row |= {
        "result_low": each.low, "result_high": each.high, "result_bound": each.bound, "result_scope": each.scope,
        "result_quote": each.quote, "result_document": each.report.id, "result_start": each.start,
        "result_end": each.end, "result_sentence": material.sentences.get(each.sentence_id or ""),
        "result_from": result.where,
    }  # fmt: skip
    row["unit"] = row["unit"] or each.unit
    row["disagrees"] = row["disagrees"] + result.disagrees
    return Value(each.low, each.high, each.bound or "eq", each.unit)


def _agrees(value: Value, statistic: Statistic, measure: str, found: Rules) -> bool | None:
    """Whether a reported figure and a statistical one are the same but for rounding; None where units differ."""
    if value.unit != statistic.unit:
        return None
    room = found.tolerance(f"reported_{measure}", statistic.value)
    if value.bound == "ge":
        return statistic.value >= value.low - room
    if value.bound == "le":
        return statistic.value <= value.high + room
    return abs(value.middle - statistic.value) <= room
