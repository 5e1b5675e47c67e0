"""What reports give their attention to: mentions of industries, commitments, carriers and tools, counted by document.

Everything is counted in SQL over the documents of a choice, one row a document and industry or tool; what the counts mean
side by side is told by `specialisation`, `crowding` and `similarity`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import duckdb

from saidao.analyses.evidence import REPORTS, Choice, Report, scope
from saidao.analyses.tree import UNLISTED, rolled, tree
from saidao.errors import UsageError
from saidao.filters.codes import codes
from saidao.filters.names import industry_ids
from saidao.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which sentences are counted, and under which industries."""

    industry: Sequence[str] = ()
    tool: Sequence[str] = ()
    theme: Sequence[str] = ()
    status: Sequence[str] = ()
    generic: bool = False
    depth: int | None = None


@dataclass(slots=True)
class Counted:
    """The documents that are counted, and those that are left out because they repeat one."""

    documents: dict[str, Report]
    repeated: list[Report] = field(default_factory=list)
    unplaced: list[tuple[str, str | None]] = field(default_factory=list)
    """Id and title of documents without region or year."""

    @property
    def reported(self) -> dict[tuple[str, int], Report]:
        """A document of each region and year that has any."""
        return {(report.adcode, report.year): report for report in reversed(self.documents.values())}


@dataclass(slots=True)
class Tally:
    """What a document or a region says of one industry or tool; sums add up."""

    mentions: int = 0
    planned: int = 0
    done: int = 0
    sentences: int = 0
    commitments: int = 0
    carriers: int = 0
    tools: dict[str, int] = field(default_factory=dict)
    """Tool → how many sentences use it; for a tool's own tally, industry → how many sentences name it."""

    def add(self, other: Tally) -> None:
        """Adds another document's."""
        self.mentions += other.mentions
        self.planned += other.planned
        self.done += other.done
        self.sentences += other.sentences
        self.commitments += other.commitments
        self.carriers += other.carriers
        for tool, count in other.tools.items():
            self.tools[tool] = self.tools.get(tool, 0) + count


Tallies = dict[tuple[str, str], Tally]
"""By document and industry or tool."""


def counted(connection: duckdb.DuckDBPyConnection, choice: Choice, types: Sequence[str], lexicon: Lexicon) -> Counted:
    """The documents of a choice.

    Of yearly reports one a region, year and kind is counted, the longest: a second version would count everything twice.
    """
    where, parameters = scope(choice, lexicon, types)
    rows = connection.execute(
        "SELECT d.id, d.type, d.region, d.adcode, d.level, d.year, d.date, d.title FROM documents d"
        f" WHERE {where} ORDER BY d.adcode, d.year, d.type, d.characters DESC, d.id",
        parameters,
    ).fetchall()
    found = Counted({})
    seen = set()
    for row in rows:
        report = Report(*row)
        key = (report.adcode, report.year, report.type)
        if report.type in REPORTS and key in seen:
            found.repeated.append(report)
        else:
            found.documents[report.id] = report
        seen.add(key)
    if choice == Choice():
        found.unplaced = connection.execute(
            "SELECT id, title FROM documents WHERE type IN (SELECT unnest(?::VARCHAR[]))"
            " AND (region IS NULL OR adcode IS NULL OR year IS NULL) ORDER BY id",
            [list(types)],
        ).fetchall()
    return found


def settled(wanted: Wanted, lexicon: Lexicon) -> Wanted:
    """What is wanted, classes of industries included where one is asked for by name."""
    nodes = tree(lexicon)
    asked = set(wanted.industry)
    named = any(node.generic and asked & {node.id, node.label, node.english} for node in nodes.values())
    return replace(wanted, generic=wanted.generic or named)


def names(wanted: Wanted, lexicon: Lexicon) -> dict[str, str]:
    """Which industries are counted, and under which.

    Raises:
        UsageError: no industry is called so.
    """
    only: list[str] | None = None
    for name in wanted.industry:
        ids = industry_ids(name, lexicon)
        if not ids:
            raise UsageError("usage.no_industry", name=name)
        only = (only or []) + ids
    return rolled(tree(lexicon), depth=wanted.depth, only=only, generic=wanted.generic)


def conditions(wanted: Wanted, table: str = "m") -> tuple[str, list[Any]]:
    """The condition that a measure's sentence is counted."""
    parts, parameters = [], []
    for column, kind, values in (("tools", "tool", wanted.tool), ("themes", "theme", wanted.theme)):
        if values:
            parts.append(f"list_has_any({table}.{column}, ?::VARCHAR[])")
            parameters.append(codes(kind, list(values)))
    if wanted.status:
        parts.append(f"{table}.status IN (SELECT unnest(?::VARCHAR[]))")
        parameters.append(codes("status", list(wanted.status)))
    return "".join(f" AND {part}" for part in parts), parameters


def common(documents: Sequence[str], known: Mapping[str, str]) -> tuple[str, list[Any]]:
    """The beginning of every query: `chosen` documents, and `named` industries with what they are counted under."""
    sql = (
        "WITH chosen AS (SELECT unnest(?::VARCHAR[]) AS id),"
        " named AS (SELECT unnest(?::VARCHAR[]) AS own, unnest(?::VARCHAR[]) AS shown) "
    )
    return sql, [list(documents), list(known), list(known.values())]


MENTIONS = (
    "SELECT i.*, coalesce(n.shown, i.industry_id, '{unlisted}') AS shown, m.tools FROM mentions i JOIN chosen c ON c.id = i.document_id"
    " JOIN measures m ON m.id = i.measure_id LEFT JOIN named n ON n.own = i.industry_id WHERE {kept}{where}"
)
"""The mentions that are counted; `kept` says what of those that no row names."""

