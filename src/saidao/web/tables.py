"""The tables that pages show, files hold and the API gives: one function each, which asks the database and keeps the answer.

A table is its rows, whole or a part of them, its columns, and how many rows there are in all.
"""

from __future__ import annotations

import datetime
import re
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from saidao import filters
from saidao.api.frame import Frame
from saidao.errors import UsageError
from saidao.filters.names import several
from saidao.outputs.tables import Column, Record
from saidao.terms import shipped
from saidao.web import questions as ask
from saidao.web.holder import Reading

if TYPE_CHECKING:
    from saidao.analyses.matrix import Matrix
    from saidao.analyses.promises import Promises
    from saidao.analyses.round_up import RoundUp
    from saidao.phrases.report import Report
    from saidao.terms import Counts

_CODES = {
    "level": "level", "type": "type", "kind": "kind", "status": "status", "section": "section", "bound": "bound",
    "measure": "kind", "target_bound": "bound", "result_bound": "bound", "last_bound": "bound", "class": "phrase_class",
    "document_type": "type", "tool": "tool", "trend": "trend", "industry_id": "industry", "target_reason": "reason", "result_reason": "reason", "change": "change", "outcome": "outcome",
}  # fmt: skip
_LISTS = {
    "tools": "tool", "themes": "theme", "industries": "industry", "commits": "commits", "mechanisms": "mechanism",
    "relations": "relation", "tool_ids": "tool", "industry_ids": "industry",
}  # fmt: skip
"""Columns that hold several codes."""
_YEARS = frozenset(("year", "made", "due", "base_year", "latest_year", "first_year", "last_year", "known_from"))
_WIDE = {"sentence": 80, "left": 40, "right": 40, "quote": 18, "indicator": 20, "title": 30, "region": 14}
_READS_ALL = threading.Lock()
"""Held while every document is read: several at once would take as long, and more memory."""
_PARTS = re.compile(r"[\n\r,，、;；]+")

