"""Questions about measures, industries and carriers, as SQL with parameters."""

from __future__ import annotations

from typing import Any

from saidao.filters import Carriers, Measures, Mentions, Policy
from saidao.filters.names import Several, industry_ids, several
from saidao.store.where import Query, Where

_DOCUMENT = (
    "d.region AS issuer_region, d.year AS report_year, d.issuer, d.title, d.type AS document_type, d.date, d.url, d.path,"
    ' d.member, d.sheet, d."row", {0}.document_id, {0}."start", {0}."end"'
)
_ORDER = ' ORDER BY d.adcode, d.year, d.date, {0}.document_id, {0}."start", {0}."end"'

_MENTIONS = (
    "SELECT i.id, i.industry_id, i.quote, i.generic, i.status, i.section, m.tools, m.themes, x.text AS sentence, "
    + _DOCUMENT.format("i")
    + ', i."start" - x."start" AS quote_start, i.measure_id FROM mentions i JOIN documents d ON d.id = i.document_id'
    " JOIN measures m ON m.id = i.measure_id LEFT JOIN sentences x ON x.id = i.sentence_id"
)

_MEASURES = (
    "WITH chosen AS (SELECT m.id FROM measures m JOIN documents d ON d.id = m.document_id"
    " LEFT JOIN sentences x ON x.id = m.sentence_id"
)
"""The measures that are asked for: what hangs on them is gathered for these alone."""

_CODED = (
    ") SELECT m.id, m.status, m.tools, m.themes, m.strength, m.commits, m.mechanisms, m.relations, m.regions,"
    " coalesce(i.industries, []) AS industries, coalesce(c.cues, []) AS cues,"
    ' substr(x.text, m."start" - x."start" + 1, m."end" - m."start") AS sentence, m.section, '
    + _DOCUMENT.format("m")
    + ', c.quote, c."first" - m."start" AS quote_start'
    " FROM measures m JOIN documents d ON d.id = m.document_id LEFT JOIN sentences x ON x.id = m.sentence_id"
    " LEFT JOIN (SELECT measure_id, list(DISTINCT industry_id ORDER BY industry_id) AS industries FROM mentions"
    " WHERE industry_id IS NOT NULL AND measure_id IN (FROM chosen) GROUP BY 1) i ON i.measure_id = m.id"
    ' LEFT JOIN (SELECT measure_id, list(quote ORDER BY "start", "end") AS cues, min("start") AS "first",'
    ' arg_min(quote, "start") AS quote FROM cues WHERE measure_id IN (FROM chosen) GROUP BY 1) c ON c.measure_id = m.id WHERE m.id IN (FROM chosen)'
)

_CARRIERS = (
    "SELECT b.id, b.type, b.quote, b.name, b.number, f.quote AS scale, b.low, b.high, b.unit, b.bound, b.measured, b.deadline, b.status,"
    " b.region, b.industries, b.section, m.tools, x.text AS sentence, "
    + _DOCUMENT.format("b")
    + ', b."start" - x."start" AS quote_start, b.statement_id, b.measure_id'
    " FROM carriers b JOIN documents d ON d.id = b.document_id JOIN measures m ON m.id = b.measure_id"
    " LEFT JOIN sentences x ON x.id = b.sentence_id LEFT JOIN statements f ON f.id = b.statement_id"
)


def mentions_query(asked: Mentions, *, id: str | None = None) -> Query:
    """Mentions of industries, each with its sentence, its document and its source."""
    where = _shared(asked, "i", id)
    if asked.generic is not None:
        where.add("i.generic = ?", asked.generic)
    _industries(where, asked.industry, "i.industry_id IN (SELECT unnest(?::VARCHAR[]))", "i.quote")
    _holding(where, "m.themes", asked.theme)
    return where.query(_MENTIONS, _ordered("i", asked.limit))


def measures_query(asked: Measures, *, id: str | None = None) -> Query:
    """Coded sentences, with the industries they name and the words that gave their codes."""
    where = _shared(asked, "m", id)
    if asked.strength is not None:
        where.add("m.strength >= ?", asked.strength)
    _holding(where, "m.themes", asked.theme)
    _holding(where, "m.commits", asked.commits)
    _holding(where, "m.mechanisms", asked.mechanism)
    _holding(where, "m.relations", asked.relation)
    within = "EXISTS (SELECT 1 FROM mentions i WHERE i.measure_id = m.id AND i.{})"
    _industries(where, asked.industry, within.format("industry_id IN (SELECT unnest(?::VARCHAR[]))"), "x.text")
    return where.query(_MEASURES, _CODED + _ordered("m", asked.limit))


def carriers_query(asked: Carriers, *, id: str | None = None) -> Query:
    """The register of carriers, each with its sentence, its document and its source."""
    where = _shared(asked, "b", id, "b.region IN (SELECT unnest(?::VARCHAR[]))")
    where.among("b.type", asked.carrier)
    _industries(where, asked.industry, "list_has_any(b.industries, ?::VARCHAR[])", "b.quote")
    return where.query(_CARRIERS, _ordered("b", asked.limit))


def _shared(asked: Policy, table: str, id: str | None, named: str = "list_has_any(m.regions, ?::VARCHAR[])") -> Where:
    """The conditions that all three have; `named`: the record names one of the regions."""
    where = Where()
    where.among(f"{table}.id", id)
    where.passages(asked, table, named)
    where.among("d.level", asked.level)
    where.among(f"{table}.status", asked.status)
    _holding(where, "m.tools", asked.tool)
    return where


def _holding(where: Where, column: str, value: Several) -> None:
    """The column, a list, holds one of the values."""
    if several(value):
        where.add(f"list_has_any({column}, ?::VARCHAR[])", several(value))


def _industries(where: Where, value: Several, test: str, words: str) -> None:
    """The industries that are named, or, where no industry is called so, the words themselves."""
    tests: list[str] = []
    parameters: list[Any] = []
    for name in several(value):
        ids = industry_ids(name)
        tests.append(test if ids else f"contains({words}, ?)")
        parameters.append(ids or name)
    if tests:
        where.add(f"({' OR '.join(tests)})", *parameters)


def _ordered(table: str, limit: int | None) -> str:
    return _ORDER.format(table) + (f" LIMIT {int(limit)}" if limit is not None else "")
