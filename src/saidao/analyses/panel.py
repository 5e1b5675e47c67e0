"""Regions by years: what the reports of each give their attention to, and which of them may be compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import duckdb

from saidao.analyses.attention import Counted, Tally, Wanted, counted, of_industries, of_tools, totals
from saidao.analyses.evidence import Choice, Report
from saidao.filters.names import year_span
from saidao.lexicon import Lexicon

Place = tuple[str, int]
"""Division and year."""


@dataclass(slots=True)
class Panel:
    """The tallies of regions and years; a region and year without a report is not there, one that says nothing is."""

    documents: Counted
    reports: dict[Place, Report]
    tallies: dict[Place, dict[str, Tally]] = field(default_factory=dict)
    totals: dict[Place, int] = field(default_factory=dict)
    """What shares are of: all mentions of the region and year, or all uses of tools."""

    @property
    def years(self) -> list[int]:
        """The years for which a report is there."""
        return sorted({year for _, year in self.reports})

    def groups(self, first: int, last: int) -> Iterator[tuple[int, str, list[str]]]:
        """Year, level and divisions that are compared with one another."""
        found: dict[tuple[int, str], list[str]] = {}
        for (code, year), report in self.reports.items():
            if first <= year <= last:
                found.setdefault((year, report.level), []).append(code)
        for (year, level), codes in sorted(found.items(), key=lambda item: (item[0][0], _LEVELS.get(item[0][1], 9))):
            yield year, level, sorted(codes)

    def attention(self, codes: list[str], year: int) -> dict[str, dict[str, int]]:
        """Mentions by division and item in a year; divisions without a report are left out."""
        return {
            code: {item: tally.mentions for item, tally in self.tallies[code, year].items() if tally.mentions}
            for code in codes
            if (code, year) in self.reports
        }

    def paired(self, codes: list[str], year: int) -> list[str]:
        """Those of the divisions that have reports of this year and of the last."""
        return [code for code in codes if (code, year) in self.reports and (code, year - 1) in self.reports]


_LEVELS = {"central": 0, "province": 1, "prefecture": 2, "county": 3}


def gather(
    connection: duckdb.DuckDBPyConnection, lexicon: Lexicon, choice: Choice, types: list[str], wanted: Wanted,
    *, tools: bool = False,
) -> Panel:  # fmt: skip
    """Counts what reports name.

    Args:
        connection: the database.
        lexicon: the data files.
        choice: the regions that are compared; the reports of the year before are read as well.
        types: kinds of documents.
        wanted: what is counted.
        tools: whether uses of tools are counted, in place of mentions of industries.
    """
    wide = choice
    if choice.year is not None:
        first, last = year_span(choice.year)
        wide = Choice(choice.region, choice.within, choice.level, f"{first - 1}-{last}")
    documents = counted(connection, wide, types, lexicon)
    panel = Panel(documents, documents.reported)
    panel.tallies = {place: {} for place in panel.reports}
    panel.totals = dict.fromkeys(panel.reports, 0)
    ids = list(documents.documents)
    places = {id: (report.adcode, report.year) for id, report in documents.documents.items()}
    found = (of_tools if tools else of_industries)(connection, ids, wanted, lexicon)
    for (id, item), tally in found.items():
        panel.tallies[places[id]].setdefault(item, Tally()).add(tally)
    if tools:
        whole = found if not wanted.industry and not wanted.tool else _all_tools(connection, ids, wanted, lexicon)
        counts = [(id, tally.mentions) for (id, _), tally in whole.items()]
    else:
        counts = list(totals(connection, ids, wanted).items())
    for id, count in counts:
        panel.totals[places[id]] += count
    return panel


def _all_tools(
    connection: duckdb.DuckDBPyConnection, ids: list[str], wanted: Wanted, lexicon: Lexicon
) -> dict[tuple[str, str], Tally]:
    everything = Wanted(theme=wanted.theme, status=wanted.status, generic=wanted.generic)
    return of_tools(connection, ids, everything, lexicon)
