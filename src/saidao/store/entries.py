"""A document's batch as rows of the tables, checked. Made in the worker, so that the writer only appends."""

from __future__ import annotations

import datetime
import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from saidao.errors import StoreError
from saidao.models import Batch, Found, Section, Source, Statement

Rows = list[tuple[Any, ...]]

LARGEST = 2**31 - 1
"""The largest INTEGER; a page that claims a wider picture is not believed."""


@dataclass(slots=True)
class Entry:
    """One document from one source, as rows by table.

    `extracted` is False where the worker knew what was found in it to be stored already; those tables are then empty.
    """

    document_id: str
    source: Source
    extractor: str
    reading: str
    digest: str
    extracted: bool
    tables: dict[str, Rows]
    """Rows by table: documents, sources, the parts of the document, and what was found in its sentences."""


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
        "images": [
            (document.id, n, i.offset, i.url, _size(i.width), _size(i.height), i.alt, i.given)
            for n, i in enumerate(batch.images, 1)
        ],
        "noise": [(document.id, n, piece.offset, piece.reason, piece.text) for n, piece in enumerate(batch.noise, 1)],
        "notes": [(document.id, n, note.code, note.detail) for n, note in enumerate(batch.notes, 1)],
    }  # fmt: skip
    tables |= found_rows(document.id, text, batch.found, sentences, batch.sections)
    return Entry(document.id, source, extractor, reading, digest, extracted, tables)


def found_rows(
    document_id: str, text: str, found: Found, sentences: Rows, sections: Sequence[Section]
) -> dict[str, Rows]:
    """The rows of what was found in a document's sentences, by table, each row tied to its sentence.

    Raises:
        StoreError: a quote is not what the text holds at its place.
    """
    within = _Sentences(sentences)
    statements = statement_rows(document_id, text, found.statements, sentences)
    figures = {(row[3], row[4]): row[0] for row in reversed(statements)}
    measures: dict[int, str] = {}
    rows: dict[str, Rows] = {"statements": statements, "measures": [], "cues": [], "mentions": [], "carriers": []}
    roles: dict[int, str | None] = {}
    for m in found.measures:
        _check_span(document_id, text, m.start, m.end, text[m.start : m.end])
        measures[m.start] = record_id("measure", document_id, m.start, m.end)
        roles[m.start] = role_at(sections, m.start)
        rows["measures"].append(
            (
                measures[m.start], document_id, within.at(m.start), m.start, m.end, m.status, list(m.tools),
                list(m.themes), m.strength, list(m.commits), list(m.mechanisms), list(m.relations),
                list(m.regions), roles[m.start],
            )
        )  # fmt: skip
    starts = list(measures)

    def measure_of(start: int) -> int:
        at = bisect_right(starts, start) - 1
        if at < 0:
            raise StoreError("store.not_coded", document=document_id, start=start)
        return starts[at]

    for c in found.cues:
        _check_span(document_id, text, c.start, c.end, c.quote)
        rows["cues"].append((document_id, measures[c.measure], c.start, c.end, c.quote, c.code))
    for i in found.mentions:
        _check_span(document_id, text, i.start, i.end, i.quote)
        owner = measure_of(i.start)
        rows["mentions"].append(
            (
                record_id("mention", document_id, i.start, i.end), document_id, within.at(owner), measures[owner],
                i.start, i.end, i.quote, i.industry_id, i.generic, i.status, roles[owner],
            )
        )  # fmt: skip
    for b in found.carriers:
        _check_span(document_id, text, b.start, b.end, b.quote)
        owner = measure_of(b.start)
        rows["carriers"].append(
            (
                record_id("carrier", document_id, b.start, b.end), document_id, within.at(owner), measures[owner],
                b.start, b.end, b.quote, b.type, b.name, b.number, b.low, b.high, b.unit, b.bound, b.measured,
                b.deadline, b.region, list(b.industries), b.status, roles[owner],
                None if b.scale is None else figures.get(b.scale),
            )
        )  # fmt: skip
    return rows


def record_id(kind: str, document_id: str, start: int, end: int) -> str:
    """The id of a record that is no statement: a better reading changes the values, not the id."""
    return hashlib.sha256(f"{kind}:{document_id}:{start}:{end}".encode()).hexdigest()[:16]


class _Sentences:
    """Finds the sentence that holds a place."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._starts = [row[3] for row in rows]

    def at(self, place: int) -> str | None:
        found = bisect_right(self._starts, place) - 1
        if found < 0 or place >= self._rows[found][4]:
            return None
        id: str = self._rows[found][0]
        return id


def _check_span(document_id: str, text: str, start: int, end: int, quote: str) -> None:
    if not 0 <= start < end <= len(text) or text[start:end] != quote:
        raise StoreError("store.wrong_quote", document=document_id, start=start, end=end, quote=quote)


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
    within = _Sentences(sentences)
    for s in sorted(statements, key=lambda s: (s.start, s.end)):
        _check_span(document_id, text, s.start, s.end, s.quote)
        repetition = spans.get((s.start, s.end), 0)
        spans[s.start, s.end] = repetition + 1
        rows.append(
            (
                statement_id(document_id, s.start, s.end, repetition), document_id,
                within.at(s.start), s.start, s.end, s.quote, s.indicator, s.indicator_id, s.kind,
                s.low, s.high, s.unit, s.bound, s.status, s.period, s.region, s.industry, s.scope, s.hedge,
                s.wording, s.section, s.industry_id,
            )
        )  # fmt: skip
    return rows


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
        raise StoreError("store.half_pair", document=document_id, start=error.start) from None
    if digest != document_id:
        raise StoreError("store.wrong_hash", document=document_id, digest=digest)


def _check_order(document_id: str, text: str, what: str, spans: Sequence[Any]) -> None:
    at = 0
    for span in spans:
        if not at <= span.start < span.end <= len(text):
            raise StoreError("store.out_of_place", document=document_id, what=what, start=span.start, end=span.end)
        at = span.end


def _day(document_id: str, date: str | None) -> datetime.date | None:
    if date is None:
        return None
    try:
        return datetime.date.fromisoformat(date)
    except ValueError:
        raise StoreError("store.no_day", document=document_id, date=date) from None


def _size(pixels: int | None) -> int | None:
    return pixels if pixels is not None and 0 <= pixels <= LARGEST else None


def role_at(sections: Sequence[Section], offset: int) -> str | None:
    """The role of the section that holds a place."""
    return next((s.role for s in sections if s.start <= offset < s.end), None)
