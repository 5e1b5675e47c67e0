"""Which regions and cells the round-up lacks, and why: a gap is shown, never hidden."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from saidao.analyses.cells import RESULT, TARGET
from saidao.analyses.evidence import Choice, Evidence
from saidao.analyses.lines import core
from saidao.analyses.targets import Material
from saidao.filters.names import divisions
from saidao.lexicon import Lexicon

COLUMNS = ("year", "region", "adcode", "role", "indicator", "indicator_id", "reason", "quote", "period", "section",
           "document", "start", "end")  # fmt: skip

REASONS = ("no_report", "several_reports", "no_target_sentence", "stated_elsewhere", "not_stated")

_NO_REPORTS = frozenset(("660000", "710000", "810000", "820000"))
"""Divisions that give no government work report of this kind."""


def coverage(material: Material, year: int, choice: Choice, lexicon: Lexicon) -> list[dict[str, Any]]:
    """A record for each region without a report or with several, and for each core indicator that a report lacks.

    Reasons: `no_report`; `several_reports` (of one kind for one year); `no_target_sentence`: the report has no sentence
    of main targets; `stated_elsewhere`: it names the indicator for another time, in the five years' outlook or among
    results, as the quote shows; `not_stated`.
    """
    records: list[dict[str, Any]] = []
    reports: dict[str, list[Any]] = defaultdict(list)
    provinces = any(report.level == "province" for report in material.reports)
    names = dict(expected(choice, lexicon, provinces=provinces))
    for report in material.reports:
        if report.year == year:
            reports[report.adcode].append(report)
            names.setdefault(report.adcode, report.region)
    lines = core(lexicon)
    stated = {
        (key.adcode, key.role, key.row)
        for key in material.cells
        if key.year == (year if key.role == TARGET else year - 1)
    }
    spoken: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    sections: dict[str, set[str]] = defaultdict(set)
    for each in material.nearest:
        if each.report.year == year:
            sections[each.report.adcode].add(each.section or "other")
            line = material.lines.get(each.indicator_id)
            if line is not None:
                spoken[each.report.adcode, line.row].append(each)
    for code, region in sorted(names.items()):
        if code not in reports:
            records.append(_record(year, region, code, "", None, "no_report"))
            continue
        kinds = [report.type for report in reports[code]]
        if len(kinds) != len(set(kinds)):
            for report in reports[code]:
                found = _record(year, region, code, "", None, "several_reports")
                records.append(found | {"document": report.id, "quote": report.title})
        if "main_targets" not in sections[code]:
            records.append(_record(year, region, code, TARGET, None, "no_target_sentence"))
        for role in (TARGET, RESULT):
            for line in lines:
                if (code, role, line.id) not in stated:
                    records.append(_lacking(year, region, code, role, line, spoken[code, line.id]))
    return records


def expected(choice: Choice, lexicon: Lexicon, *, provinces: bool) -> list[tuple[str, str]]:
    """The divisions that should be there: those asked for, the divisions within one, or, where `provinces`, all of them."""
    rows = {row["id"]: row for row in lexicon.rows("regions")}
    if choice.region:
        codes = [code for name in choice.region for code in divisions(name, lexicon)[0]]
        return [(code, rows[code]["name"]) for code in codes if code in rows]
    if choice.within is not None:
        parents = set(divisions(choice.within, lexicon)[0])
        level = choice.level or "prefecture"
        return [(id, row["name"]) for id, row in rows.items() if row["parent"] in parents and row["level"] == level]
    if choice.level == "province" or (choice.level is None and provinces):
        return [(id, row["name"]) for id, row in rows.items() if row["level"] == "province" and id not in _NO_REPORTS]
    return []


def _lacking(year: int, region: str, code: str, role: str, line: Any, spoken: list[Evidence]) -> dict[str, Any]:
    """Why a cell is empty, with the statement that comes nearest."""
    status = "target" if role == TARGET else "achieved"
    near = [each for each in spoken if each.status == status]
    if not near:
        return _record(year, region, code, role, line, "not_stated")
    each = min(
        near, key=lambda e: (e.section not in ("main_targets", "outlook_five_years", "review_five_years"), e.start)
    )
    found = _record(year, region, code, role, line, "stated_elsewhere")
    return found | {
        "quote": each.quote, "period": each.period, "section": each.section, "document": each.report.id,
        "start": each.start, "end": each.end,
    }  # fmt: skip


def _record(year: int, region: str, code: str, role: str, line: Any, reason: str) -> dict[str, Any]:
    record: dict[str, Any] = dict.fromkeys(COLUMNS)
    record |= {"year": year, "region": region, "adcode": code, "role": role, "reason": reason}
    if line is not None:
        record |= {"indicator": line.indicator, "indicator_id": line.id}
    return record
