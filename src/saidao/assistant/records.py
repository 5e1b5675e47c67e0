"""Tools that list what documents say, each record with its quotation."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from mcp.server import MCPServer
from mcp.types import CallToolResult
from pydantic import Field

from saidao import filters
from saidao.api import Database
from saidao.assistant.answers import Evidence, Record, answer
from saidao.assistant.desk import Desk, listed, paged
from saidao.assistant.scopes import READS, Limit, Offset, Page
from saidao.assistant.taking import takes
from saidao.filters.names import several
from saidao.lexicon import load

OWN = (Evidence(id="id"),)
JOINTS = ("measure_id", "statement_id")
"""Columns that join tables and tell nothing."""
KINDS = {
    "indicator": "indicators", "industry": "industry_names", "tool": "tools", "carrier": "carrier_types", "type": "types",
}  # fmt: skip
_NAMES = ("zh", "label", "name", "en", "english", "variants")


def register(server: MCPServer, desk: Desk) -> None:
    """Adds the tools to a server."""

    @server.tool(annotations=READS)
    def overview(limit: Limit = 50, offset: Offset = 0) -> Page:
        """What the database holds: a record a region and year with the number of documents and of statements.

        Ask this first: a region or year that is not listed is not loaded, and nothing can be said about it.
        """

        def question(database: Database) -> CallToolResult:
            info = database.info()
            names = ("adcode", "region", "year", "documents", "statements")
            rows: list[Record] = [dict(zip(names, cell, strict=True)) for cell in info.coverage]
            counts = ", ".join(f"{count} {name}" for name, count in info.counts.items() if count)
            note = f"In all: {counts}; years {info.first_year} to {info.last_year}."
            return paged(database, rows, (), limit, offset, note)

        return desk.ask(question)

    @server.tool(annotations=READS)
    def codes(
        kind: Annotated[
            Literal["indicator", "industry", "tool", "carrier", "type"], Field(description="What the codes stand for.")
        ],
        contains: Annotated[
            str | None, Field(description="Only those whose names hold this, Chinese or English.")
        ] = None,
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Page:
        """The ids that other tools take, each with its Chinese and English name."""

        def question(database: Database) -> CallToolResult:
            rows: list[Record] = []
            for row in load().rows(KINDS[kind]):
                if contains and not any(contains.lower() in row.get(name, "").lower() for name in ("id", *_NAMES)):
                    continue
                zh = next(row[name] for name in ("zh", "label", "name") if row.get(name))
                en = next((row[name] for name in ("english", "en", "name") if row.get(name)), "")
                rows.append({"id": row["id"], "zh": zh, "en": en.partition("|")[0], "parent": row.get("parent")})
            return paged(database, rows, (), limit, offset)

        return desk.ask(question)

    @server.tool(annotations=READS)
    @takes(desk, filters.Documents)
    def documents(database: Database, asked: filters.Documents, limit: Limit = 20, offset: Offset = 0) -> Page:
        """Documents with title, issuer, year, kind and address; each quoted with its first sentence.

        Read one with `sentences`.
        """
        frame = database.documents(**asked.given())
        rows = frame.page(limit, offset)
        first = database.sql(
            'SELECT document_id, "start", "end" FROM sentences WHERE n = 1 AND document_id IN (SELECT unnest(?))',
            [[row["id"] for row in rows]],
        )
        places = {row["document_id"]: row for row in first}
        for row in rows:
            place = places.get(row["id"], {})
            row |= {"first_start": place.get("start"), "first_end": place.get("end"), "document": row["id"]}
            row |= {"named": row["title"], "speaker": row["issuer"], "day": row["date"], "address": row["url"]}
        evidence = Evidence("beginning", "document", "first_start", "first_end")
        return answer(database, rows, [evidence], total=len(frame), offset=offset)

    @server.tool(annotations=READS)
    def sentences(
        document: Annotated[str, Field(description="Id of the document, or the beginning of it.")],
        around: Annotated[
            int | None, Field(ge=0, description="Only sentences near this offset, to read what surrounds a quote.")
        ] = None,
        limit: Limit = 30,
        offset: Offset = 0,
    ) -> Page:
        """The sentences of a document in their order: its text, page by page, or what surrounds a quote."""

        def question(database: Database) -> CallToolResult:
            whole = database.document(document)["id"]
            sql = 'SELECT id, n, section, document_id, "start", "end" FROM sentences WHERE document_id = ?'
            given: list[Any] = [whole]
            if around is not None:
                near = 'SELECT n FROM sentences WHERE document_id = ? ORDER BY greatest("start" - ?, ? - "end", 0), n LIMIT 1'
                sql += f" AND abs(n - ({near})) <= 4"
                given += [whole, around, around]
            frame = database.sql(f"{sql} ORDER BY n", given)
            return listed(database, frame, [Evidence("sentence", id="id")], limit, offset)

        return desk.ask(question)

    @server.tool(annotations=READS)
    @takes(desk, filters.Search)
    def search(
        database: Database,
        asked: filters.Search,
        words: Annotated[
            str | list[str], Field(description="One or several strings; a sentence must hold all of them.")
        ],
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> Page:
        """Full text: the sentences that hold all the words, character by character, the latest first.

        The words are Chinese as the documents write them (低空经济, 设备更新); case, width (ＡＩ) and traditional characters
        do not matter.
        """
        frame = database.search(several(words), **asked.given())
        return listed(database, frame, [Evidence("sentence", id="id")], limit, offset)

    @server.tool(annotations=READS)
    @takes(desk, filters.Statements)
    def statements(database: Database, asked: filters.Statements, limit: Limit = 20, offset: Offset = 0) -> Page:
        """Quantified statements: every figure in the documents with indicator, value, unit, status and period.

        Numbers have their multipliers applied: 1.2万亿元 is 1200000000000 with unit 元. To compare regions' yearly
        targets use `targets`, which chooses the one that counts.
        """
        return listed(database, database.statements(**asked.given()), OWN, limit, offset)

    @server.tool(annotations=READS)
    @takes(desk, filters.Mentions)
    def industries(database: Database, asked: filters.Mentions, limit: Limit = 20, offset: Offset = 0) -> Page:
        """Industries that sentences name, with what the sentence does: which places bet on what, in whose words."""
        return listed(database, database.industries(**asked.given()), OWN, limit, offset, drop=JOINTS)

    @server.tool(annotations=READS)
    @takes(desk, filters.Measures)
    def measures(database: Database, asked: filters.Measures, limit: Limit = 20, offset: Offset = 0) -> Page:
        """Sentences coded with what government does in them: tools, themes, strength of wording, mechanisms."""
        return listed(database, database.measures(**asked.given()), OWN, limit, offset, drop=JOINTS)

    @server.tool(annotations=READS)
    @takes(desk, filters.Carriers)
    def carriers(database: Database, asked: filters.Carriers, limit: Limit = 20, offset: Offset = 0) -> Page:
        """The register of clusters, chains, centres, projects, parks, firms, funds and actions that sentences name."""
        return listed(database, database.carriers(**asked.given()), OWN, limit, offset, drop=JOINTS)
