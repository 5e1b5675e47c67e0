"""One indicator through the years: target, wording, result, statistic and outcome of each year, gaps as what they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

import duckdb

from saidao.analyses import evidence as evidences
from saidao.analyses import ledger as ledgers
from saidao.analyses.cells import RESULT, TARGET, Cell
from saidao.analyses.evidence import Choice
from saidao.analyses.judge import rules
from saidao.analyses.ledger import Statistic
from saidao.analyses.lines import Line, lines
from saidao.analyses.targets import Material, Record, gather
from saidao.analyses.units import Units, based
from saidao.errors import UsageError
from saidao.filters.names import divisions, indicator_ids, year_span
from saidao.lexicon import Lexicon

COLUMNS = (
    "region", "adcode", "level", "year", "indicator", "indicator_id", "measure", "unit", "target_low", "target_high",
    "target_bound", "qualitative", "hedge", "target_scope", "named", "target_quote", "target_document", "target_start",
    "target_end", "target_sentence", "target_reason", "result_low", "result_high", "result_unit", "result_bound",
    "result_scope", "result_named", "result_quote", "result_document", "result_start", "result_end", "result_sentence",
    "result_from", "result_reason", "statistic", "statistic_source", "outcome", "outcome_reason", "gap", "disagrees",
)  # fmt: skip
"""Columns of a series."""

MEASURES = ("growth", "level", "share", "delta")
REASONS = ("no_report", "not_stated", "stated_elsewhere", "other_measure", "not_due")

_NATION = "100000"


class SeriesError(UsageError):
    """What was asked for is no single line through the years.

    Args:
        code: id of a row of `data/messages.csv`, without its `series.`.
        values: what fills the places of that sentence.
    """

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"series.{code}", **values)
        self.code = code


def series(
    connection: duckdb.DuckDBPyConnection,
    lexicon: Lexicon,
    *,
    indicator: str,
    region: Sequence[str] = (),
    year: int | str | None = None,
    measure: str | None = None,
) -> list[Record]:
    """A record for each region and year, in that order; the columns are `COLUMNS`.

    No year is left out: where there is no target or no result, `target_reason` and `result_reason` say why. `no_report`:
    the database has no report of the year (for a result, of the year after); `not_stated`: none was found in the report;
    `stated_elsewhere`: it names the indicator for another time only, such as the years of a plan; `other_measure`: it
    says it in another measure; `not_due`: no later report is there yet. An outcome that rests on statistics, for want of
    a reported result, has `statistics` in `result_from`.

    Args:
        connection: the database.
        lexicon: the data files.
        indicator: a standard indicator's id or name.
        region: divisions, by name or code; the whole country if empty, or without national reports all regions.
        year: 2026, or "1978-2025"; from the first report to the last if None.
        measure: growth, level, share or delta; the usual one if None.

    Raises:
        SeriesError: there is no such indicator or measure, or the name means several.
    """
    known = lines(lexicon)
    line = _line(indicator, known)
    if measure is not None and measure not in MEASURES:
        raise SeriesError("bad_measure", measure=measure, names=", ".join(MEASURES))
    span = year_span(year) if year is not None else None
    choice = Choice(_regions(connection, region, lexicon))
    wanted = {line.row, "gdp"}  # targets that speak of economic growth are judged by it
    material = gather(connection, choice, lexicon, wanted)
    if not material.reports:
        return []
    chosen = measure or _usual(line, material)
    first, last = span or _span(line, chosen, material)
    nation = gather(connection, Choice(level="central"), lexicon, wanted).cells
    figures = ledgers.statistics(connection)
    found = rules(lexicon)
    judged = {
        (row["adcode"], row["year"], row["measure"]): row
        for row in ledgers.ledger(material, figures, found, first, last, nation)
        if row["indicator_id"] == line.row
    }
    own = {(k.adcode, k.year, k.role, k.measure): cell for k, cell in material.cells.items() if k.row == line.row}

    @cache
    def spoken() -> set[tuple[str, int, str]]:
        return _spoken(material, line, chosen)

    records = []
    for code, name, level in _places(material, choice, lexicon):
        reported = {report.year for report in material.reports if report.adcode == code}

        def why(year: int, role: str, code: str = code, reported: set[int] = reported) -> str:
            if any((code, year, role, other) in own for other in MEASURES):
                return "other_measure"
            report = year if role == TARGET else year + 1
            if report in reported:
                return "stated_elsewhere" if (code, report, role) in spoken() else "not_stated"
            return "not_due" if role == RESULT and reported and max(reported) <= year else "no_report"

        for each in range(first, last + 1):
            target = own.get((code, each, TARGET, chosen)) or own.get((code, each, TARGET, ""))
            result = own.get((code, each, RESULT, chosen))
            row: Record = dict.fromkeys(COLUMNS)
            row |= {
                "region": name, "adcode": code, "level": level, "year": each, "indicator": line.indicator,
                "indicator_id": line.row, "measure": chosen, "disagrees": _disagreements(target, result),
            }  # fmt: skip
            row |= _target(target, material) if target else {"target_reason": why(each, TARGET)}
            row |= _result(result, material) if result else {"result_reason": why(each, RESULT)}
            row["unit"] = row["unit"] or row["result_unit"]
            if target is not None and (verdict := judged.get((code, each, target.key.measure))):
                row |= {
                    "outcome": verdict["outcome"], "outcome_reason": verdict["reason"], "gap": verdict["gap"],
                    "result_from": row["result_from"] or verdict["result_from"],
                }  # fmt: skip
            records.append(row | _statistic(figures.all(code, each, line.row, chosen), row["unit"], found.units))
    return records


def _line(indicator: str, known: Mapping[str, Line]) -> Line:
    """The row that an indicator is counted under."""
    rows = sorted({known[id].row for id in indicator_ids(indicator) if id in known})
    if not rows:
        raise SeriesError("unknown", name=indicator)
    if len(rows) > 1:
        raise SeriesError("several", name=indicator, names=", ".join(f"{id} ({known[id].indicator})" for id in rows))
    return known[rows[0]]


def _regions(connection: duckdb.DuckDBPyConnection, region: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    if region:
        for name in region:
            if not divisions(name, lexicon)[0]:
                raise SeriesError("no_region", name=name)
        return tuple(region)
    return (_NATION,) if evidences.reports(connection, Choice((_NATION,)), lexicon) else ()


def _usual(line: Line, material: Material) -> str:
    """The first of the indicator's measures in which something is stated; without an order, the most frequent."""
    counts = Counter(key.measure for key in material.cells if key.row == line.row and key.measure)
    order = [m for m in line.measures if counts[m]] or sorted(counts, key=lambda m: (-counts[m], MEASURES.index(m)))
    return order[0] if order else (line.measures or MEASURES)[0]


