"""The questions that the Python interface and the command line ask, as SQL with parameters."""

from __future__ import annotations

from collections.abc import Sequence

from saidao.filters import Carriers, Documents, Measures, Mentions, Search, Statements
from saidao.filters.names import Several
from saidao.store.policy_queries import carriers_query, measures_query, mentions_query
from saidao.store.where import Query, Where

DOCUMENT_COLUMNS = (
    "id", "title", "issuer", "level", "adcode", "region", "type", "year", "date", "session", "publisher",
    "aggregator", "url", "categories", "characters", "path", "member", "sheet", "row",
)  # fmt: skip

_STATEMENT_FIELDS = (
    "id", "indicator", "indicator_id", "quote", "kind", "low", "high", "unit", "bound", "status", "period", "region",
    "industry", "industry_id", "scope", "hedge", "wording", "section",
)  # fmt: skip

_STATEMENTS = (
    "SELECT "
    + ", ".join(f"s.{name}" for name in _STATEMENT_FIELDS)
    + ", x.text AS sentence, d.region AS issuer_region, d.year AS report_year, d.issuer, d.title, d.type, d.date,"
    ' d.url, d.path, d.member, d.sheet, d."row", s.document_id, s."start", s."end",'
    ' s."start" - x."start" AS quote_start'
    " FROM statements s JOIN documents d ON d.id = s.document_id LEFT JOIN sentences x ON x.id = s.sentence_id"
)
_SENTENCES = (
    "SELECT x.id, x.text AS sentence, x.section, d.region, d.adcode, d.year, d.title, d.issuer, d.type, d.date, d.url,"
    ' x.document_id, x."start", x."end" FROM sentences x JOIN documents d ON d.id = x.document_id'
)
_ORDER = ' ORDER BY d.adcode, d.year, d.date, s.document_id, s."start", s."end", s.id'


def documents_query(asked: Documents) -> Query:
    """Documents without their texts."""
    where = Where()
    where.texts(asked)
    where.holds(["d.issuer"], asked.issuer)
    columns = ", ".join(f'd."{name}"' for name in DOCUMENT_COLUMNS)
    return where.query(f"SELECT {columns} FROM documents d", " ORDER BY d.adcode, d.year, d.date, d.id")


def statements_query(asked: Statements, *, id: str | None = None) -> Query:
    """Statements with their sentence, document and source."""
    where = Where()
    where.among("s.id", id)
    where.passages(asked, "s", "s.region IN (SELECT unnest(?::VARCHAR[]))")
    where.industry(asked.industry)
    where.indicator(asked.indicator)
    where.among("s.status", asked.status)
    where.among("s.kind", asked.kind)
    where.period(asked.period)
    return where.query(_STATEMENTS, _ORDER + (f" LIMIT {int(asked.limit)}" if asked.limit is not None else ""))


def record_query(table: str, id: str) -> Query:
    """One record with its sentence, document and source: of statements, measures, mentions or carriers."""
    if table == "statements":
        return statements_query(Statements(), id=id)
    if table == "measures":
        return measures_query(Measures(), id=id)
    return mentions_query(Mentions(), id=id) if table == "mentions" else carriers_query(Carriers(), id=id)


def statistics_query(*, region: Several, year: int | str | None, indicator: Several) -> Query:
    """Imported statistics."""
    where = Where()
    where.region(region)
    where.years(year)
    where.indicator(indicator, "d")
    order = ' ORDER BY d.adcode, d.indicator_id, d.indicator, d.measure, d.year, d.path, d.sheet, d."row", d."column"'
    return where.query("SELECT d.* FROM statistics d", order)


def search_query(words: Sequence[str], asked: Search) -> Query:
    """Sentences that hold all of some words in any of their spellings, the latest first."""
    where = Where()
    where.words("x.text", words)
    where.texts(asked)
    where.among("x.section", asked.section)
    return where.query(
        _SENTENCES, ' ORDER BY d.year DESC NULLS LAST, d.date DESC NULLS LAST, d.adcode, d.id, x."start"'
    )
