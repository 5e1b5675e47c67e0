"""Tools that tell who bets on what: the matrix of regions, industries and tools, and the brief of a region or an industry."""

from __future__ import annotations

from collections import defaultdict
from typing import Annotated, Any, Literal

from mcp.server import MCPServer
from mcp.types import CallToolResult
from pydantic import Field

from saidao import filters
from saidao.api import Database
from saidao.assistant.answers import Evidence, Record, answer
from saidao.assistant.desk import Desk, paged
from saidao.assistant.scopes import READS, Level, Limit, Offset, Page
from saidao.assistant.taking import takes
from saidao.outputs.messages import Messages
from saidao.outputs.profile import Paragraph, Part, brief
from saidao.store.quotes import Place

EXAMPLES = 2
"""Mentions of a cell that are quoted; the part `evidence` has all."""
KEYS = {
    "region-industry": ("adcode", "year", "industry_id"), "region-tool": ("adcode", "year", "tool"),
    "industry-tool": ("year", "industry_id", "tool"),
}  # fmt: skip


def register(server: MCPServer, desk: Desk) -> None:
    """Adds the tools to a server."""

    @server.tool(annotations=READS)
    @takes(desk, filters.Matrix)
    def matrix(database: Database, asked: filters.Matrix, limit: Limit = 20, offset: Offset = 0) -> Page:
        """Who bets on what: mentions, share (percent of the region's mentions), quotient (above 1: more than others).

        Each cell quotes some of the mentions it counts; the other parts, but evidence, are counts over cells. Without a
        year the reports of the last one are shown.
        """
        given = asked.given(without=("part",))
        found = desk.kept(f"matrix {given}", lambda: database.matrix_report(**given, evidence=True))
        rows, _ = found.part(asked.part)
        if asked.year is None:
            rows = [row for row in rows if row.get("year") in (*found.shown_years, None)]
        if asked.part == "evidence":
            return paged(database, rows, [Evidence("record", "document", "start", "end", "id")], limit, offset)
        shown = [{n: v for n, v in row.items() if n not in ("document", "last_document")} for row in rows]
        page = shown[offset : offset + limit]
        more = _examples(found.evidence, page, KEYS[asked.by]) if asked.part == "cells" else None
        return answer(database, page, (), total=len(shown), offset=offset, more=more)

    @server.tool(annotations=READS)
    def profile(
        region: Annotated[str | None, Field(description="A division by Chinese name or code: a brief of it.")] = None,
        industry: Annotated[
            str | None, Field(description="In place of a region: an industry by id, Chinese or English name.")
        ] = None,
        year: Annotated[int | None, Field(description="Year of the reports; the last one if not given.")] = None,
        level: Level = None,
        language: Annotated[
            Literal["zh", "en"], Field(description="Language of the brief; quotes stay as they are.")
        ] = "en",
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> Page:
        """A brief of a region or an industry in a few sections, each with the quotes that its numbers rest on."""

        def question(database: Database) -> CallToolResult:
            desk.regions(region)
            facts = database.profile(region, industry=industry, year=year, level=level)
            told = brief(facts, Messages(language))
            rows: list[Record] = [{"section": part.heading, "told": _plain(part)} for part in told.parts]
            notes = {note.number: note for note in facts.notes}
            more = {}
            for n, part in enumerate(told.parts[offset : offset + limit]):
                numbers = sorted({number for words in _words(part) for number in words.notes})
                more[n] = [
                    (f"note {number}", Place(notes[number].document, notes[number].start + a, notes[number].start + b))
                    for number in numbers
                    for a, b in notes[number].marks
                ]
            return answer(
                database, rows[offset : offset + limit], (), total=len(rows), offset=offset, note=told.title, more=more
            )  # fmt: skip

        return desk.ask(question)


def _examples(evidence: list[Record], rows: list[Record], keys: tuple[str, ...]) -> dict[int, list[tuple[str, Place]]]:
    """The first mentions of each row."""
    found: dict[tuple[Any, ...], list[tuple[str, Place]]] = defaultdict(list)
    for record in evidence:
        places = found[tuple(record.get(key) for key in keys)]
        if len(places) < EXAMPLES and record["start"] is not None:
            places.append((record["counted"], Place(record["document"], record["start"], record["end"])))
    return {n: found[tuple(row.get(key) for key in keys)] for n, row in enumerate(rows)}


def _words(part: Part) -> list[Any]:
    """All words of a part, in order."""
    found: list[Any] = []
    for block in part.blocks:
        if isinstance(block, Paragraph):
            found += block.words
        else:
            found += [words for row in block.rows for words in row]
    return found


def _plain(part: Part) -> str:
    """A part as text, its notes in square brackets."""

    def told(words: Any) -> str:
        return str(words.text) + "".join(f"[{number}]" for number in words.notes)

    lines = []
    for block in part.blocks:
        if isinstance(block, Paragraph):
            lines.append("".join(told(words) for words in block.words))
        else:
            lines.append(" | ".join(block.heads))
            lines += [" | ".join(told(words) for words in row) for row in block.rows]
    return "\n".join(lines)
