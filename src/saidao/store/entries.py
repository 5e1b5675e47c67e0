"""A document's batch as rows of the tables, checked. Made in the worker, so that the writer only appends."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from saidao.errors import StoreError
from saidao.models import Batch, Section, Source, Statement

Rows = list[tuple[Any, ...]]

LARGEST = 2**31 - 1
"""The largest INTEGER; a page that claims a wider picture is not believed."""


@dataclass(slots=True)
class Entry:
    """One document from one source, as rows by table.

    `extracted` is False where the worker knew its statements to be stored already; `statements` is then empty.
    """

    document_id: str
    source: Source
    extractor: str
    reading: str
    digest: str
    extracted: bool
    tables: dict[str, Rows]
    """Rows of documents, sources, sections, sentences, statements, images, noise, notes."""


def flatten(batch: Batch, *, extractor: str, reading: str, digest: str, extracted: bool = True) -> Entry:
    """The rows of a batch.

    Raises:
        StoreError: a row would be wrong: a quote that is not where it says, a span outside the text.
    """
    document, source = batch.document, batch.raw.source
    text = document.text
    _check_text(document.id, text)
    sections = _sections(batch)
    sentences = _sentences(batch)
    tables: dict[str, Rows] = {
        "documents": [
            (
                document.id, document.title, document.issuer, document.level, document.adcode, document.region,
                document.type, document.year, _day(document.id, document.date), document.session, document.publisher,
                document.aggregator, document.url, list(document.categories), len(text), text,
                source.path, source.member, source.sheet, source.row, extractor, reading, digest,
            )
        ],
        "sources": [
            (
                document.id, source.path, source.member, source.sheet, source.row, source.format, source.encoding,
                batch.raw.title, batch.raw.publisher, batch.raw.date, batch.raw.url or document.url,
            )
        ],
        "sections": sections,
        "sentences": sentences,
        "statements": _statements(batch, sentences),
        "images": [
            (document.id, n, i.offset, i.url, _size(i.width), _size(i.height), i.alt, i.given)
            for n, i in enumerate(batch.images, 1)
        ],
        "noise": [(document.id, n, piece.offset, piece.reason, piece.text) for n, piece in enumerate(batch.noise, 1)],
        "notes": [(document.id, n, note.code, note.detail) for n, note in enumerate(batch.notes, 1)],
    }  # fmt: skip
    return Entry(document.id, source, extractor, reading, digest, extracted, tables)


def statement_id(document_id: str, start: int, end: int, repetition: int = 0) -> str:
    """The id of a statement; `repetition` tells apart several statements on one span, from 0."""
    key = f"{document_id}:{start}:{end}" + (f":{repetition}" if repetition else "")
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def statement_rows(document_id: str, text: str, statements: list[Statement], sentences: Rows) -> Rows:
    """The rows of `statements`, each tied to its sentence.

    Raises:
        StoreError: a quote is not what the text holds at its place.
    """
    rows: Rows = []
    spans: dict[tuple[int, int], int] = {}
    at = 0
    for s in sorted(statements, key=lambda s: (s.start, s.end)):
        if not 0 <= s.start < s.end <= len(text) or text[s.start : s.end] != s.quote:
            raise StoreError(f"document {document_id}: the text at {s.start}:{s.end} is not {s.quote!r}")
        while at < len(sentences) and sentences[at][4] <= s.start:
            at += 1
        within = at < len(sentences) and sentences[at][3] <= s.start
        repetition = spans.get((s.start, s.end), 0)
        spans[s.start, s.end] = repetition + 1
        rows.append(
            (
                statement_id(document_id, s.start, s.end, repetition), document_id,
                sentences[at][0] if within else None, s.start, s.end, s.quote, s.indicator, s.indicator_id, s.kind,
                s.low, s.high, s.unit, s.bound, s.status, s.period, s.region, s.industry, s.scope, s.hedge,
                s.wording, s.section,
            )
        )  # fmt: skip
    return rows


def _statements(batch: Batch, sentences: Rows) -> Rows:
    return statement_rows(batch.document.id, batch.document.text, batch.statements, sentences)


def _sections(batch: Batch) -> Rows:
    document = batch.document
    _check_order(document.id, document.text, "section", batch.sections)
    return [(document.id, n, s.start, s.end, s.role, s.title) for n, s in enumerate(batch.sections, 1)]


def _sentences(batch: Batch) -> Rows:
    document, sections = batch.document, batch.sections
    _check_order(document.id, document.text, "sentence", batch.sentences)
    rows: Rows = []
    at = 0
    for n, s in enumerate(batch.sentences, 1):
        while at < len(sections) and sections[at].end <= s.start:
            at += 1
        role = sections[at].role if at < len(sections) and sections[at].start <= s.start else None
        place = (f"{document.id}:{s.start}", document.id, n, s.start, s.end, role, document.text[s.start : s.end])
        rows.append(place)
    return rows


def _check_text(document_id: str, text: str) -> None:
    try:
        digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    except UnicodeEncodeError as error:
        raise StoreError(f"document {document_id}: half a character pair at {error.start}") from None
    if digest != document_id:
        raise StoreError(f"document {document_id}: the text's hash is {digest}")


def _check_order(document_id: str, text: str, what: str, spans: Sequence[Any]) -> None:
    at = 0
    for span in spans:
        if not at <= span.start < span.end <= len(text):
            raise StoreError(f"document {document_id}: {what} {span.start}:{span.end} is out of place")
        at = span.end


def _day(document_id: str, date: str | None) -> datetime.date | None:
    if date is None:
        return None
    try:
        return datetime.date.fromisoformat(date)
    except ValueError:
        raise StoreError(f"document {document_id}: {date!r} is no day") from None


def _size(pixels: int | None) -> int | None:
    return pixels if pixels is not None and 0 <= pixels <= LARGEST else None


def role_at(sections: Sequence[Section], offset: int) -> str | None:
    """The role of the section that holds a place."""
    return next((s.role for s in sections if s.start <= offset < s.end), None)
