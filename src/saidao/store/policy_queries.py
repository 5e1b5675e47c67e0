"""Questions about measures, industries and carriers, as SQL with parameters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from saidao.errors import UsageError
from saidao.lexicon import load
from saidao.store.where import Query, Several, Where, industry_ids, several

STATUSES = ("done", "planned", "context")
_FILES = {"tool": "tools", "carrier": "carrier_types"}

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
    "SELECT m.id, m.status, m.tools, m.themes, m.strength, m.commits, m.mechanisms, m.relations, m.regions,"
    " coalesce(i.industries, []) AS industries, coalesce(c.cues, []) AS cues,"
    ' substr(x.text, m."start" - x."start" + 1, m."end" - m."start") AS sentence, m.section, '
    + _DOCUMENT.format("m")
    + ', c.quote, c."first" - m."start" AS quote_start'
    " FROM measures m JOIN documents d ON d.id = m.document_id LEFT JOIN sentences x ON x.id = m.sentence_id"
    " LEFT JOIN (SELECT measure_id, list(DISTINCT industry_id ORDER BY industry_id) AS industries FROM mentions"
    " WHERE industry_id IS NOT NULL GROUP BY 1) i ON i.measure_id = m.id"
    ' LEFT JOIN (SELECT measure_id, list(quote ORDER BY "start", "end") AS cues, min("start") AS "first",'
    ' arg_min(quote, "start") AS quote FROM cues GROUP BY 1) c ON c.measure_id = m.id'
)

_CARRIERS = (
    "SELECT b.id, b.type, b.quote, b.name, b.number, f.quote AS scale, b.low, b.high, b.unit, b.bound, b.measured, b.deadline, b.status,"
    " b.region, b.industries, b.section, m.tools, x.text AS sentence, "
    + _DOCUMENT.format("b")
    + ', b."start" - x."start" AS quote_start, b.statement_id, b.measure_id'
    " FROM carriers b JOIN documents d ON d.id = b.document_id JOIN measures m ON m.id = b.measure_id"
    " LEFT JOIN sentences x ON x.id = b.sentence_id LEFT JOIN statements f ON f.id = b.statement_id"
)


def mentions_query(
    *,
    id: str | None = None,
    region: Several = None,
    year: int | str | None = None,
    industry: Several = None,
    generic: bool | None = None,
    tool: Several = None,
    theme: Several = None,
    status: Several = None,
    section: Several = None,
    type: Several = None,
    words: Several = None,
    document: str | None = None,
    limit: int | None = None,
) -> Query:
    """Mentions of industries, each with its sentence, its document and its source."""
    where = Where()
    where.among("i.id", id)
    if generic is not None:
        where.add("i.generic = ?", generic)
    _industries(where, industry, "i.industry_id IN (SELECT unnest(?::VARCHAR[]))", "i.quote")
    _shared(where, "i", region, year, section, type, words, document)
    where.among("i.status", codes("status", status))
    _holding(where, "m.tools", codes("tool", tool))
    _holding(where, "m.themes", codes("theme", theme))
    return where.query(_MENTIONS, _ordered("i", limit))


def measures_query(
    *,
    id: str | None = None,
    region: Several = None,
    year: int | str | None = None,
    industry: Several = None,
    tool: Several = None,
    theme: Several = None,
    status: Several = None,
    strength: int | None = None,
    commits: Several = None,
    mechanism: Several = None,
    relation: Several = None,
    section: Several = None,
    type: Several = None,
    words: Several = None,
    document: str | None = None,
    limit: int | None = None,
) -> Query:
    """Coded sentences, with the industries they name and the words that gave their codes."""
    where = Where()
    where.among("m.id", id)
    _shared(where, "m", region, year, section, type, words, document)
    where.among("m.status", codes("status", status))
    if strength is not None:
        where.add("m.strength >= ?", strength)
    for column, kind, values in (
        ("tools", "tool", tool),
        ("themes", "theme", theme),
        ("commits", "commits", commits),
        ("mechanisms", "mechanism", mechanism),
        ("relations", "relation", relation),
    ):
        _holding(where, f"m.{column}", codes(kind, values))
    within = "EXISTS (SELECT 1 FROM mentions i WHERE i.measure_id = m.id AND i.{})"
    _industries(where, industry, within.format("industry_id IN (SELECT unnest(?::VARCHAR[]))"), "x.text")
    return where.query(_MEASURES, _ordered("m", limit))


def carriers_query(
    *,
    id: str | None = None,
    region: Several = None,
    year: int | str | None = None,
    carrier: Several = None,
    industry: Several = None,
    tool: Several = None,
    status: Several = None,
    section: Several = None,
    type: Several = None,
    words: Several = None,
    document: str | None = None,
    limit: int | None = None,
) -> Query:
    """The register of carriers, each with its sentence, its document and its source."""
    where = Where()
    where.among("b.id", id)
    where.among("b.type", codes("carrier", carrier))
    _shared(where, "b", region, year, section, type, words, document, "b.region IN (SELECT unnest(?::VARCHAR[]))")
    where.among("b.status", codes("status", status))
    _holding(where, "m.tools", codes("tool", tool))
    _industries(where, industry, "list_has_any(b.industries, ?::VARCHAR[])", "b.quote")
    return where.query(_CARRIERS, _ordered("b", limit))


def code_names(kind: str) -> list[tuple[str, str, str]]:
    """The codes of a kind in order, each with its Chinese and its English name.

    Args:
        kind: tool, carrier, theme, status, commits, mechanism, relation.
    """
    if kind in _FILES:
        return [(row["id"], row["zh"], row["en"]) for row in load().rows(_FILES[kind])]
    labels = [row for row in load().rows("labels") if row["id"].startswith(f"{kind}.")]
    return [(row["id"].partition(".")[2], row["zh"], row["en"]) for row in labels]


def codes(kind: str, value: Several) -> list[str]:
    """The codes of a kind that ids or names in either language mean.

    Raises:
        UsageError: there is none of that name.
    """
    known = code_names(kind)
    if kind == "status":
        known = [names for names in known if names[0] in STATUSES]
    found = []
    for name in several(value):
        # A part of a name will do: 集群 for 产业集群.
        codes = [names[0] for names in known if name in names] or [c for c, zh, _ in known if name in zh]
        if not codes:
            raise UsageError(f"{name}: no {kind} of that name; known: {', '.join(f'{c} {zh}' for c, zh, _ in known)}")
        found += codes
    return found


def _shared(
    where: Where,
    table: str,
    region: Several,
    year: int | str | None,
    section: Several,
    type: Several,
    words: Several,
    document: str | None,
    place: str = "list_has_any(m.regions, ?::VARCHAR[])",
) -> None:
    where.region(region, named=place)
    where.years(year)
    where.among(f"{table}.section", section)
    where.among("d.type", type)
    where.among(f"{table}.document_id", document)
    for word in several(words):
        where.add("contains(x.text, ?)", word)


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


POLICY_QUERIES: dict[str, Callable[..., Query]] = {
    "measures": measures_query,
    "mentions": mentions_query,
    "carriers": carriers_query,
}
"""The question for each table of what sentences do."""
