"""What a database answers about industries, measures and carriers. Part of `Database`."""

from __future__ import annotations

from pathlib import Path

import duckdb

from saidao import filters
from saidao.api.frame import Frame
from saidao.api.taking import takes
from saidao.filters.names import Several
from saidao.lexicon import load
from saidao.statements.fold import fold
from saidao.store.policy_queries import carriers_query, measures_query, mentions_query
from saidao.store.queries import documents_query
from saidao.store.where import Query


class Policybook:
    """Questions about what policy does, for which industries, through what. `Database` has them all."""

    path: Path
    connection: duckdb.DuckDBPyConnection

    @takes(filters.Mentions)
    def industries(self, asked: filters.Mentions) -> Frame:
        """Industries that sentences name, each with its sentence, its document and its source. All filters must hold."""
        return self._answer(mentions_query(asked))

    def industry_candidates(
        self, *, region: Several = None, year: int | str | None = None, type: Several = None, uses: int = 3
    ) -> Frame:
        """Phrases that look like industries and that the data files do not know: candidates for a row of them.

        Args:
            region: a division's name, short or full, or its code.
            year: the report's year: 2026, or "2024-2026".
            type: kinds of document.
            uses: how often a phrase stands in the documents at least.
        """
        from saidao.measures.candidates import candidates

        query = documents_query(filters.Documents(region=region, year=year, type=type))
        texts = f"SELECT text FROM documents SEMI JOIN ({query.sql}) AS chosen USING (id) ORDER BY id"
        cursor = self.connection.cursor().execute(texts, query.parameters)
        lexicon = load()
        folded = (fold(text, lexicon) for (text,) in iter(cursor.fetchone, None))
        found = candidates(folded, lexicon, least=uses)
        rows = [{"name": c.name, "uses": c.uses, "documents": c.texts, "sentence": c.example} for c in found]
        return Frame.of(rows, ("name", "uses", "documents", "sentence"))

    @takes(filters.Measures)
    def measures(self, asked: filters.Measures) -> Frame:
        """Sentences with what they do: tools, status, themes, wording, and the words that gave these codes."""
        return self._answer(measures_query(asked))

    @takes(filters.Carriers)
    def carriers(self, asked: filters.Carriers) -> Frame:
        """The register of what bears policy, with count, scale and deadline, each entry with its sentence."""
        return self._answer(carriers_query(asked))

    def _answer(self, query: Query) -> Frame:
        return Frame(self.connection, query.sql, query.parameters, str(self.path))
