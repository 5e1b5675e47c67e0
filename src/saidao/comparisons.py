"""What a database answers about who bets on what: the matrix and its parts, profiles. Part of `Database`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from saidao.errors import UsageError
from saidao.extraction import type_ids
from saidao.frame import Frame
from saidao.lexicon import load
from saidao.store.problems import explained
from saidao.store.where import several

if TYPE_CHECKING:
    from saidao.analyses.matrix import Matrix

Several = str | Sequence[str] | None


class Comparisons:
    """Questions that set regions and industries side by side. `Database` has them all."""

    path: Path
    connection: duckdb.DuckDBPyConnection

    def matrix(
        self,
        *,
        by: str = "region-industry",
        part: str = "cells",
        year: int | str | None = None,
        region: Several = None,
        within: str | None = None,
        level: str | None = None,
        industry: Several = None,
        tool: Several = None,
        theme: Several = None,
        status: Several = None,
        generic: bool = False,
        depth: int | None = None,
        type: Several = None,
    ) -> Frame:
        """Which regions give how much attention to which industries (or tools), a row a cell that is not empty.

        A region without a report has no rows: see `part="gaps"`. A region that has a report and no row of an industry
        does not name it. Shares are percent of all mentions of industries that the region's report has (with `by` a tool,
        of all its uses of tools); `quotient` is that share over the same share of all regions of the level and year.

        Args:
            by: `region-industry`, `region-tool` or `industry-tool`.
            part: `cells`; `crowding`: each industry over the regions; `similarity`: each region's nearest; `gaps`;
                `evidence`: the mentions, commitments and carriers that the cells count, with their sentences.
            year: the report's year: 2026, or "2024-2026".
            region: divisions whose rows are given; they are compared with all others nonetheless.
            within: a division whose parts are compared: 湖南 for its cities.
            level: central, province, prefecture, county.
            industry: an industry's id or name, those below it included.
            tool: only sentences that use one of these tools.
            theme: only sentences with one of these themes.
            status: only sentences of this status: done, planned, context.
            generic: whether classes of industries (制造业) count as well.
            depth: 1, 2 or 3: industries below that level count as their ancestor of that level.
            type: kinds of document; work reports if None.

        Raises:
            UsageError: there is no such view, part, region, industry, tool or theme.
        """
        from saidao.analyses.matrix import PARTS

        if part not in PARTS:
            raise UsageError(f"{part}: no such part; there are {', '.join(PARTS)}")
        found = self.matrix_report(
            by=by, year=year, region=region, within=within, level=level, industry=industry, tool=tool, theme=theme,
            status=status, generic=generic, depth=depth, type=type, evidence=part == "evidence",
        )  # fmt: skip
        rows, names = found.part(part)
        return Frame.of(rows, names)

    def matrix_report(
        self,
        *,
        by: str = "region-industry",
        year: int | str | None = None,
        region: Several = None,
        within: str | None = None,
        level: str | None = None,
        industry: Several = None,
        tool: Several = None,
        theme: Several = None,
        status: Several = None,
        generic: bool = False,
        depth: int | None = None,
        type: Several = None,
        evidence: bool = False,
    ) -> Matrix:
        """The matrix whole: cells, crowding, similarity, gaps and, where asked for, the evidence. See `matrix`."""
        from saidao.analyses.attention import Wanted
        from saidao.analyses.matrix import matrix

        wanted = Wanted(several(industry), several(tool), several(theme), several(status), generic, depth)
        types = type_ids(type, load()) or ["work_report"]
        with explained(str(self.path)):
            return matrix(
                self.connection, load(), by=by, year=year, region=several(region), within=within, level=level,
                type=types, wanted=wanted, evidence=evidence,
            )  # fmt: skip
