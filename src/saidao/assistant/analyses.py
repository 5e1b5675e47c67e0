"""Tools that compare: targets, ledger, series, counts of terms, phrases."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult
from pydantic import Field

from saidao import filters
from saidao.api import Database
from saidao.assistant.answers import Evidence, answer
from saidao.assistant.desk import Desk, paged, standard
from saidao.assistant.scopes import READS, Level, Limit, Offset, Page, Region, Section, Type, Within, Year
from saidao.assistant.taking import takes
from saidao.filters.names import several
from saidao.store.quotes import Place
from saidao.terms import shipped

TARGETS = (
    Evidence("record", "document", "start", "end", "statement"),
    Evidence("last_target", "last_document", "last_start", "last_end"),
    Evidence("result", "result_document", "result_start", "result_end"),
)
LEDGER = (
    Evidence("target", "target_document", "target_start", "target_end"),
    Evidence("result", "result_document", "result_start", "result_end"),
    Evidence("record", "document", "start", "end"),
    Evidence("latest", "latest_document", "latest_start", "latest_end"),
)
USES = 3
"""Uses of a term that are quoted beside its count."""


def register(server: MCPServer, desk: Desk) -> None:
    """Adds the tools to a server."""

    @server.tool(annotations=READS)
    @takes(desk, filters.Targets)
    def targets(database: Database, asked: filters.Targets, limit: Limit = 20, offset: Offset = 0) -> Page:
        """The yearly round-up: each region's targets beside last year's target and its result, with what changed.

        `change`: raised, held, cut, new, reworded, dropped. `summary` has no quotes of its own: its counts and means are
        those of the cells of the same year and indicator; `coverage` tells what is missing.
        """
        standard(asked.indicator)
        given = asked.given(without=("part",)) | {"coverage": asked.part == "coverage"}
        found = desk.kept(f"targets {given}", lambda: database.round_up(**given))
        return paged(database, found.part(asked.part)[0], TARGETS, limit, offset)

    @server.tool(annotations=READS)
    @takes(desk, filters.Ledger)
    def ledger(database: Database, asked: filters.Ledger, limit: Limit = 20, offset: Offset = 0) -> Page:
        """What became of targets: each beside the result that the next year's report gives, with the outcome.

        Its parts: promises of one year; commitments of several; record, how often each region kept them.
        """
        standard(asked.indicator)
        given = asked.given(without=("part", "outcome"))
        found = desk.kept(f"ledger {given}", lambda: database.promises(**given))
        return paged(database, found.part(asked.part, several(asked.outcome))[0], LEDGER, limit, offset)

    @server.tool(annotations=READS)
    def series(
        indicator: Annotated[str, Field(description="One standard indicator, by id (gdp) or Chinese name.")],
        region: Region = None,
        year: Year = None,
        measure: Annotated[
            Literal["growth", "level", "share", "delta"] | None, Field(description="The usual one if not given.")
        ] = None,
        limit: Limit = 30,
        offset: Offset = 0,
    ) -> Page:
        """One indicator through the years: target, wording, result, imported statistic, outcome; a record a year."""

        def question(database: Database) -> CallToolResult:
            standard(indicator)
            rows = database.series(indicator=indicator, region=desk.regions(region), year=year, measure=measure).rows()
            return paged(database, rows, LEDGER[:2], limit, offset)

        return desk.ask(question)

    @server.tool(annotations=READS)
    def terms(
        words: Annotated[
            str | list[str] | None, Field(description="Terms to count, at most 10; 人工智能|AI counts as one.")
        ] = None,
        dictionary: Annotated[
            str | None, Field(description="Instead of words: the name of a dictionary that comes with Saidao.")
        ] = None,
        by: Annotated[
            list[Literal["region", "year", "type", "level", "section", "group", "term"]] | None,
            Field(description="What to split the counts by; term if not given."),
        ] = None,
        region: Region = None,
        year: Year = None,
        type: Type = None,
        section: Section = None,
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> Page:
        """Exact counts of terms: hits, documents, sentences, rates. With words split by term alone, some uses are quoted.

        Every use is found by `search`.
        """
        asked = several(words)
        if len(asked) > 10:
            raise ToolError("at most 10 words at once")
        if (not asked) == (dictionary is None):
            raise ToolError("give words or a dictionary, one of the two")
        if dictionary is not None and dictionary not in shipped():  # never a file of the machine
            raise ToolError(f"{dictionary}: the dictionaries are {', '.join(sorted(shipped()))}")

        def question(database: Database) -> CallToolResult:
            scope: dict[str, Any] = {
                "region": desk.regions(region),
                "year": year,
                "type": several(type) or None,
                "section": section,
            }
            frame = database.terms(asked or None, dictionary=dictionary, by=by or None, **scope)
            rows = frame.page(limit, offset)
            more = {}
            if asked and (by or ["term"]) == ["term"]:
                for n, row in enumerate(rows):
                    uses = database.concordance(str(row["term"]), limit=USES, sort="year", **scope)
                    more[n] = [("use", Place(use["document_id"], use["start"], use["end"])) for use in uses]
            return answer(database, rows, (), total=len(frame), offset=offset, more=more)

        return desk.ask(question)

    @server.tool(annotations=READS)
    def phrases(
        year: Year = None,
        against: Annotated[int | str | None, Field(description="Year or span to compare with.")] = None,
        region: Region = None,
        level: Level = None,
        within: Within = None,
        type: Type = None,
        classes: Annotated[
            list[Literal["new", "rising", "frequent", "fading", "vanished"]] | None,
            Field(description="Only these; needs `against`."),
        ] = None,
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> Page:
        """Fixed expressions found without a dictionary; with `against`, what is new, rising, fading or vanished.

        Each has one use quoted; `search` finds the others.
        """

        def question(database: Database) -> CallToolResult:
            given: dict[str, Any] = {"year": year, "against": against, "region": desk.regions(region), "level": level,
                     "within": within, "type": several(type) or None, "classes": classes or None}  # fmt: skip
            found = desk.kept(f"phrases {given}", lambda: database.phrase_report(**given))
            note = f"Of {found.documents} documents" + (f", against {found.documents_against}." if against else ".")
            return paged(database, found.records, [Evidence("use", "document", "start", "end")], limit, offset, note)

        return desk.ask(question)