Rows = Sequence[Record]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with their columns."""

    rows: Rows
    names: Sequence[str]
    total: int

    @property
    def columns(self) -> list[Column]:
        """The columns as files need them; what they hold follows from the values."""
        return [_column(name, self.rows) for name in self.names]

    def page(self, limit: int | None, offset: int) -> Table:
        """A part of the rows."""
        end = None if limit is None else offset + limit
        return Table(self.rows[offset:end], self.names, self.total)


def whole(rows: Rows, names: Sequence[str]) -> Table:
    """A table of rows that are all there."""
    return Table(rows, names, len(rows))


SMALL = 100
"""Rows of a part of a table that is kept."""


def of_frame(reading: Reading, name: str, given: Any, frame: Frame, limit: int | None, offset: int = 0) -> Table:
    """A part of a frame's rows, which are read only so far. Small parts are kept under what was asked for.

    Args:
        reading: the database and the answers that are kept.
        name: of the table.
        given: what was asked for.
        frame: the rows.
        limit: rows at most; all if None.
        offset: rows to pass over.
    """
    total = reading.answer("size", name, repr(given), make=lambda: len(frame))
    if limit is None:
        return Table(frame.rows(), frame.columns, total)
    if limit > SMALL:
        return Table(frame.page(limit, offset), frame.columns, total)
    return reading.answer(
        "part", name, repr(given), limit, offset, make=lambda: Table(frame.page(limit, offset), frame.columns, total)
    )


def round_up(reading: Reading, asked: filters.Reports, *, coverage: bool = True) -> RoundUp:
    """The round-up that is asked for; what is missing only where it is wanted, or was told before."""
    given = asked.given(without=("part",))
    whole = ("round_up", repr(given), True)
    if not coverage and not reading.answers.has(whole):
        return reading.answer(*whole[:2], False, make=lambda: reading.database.round_up(**given, coverage=False))
    return reading.answer(*whole, make=lambda: reading.database.round_up(**given))


def targets(reading: Reading, asked: filters.Targets) -> Table:
    """Targets and results, what stands under them, or what is missing."""
    return whole(*round_up(reading, asked, coverage=asked.part == "coverage").part(asked.part))


def promises(reading: Reading, asked: filters.Reports, part: str = "promises") -> Promises:
    """The ledger that is asked for; commitments only where they are the part that is wanted."""
    given = asked.given(without=("part", "outcome"))
    commitments = part == "commitments"
    return reading.answer(
        "promises", repr(given), commitments,
        make=lambda: reading.database.promises(**given, commitments=commitments),
    )  # fmt: skip


def ledger(reading: Reading, asked: filters.Ledger) -> Table:
    """Promises, commitments or the record over the years."""
    return whole(*promises(reading, asked, asked.part).part(asked.part, several(asked.outcome)))


def series(reading: Reading, question: ask.Series) -> Table:
    """One indicator through the years."""

    def make() -> Table:
        frame = reading.database.series(
            indicator=question.indicator, region=question.region or None, year=question.year, measure=question.measure
        )
        return whole(frame.rows(), frame.columns)

    return reading.answer("series", question.key(), make=make)


def words_of(question: ask.Terms) -> list[str]:
    """The terms that were typed or pasted, each once."""
    return list(dict.fromkeys(part.strip() for cell in question.words for part in _PARTS.split(cell) if part.strip()))


def counts(reading: Reading, question: ask.Terms, by: Sequence[str], *, panel: bool) -> Counts:
    """The counts of a question, split in some way."""
    return several_counts(reading, question, ((tuple(by), panel),))[0]


def several_counts(
    reading: Reading, question: ask.Terms, splits: Sequence[tuple[Sequence[str], bool]]
) -> Sequence[Counts]:
    """The counts of a question, split in several ways, each with or without gaps: the documents are read once."""
    words = words_of(question)
    if question.dictionary is not None and question.dictionary not in shipped():
        raise UsageError("usage.no_dictionary", name=question.dictionary, names=", ".join(shipped()))  # never a file
    scope = question.scope() | {"section": question.section or None}
    key = (repr(words), question.dictionary, repr(scope), tuple(splits))

    def make() -> Sequence[Counts]:
        with _READS_ALL:
            return reading.database.term_splits(
                words if not question.dictionary else None, splits, dictionary=question.dictionary, **scope
            )

    return reading.answer("terms", *key, make=make)


def terms(reading: Reading, question: ask.Terms) -> Table:
    """Counts of terms."""
    by = question.by or (["region", "year"] if question.panel else ["term"])
    found = counts(reading, question, by, panel=question.panel)
    return whole(found.rows, found.columns)


def uses(reading: Reading, question: ask.Uses) -> Table:
    """Every use of a term in its line."""
    from saidao.terms.concordance import COLUMNS

    def make() -> Table:
        scope = question.scope() | {"section": question.section or None}
        return whole(reading.database.uses(question.term, sort=question.sort, **scope), COLUMNS)

    return reading.answer("uses", question.key(), make=make)


def phrase_report(reading: Reading, question: ask.Phrases) -> Report:
    """The phrases of a question."""
    given = question.scope() | {"against": question.against, "against_region": question.against_region or None}

    def make() -> Report:
        with _READS_ALL:
            return reading.database.phrase_report(**given, limit=PHRASES)

    return reading.answer("phrases", repr(given), make=make)


PHRASES = 5000
"""Phrases that are kept at most."""


def phrases(reading: Reading, question: ask.Phrases) -> Table:
    """Fixed expressions, and what became of them."""
    from saidao.phrases.report import COLUMNS

    records = phrase_report(reading, question).records
    if question.classes:
        records = [record for record in records if record["class"] in question.classes]
    return whole(records, COLUMNS)


def spread(reading: Reading, question: ask.Spread) -> Table:
    """Where and when a phrase was used first."""
    found = reading.answer(
        "spread", question.phrase, repr(question.scope()),
        make=lambda: reading.database.spread_of(question.phrase, **question.scope()),
    )  # fmt: skip
    return whole(*found.part(question.part))


def documents(reading: Reading, asked: filters.Documents, limit: int | None, offset: int = 0) -> Table:
    """Documents without their texts."""
    given = asked.given()
    return of_frame(reading, "documents", given, reading.database.documents(**given), limit, offset)


def statements(reading: Reading, asked: filters.Statements, limit: int | None, offset: int = 0) -> Table:
    """Statements with their sentences."""
    given = asked.given()
    return of_frame(reading, "statements", given, reading.database.statements(**given), limit, offset)


def industries(reading: Reading, asked: filters.Mentions, limit: int | None, offset: int = 0) -> Table:
    """Industries that sentences name."""
    given = asked.given()
    return of_frame(reading, "industries", given, reading.database.industries(**given), limit, offset)


def measures(reading: Reading, asked: filters.Measures, limit: int | None, offset: int = 0) -> Table:
    """What sentences do."""
    given = asked.given()
    return of_frame(reading, "measures", given, reading.database.measures(**given), limit, offset)


def carriers(reading: Reading, asked: filters.Carriers, limit: int | None, offset: int = 0) -> Table:
    """The register of carriers."""
    given = asked.given()
    return of_frame(reading, "carriers", given, reading.database.carriers(**given), limit, offset)


def matrix_report(reading: Reading, asked: filters.Bets, *, evidence: bool = False) -> Matrix:
    """The matrix that is asked for, with the records that it counts where these are asked for."""
    given = asked.given(without=("part",))
    return reading.answer(
        "matrix", repr(given), evidence, make=lambda: reading.database.matrix_report(**given, evidence=evidence)
    )


def matrix(reading: Reading, asked: filters.Matrix) -> Table:
    """A part of the matrix."""
    return whole(*matrix_report(reading, asked, evidence=asked.part == "evidence").part(asked.part))


def search(reading: Reading, question: ask.Search, limit: int | None, offset: int = 0) -> Table:
    """Sentences that hold some words."""
    frame = _searched(reading, question)
    rows = frame.rows() if limit is None else frame.page(limit, offset)
    return Table(rows, frame.columns, search_size(reading, question)[0])


def search_size(reading: Reading, question: ask.Search) -> tuple[int, int]:
    """How many sentences hold the words, and how many documents they stand in."""

    def make() -> tuple[int, int]:
        return _searched(reading, question).sizes("document_id")

    return reading.answer("search", question.q, repr(question.scope()), make=make)


def _searched(reading: Reading, question: ask.Search) -> Frame:
    return reading.database.search(question.q.split(), **question.scope())


def sort(rows: Iterable[Record], value: Callable[[Record], Any], order: str) -> list[Record]:
    """Rows by a value, the largest first for `down`; those without one last either way."""
    found = list(rows)
    with_value = [row for row in found if value(row) is not None]
    with_value.sort(key=value, reverse=order == "down")
    return with_value + [row for row in found if value(row) is None]


def _column(name: str, rows: Rows) -> Column:
    value = next((row[name] for row in rows[:1000] if row.get(name) is not None), None)
    kind = "text"
    if name in _LISTS and isinstance(value, list):
        return Column(name, "codes", 24, codes=_LISTS[name])
    if name in _CODES:
        kind = "code"
    elif name.endswith("sentence"):
        kind = "sentence"
    elif isinstance(value, Decimal):
        kind = "decimal"
    elif isinstance(value, int) and not isinstance(value, bool):
        kind = "integer" if name in _YEARS or name.endswith(("start", "end")) else "decimal"
    elif isinstance(value, datetime.date):
        kind = "date"
    elif isinstance(value, list):
        kind = "list"
    return Column(name, kind, _WIDE.get(name, 12), codes=_CODES.get(name))
