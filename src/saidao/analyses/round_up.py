"""The round-up as a whole: cells, what stands under them, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb

from saidao.analyses import coverage as coverages
from saidao.analyses import summary as summaries
from saidao.analyses import targets
from saidao.analyses.evidence import Choice
from saidao.analyses.lines import Line, core
from saidao.analyses.targets import Record
from saidao.filters.names import indicator_ids, year_span
from saidao.lexicon import Lexicon


@dataclass(slots=True)
class RoundUp:
    """Targets and results of some years."""

    cells: list[Record]
    summary: list[Record] = field(default_factory=list)
    coverage: list[Record] = field(default_factory=list)
    indicators: list[Line] = field(default_factory=list)
    """The columns of the table to read, in their order."""
    shown_years: list[int] = field(default_factory=list)
    """Years of the table to read: those asked for, else the latest."""
    weights: summaries.Weights | None = None

    def part(self, name: str) -> tuple[list[Record], tuple[str, ...]]:
        """`cells`, `summary` or `coverage`: its records and columns."""
        return {
            "cells": (self.cells, targets.COLUMNS),
            "summary": (self.summary, summaries.COLUMNS),
            "coverage": (self.coverage, coverages.COLUMNS),
        }[name]


def round_up(
    connection: duckdb.DuckDBPyConnection,
    lexicon: Lexicon,
    *,
    year: int | str | None = None,
    region: Sequence[str] = (),
    within: str | None = None,
    level: str | None = None,
    indicator: Sequence[str] = (),
    coverage: bool = True,
) -> RoundUp:
    """The targets and results of the reports that are asked for.

    Args:
        connection: the database.
        lexicon: the data files.
        year: 2026, or "2024-2026"; all years if None, and the latest to read.
        region: divisions, by name or code.
        within: a division whose parts are meant.
        level: central, province, prefecture or county.
        indicator: ids or names of standard indicators; all if empty.
        coverage: whether what is missing is told as well.
    """
    choice = Choice(tuple(region), within, level, year)
    ids = {id for name in indicator for id in indicator_ids(name)}
    material = targets.gather(connection, choice, lexicon, ids, after=False)
    cells = targets.table(material, year)
    if not cells:
        return RoundUp([])
    years = sorted({record["year"] for record in cells if record["role"] == "target"})
    if year is not None:
        first, last = year_span(year)
        years = [each for each in years if first <= each <= last]
    order = [line for line in core(lexicon) if not ids or line.id in ids]
    order += [material.lines[id] for id in sorted(ids) if id in material.lines and not material.lines[id].order]
    found = RoundUp(cells, indicators=order, shown_years=years if year is not None else years[-1:])
    for each in years:
        weighed = summaries.weights(connection, each)
        found.summary += summaries.summary(cells, each, material.lines, material.units, weighed)
        if coverage:
            gaps = coverages.coverage(material, each, choice, lexicon)
            found.coverage += [g for g in gaps if not ids or g["indicator_id"] is None or g["indicator_id"] in ids]
        found.weights = weighed
    return found
