"""What a matrix cannot tell: regions without a report, without last year's, and documents that are not counted."""

from __future__ import annotations

from typing import Any

from saidao.analyses.coverage import expected
from saidao.analyses.evidence import Choice
from saidao.analyses.panel import Panel
from saidao.filters.names import divisions
from saidao.lexicon import Lexicon

COLUMNS = ("year", "region", "adcode", "reason", "document", "title")

REASONS = ("no_report", "no_last_report", "no_mentions", "repeated", "unplaced")


def gaps(panel: Panel, choice: Choice, years: list[int], lexicon: Lexicon) -> list[dict[str, Any]]:
    """A record for each.

    `no_report`: the region has no report of the year, and no cells; `no_last_report`: it has no change on last year;
    `no_mentions`: its report names no industry that is counted; `repeated`: a second version of a yearly report, not
    counted; `unplaced`: a document whose region or year is not known.
    """
    records: list[dict[str, Any]] = []
    asked = {code for name in choice.region for code in divisions(name, lexicon)[0]}

    def add(year: int | None, region: str | None, code: str | None, reason: str, *document: str | None) -> None:
        if not asked or code in asked:
            records.append(dict(zip(COLUMNS, (year, region, code, reason, *document), strict=False)))

    for year in years:
        provinces = any(r.level == "province" for (_, of), r in panel.reports.items() if of == year)
        known = dict(expected(choice, lexicon, provinces=provinces))
        known |= {code: report.region for (code, of), report in panel.reports.items() if of == year}
        for code, region in sorted(known.items()):
            report = panel.reports.get((code, year))
            if report is None:
                add(year, region, code, "no_report")
                continue
            if (code, year - 1) not in panel.reports:
                add(year, region, code, "no_last_report", report.id, report.title)
            if not any(tally.mentions for tally in panel.tallies[code, year].values()):
                add(year, region, code, "no_mentions", report.id, report.title)
    for report in panel.documents.repeated:
        if report.year in years:
            add(report.year, report.region, report.adcode, "repeated", report.id, report.title)
    if not asked:
        for id, title in panel.documents.unplaced:
            add(None, None, None, "unplaced", id, title)
    return records
