"""What stands under the round-up: how many raised, held and cut; how they word it; means and their weights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median
from typing import Any

import duckdb

from saidao.analyses.cells import TARGET
from saidao.analyses.lines import Line, middle
from saidao.analyses.marks import marks
from saidao.analyses.targets import CHANGES, DROPPED, Record
from saidao.analyses.units import Units, based

_WEIGHED = frozenset(("growth", "share"))
_PLACES = Decimal("0.0001")

COLUMNS = (
    "year", "level", "indicator", "indicator_id", "measure", "unit", "regions", "figures", "in_words", *CHANGES, "approx", "ge",
    "le", "range", "eq", "better_result", "lowest", "highest", "mean", "median", "weighted", "weighted_regions",
    "weights",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """What regions weigh: GDP of one year, from statistics."""

    year: int
    source: str
    """File, and whom it names as its source."""
    values: dict[str, Decimal] = field(default_factory=dict)
    """By division code."""
    doubtful: tuple[str, ...] = ()
    """Divisions for which the statistics give several values; they carry no weight."""


def weights(connection: duckdb.DuckDBPyConnection, year: int) -> Weights | None:
    """GDP of the latest year before `year` that the imported statistics have for most regions; None without any."""
    rows = connection.execute(
        "SELECT adcode, year, value, path, source FROM statistics WHERE indicator_id = 'gdp' AND measure = 'level'"
        ' AND unit = \'元\' AND value > 0 AND year < ? ORDER BY adcode, year, path, "row", "column"',
        [year],
    ).fetchall()
    counts: dict[int, set[str]] = {}
    for code, of, *_ in rows:
        counts.setdefault(of, set()).add(code)
    if not counts:
        return None
    chosen = max(counts, key=lambda of: (len(counts[of]), of))
    several: dict[str, set[Decimal]] = {}
    for code, of, value, *_ in rows:
        if of == chosen:
            several.setdefault(code, set()).add(value)
    sources = sorted({f"{path} ({source})" if source else path for _, of, _, path, source in rows if of == chosen})
    return Weights(
        year=chosen,
        source="; ".join(sources),
        values={code: next(iter(values)) for code, values in several.items() if len(values) == 1},
        doubtful=tuple(sorted(code for code, values in several.items() if len(values) > 1)),
    )


def summary(
    records: Iterable[Record], year: int, lines: dict[str, Line], known: Units, weighed: Weights | None = None
) -> list[dict[str, Any]]:
    """For each level, indicator and measure of a year's targets: counts and means; the columns are `COLUMNS`.

    A range counts with its middle. The mean weighted with GDP is that of the regions that have both a target and a
    weight; `weighted_regions` says how many those are.
    """
    groups: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        if record["year"] == year and record["role"] in (TARGET, DROPPED):
            groups.setdefault((record["level"], record["indicator_id"]), []).append(record)
    order = {id: line.order or 999 for id, line in lines.items()}
    levels = {"central": 0, "province": 1, "prefecture": 2, "county": 3}
    found = []
    for (level, id), members in sorted(
        groups.items(), key=lambda item: (levels.get(item[0][0], 9), order[item[0][1]], item[0][1])
    ):
        found += [
            _line(year, level, lines[id], measure, group, known, weighed) for measure, group in _measures(members)
        ]
    return found


def _measures(members: list[Record]) -> list[tuple[str, list[Record]]]:
    """The records by measure, the most frequent first; targets in words and dropped ones go with it."""
    counts: dict[str, int] = {}
    for record in members:
        if record["role"] == TARGET and record["measure"]:
            counts[record["measure"]] = counts.get(record["measure"], 0) + 1
    ordered = sorted(counts, key=lambda measure: (-counts[measure], measure)) or [""]
    first = ordered[0]

    def belongs(record: Record, measure: str) -> bool:
        return (
            (record["measure"] or first) == measure
            if record["role"] == TARGET
            else (record["measure"] == measure or (measure == first and record["measure"] not in ordered))
        )

    return [(measure, [r for r in members if belongs(r, measure)]) for measure in ordered]


def _line(
    year: int, level: str, line: Line, measure: str, members: list[Record], known: Units, weighed: Weights | None
) -> dict[str, Any]:
    stated = [r for r in members if r["role"] == TARGET]
    figures = [r for r in stated if r["low"] is not None and r["high"] is not None]
    compared = {r["adcode"]: based(middle(r["low"], r["high"]), r["unit"], known) for r in figures}
    numbers = {code: value for code, (value, _) in compared.items()}
    ranges = [r for r in figures if r["low"] != r["high"]]
    plain = [r for r in figures if r["low"] == r["high"]]
    # one unit stays as the reports give it; several are brought to the one they are compared in
    units = {r["unit"] for r in figures}
    if len(units) > 1:
        units = {unit for _, unit in compared.values()}
    else:
        numbers = {r["adcode"]: middle(r["low"], r["high"]) for r in figures}
    one_unit = len(units) == 1
    better = marks().better
    result: dict[str, Any] = dict.fromkeys(COLUMNS)
    result |= {
        "year": year, "level": level, "indicator": line.indicator, "indicator_id": line.id, "measure": measure,
        "unit": units.pop() if one_unit else None,
        "regions": len({r["adcode"] for r in stated}), "figures": len(figures), "in_words": len(stated) - len(figures),
        "range": len(ranges), "better_result": sum(not better.isdisjoint((r["hedge"] or "").split(";")) for r in stated),
    }  # fmt: skip
    result |= {name: sum(r["change"] == name for r in members) for name in CHANGES}
    result |= {bound: sum(r["bound"] == bound for r in plain) for bound in ("approx", "ge", "le", "eq")}
    if numbers and one_unit:
        values = list(numbers.values())
        result |= {
            "lowest": min(values), "highest": max(values),
            "mean": (sum(values, Decimal()) / len(values)).quantize(_PLACES),
            "median": Decimal(median(values)).quantize(_PLACES),
        }  # fmt: skip
        if weighed is not None and measure in _WEIGHED:
            result |= _weighted(numbers, weighed)
    return result


def _weighted(numbers: dict[str, Decimal], weighed: Weights) -> dict[str, Any]:
    both = [code for code in numbers if code in weighed.values]
    total = sum((weighed.values[code] for code in both), Decimal())
    if not total:
        return {}
    mean = sum((numbers[code] * weighed.values[code] for code in both), Decimal()) / total
    return {
        "weighted": mean.quantize(_PLACES),
        "weighted_regions": len(both),
        "weights": f"GDP {weighed.year}: {weighed.source}",
    }
