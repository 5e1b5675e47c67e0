"""The questions that the Python interface and the command line ask, as SQL with parameters."""

from __future__ import annotations

from collections.abc import Sequence

from saidao.store.where import Query, Several, Where, several

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


def documents_query(*, region: Several, year: int | str | None, type: Several, issuer: str | None) -> Query:
    """Documents without their texts."""
    where = Where()
    where.region(region)
    where.years(year)
    where.among("d.type", type)
    where.holds(["d.issuer"], issuer)
    columns = ", ".join(f'd."{name}"' for name in DOCUMENT_COLUMNS)
    return where.query(f"SELECT {columns} FROM documents d", " ORDER BY d.adcode, d.year, d.date, d.id")


def statements_query(
    *,
    id: str | None = None,
    region: Several = None,
    year: int | str | None = None,
    industry: Several = None,
    indicator: Several = None,
    status: Several = None,
    kind: Several = None,
    section: Several = None,
    type: Several = None,
    period: Several = None,
    words: Several = None,
    document: str | None = None,
    limit: int | None = None,
) -> Query:
    """Statements with their sentence, document and source."""
    where = Where()
    where.among("s.id", id)
    where.among("s.document_id", document)
    where.region(region, named="s.region IN (SELECT unnest(?::VARCHAR[]))")
    where.years(year)
    where.industry(industry)
    where.indicator(indicator)
    where.among("s.status", status)
    where.among("s.kind", kind)
    where.among("s.section", section)
    where.among("d.type", type)
    where.period(period)
    for word in several(words):
        where.add("contains(x.text, ?)", word)
    order = _ORDER + (f" LIMIT {int(limit)}" if limit is not None else "")
    return where.query(_STATEMENTS, order)


def statistics_query(*, region: Several, year: int | str | None, indicator: Several) -> Query:
    """Imported statistics."""
    where = Where()
    where.region(region)
    where.years(year)
    where.indicator(indicator, "d")
    order = ' ORDER BY d.adcode, d.indicator_id, d.indicator, d.measure, d.year, d.path, d.sheet, d."row", d."column"'
    return where.query("SELECT d.* FROM statistics d", order)


def search_query(
    words: Sequence[str], *, region: Several, year: int | str | None, type: Several, section: Several
) -> Query:
    """Sentences that hold all of some words, the latest first; Latin letters match in either case."""
    where = Where()
    for word in words:
        if word.lower() == word.upper():
            where.add("contains(x.text, ?)", word)
        else:
            where.add("contains(lower(x.text), ?)", word.lower())
    where.region(region)
    where.years(year)
    where.among("d.type", type)
    where.among("x.section", section)
    return where.query(
        _SENTENCES, ' ORDER BY d.year DESC NULLS LAST, d.date DESC NULLS LAST, d.adcode, d.id, x."start"'
    )