def _span(line: Line, measure: str, material: Material) -> tuple[int, int]:
    """From the first report to the last, and a year more where its result is told."""
    years = material.years
    years += [k.year for k in material.cells if k.row == line.row and k.measure in (measure, "")]
    return min(years), max(years)


def _places(material: Material, choice: Choice, lexicon: Lexicon) -> list[tuple[str, str, str]]:
    """Code, name and level of the divisions that were asked for, with a report or without."""
    rows = {row["id"]: row for row in lexicon.rows("regions")}
    found = {report.adcode: (report.region, report.level) for report in material.reports}
    for name in choice.region:
        for code in divisions(name, lexicon)[0]:
            found.setdefault(code, (rows[code]["name"], rows[code]["level"]))
    return [(code, *found[code]) for code in sorted(found)]


def _spoken(material: Material, line: Line, measure: str) -> set[tuple[str, int, str]]:
    """Division, year and role of the reports that name the indicator at all, for whatever time."""
    roles = {"target": TARGET, "achieved": RESULT}
    return {
        (each.report.adcode, each.report.year, roles[each.status])
        for each in material.nearest
        if each.status in roles
        and each.indicator_id in material.lines
        and material.lines[each.indicator_id].row == line.row
        and material.lines[each.indicator_id].measure(each.kind) == measure
    }


def _target(cell: Cell, material: Material) -> Record:
    each = cell.evidence
    return {
        "unit": each.unit, "target_low": each.low, "target_high": each.high, "target_bound": each.bound,
        "qualitative": each.wording, "hedge": each.hedge, "target_scope": each.scope, "named": each.indicator,
        "target_quote": each.quote, "target_document": each.report.id, "target_start": each.start,
        "target_end": each.end, "target_sentence": material.sentences.get(each.sentence_id or ""),
    }  # fmt: skip


def _result(cell: Cell, material: Material) -> Record:
    each = cell.evidence
    return {
        "result_low": each.low, "result_high": each.high, "result_unit": each.unit, "result_bound": each.bound,
        "result_scope": each.scope, "result_named": each.indicator, "result_quote": each.quote,
        "result_document": each.report.id, "result_start": each.start, "result_end": each.end,
        "result_sentence": material.sentences.get(each.sentence_id or ""), "result_from": cell.where,
    }  # fmt: skip


def _statistic(several: list[Statistic], unit: str | None, known: Units) -> Record:
    """The imported figure in the row's unit; where several differ, or the unit is another, only the sources tell."""
    if not several:
        return {}
    first = several[0]
    factor, base = based(Decimal(1), unit or first.unit, known)
    value, own = based(first.value, first.unit, known)
    if own == base and len({each.value for each in several}) == 1:
        return {"statistic": value / factor, "statistic_source": first.source, "unit": unit or first.unit}
    told = (f"{each.value.normalize():f}{each.unit or ''}: {each.source}" for each in several)
    return {"statistic_source": "; ".join(told)}


def _disagreements(*cells: Cell | None) -> list[str]:
    return [other for cell in cells if cell is not None for other in cell.disagrees]
