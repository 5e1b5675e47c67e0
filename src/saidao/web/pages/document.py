"""The reader: a document as its source gives it, section by section, with what was found in it marked."""

from __future__ import annotations

import itertools
from typing import Any

from pydantic import Field

from saidao.filters.spellings import finder
from saidao.lexicon import load
from saidao.outputs.figures import figure
from saidao.outputs.tables import Record
from saidao.web import questions as ask
from saidao.web.pages import common
from saidao.web.reading import Span, blocks, parts
from saidao.web.site import View

TEMPLATE = "document.html"
MARKS = ("statement", "industry", "measure")
HITS = 2000
"""Places of words that are marked at most."""


class Question(ask.Question):
    """Parameters of the page."""

    at: str | None = Field(default=None, pattern=r"^\d{1,9}-\d{1,9}$")
    """The stretch that is marked: 120-126."""
    part: int | None = Field(default=None, ge=1, le=10**6)
    hide: list[ask.Name] = Field(default=[], max_length=8)
    """Kinds of marks that are switched off."""
    q: ask.Name | None = None
    """Words that were looked for; they are marked, too."""


def values(view: View, question: Question, id: str) -> dict[str, Any]:
    """What the page shows.

    Raises:
        UsageError: there is no such document.
    """
    database = view.reading.database
    document = database.document(id)
    text, whole = document["text"], document["id"]
    cuts = parts(text)
    at = place(question.at, len(text))
    number = question.part or (part_of(cuts, at[0]) if at else 1)
    start, end = cuts[min(number, len(cuts)) - 1]
    sections = database.sections(whole).rows()
    found = database.statements(document=whole).rows()
    marked = [span(view, row) for row in found]
    marked += policy(view, whole)
    if at:
        marked.append(Span(*at, "place"))
    marked += hits(text, question.q, start, end)
    near = [each for each in marked if each.start < end and each.end > start]
    return {
        "question": question, "document": document, "sources": database.sources(whole).rows(),
        "notes": database.notes(whole).rows(), "images": database.images(whole).rows(), "at": at,
        "blocks": blocks(text, sections, near, start, end), "part": min(number, len(cuts)), "parts": len(cuts),
        "sections": contents(sections, cuts),
        "statements": len(found), "marks": MARKS, "neighbours": neighbours(view, document),
    }  # fmt: skip


def contents(sections: list[Record], cuts: list[tuple[int, int]]) -> list[Record]:
    """The table of contents: `again` where a section has the heading of the one before, and only its role is new."""
    made: list[Record] = []
    for row in sections:
        if row["end"] > row["start"]:
            again = bool(made) and row["title"] is not None and made[-1]["title"] == row["title"]
            made.append(row | {"part": part_of(cuts, row["start"]), "again": again})
    return made


def span(view: View, row: Record) -> Span:
    """A statement as a mark, with a line that tells it."""
    say = view.say
    name = say.indicator(row["indicator_id"]) or row["indicator"]
    told = [name, figure(row | {"qualitative": row["wording"]}, say), say.value("status", row["status"]), row["period"]]
    return Span(row["start"], row["end"], "statement", row["id"], " · ".join(part for part in told if part))


def policy(view: View, id: str) -> list[Span]:
    """The industries that a document names, and the words that tell what its sentences do."""
    say, database = view.say, view.reading.database
    named = [
        Span(row["start"], row["end"], "industry", "", say.value("industry", row["industry_id"]) or row["quote"])
        for row in database.industries(document=id)
    ]
    tools = {row["id"] for row in load().rows("tools")}
    cues = database.sql('SELECT "start", "end", code FROM cues WHERE document_id = ? ORDER BY ALL', [id])
    return named + [
        Span(row["start"], row["end"], "measure", "", say.value("tool", row["code"]))
        for row in cues
        if row["code"] in tools
    ]


def place(at: str | None, length: int) -> tuple[int, int] | None:
    """The stretch that the address points to, if it lies in the text."""
    if at is None:
        return None
    start, end = (int(part) for part in at.split("-"))
    return (start, min(end, length)) if start < min(end, length) else None


def part_of(cuts: list[tuple[int, int]], at: int) -> int:
    """The number of the part that a place lies in."""
    return next((n for n, (start, end) in enumerate(cuts, 1) if start <= at < end), len(cuts))


def hits(text: str, words: str | None, start: int, end: int) -> list[Span]:
    """Where words stand in a part."""
    places = (place for word in (words or "").split() for place in finder([word]).finditer(text, start, end))
    return [Span(*place.span(), "hit") for place in itertools.islice(places, HITS)]


def neighbours(view: View, document: Record) -> list[Record]:
    """Documents of the same kind and region of the years around."""
    if not document["adcode"] or document["year"] is None:
        return []
    listed = common.documents_of(view, document["adcode"], document["type"])
    years = (document["year"] - 1, document["year"], document["year"] + 1)
    return [row for row in listed if row["year"] in years and row["id"] != document["id"]][:8]
