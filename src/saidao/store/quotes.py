"""Quotes with their surroundings: what stands at some places of some documents, in which sentence, from whom."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import duckdb

from saidao.errors import StoreError


class Place(NamedTuple):
    """Characters of a document: from `start`, `end` exclusive."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """What stands at a place: `document.text[start:end] == quote`."""

    place: Place
    quote: str
    sentence: str
    """The sentence it stands in, exactly; the quote itself where it reaches over several."""
    sentence_start: int
    sentence_id: str | None
    section: str | None
    title: str | None
    issuer: str | None
    adcode: str | None
    region: str | None
    year: int | None
    type: str
    date: datetime.date | None
    url: str | None

    @property
    def within(self) -> tuple[int, int]:
        """Where in its sentence the quote stands."""
        return self.place.start - self.sentence_start, self.place.end - self.sentence_start


_QUERY = """
WITH p AS (SELECT unnest(?::VARCHAR[]) AS document, unnest(?::INTEGER[]) AS s, unnest(?::INTEGER[]) AS e)
SELECT p.document, p.s, p.e, substr(d.text, p.s + 1, p.e - p.s) AS quote, x.text, x."start", x.id, x.section,
    d.title, d.issuer, d.adcode, d.region, d.year, d.type, d.date, d.url
FROM p JOIN documents d ON d.id = p.document
LEFT JOIN sentences x ON x.document_id = p.document AND x."start" <= p.s AND p.e <= x."end"
"""


def quotes(connection: duckdb.DuckDBPyConnection, places: Iterable[Place]) -> dict[Place, Quoted]:
    """Reads what stands at the places.

    Raises:
        StoreError: a document has no such place: the file is damaged.
    """
    wanted = sorted(set(places))
    if not wanted:
        return {}
    columns = [[place[n] for place in wanted] for n in range(3)]
    found: dict[Place, Quoted] = {}
    for document, start, end, quote, text, at, *rest in connection.cursor().execute(_QUERY, columns).fetchall():
        place = Place(document, start, end)
        found[place] = Quoted(place, quote, quote if text is None else text, start if at is None else at, *rest)
    for place in wanted:
        if place not in found or len(found[place].quote) != place.end - place.start:
            raise StoreError("store.no_place", document=place.document, start=place.start, end=place.end)
    return found
