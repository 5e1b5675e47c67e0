"""The sentences behind a matrix: a record a mention, commitment, carrier or use of a tool that its cells count."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import duckdb

from saidao.analyses.attention import CARRIERS, COMMITMENTS, Wanted, common, conditions, mentions_sql, names
from saidao.analyses.panel import Panel
from saidao.analyses.tree import tree
from saidao.filters.codes import codes
from saidao.lexicon import Lexicon

COLUMNS = (
    "region", "adcode", "level", "year", "counted", "industry", "industry_id", "tool", "quote", "status", "tools",
    "named_id", "id", "measure_id", "document", "start", "end", "title", "sentence", "quote_start",
)  # fmt: skip
"""Columns. `counted`: mention, commitment, carrier or measure; `named_id`: the industry itself, where a higher one counts it."""

_PLACE = 'document_id, "start", "end", quote, status, tools, measure_id, id, sentence_id'

_USES = (
    'SELECT DISTINCT ON (m.id, t.tool) m.document_id, m."start", m."end", \'\' AS quote, m.status, m.tools,'
    " m.id AS measure_id, m.id, m.sentence_id, {shown} AS shown, t.tool, NULL AS named_id FROM measures m"
    " JOIN chosen c ON c.id = m.document_id, unnest(m.tools) AS t(tool) {more}"
)


def evidence(
    connection: duckdb.DuckDBPyConnection, lexicon: Lexicon, panel: Panel, wanted: Wanted, by: str, first: int,
    last: int, shown: Collection[str] | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """The records behind the cells of a view, ordered by region, year and place in the text.

    There are as many of a kind as the cells of the years add up to; `text[start:end]` is the quote.
    """
    reports = {
        id: report
        for id, report in panel.documents.documents.items()
        if first <= report.year <= last and (shown is None or report.adcode in shown)
    }
    begin, parameters = common(list(reports), names(wanted, lexicon))
    where, rest = conditions(wanted)
    if by == "region-industry":
        kinds = [
            ("mention", f"SELECT {_PLACE}, shown, NULL AS tool, industry_id AS named_id FROM ({mentions_sql(wanted, where)})"),
            ("commitment", f"SELECT DISTINCT {_PLACE}, shown, NULL, industry_id FROM ({COMMITMENTS.format(where=where)})"),
            ("carrier", "SELECT DISTINCT ON (id, shown) " + _PLACE + ", shown, NULL, industry_id FROM"
             f" ({CARRIERS.format(where=where)}) ORDER BY id, shown, industry_id"),
        ]  # fmt: skip
    else:
        named = f"SELECT DISTINCT measure_id, shown FROM ({mentions_sql(wanted, where)})"
        if by == "industry-tool":
            sql = _USES.format(shown="n.shown", more=f"JOIN ({named}) n ON n.measure_id = m.id")
            sql = sql.replace("DISTINCT ON (m.id, t.tool)", "")
        else:
            within = f" AND m.id IN (SELECT measure_id FROM ({named}))" if wanted.industry else ""
            sql = _USES.format(shown="NULL", more=f"WHERE true{where}{within}")
            rest = [*rest, *(rest if wanted.industry else [])]
        kinds = [("measure", sql)]
    records: list[dict[str, Any]] = []
    for kind, sql in kinds:
        records += _records(connection, kind, begin + _whole(sql), parameters + rest, reports, lexicon)
    if by == "region-tool" and wanted.tool:
        only = set(codes("tool", list(wanted.tool)))
        records = [record for record in records if record["tool"] in only]
    order = {"mention": 0, "commitment": 1, "carrier": 2, "measure": 3}
    records.sort(
        key=lambda r: (r["adcode"], r["year"], r["document"], r["start"], order[r["counted"]], r["end"], r["id"],
                       r["industry_id"] or "", r["tool"] or "")
    )  # fmt: skip
    return records


def _whole(sql: str) -> str:
    """The rows with their sentences; those of a measure quote its own words."""
    return (
        f'SELECT e.*, x.text, e."start" - x."start", substr(x.text, e."start" - x."start" + 1,'
        f' e."end" - e."start") FROM ({sql}) e LEFT JOIN sentences x ON x.id = e.sentence_id'
    )


def _records(
    connection: duckdb.DuckDBPyConnection, kind: str, sql: str, parameters: list[Any], reports: dict[str, Any],
    lexicon: Lexicon,
) -> list[dict[str, Any]]:  # fmt: skip
    nodes = tree(lexicon)
    found = []
    for row in connection.execute(sql, parameters).fetchall():
        (document, start, end, quote, status, tools, measure, id, _, shown, tool, named, sentence, at, own) = row
        report = reports[document]
        found.append(
            {
                "region": report.region, "adcode": report.adcode, "level": report.level, "year": report.year,
                "counted": kind, "industry": nodes[shown].label if shown in nodes else shown, "industry_id": shown,
                "tool": tool, "quote": quote or own, "status": status, "tools": tools, "named_id": named, "id": id,
                "measure_id": measure, "document": document, "start": start, "end": end, "title": report.title,
                "sentence": sentence, "quote_start": at,
            }
        )  # fmt: skip
    return found
