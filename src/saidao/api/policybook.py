"""What a database answers about industries, measures and carriers. Part of `Database`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from saidao.api.frame import Frame
from saidao.extraction import type_ids
from saidao.lexicon import load
from saidao.statements.fold import fold
from saidao.store.policy_queries import carriers_query, measures_query, mentions_query
from saidao.store.queries import documents_query
from saidao.store.where import Query

Several = str | Sequence[str] | None


class Policybook:
    """Questions about what policy does, for which industries, through what. `Database` has them all."""

    path: Path
    connection: duckdb.DuckDBPyConnection

    def industries(
        self,
        *,
        region: Several = None,
        year: int | str | None = None,
        industry: Several = None,
        generic: bool | None = None,
        tool: Several = None,
        theme: Several = None,
        status: Several = None,
        section: Several = None,
        type: Several = None,
        words: Several = None,
        document: str | None = None,
        limit: int | None = None,
    ) -> Frame:
        """Industries that sentences name, each with its sentence, its document and its source. All filters must hold.

        Args:
            region: a division's name, short or full, or its code.
            year: the report's year: 2026, or "2024-2026".
            industry: an industry's id, Chinese or English name, those below it included; other words as they stand.
            generic: classes of industries (制造业) only, or none of them.
            tool: what its sentence does: ids of tools.
            theme: shore_up, build_strength, resilience.
            status: done, planned, context.
            section: role of the section it stands in.
            type: kinds of document.
            words: words that the sentence must hold, all of them.
            document: the document's id.
            limit: at most so many.
        """
        query = mentions_query(
            region=region, year=year, industry=industry, generic=generic, tool=tool, theme=theme, status=status,
            section=section, type=type_ids(type, load()), words=words, document=document, limit=limit,
        )  # fmt: skip
        return self._answer(query)

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

        query = documents_query(region=region, year=year, type=type_ids(type, load()), issuer=None)
        texts = f"SELECT text FROM documents SEMI JOIN ({query.sql}) AS chosen USING (id) ORDER BY id"
        cursor = self.connection.cursor().execute(texts, query.parameters)
        lexicon = load()
        folded = (fold(text, lexicon) for (text,) in iter(cursor.fetchone, None))
        found = candidates(folded, lexicon, least=uses)
        rows = [{"name": c.name, "uses": c.uses, "documents": c.texts, "sentence": c.example} for c in found]
        return Frame.of(rows, ("name", "uses", "documents", "sentence"))

    def measures(
        self,
        *,
        region: Several = None,
        year: int | str | None = None,
        industry: Several = None,
        tool: Several = None,
        theme: Several = None,
        status: Several = None,
        strength: int | None = None,
        commits: Several = None,
        mechanism: Several = None,
        relation: Several = None,
        section: Several = None,
        type: Several = None,
        words: Several = None,
        document: str | None = None,
        limit: int | None = None,
    ) -> Frame:
        """Sentences with what they do: tools, status, themes, wording, and the words that gave these codes.

        Args:
            region: a division's name, short or full, or its code.
            year: the report's year: 2026, or "2024-2026".
            industry: an industry that the sentence names, those below it included.
            tool: ids of tools; the sentence has one of them.
            theme: shore_up, build_strength, resilience; one of them.
            status: done, planned, context.
            strength: how binding the wording is at least, 0 to 4.
            commits: money, quota, deadline; one of them.
            mechanism: lead_agency, assessment, pilot, list, deadline, budget; one of them.
            relation: national_plan, national_pilot, own_initiative; one of them.
            section: role of the section it stands in.
            type: kinds of document.
            words: words that the sentence must hold, all of them.
            document: the document's id.
            limit: at most so many.
        """
        query = measures_query(
            region=region, year=year, industry=industry, tool=tool, theme=theme, status=status, strength=strength,
            commits=commits, mechanism=mechanism, relation=relation, section=section, type=type_ids(type, load()), words=words,
            document=document, limit=limit,
        )  # fmt: skip
        return self._answer(query)

    def carriers(
        self,
        *,
        region: Several = None,
        year: int | str | None = None,
        carrier: Several = None,
        industry: Several = None,
        tool: Several = None,
        status: Several = None,
        section: Several = None,
        type: Several = None,
        words: Several = None,
        document: str | None = None,
        limit: int | None = None,
    ) -> Frame:
        """The register of what bears policy, with count, scale and deadline, each entry with its sentence.

        Args:
            region: a division's name, short or full, or its code: of the issuer, or named by the statement beside it.
            year: the report's year: 2026, or "2024-2026".
            carrier: cluster, chain, innovation_centre, project, park, enterprise, fund, action.
            industry: an industry that it is of, those below it included.
            tool: what its sentence does: ids of tools.
            status: done, planned, context.
            section: role of the section it stands in.
            type: kinds of document.
            words: words that the sentence must hold, all of them.
            document: the document's id.
            limit: at most so many.
        """
        query = carriers_query(
            region=region, year=year, carrier=carrier, industry=industry, tool=tool, status=status, section=section,
            type=type_ids(type, load()), words=words, document=document, limit=limit,
        )  # fmt: skip
        return self._answer(query)

    def _answer(self, query: Query) -> Frame:
        return Frame(self.connection, query.sql, query.parameters, str(self.path))
