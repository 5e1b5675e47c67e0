"""Terms: lines over the years, the tile grid of one of them, counts, and every use in its line."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from saidao.outputs.tables import Record
from saidao.terms import shipped
from saidao.web import grid, tables
from saidao.web import questions as ask
from saidao.web.pages import common
from saidao.web.site import View, decimal

TEMPLATE = "terms.html"
LINES = 12
"""Lines of the chart at most."""
BEFORE = 3
"""Years that the chart shows before the first use."""
MEASURES = ("per_10000", "hits", "document_share", "sentence_share")


class Question(ask.Terms):
    """Parameters of the page."""

    term: ask.Name | None = None
    measure: Literal["per_10000", "hits", "document_share", "sentence_share"] = "per_10000"
    sort: Literal["region", "year", "left", "right"] = "year"
    page: int = Field(default=1, ge=1, le=10**6)


def values(view: View, question: Question) -> dict[str, Any]:
    """What the page shows."""
    words = tables.words_of(question)
    shared: dict[str, Any] = {
        "question": question, "words": words, "places": common.places(view), "types": common.types(view),
        "levels": common.levels(view), "dictionaries": shipped(), "measures": MEASURES,
    }  # fmt: skip
    if not words and not question.dictionary:
        return shared | {"rows": None}
    # of typed words the spellings of one count together; of a dictionary each term by itself
    by = "term" if question.dictionary else "group"
    splits = [((by,), False), ((by, "year"), True), *([] if question.dictionary else [(("region", by), False)])]
    found, by_year, *by_region = tables.several_counts(view.reading, question, splits)
    spellings = {} if question.dictionary else {word.split("|")[0].strip(): word for word in words}
    rows = [named(row, by, spellings) for row in sorted(found.rows, key=lambda row: -(row["hits"] or 0))]
    chosen = question.term or (rows[0]["term"] if rows else None)
    one = question.model_copy(update={"words": [chosen or ""], "dictionary": None})
    if by_region and chosen in (row["term"] for row in rows):
        regions = [row for row in by_region[0].rows if spellings.get(row[by], row[by]) == chosen]
    else:
        regions = tables.counts(view.reading, one, ["region"], panel=False).rows if chosen else []
    uses, pager = None, None
    if chosen:
        asked = ask.Uses.model_validate(
            question.scope() | {"term": chosen, "sort": question.sort, "section": question.section}
        )
        table = tables.uses(view.reading, asked)
        pager = common.Pager(question.page, table.total)
        uses = table.page(pager.size, pager.offset).rows

    def tell(value: Decimal) -> str:
        return told(value, question.measure)

    marks = [mark(view, row, question, chosen or "") for row in regions if row["adcode"]]
    return shared | {
        "rows": rows, "chosen": chosen, "total": found.total, "grid": grid.grid(marks, view.say, tell),
        "distribution": grid.distribution(marks, tell), "uses": uses, "pager": pager,
        "chart": chart(view, [named(row, by, spellings) for row in by_year.rows], [row["term"] for row in rows[:LINES]], question.measure),
        "files": question.model_dump(include={"words", "dictionary", "year", "region", "type", "level", "section"}),
        "scope": question.scope() | {"section": question.section},
    }  # fmt: skip


def named(row: Record, by: str, spellings: dict[str, str]) -> Record:
    """A row with its term as it was typed."""
    return row | {"term": spellings.get(row[by], row[by])}


def mark(view: View, row: Record, question: Question, term: str) -> grid.Mark:
    """A region's measure; it leads to the term's uses there."""
    value = row[question.measure]
    text = told(value, question.measure)
    place = view.say.place(row["adcode"], row["region"])
    href = view.link.here(region=row["adcode"], term=term, page=None)
    about = f"{place}: {text} ({row['hits'] or 0:,} / {row['documents']:,})"
    return grid.Mark(row["adcode"], row["region"], value, text, text, f"{href}#uses", about)


def told(value: Decimal | int | None, measure: str) -> str:
    """A measure as a text."""
    if value is None:
        return ""
    if measure.endswith("_share"):
        return f"{decimal(Decimal(value) * 100, 1)}%"
    return f"{value:,}" if measure == "hits" else decimal(Decimal(value))


def chart(view: View, rows: list[Record], terms: list[str], measure: str) -> dict[str, Any] | None:
    """The lines through the years; a year without documents is a gap."""
    years = sorted({row["year"] for row in rows if row["year"] is not None})
    if len(years) < 2:
        return None
    used = [row["year"] for row in rows if row["term"] in set(terms) and row["hits"]]
    years = [year for year in years if year >= min(used, default=0) - BEFORE]
    lines: dict[str, dict[int, Any]] = {term: {} for term in terms}
    for row in rows:
        if row["term"] in lines and row["documents"]:
            value = row[measure]
            scale = 100 if measure.endswith("_share") else 1
            lines[row["term"]][row["year"]] = None if value is None else round(float(value * scale), 4)
    unit = view.say.label(f"terms.{measure}") + (" (%)" if measure.endswith("_share") else "")
    return {
        "kind": "lines", "title": unit, "unit": unit, "years": years,
        "lines": [{"name": name, "values": [found.get(year) for year in years]} for name, found in lines.items()],
    }  # fmt: skip
