"""The facts of a yearly report, all from the analyses of the database; nothing is counted here but what they list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from saidao.api import Database
from saidao.errors import UsageError
from saidao.outputs.tables import Record

if TYPE_CHECKING:
    from saidao.analyses.matrix import Matrix
    from saidao.analyses.promises import Promises
    from saidao.analyses.round_up import RoundUp
    from saidao.phrases.report import Report as Phrases
    from saidao.store.overview import Info

_LEVELS = (
    "SELECT level FROM documents WHERE type = 'work_report' AND level IS NOT NULL"
    " GROUP BY 1 ORDER BY level = 'province' DESC, count(*) DESC, 1 LIMIT 1"
)
_SOURCES = (
    'SELECT id, title, issuer, region, adcode, year, date, url, publisher, path, member, sheet, "row" FROM documents'
    " WHERE id IN (SELECT unnest(?::VARCHAR[])) ORDER BY adcode, year, id"
)


@dataclass(slots=True)
class Facts:
    """What a report tells."""

    file: str
    year: int
    level: str | None
    within: str | None
    round_up: RoundUp
    promises: Promises
    industries: Matrix
    tools: Matrix
    phrases: Phrases | None
    """None where one of the two years has no report."""
    carriers: list[Record]
    info: Info
    reports: list[Record] = field(default_factory=list)
    """The work reports of the year that count, by division."""
    last_reports: list[Record] = field(default_factory=list)
    """Those of the year before."""

    @property
    def both(self) -> int:
        """Regions with reports of both years."""
        return len({r["adcode"] for r in self.reports} & {r["adcode"] for r in self.last_reports})


def gather(database: Database, year: int | None = None, level: str | None = None, within: str | None = None) -> Facts:
    """Asks the database everything that the report tells.

    Args:
        database: an open database.
        year: the year of the reports; the latest if None.
        level: central, province, prefecture or county; provinces where there are any, if None.
        within: a division whose parts are meant.

    Raises:
        UsageError: there is no work report to tell of.
    """
    if level is None and within is None:
        found = database.sql(_LEVELS).rows()
        level = found[0]["level"] if found else None
    scope: dict[str, Any] = {"level": level, "within": within}
    if year is None:
        shown = database.round_up(**scope).shown_years
        if not shown:
            raise UsageError("report.none")
        year = shown[-1]
    industries = database.matrix_report(by="region-industry", year=year, evidence=True, **scope)
    ids = {of: [r.id for (_, when), r in industries.panel.reports.items() if when == of] for of in (year - 1, year)}
    if not ids[year]:
        raise UsageError("report.none_of", year=year)
    here = set(ids[year])
    carriers = [r for r in database.carriers(year=year, type="work_report") if r["document_id"] in here]
    phrases = None
    if ids[year - 1]:
        phrases = database.phrase_report(year=year, against=year - 1, type="work_report", **scope)
    return Facts(
        file=database.path.name,
        year=year,
        level=level,
        within=within,
        round_up=database.round_up(year=year, **scope),
        promises=database.promises(year=year - 1, commitments=False, **scope),
        industries=industries,
        tools=database.matrix_report(by="region-tool", year=year, evidence=True, **scope),
        phrases=phrases,
        carriers=carriers,
        info=database.info(),
        reports=sources(database, ids[year]),
        last_reports=sources(database, ids[year - 1]),
    )


def sources(database: Database, ids: Sequence[str]) -> list[Record]:
    """Documents with where they come from."""
    return database.sql(_SOURCES, [sorted(set(ids))]).rows()
