"""Tools that list what documents say, each record with its quotation."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from mcp.server import MCPServer
from mcp.types import CallToolResult
from pydantic import Field

from saidao.api import Database
from saidao.assistant.answers import Evidence, Record, answer
from saidao.assistant.desk import Desk, listed, paged, several
from saidao.assistant.scopes import (
    READS,
    Document,
    Doing,
    Indicator,
    Industry,
    Limit,
    Offset,
    Page,
    Region,
    Section,
    Theme,
    Tool,
    Type,
    Words,
    Year,
)
from saidao.lexicon import load

OWN = (Evidence(id="id"),)
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
    def documents(
        region: Region = None,
        year: Year = None,
        type: Type = None,
        issuer: Annotated[str | None, Field(description="Part of the issuer's name.")] = None,
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> Page:
        """Documents with title, issuer, year, kind and address; each quoted with its first sentence.

        Read one with `sentences`.
        """

        def question(database: Database) -> CallToolResult:
            frame = database.documents(
                region=desk.regions(region), year=year, type=several(type) or None, issuer=issuer
            )
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

        return desk.ask(question)

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
    def search(
        words: Annotated[
            str | list[str], Field(description="One or several strings; a sentence must hold all of them.")
        ],
        region: Region = None,
        year: Year = None,
        type: Type = None,
        section: Section = None,
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> Page:
        """Full text: the sentences that hold all the words, character by character, the latest first.

        The words are Chinese as the documents write them (低空经济, 设备更新); Latin letters match in either case.
        """

        def question(database: Database) -> CallToolResult:
            frame = database.search(
                several(words), region=desk.regions(region), year=year, type=several(type) or None, section=section
            )
            return listed(database, frame, [Evidence("sentence", id="id")], limit, offset)

        return desk.ask(question)

    @server.tool(annotations=READS)
    def statements(
        region: Region = None,
        year: Year = None,
        indicator: Indicator = None,
        status: Annotated[
            Literal["achieved", "target", "reference"] | None,
            Field(description="A result, a target, or a figure that is neither."),
        ] = None,
        kind: Annotated[
            Literal["level", "growth", "delta", "share", "rank", "multiple", "relation", "delegated", "text"] | None,
            Field(description="Kind of figure; the last three are targets in words."),
        ] = None,
        industry: Industry = None,
        section: Section = None,
        type: Type = None,
        period: Annotated[str | None, Field(description="Year or span it is about: 2025, 2021-2025.")] = None,
        words: Words = None,
        document: Document = None,
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> Page:
        """Quantified statements: every figure in the documents with indicator, value, unit, status and period.

        Numbers have their multipliers applied: 1.2万亿元 is 1200000000000 with unit 元. To compare regions' yearly
        targets use `targets`, which chooses the one that counts.
        """

        def question(database: Database) -> CallToolResult:
            whole = database.document(document)["id"] if document else None
            frame = database.statements(
                region=desk.regions(region), year=year, indicator=several(indicator) or None, status=status, kind=kind,
                industry=several(industry) or None, section=section, type=several(type) or None, period=period,
                words=several(words) or None, document=whole,
            )  # fmt: skip
            return listed(database, frame, OWN, limit, offset)

        return desk.ask(question)

    @server.tool(annotations=READS)
    def industries(
        region: Region = None,
        year: Year = None,
        industry: Industry = None,
        tool: Tool = None,
        theme: Theme = None,
        status: Doing = None,
        section: Section = None,
        type: Type = None,
        words: Words = None,
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> Page:
        """Industries that sentences name, with what the sentence does: which places bet on what, in whose words."""
        return policy("industries", region, year, type, limit, offset, industry=several(industry) or None,
                      tool=several(tool) or None, theme=theme, status=status, section=section,
                      words=several(words) or None)  # fmt: skip

    @server.tool(annotations=READS)
    def measures(
        region: Region = None,
        year: Year = None,
        industry: Industry = None,
        tool: Tool = None,
        theme: Theme = None,
        status: Doing = None,
        strength: Annotated[
            int | None, Field(ge=0, le=4, description="How binding the wording is at least: 1 explore … 4 must.")
        ] = None,
        section: Section = None,
        type: Type = None,
        words: Words = None,
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> Page:
        """Sentences coded with what government does in them: tools, themes, strength of wording, mechanisms."""
        return policy("measures", region, year, type, limit, offset, industry=several(industry) or None,
                      tool=several(tool) or None, theme=theme, status=status, strength=strength, section=section,
                      words=several(words) or None)  # fmt: skip

    @server.tool(annotations=READS)
    def carriers(
        region: Region = None,
        year: Year = None,
        carrier: Annotated[
            Literal["cluster", "chain", "innovation_centre", "project", "park", "enterprise", "fund", "action"] | None,
            Field(description="Kind of carrier."),
        ] = None,
        industry: Industry = None,
        status: Doing = None,
        section: Section = None,
        type: Type = None,
        words: Words = None,
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> Page:
        """The register of clusters, chains, centres, projects, parks, firms, funds and actions that sentences name."""
        return policy("carriers", region, year, type, limit, offset, carrier=carrier,
                      industry=several(industry) or None, status=status, section=section,
                      words=several(words) or None)  # fmt: skip

    def policy(name: str, region: Any, year: Any, type: Any, limit: int, offset: int, **filters: Any) -> CallToolResult:
        """A page of what sentences do, by the method of `Database` with this name."""

        def question(database: Database) -> CallToolResult:
            ask = getattr(database, name)
            frame = ask(region=desk.regions(region), year=year, type=several(type) or None, **filters)
            return listed(database, frame, OWN, limit, offset, drop=("measure_id", "statement_id"))

        return desk.ask(question)
