"""Views with Chinese names, columns and values, for whoever asks the file by hand."""

from __future__ import annotations

import duckdb

from saidao.errors import LexiconError, with_advice
from saidao.lexicon import Lexicon
from saidao.store.schema import tables

_HIDDEN = {"extractor", "reading", "digest", "n"}
"""Columns that serve the build, not the reader."""

_VALUES = {"level", "type", "kind", "bound", "status", "role", "section", "state", "measure"}
"""Columns whose values are codes with labels."""

_LISTS = {
    "tools": "tool", "themes": "theme", "commits": "commits", "mechanisms": "mechanism", "relations": "relation",
    "industries": "industry", "industry_id": "industry",
}  # fmt: skip
"""Columns of codes, most of them lists, and whose labels they have."""

_FILES = {
    "type": ("types", "zh"), "carrier": ("carrier_types", "zh"), "tool": ("tools", "zh"),
    "industry": ("industry_names", "label"),
}  # fmt: skip
"""Codes whose labels stand in a data file of their own, and in which column."""

_SHOWN = (
    "documents",
    "sources",
    "sections",
    "sentences",
    "measures",
    "cues",
    "mentions",
    "carriers",
    "images",
    "noise",
    "notes",
    "rejects",
    "runs",
    "statistics",
    "statistics_rejects",
)

_EXPLAINED = {"rejects": "rejects", "notes": "notes", "statistics_rejects": "rejects"}
"""Tables whose codes have a sentence each, and the data file it stands in."""

_GROUPS = {"section": "role", "measure": "kind"}
"""Columns whose values have the labels of another."""

_STATEMENTS = """
SELECT s.id AS {id}, d.region AS {issuer_region}, d.year AS {report_year}, s.indicator AS {indicator},
    s.quote AS {quote}, {kind_value} AS {kind}, s.low AS {low}, s.high AS {high}, s.unit AS {unit},
    {bound_value} AS {bound}, {status_value} AS {status}, s.period AS {period}, s.region AS {region},
    s.industry AS {industry}, s.scope AS {scope}, s.hedge AS {hedge}, s.wording AS {wording}, {section_value} AS {section},
    x.text AS {sentence}, d.title AS {title}, d.issuer AS {issuer}, {type_value} AS {type}, d.date AS {date},
    d.url AS {url}, d.path AS {path}, d.member AS {member}, s.indicator_id AS {indicator_id},
    s.document_id AS {document_id}, s."start" AS {start}, s."end" AS {end}
FROM statements s JOIN documents d ON d.id = s.document_id LEFT JOIN sentences x ON x.id = s.sentence_id
"""


def make(connection: duckdb.DuckDBPyConnection, lexicon: Lexicon) -> None:
    """Makes the views, in place of those that are there."""
    connection.execute("BEGIN")
    for statement in script(lexicon):
        connection.execute(statement)
    connection.execute("COMMIT")


def script(lexicon: Lexicon) -> list[str]:
    """The SQL that makes the views.

    Raises:
        LexiconError: labels.csv lacks the label of a table or of a column.
    """
    labels = {row["id"]: row["zh"] for row in lexicon.rows("labels")}
    return [_plain(name, labels, lexicon) for name in _SHOWN] + [_statements(labels, lexicon)]


def _plain(name: str, labels: dict[str, str], lexicon: Lexicon) -> str:
    columns = [column.name for column in tables()[name].columns if column.name not in _HIDDEN]
    chosen = [f"{_value(name, column, labels, lexicon)} AS {_label(name, column, labels)}" for column in columns]
    if name in _EXPLAINED:
        chosen.append(f"{_sentence(_EXPLAINED[name], lexicon)} AS {_label(name, 'explanation', labels)}")
    return f"CREATE OR REPLACE VIEW {_title(name, labels)} AS SELECT {', '.join(chosen)} FROM {name}"


def _statements(labels: dict[str, str], lexicon: Lexicon) -> str:
    columns = {c.name for c in tables()["statements"].columns} | {c.name for c in tables()["documents"].columns}
    columns |= {"issuer_region", "report_year", "sentence", "document_id"}
    places = {c: _label("statements", c, labels) for c in columns if c not in _HIDDEN | {"row", "sheet", "sentence_id"}}
    for column, table in (("kind", "s"), ("bound", "s"), ("status", "s"), ("section", "s"), ("type", "d")):
        places[f"{column}_value"] = _value(table, column, labels, lexicon, f"{table}.")
    return f"CREATE OR REPLACE VIEW {_title('statements', labels)} AS {_STATEMENTS.format(**places)}"


def _title(name: str, labels: dict[str, str]) -> str:
    return _quoted_name(_required(f"table.{name}", labels))


def _label(table: str, column: str, labels: dict[str, str]) -> str:
    return _quoted_name(labels.get(f"{table}.{column}") or _required(f"column.{column}", labels))


def _required(key: str, labels: dict[str, str]) -> str:
    if key not in labels:
        raise LexiconError("lexicon.no_row", name="labels.csv", id=key)
    return labels[key]


def _value(table: str, column: str, labels: dict[str, str], lexicon: Lexicon, prefix: str = "") -> str:
    expression = f'{prefix}"{column}"'
    if column in _LISTS:
        names = _map(_labels_of(_LISTS[column], labels, lexicon))
        if column == "industry_id":
            return f"coalesce({names}[{expression}], {expression})"
        return f"list_transform({expression}, lambda x: coalesce({names}[x], x))"
    if column not in _VALUES or (column == "section" and table == "sections"):
        return expression
    group = "carrier" if (table, column) == ("carriers", "type") else _GROUPS.get(column, column)
    pairs = _labels_of(group, labels, lexicon)
    cases = " ".join(f"WHEN {_quoted(value)} THEN {_quoted(zh)}" for value, zh in pairs)
    return f"CASE {expression} {cases} ELSE {expression} END" if cases else expression


def _labels_of(group: str, labels: dict[str, str], lexicon: Lexicon) -> list[tuple[str, str]]:
    if group in _FILES:
        file, column = _FILES[group]
        return [(row["id"], row[column]) for row in lexicon.rows(file)]
    return [(key.removeprefix(f"{group}."), zh) for key, zh in labels.items() if key.startswith(f"{group}.")]


def _map(pairs: list[tuple[str, str]]) -> str:
    return f"MAP {{{', '.join(f'{_quoted(key)}: {_quoted(value)}' for key, value in pairs)}}}"


def _sentence(name: str, lexicon: Lexicon) -> str:
    cases = " ".join(
        f"WHEN {_quoted(row['id'])} THEN replace({_quoted(with_advice(row, 'zh'))}, '{{detail}}', detail)"
        for row in lexicon.rows(name)
    )
    return f"CASE code {cases} ELSE code END" if cases else "code"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _quoted_name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
