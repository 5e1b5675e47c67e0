"""What a database answers about words: how often they are used, and every use in its line. Part of `Database`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from saidao.api.frame import Frame
from saidao.errors import UsageError
from saidao.filters.names import several, type_ids
from saidao.lexicon import load
from saidao.store.problems import explained

if TYPE_CHECKING:
    from saidao import terms as counting


class Vocabulary:
    """Questions about words. `Database` has them all."""

    path: Path
    connection: duckdb.DuckDBPyConnection

    def terms(
        self,
        words: str | Sequence[str] | None = None,
        *,
        dictionary: str | os.PathLike[str] | None = None,
        not_in: str | Sequence[str] | None = None,
        by: str | Sequence[str] | None = None,
        panel: bool = False,
        tokens: bool = False,
        region: str | Sequence[str] | None = None,
        year: int | str | None = None,
        type: str | Sequence[str] | None = None,
        section: str | Sequence[str] | None = None,
        level: str | None = None,
        within: str | None = None,
    ) -> Frame:
        """Exact counts of terms: hits, documents, sentences, rates, first use. Overlapping and nested terms each count.

        Args:
            words: the terms; `人工智能|AI` is one group of two.
            dictionary: the name of a shipped dictionary, or a file: instead of words.
            not_in: contexts in which a word does not count: 第三产业园 for 第三产业.
            by: what to split by: region, year, type, level, section, group, term; by default term, of a panel region
                and year.
            panel: every combination, also those without documents, whose measures are empty and not zero.
            tokens: count the words of the texts, too, for hits per 100 words; slow.
            region: a division's name, short or full, or its code.
            year: 2026, or "2024-2026".
            type: kinds of document.
            section: roles of sections.
            level: central, province, prefecture, county.
            within: a division whose parts are meant: 湖南 for its cities.
        """
        found = self.term_counts(
            words, dictionary=dictionary, not_in=not_in, by=by, panel=panel, tokens=tokens, region=region, year=year,
            type=type, section=section, level=level, within=within,
        )  # fmt: skip
        return Frame.of(found.rows, found.columns)

    def term_counts(
        self,
        words: str | Sequence[str] | None = None,
        *,
        dictionary: str | os.PathLike[str] | None = None,
        not_in: str | Sequence[str] | None = None,
        by: str | Sequence[str] | None = None,
        panel: bool = False,
        tokens: bool = False,
        **scope: Any,
    ) -> counting.Counts:
        """The counts with the totals over all terms. See `terms`."""
        from saidao import terms

        chosen = several(by) or (("region", "year") if panel else ("term",))
        with explained(str(self.path)):
            return terms.count(
                self.connection, load(), self._dictionary(words, dictionary, not_in), self._scope(**scope),
                by=chosen, balanced=panel, tokens=tokens,
            )  # fmt: skip

    def term_splits(
        self,
        words: str | Sequence[str] | None,
        splits: Sequence[tuple[Sequence[str], bool]],
        *,
        dictionary: str | os.PathLike[str] | None = None,
        **scope: Any,
    ) -> list[counting.Counts]:
        """The counts split in several ways, each by some columns and as a panel or not, in one pass. See `terms`."""
        from saidao import terms

        with explained(str(self.path)):
            return terms.counts(
                self.connection, load(), self._dictionary(words, dictionary, None), self._scope(**scope), splits
            )

    def concordance(
        self,
        term: str,
        *,
        not_in: str | Sequence[str] | None = None,
        sort: str = "region",
        context: int = 40,
        limit: int | None = None,
        **scope: Any,
    ) -> Frame:
        """Every use of a term with what stands left and right of it; `text[start:end] == term`.

        Args:
            term: the term; `人工智能|AI` is any of two.
            not_in: contexts in which it does not count.
            sort: region (then year and place), year (the latest first), left (from the term outwards), right.
            context: characters on either side.
            limit: at most so many.
            scope: region, year, type, section, level, within: see `terms`.
        """
        from saidao.terms.concordance import COLUMNS

        return Frame.of(self.uses(term, not_in=not_in, sort=sort, context=context, limit=limit, **scope), COLUMNS)

    def uses(
        self,
        term: str,
        *,
        not_in: str | Sequence[str] | None = None,
        sort: str = "region",
        context: int = 40,
        limit: int | None = None,
        **scope: Any,
    ) -> list[dict[str, Any]]:
        """The rows of `concordance`, without a frame around them."""
        from saidao import terms
        from saidao.terms.concordance import COLUMNS

        with explained(str(self.path)):
            found = terms.concordance(
                self.connection, load(), self._dictionary(term, None, not_in), self._scope(**scope),
                sort=sort, context=context, limit=limit,
            )  # fmt: skip
            return [{name: hit[name] for name in COLUMNS} for hit in found]

    def _dictionary(
        self, words: str | Sequence[str] | None, dictionary: str | os.PathLike[str] | None, not_in: Any
    ) -> counting.Dictionary:
        from saidao import terms

        if (words is None) == (dictionary is None):
            raise UsageError("usage.words_or_dictionary")
        if dictionary is None:
            return terms.of_words(several(words), several(not_in))
        if not_in:
            raise UsageError("usage.not_in")
        return terms.load(dictionary)

    def _scope(self, **scope: Any) -> counting.Scope:
        from saidao import terms

        types = type_ids(scope.pop("type", None))
        regions, sections = (several(scope.pop(name, None)) for name in ("region", "section"))
        return terms.Scope(region=regions, type=types, section=sections, **scope)
