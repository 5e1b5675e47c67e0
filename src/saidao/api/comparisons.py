"""What a database answers about who bets on what: the matrix and its parts, profiles. Part of `Database`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from saidao.api.frame import Frame
from saidao.api.phrasebook import Phrasebook
from saidao.errors import UsageError
from saidao.extraction import type_ids
from saidao.lexicon import load
from saidao.store.problems import explained
from saidao.store.where import divisions, industry_ids, several

if TYPE_CHECKING:
    from saidao.analyses.matrix import Matrix
    from saidao.analyses.profile import Profile, Record

Several = str | Sequence[str] | None


class Comparisons(Phrasebook):
    """Questions that set regions and industries side by side. `Database` has them all."""

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

    def profile(
        self,
        region: str | None = None,
        *,
        industry: str | None = None,
        year: int | None = None,
        level: str | None = None,
    ) -> Profile:
        """The facts of a brief about a region or an industry, each with the notes that prove it.

        `saidao.outputs.profile` writes it as Markdown, HTML or DOCX.

        Args:
            region: a division's name or code.
            industry: an industry's id or name, those below it included; in place of a region.
            year: the reports' year; the last one if None.
            level: of an industry's brief: which regions are compared; the level with most reports if None.

        Raises:
            UsageError: neither or both are given, or there is none of that name.
        """
        from saidao.analyses.notes import Notes
        from saidao.analyses.profile import Sources
        from saidao.analyses.profile_industry import industry_profile
        from saidao.analyses.profile_region import region_profile

        if (region is None) == (industry is None):
            raise UsageError("a profile is of a region or of an industry: give one of them")
        with explained(str(self.path)):
            sources = Sources(self.connection, load(), Notes(self.connection), self._new_phrases)
            if region is not None:
                codes = divisions(region, load())[0]
                if not codes:
                    raise UsageError(f"{region}: no such region")
                return region_profile(sources, codes[0], year)
            ids = industry_ids(industry or "", load())
            if not ids:
                raise UsageError(
                    f"{industry}: no industry of that name; its words: saidao industries DB --industry {industry}"
                )
            return industry_profile(sources, ids[0], year, level)

    def _new_phrases(self, region: str, year: int) -> list[Record]:
        """The phrases of a region's work report that last year's did not have."""
        return self.phrase_report(
            region=region, year=year, against=year - 1, type="work_report", classes=["new"], limit=12
        ).records
