"""The list of documents, and the search in their full text."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from saidao import filters
from saidao.filters.spellings import finder
from saidao.web import questions as ask
from saidao.web import tables
from saidao.web.pages import common
from saidao.web.site import View

TEMPLATE = "documents.html"


class Question(ask.Question):
    """Parameters of the page."""

    q: ask.Name | None = None
    year: ask.Year | None = None
    region: ask.Name | None = None
    type: ask.Name | None = None
    section: ask.Name | None = None
    page: int = Field(default=1, ge=1, le=10**6)


def values(view: View, question: Question) -> dict[str, Any]:
    """What the page shows."""
    given = {name: [value] if value else [] for name, value in (("region", question.region), ("type", question.type))}
    pager = common.Pager(question.page, 0)
    shared: dict[str, Any] = {
        "question": question, "places": common.places(view), "types": common.types(view), "years": common.years(view),
        "hits": None, "documents": None, "files": given | {"year": question.year},
    }  # fmt: skip
    if question.q and question.q.strip():
        section = [question.section] if question.section else []
        asked = ask.Search.model_validate({"q": question.q, "year": question.year, "section": section, **given})
        found = tables.search(view.reading, asked, pager.size, pager.offset)
        hits = [row | {"parts": parts(row["sentence"], row["start"], question.q)} for row in found.rows]
        return shared | {
            "hits": hits, "pager": common.Pager(question.page, found.total),
            "files": asked.model_dump(exclude_none=True), "found": tables.search_size(view.reading, asked),
        }  # fmt: skip
    listed = tables.documents(
        view.reading,
        filters.Documents(year=question.year, region=question.region, type=question.type),
        pager.size,
        pager.offset,
    )
    return shared | {"documents": listed.rows, "pager": common.Pager(question.page, listed.total)}


CONTEXT = 120
"""Characters shown before the first hit of a long sentence, and behind the last."""


def parts(sentence: str, start: int, words: str) -> dict[str, Any]:
    """A sentence cut into what matches and what does not, and the place of the first hit in its document."""
    found = [match.span() for match in finder(words.split()).finditer(sentence)]
    if not found:
        return {"pieces": [(sentence, False)], "start": start, "end": start + len(sentence)}
    first, last = max(found[0][0] - CONTEXT, 0), min(found[-1][1] + CONTEXT, len(sentence), found[0][0] + 4 * CONTEXT)
    pieces = [("…", False)] if first else []
    at = first
    for begin, end in found:
        if end > last:
            break
        pieces += [(sentence[at:begin], False), (sentence[begin:end], True)]
        at = end
    pieces.append((sentence[at:last] + ("…" if last < len(sentence) else ""), False))
    return {"pieces": [p for p in pieces if p[0]], "start": start + found[0][0], "end": start + found[0][1]}
