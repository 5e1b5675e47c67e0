"""What a database answers about phrases: which there are, what changed, how one spread. Part of `Database`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from saidao.api.frame import Frame
from saidao.filters.names import several, type_ids
from saidao.lexicon import Lexicon, load
from saidao.store.problems import explained

if TYPE_CHECKING:
    from saidao.phrases.report import Report
    from saidao.phrases.spread import Spread
    from saidao.phrases.texts import Choice


class Phrasebook:
    """Questions about phrases. `Database` has them all."""

    path: Path
    connection: duckdb.DuckDBPyConnection

    def phrases(self, **question: Any) -> Frame:
        """The fixed expressions of some documents, found without a dictionary; or how two groups differ in them.

        Args:
            **question: see `phrase_report`.
        """
        from saidao.phrases.report import COLUMNS

        return Frame.of(self.phrase_report(**question).records, COLUMNS)

    def phrase_report(
        self,
        *,
        year: int | str | None = None,
        against: int | str | None = None,
        region: str | Sequence[str] | None = None,
        against_region: str | Sequence[str] | None = None,
        level: str | None = None,
        against_level: str | None = None,
        within: str | None = None,
        type: str | Sequence[str] | None = None,
        classes: str | Sequence[str] | None = None,
        first: int | str | None = None,
        documents: int | None = None,
        uses: int = 3,
        limit: int | None = None,
        jobs: int = 1,
        lexicon: Lexicon | None = None,
    ) -> Report:
        """The phrases with the sizes of the groups. What `against…` does not say is as in the first group.

        Args:
            year: 2026, or "2024-2026".
            against: the years to compare with.
            region: a division's name, short or full, or its code.
            against_region: the regions to compare with; `rest` for all others.
            level: central, province, prefecture, county.
            against_level: the level to compare with.
            within: a division whose parts are meant.
            type: kinds of document.
            classes: new, rising, frequent, fading, vanished.
            first: only phrases whose first use in the chosen documents is in this year or span.
            documents: documents of a group with the phrase, at least.
            uses: uses in a group, at least.
            limit: at most so many.
            jobs: processes at most; the result does not depend on it.
            lexicon: the data files, with those of your own merged in.
        """
        from saidao.phrases.report import phrases
        from saidao.phrases.texts import Choice

        lexicon = lexicon or load()
        choice = self._choice(lexicon, year=year, region=region, level=level, within=within, type=type)
        other = None
        if against is not None or against_region is not None or against_level is not None:
            names = several(against_region)
            rest = bool(names) and names[0] in lexicon.words("rest_of_regions")
            regions = choice.region if rest or not (names or against_level) else tuple(names)
            other = Choice(
                against if against is not None else year, regions, within if not names else None,
                against_level or level, choice.type, rest,
            )  # fmt: skip
        with explained(str(self.path)):
            return phrases(
                self.connection, lexicon, choice, other, classes=several(classes), documents=documents, uses=uses,
                first=first, limit=limit, jobs=jobs,
            )  # fmt: skip

    def words(
        self,
        *,
        year: int | str | None = None,
        region: str | Sequence[str] | None = None,
        level: str | None = None,
        within: str | None = None,
        type: str | Sequence[str] | None = None,
        shortest: int = 2,
        limit: int | None = None,
        lexicon: Lexicon | None = None,
    ) -> Frame:
        """The plain words that are used most, without stop words; names of indicators and industries are one word.

        Args:
            year: 2026, or "2024-2026".
            region: a division's name, short or full, or its code.
            level: central, province, prefecture, county.
            within: a division whose parts are meant.
            type: kinds of document.
            shortest: characters of a word, at least.
            limit: at most so many.
            lexicon: the data files, with those of your own merged in.
        """
        from saidao.phrases.plain_words import COLUMNS, words

        lexicon = lexicon or load()
        choice = self._choice(lexicon, year=year, region=region, level=level, within=within, type=type)
        with explained(str(self.path)):
            rows = words(self.connection, lexicon, choice, shortest=shortest, limit=limit)
        return Frame.of(rows, COLUMNS)

    def spread(self, phrase: str, *, part: str = "regions", **scope: Any) -> Frame:
        """Where and when a phrase was used first, and how it travelled.

        Args:
            phrase: the phrase, or any other string.
            part: `regions`: a row a region, with lead and lag against the centre; `curve`: adoption by level and year.
            **scope: see `spread_of`.
        """
        return Frame.of(*self.spread_of(phrase, **scope).part(part))

    def spread_of(
        self,
        phrase: str,
        *,
        year: int | str | None = None,
        region: str | Sequence[str] | None = None,
        level: str | None = None,
        within: str | None = None,
        type: str | Sequence[str] | None = None,
        lexicon: Lexicon | None = None,
    ) -> Spread:
        """The spread of a phrase whole: regions and curve. The arguments are those of `words`."""
        from saidao.phrases.spread import spread

        lexicon = lexicon or load()
        choice = self._choice(lexicon, year=year, region=region, level=level, within=within, type=type)
        with explained(str(self.path)):
            return spread(self.connection, lexicon, phrase, choice)

    def _choice(
        self,
        lexicon: Lexicon,
        *,
        year: int | str | None,
        region: str | Sequence[str] | None,
        level: str | None,
        within: str | None,
        type: str | Sequence[str] | None,
    ) -> Choice:
        from saidao.phrases.texts import Choice

        types = tuple(type_ids(type, lexicon))
        return Choice(year, tuple(several(region)), within, level, types)
