"""What a database answers about who bets on what: the matrix and its parts, profiles. Part of `Database`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from saidao import filters
from saidao.api.frame import Frame
from saidao.api.phrasebook import Phrasebook
from saidao.api.taking import takes
from saidao.errors import UsageError
from saidao.filters.names import divisions, industry_ids, several
from saidao.lexicon import load
from saidao.store.problems import explained

if TYPE_CHECKING:
    from saidao.analyses.matrix import Matrix
    from saidao.analyses.profile import Profile, Record


class Comparisons(Phrasebook):
    """Questions that set regions and industries side by side. `Database` has them all."""

    @takes(filters.Matrix)
    def matrix(self, asked: filters.Matrix) -> Frame:
        """Which regions give how much attention to which industries (or tools), a row a cell that is not empty.

        A region without a report has no rows: see `part="gaps"`. A region that has a report and no row of an industry
        does not name it. Shares are percent of all mentions of industries that the region's report has (with `by` a tool,
        of all its uses of tools); `quotient` is that share over the same share of all regions of the level and year.
        `balanced` adds the empty cells of regions that have a report, for panels; what it adds counts 0.

        Raises:
            UsageError: there is no such view, part, region, industry, tool or theme.
        """
        rows, names = self._matrix(asked, evidence=asked.part == "evidence").part(asked.part)
        return Frame.of(rows, names)

    @takes(filters.MatrixReport)
    def matrix_report(self, asked: filters.MatrixReport) -> Matrix:
        """The matrix whole: cells, crowding, similarity, gaps and, where asked for, the evidence. See `matrix`."""
        return self._matrix(asked, evidence=asked.evidence)

    def _matrix(self, asked: filters.Bets, *, evidence: bool) -> Matrix:
        from saidao.analyses.attention import Wanted
        from saidao.analyses.matrix import matrix

        wanted = Wanted(
            several(asked.industry), several(asked.tool), several(asked.theme), several(asked.status), asked.generic,
            asked.depth,
        )  # fmt: skip
        with explained(str(self.path)):
            return matrix(
                self.connection, load(), by=asked.by, year=asked.year, region=several(asked.region),
                within=asked.within, level=asked.level, type=several(asked.type) or ["work_report"], wanted=wanted,
                evidence=evidence, balanced=asked.balanced,
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
            raise UsageError("profile.which")
        with explained(str(self.path)):
            sources = Sources(self.connection, load(), Notes(self.connection), self._new_phrases)
            if region is not None:
                codes = divisions(region, load())[0]
                if not codes:
                    raise UsageError("usage.no_region", name=region)
                return region_profile(sources, codes[0], year)
            ids = industry_ids(industry or "", load())
            if not ids:
                raise UsageError("usage.no_industry", name=industry)
            return industry_profile(sources, ids[0], year, level)

    def _new_phrases(self, region: str, year: int) -> list[Record]:
        """The phrases of a region's work report that last year's did not have."""
        return self.phrase_report(
            region=region, year=year, against=year - 1, type="work_report", classes=["new"], limit=12
        ).records
