"""The JSON interface: every table, paged, and single records. Numbers keep all their digits."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response
from pydantic import BaseModel, create_model

from saidao import filters
from saidao.errors import UsageError
from saidao.outputs import matrix_book, round_up_book
from saidao.outputs.texts import json_value
from saidao.web import queries, tables
from saidao.web import questions as ask
from saidao.web.files import TYPES, book, written
from saidao.web.holder import Holder, Reading
from saidao.web.tables import Table
from saidao.web.words import Words

ID = re.compile(r"[0-9a-f]{4,16}")


class Page(BaseModel):
    """A part of a table."""

    total: int
    """Rows of the whole table."""
    limit: int
    offset: int
    next: str | None
    """Address of the rows that follow."""
    columns: list[str]
    rows: list[dict[str, Any]]


class Rows(BaseModel):
    """The answer to a query."""

    columns: list[str]
    rows: list[list[Any]]
    more: bool
    """Whether there are rows beyond these."""


class Wrong(BaseModel):
    """Why there is no answer."""

    error: str


@dataclass(frozen=True, slots=True)
class Source:
    """A table that can be asked for: its parameters, how it is made, and what it is."""

    question: type[ask.Question]
    make: Callable[[Reading, Any, int | None, int], Table]
    about: str


def _kept(make: Callable[[Reading, Any], Table]) -> Callable[[Reading, Any, int | None, int], Table]:
    return lambda reading, question, limit, offset: make(reading, question).page(limit, offset)


SOURCES = {
    "documents": Source(ask.form(filters.Documents), tables.documents, "Documents, without their texts."),
    "statements": Source(
        ask.form(filters.Statements), tables.statements, "Statements, each with its sentence and source."
    ),
    "industries": Source(ask.form(filters.Mentions), tables.industries, "Industries that sentences name."),
    "measures": Source(ask.form(filters.Measures), tables.measures, "What sentences do: tools, themes, wording."),
    "carriers": Source(
        ask.form(filters.Carriers), tables.carriers, "The register of clusters, chains, projects, funds."
    ),
    "matrix": Source(ask.form(filters.Matrix), _kept(tables.matrix), "Who bets on what: regions, industries, tools."),
    "search": Source(ask.Search, tables.search, "Sentences that hold some words."),
    "targets": Source(
        ask.form(filters.Targets), _kept(tables.targets), "The round-up: targets beside last year's and results."
    ),
    "ledger": Source(ask.form(filters.Ledger), _kept(tables.ledger), "Promises and what became of them."),
    "series": Source(ask.Series, _kept(tables.series), "One indicator through the years."),
    "terms": Source(ask.Terms, _kept(tables.terms), "Counts of terms."),
    "concordance": Source(ask.Uses, _kept(tables.uses), "Every use of a term in its line."),
    "phrases": Source(ask.Phrases, _kept(tables.phrases), "Fixed expressions, and what changed."),
    "spread": Source(ask.Spread, _kept(tables.spread), "Where and when a phrase was used first."),
}
"""The tables by the names that addresses and files use."""

BOOKS: dict[str, tuple[Callable[[Reading, Any], Any], Callable[..., None]]] = {
    "targets": (tables.round_up, round_up_book.write),
    "matrix": (lambda reading, question: tables.matrix_report(reading, question, evidence=True), matrix_book.write),
}
"""Tables that have a workbook of their own, with several sheets."""

ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": Wrong, "description": "The question makes no sense."},
    404: {"model": Wrong, "description": "There is no such thing."},
    503: {"model": Wrong, "description": "The file cannot be read now."},
}


def router(holder: Holder, *, sql: bool = False) -> APIRouter:
    """The routes below `/api`; with `sql` also that for queries."""
    made = APIRouter(prefix="/api", tags=["data"], responses=ERRORS)
    for name, source in SOURCES.items():
        made.add_api_route(
            f"/{name}", _table(holder, source, name), methods=["GET"], name=name, summary=source.about,
            response_model=Page,
        )  # fmt: skip

    @made.get("/info", summary="What the file holds.")
    def info(request: Request) -> Response:
        from dataclasses import asdict

        with holder.reading() as reading:
            return _json(asdict(reading.answer("info", make=reading.database.info)))

    @made.get("/documents/{id}", summary="A document with its text.")
    def document(id: str) -> Response:
        with holder.reading() as reading:
            return _json(_found(lambda: reading.database.document(checked(id))))

    @made.get("/documents/{id}/{part}", summary="Sections, sentences, sources or notes of a document.")
    def part(id: str, part: str) -> Response:
        if part not in ("sections", "sentences", "sources", "notes", "images"):
            raise HTTPException(404, f"{part}: sections, sentences, sources, notes, images")
        with holder.reading() as reading:
            whole = _found(lambda: reading.database.document(checked(id)))["id"]
            return _json(getattr(reading.database, part)(whole).rows())

    @made.get("/statements/{id}", summary="A statement with its sentence and source.")
    def statement(id: str) -> Response:
        with holder.reading() as reading:
            return _json(_found(lambda: reading.database.statement(checked(id))))

    if sql:

        @made.get(
            "/sql", summary="The answer to one SELECT of your own; at most 1,000 rows, 10 seconds.", response_model=Rows
        )
        def select(query: Annotated[str, Query(min_length=1, max_length=6000)]) -> Response:
            with holder.reading() as reading:
                return _json(queries.select(reading.database, query))

    return made


def downloads(holder: Holder) -> APIRouter:
    """The routes of the files that pages offer."""
    made = APIRouter(tags=["files"], responses=ERRORS)
    for name, source in SOURCES.items():
        made.add_api_route(
            f"/{{language}}/download/{name}.{{format}}", _file(holder, source, name), methods=["GET"],
            name=f"{name} file", summary=f"{source.about} As CSV, XLSX, JSON Lines or Parquet.",
        )  # fmt: skip
    return made


def _table(holder: Holder, source: Source, name: str) -> Callable[..., Response]:
    def answer(request: Request, question: Any) -> Response:
        with holder.reading() as reading:
            found = source.make(reading, question.asked(), question.limit, question.offset)
        end = question.offset + len(found.rows)
        following = str(request.url.include_query_params(offset=end).replace(scheme="", netloc="")) or None
        body = {
            "total": found.total, "limit": question.limit, "offset": question.offset,
            "next": following if found.rows and end < found.total else None, "columns": list(found.names),
            "rows": list(found.rows),
        }  # fmt: skip
        return _json(body)

    paged = create_model(f"{name.title()}Question", __base__=(source.question, ask.Paged))
    answer.__annotations__ = {"request": Request, "question": Annotated[paged, Query()], "return": Response}
    return answer


def _file(holder: Holder, source: Source, name: str) -> Callable[..., Response]:
    def answer(language: str, format: str, question: Any) -> Response:
        if format not in TYPES or language not in ("zh", "en"):
            raise HTTPException(404, f"{name}.{format}: {', '.join(TYPES)}")
        say = Words(language)
        with holder.reading() as reading:
            asked = question.asked()
            if name in BOOKS and format == "xlsx" and asked.part == "cells":
                make, write = BOOKS[name]
                content = book(write, make(reading, asked), say)
            else:
                found = source.make(reading, asked, None, 0)
                part = f".{asked.part}" if hasattr(asked, "part") else ""
                content = written(found, format, say, name + part)
        headers = {"content-disposition": f'attachment; filename="saidao-{name}.{format}"'}
        return Response(content, media_type=TYPES[format], headers=headers)

    answer.__annotations__ = {
        "language": str, "format": str, "question": Annotated[source.question, Query()], "return": Response,
    }  # fmt: skip
    return answer


def _json(value: Any) -> Response:
    return Response(json_value(value), media_type="application/json")


def checked(id: str) -> str:
    """An id, if it can be one.

    Raises:
        HTTPException: it cannot.
    """
    if ID.fullmatch(id) is None:
        raise HTTPException(404, "an id is 4 to 16 hexadecimal digits")
    return id


def _found(get: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return get()
    except UsageError as error:
        raise HTTPException(404, str(error)) from None


def wrong(message: str, status: int) -> Response:
    """An error as JSON."""
    return Response(json.dumps({"error": message}, ensure_ascii=False), status, media_type="application/json")
