"""What a database answers about its full text: which sentences hold some words. Part of `Database`.

The words are looked for character by character, in any of their spellings (see `filters.spellings`): Chinese has no blanks
to tell words by, and an index of words would miss those that it cuts otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from saidao.api.frame import Frame
from saidao.errors import UsageError
from saidao.filters import Search
from saidao.filters.names import several
from saidao.store.queries import search_query


class FullText:
    """Questions about sentences. `Database` has them all."""

    path: Path
    connection: duckdb.DuckDBPyConnection

    def search(
        self,
        words: str | Sequence[str],
        *,
        region: str | Sequence[str] | None = None,
        year: int | str | None = None,
        type: str | Sequence[str] | None = None,
        section: str | Sequence[str] | None = None,
    ) -> Frame:
        """Sentences that hold all of some words, the latest first.

        Case, full-width or half-width, simplified or traditional do not matter: AI finds ＡＩ, 产业 finds 產業.

        Args:
            words: one or several strings, of any length; blanks at their ends do not count.
            region: a division's name, short or full, or its code.
            year: 2026, or "2024-2026".
            type: kinds of document.
            section: roles of sections.

        Raises:
            UsageError: there is no word.
        """
        wanted = [word.strip() for word in several(words) if word.strip()]
        if not wanted:
            raise UsageError("usage.nothing_to_find")
        query = search_query(wanted, Search(region=region, year=year, type=type, section=section))
        return Frame(self.connection, query.sql, query.parameters, str(self.path))
