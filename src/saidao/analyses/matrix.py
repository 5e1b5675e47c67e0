"""Who bets on what: regions by industries, regions by tools, industries by tools, with what sets them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb

from saidao.analyses import matrix_evidence, matrix_gaps, matrix_rows
from saidao.analyses.attention import Wanted, settled
from saidao.analyses.evidence import Choice
from saidao.analyses.matrix_rows import Record
from saidao.analyses.panel import Panel, gather
from saidao.errors import UsageError
from saidao.filters.names import divisions, year_span
from saidao.lexicon import Lexicon

VIEWS = ("region-industry", "region-tool", "industry-tool")
PARTS = ("cells", "crowding", "similarity", "gaps", "evidence")


@dataclass(slots=True)
class Matrix:
    """A matrix with what is told of its rows and columns. Each part is a list of records; `part` names its columns."""

    by: str
    """One of `VIEWS`."""
    panel: Panel
    wanted: Wanted
    cells: list[Record] = field(default_factory=list)
    """A record a row, column and year, with specialisation and change; see `matrix_rows`."""
    crowding: list[Record] = field(default_factory=list)
    """A record an industry (or tool), year and level."""
    similarity: list[Record] = field(default_factory=list)
    """A record a region, year and peer."""
    gaps: list[Record] = field(default_factory=list)
    """Regions without a report, and documents that are not counted."""
    evidence: list[Record] = field(default_factory=list)
    """A record a mention, commitment and carrier that is counted; where it was asked for."""
    reports: dict[tuple[int, str], int] = field(default_factory=dict)
    """How many regions that are shown have a report, by year and level."""
    shown_years: list[int] = field(default_factory=list)
    """Years of the table to read: those asked for, else the latest."""

    @property
    def regions(self) -> list[str]:
        """Names of the regions that have cells, in the order of their codes."""
        return list(dict.fromkeys(record["region"] for record in self.cells if record.get("region")))

    @property
    def industries(self) -> list[str]:
        """Ids of the industries that have cells, the most named first."""
        counts: dict[str, int] = {}
        for record in self.cells:
            if record.get("industry_id"):
                count = record["mentions"] if "mentions" in record else record["measures"]
                counts[record["industry_id"]] = counts.get(record["industry_id"], 0) + count
        return sorted(counts, key=lambda id: (-counts[id], id))

    def part(self, name: str) -> tuple[list[Record], tuple[str, ...]]:
        """A part's records and columns. `name`: one of `PARTS`."""
        return {
            "cells": (self.cells, matrix_rows.COLUMNS[self.by]),
            "crowding": (self.crowding, matrix_rows.CROWDING),
            "similarity": (self.similarity, matrix_rows.SIMILARITY),
            "gaps": (self.gaps, matrix_gaps.COLUMNS),
            "evidence": (self.evidence, matrix_evidence.COLUMNS),
        }[name]


def matrix(
    connection: duckdb.DuckDBPyConnection,
    lexicon: Lexicon,
    *,
    by: str = "region-industry",
    year: int | str | None = None,
    region: Sequence[str] = (),
    within: str | None = None,
    level: str | None = None,
    type: Sequence[str] = ("work_report",),
    wanted: Wanted | None = None,
    evidence: bool = False,
    balanced: bool = False,
) -> Matrix:
    """Counts and compares; see `saidao.api.comparisons.Comparisons.matrix`.

    Raises:
        UsageError: there is no such view, region, industry, tool or theme, or a view without regions is to be balanced.
    """
    if by not in VIEWS:
        raise UsageError("usage.no_matrix", name=by, names=", ".join(VIEWS))
    if balanced and by == "industry-tool":
        raise UsageError("usage.balanced")
    wanted = settled(wanted or Wanted(), lexicon)
    shown = _codes(region, lexicon)
    panel = gather(connection, lexicon, Choice((), within, level, year), list(type), wanted, tools=by == "region-tool")
    first, last = year_span(year) if year is not None else (0, 9999)
    found = Matrix(by, panel, wanted)
    years = [each for each in panel.years if first <= each <= last]
    for each, name, codes in panel.groups(first, last):
        found.reports[each, name] = sum(shown is None or code in shown for code in codes)
    found.shown_years = years if year is not None else years[-1:]
    if by == "industry-tool":
        found.cells = matrix_rows.of_industries(panel, first, last, lexicon, shown)
    else:
        found.cells = matrix_rows.of_regions(
            panel, first, last, lexicon, shown, tools=by == "region-tool", balanced=balanced
        )
        found.crowding = matrix_rows.crowds(panel, first, last, lexicon, tools=by == "region-tool")
        found.similarity = matrix_rows.peers(panel, first, last, shown)
    choice = Choice(tuple(region), within, level, year)
    found.gaps = matrix_gaps.gaps(panel, choice, years, lexicon)
    if evidence:
        found.evidence = matrix_evidence.evidence(connection, lexicon, panel, wanted, by, first, last, shown)
    return found


def _codes(names: Sequence[str], lexicon: Lexicon) -> set[str] | None:
    """The divisions that are shown; None: all.

    Raises:
        UsageError: no division is called so.
    """
    if not names:
        return None
    found: set[str] = set()
    for name in names:
        codes = divisions(name, lexicon)[0]
        if not codes:
            raise UsageError("usage.no_region", name=name)
        found |= set(codes)
    return found