COMMITMENTS = (
    "SELECT s.*, n.shown, m.tools, m.id AS measure_id FROM statements s JOIN chosen c ON c.id = s.document_id"
    " JOIN named n ON n.own = s.industry_id"
    ' ASOF JOIN measures m ON m.document_id = s.document_id AND m."start" <= s."start"'
    " WHERE s.status = 'target' AND s.\"start\" < m.\"end\" AND m.status <> 'context'{where}"
)
"""Targets that carry an industry; what a glossary or a description of problems says is none."""

CARRIERS = (
    "SELECT b.*, n.shown, m.tools FROM (SELECT *, unnest(industries) AS industry_id FROM carriers) b"
    " JOIN chosen c ON c.id = b.document_id JOIN named n ON n.own = b.industry_id JOIN measures m ON m.id = b.measure_id"
    " WHERE true{where}"
)
"""Entries of the register, once for each of their industries."""


def mentions_sql(wanted: Wanted, where: str) -> str:
    """`MENTIONS` for what is wanted.

    Mentions that no row of the data file names are counted as unlisted, unless certain industries are asked for.
    """
    kept = "n.shown IS NOT NULL" if wanted.industry else "true"
    if not wanted.generic:
        kept += " AND NOT i.generic"
    return MENTIONS.format(unlisted=UNLISTED, kept=kept, where=where)


def of_industries(
    connection: duckdb.DuckDBPyConnection, documents: Sequence[str], wanted: Wanted, lexicon: Lexicon
) -> Tallies:
    """What each document says of each industry."""
    begin, first = common(documents, names(wanted, lexicon))
    where, rest = conditions(wanted)
    found: Tallies = defaultdict(Tally)
    mentions = mentions_sql(wanted, where)
    for id, shown, total, planned, done, sentences in connection.execute(
        f"{begin} SELECT document_id, shown, count(*), count(*) FILTER (status = 'planned'),"
        f" count(*) FILTER (status = 'done'), count(DISTINCT measure_id) FROM ({mentions}) GROUP BY ALL ORDER BY ALL",
        first + rest,
    ).fetchall():
        found[id, shown] = Tally(total, planned, done, sentences)
    for id, shown, tool, count in connection.execute(
        f"{begin} SELECT document_id, shown, tool, count(DISTINCT measure_id) FROM"
        f" (SELECT document_id, shown, measure_id, unnest(tools) AS tool FROM ({mentions})) GROUP BY ALL"
        " ORDER BY 1, 2, 4 DESC, 3",
        first + rest,
    ).fetchall():
        found[id, shown].tools[tool] = count
    for column, sql in (("commitments", COMMITMENTS), ("carriers", CARRIERS)):
        for id, shown, count in connection.execute(
            f"{begin} SELECT document_id, shown, count(DISTINCT id) FROM ({sql.format(where=where)})"
            " GROUP BY ALL ORDER BY ALL",
            first + rest,
        ).fetchall():
            setattr(found[id, shown], column, count)
    return dict(found)


def totals(connection: duckdb.DuckDBPyConnection, documents: Sequence[str], wanted: Wanted) -> dict[str, int]:
    """How many mentions each document has in all: what a share is of. A filter by industry leaves them as they are."""
    where, rest = conditions(wanted)
    kept = "true" if wanted.generic else "NOT i.generic"
    rows = connection.execute(
        "SELECT i.document_id, count(*) FROM mentions i JOIN measures m ON m.id = i.measure_id"
        f" WHERE i.document_id IN (SELECT unnest(?::VARCHAR[])) AND {kept}{where} GROUP BY 1",
        [list(documents), *rest],
    ).fetchall()
    return dict(rows)


def of_tools(
    connection: duckdb.DuckDBPyConnection, documents: Sequence[str], wanted: Wanted, lexicon: Lexicon
) -> Tallies:
    """What each document does with each tool: sentences, planned and done, and which industries they name."""
    begin, first = common(documents, names(wanted, lexicon))
    where, rest = conditions(wanted)
    named = f"SELECT DISTINCT measure_id, shown FROM ({mentions_sql(wanted, where)})"
    within = f" AND m.id IN (SELECT measure_id FROM ({named}))" if wanted.industry else ""
    used = (
        "SELECT m.id, m.document_id, m.status, unnest(m.tools) AS tool FROM measures m"
        f" JOIN chosen c ON c.id = m.document_id WHERE true{where}{within}"
    )
    parameters = [*first, *rest, *(rest if within else [])]
    only = set(codes("tool", list(wanted.tool))) if wanted.tool else None
    found: Tallies = {}
    for id, tool, total, planned, done in connection.execute(
        f"{begin} SELECT document_id, tool, count(*), count(*) FILTER (status = 'planned'),"
        f" count(*) FILTER (status = 'done') FROM ({used}) GROUP BY ALL ORDER BY ALL",
        parameters,
    ).fetchall():
        if only is None or tool in only:
            found[id, tool] = Tally(total, planned, done, total)
    for id, tool, shown, count in connection.execute(
        f"{begin} SELECT u.document_id, u.tool, n.shown, count(*) FROM ({used}) u JOIN ({named}) n ON n.measure_id = u.id"
        " GROUP BY ALL ORDER BY 1, 2, 4 DESC, 3",
        [*parameters, *rest],
    ).fetchall():
        if (id, tool) in found:
            found[id, tool].tools[shown] = count
    return found
