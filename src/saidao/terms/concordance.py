"""Every use of a term in its line: what stands left of it, what right, and where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb

from saidao.errors import UsageError
from saidao.lexicon import Lexicon
from saidao.terms.dictionary import Dictionary
from saidao.terms.matcher import Matcher
from saidao.terms.scope import Scope

COLUMNS = (
    "region", "adcode", "year", "type", "section", "left", "term", "right", "date", "title", "url", "path", "member",
    "sheet", "row", "document_id", "start", "end",
)  # fmt: skip
SORTS = ("region", "year", "left", "right")

_AT_ONCE = 4_000_000
"""Characters of the documents whose texts are read at once: each time the whole column is passed over."""

_DOCUMENT = ("region", "adcode", "year", "type", "date", "title", "url", "path", "member", "sheet", "row")


def concordance(
    connection: duckdb.DuckDBPyConnection,
    lexicon: Lexicon,
    dictionary: Dictionary,
    scope: Scope | None = None,
    *,
    sort: str = "region",
    context: int = 40,
    limit: int | None = None,
) -> Iterator[dict[str, Any]]:
    """The hits of a dictionary's terms with `context` characters on either side.

    Args:
        connection: the database.
        lexicon: the data files.
        dictionary: the terms.
        scope: which documents and sections.
        sort: `region` (then year and place), `year` (the latest first), `left` (from the term outwards), `right`.
        context: characters on either side.
        limit: at most so many.

    Raises:
        UsageError: there is no such order.
    """
    if sort not in SORTS:
        raise UsageError("usage.no_order", name=sort, names=", ".join(SORTS))
    scope = scope or Scope()
    found = _hits(connection, lexicon, dictionary, scope, context)
    if sort != "region":
        keys = {
            "left": lambda hit: (hit["left"][::-1], hit["right"]),
            "right": lambda hit: (hit["right"], hit["left"][::-1]),
            "year": lambda hit: -(hit["year"] or 0),
        }
        found = iter(sorted(found, key=keys[sort]))  # a stable sort: equal ones stay in the order of region and place
    for n, hit in enumerate(found):
        if n == limit:
            return
        yield hit


def _hits(
    connection: duckdb.DuckDBPyConnection, lexicon: Lexicon, dictionary: Dictionary, scope: Scope, context: int
) -> Iterator[dict[str, Any]]:
    where, parameters = scope.where(lexicon)
    texts = [term.text for term in dictionary.terms]
    if len(texts) <= 20:  # passing over documents without the terms is worth while as long as these are few
        where += f" AND ({' OR '.join('contains(d.text, ?)' for _ in texts)})"
        parameters = [*parameters, *texts]
    matcher = Matcher(dictionary.terms)
    fields = ", ".join(f'd."{name}"' for name in _DOCUMENT)
    rows = connection.cursor().execute(
        f"SELECT d.characters, d.id, {fields} FROM documents d WHERE {where} ORDER BY d.adcode, d.year, d.date, d.id",
        parameters,
    )
    for some in _parts(rows.fetchall()):
        texts_of, roles_of = _read(connection, [id for _, id, *_ in some])
        for _, id, *values in some:
            about = dict(zip(_DOCUMENT, values, strict=True))
            text, roles = texts_of[id], roles_of.get(id, [])
            for start, end, n in matcher.find(text):
                role = next((role for begin, behind, role in roles if begin <= start < behind), None)
                if scope.section and role not in scope.section:
                    continue
                yield about | {
                    "section": role, "left": text[max(start - context, 0) : start], "term": matcher.terms[n].text,
                    "right": text[end : end + context], "document_id": id, "start": start, "end": end,
                }  # fmt: skip


def _parts(documents: list[tuple[Any, ...]], characters: int = _AT_ONCE) -> Iterator[list[tuple[Any, ...]]]:
    """The documents in parts of so many characters; a longer one is a part of its own."""
    part: list[tuple[Any, ...]] = []
    size = 0
    for document in documents:
        if part and size + document[0] > characters:
            yield part
            part, size = [], 0
        part.append(document)
        size += document[0]
    if part:
        yield part


def _read(
    connection: duckdb.DuckDBPyConnection, ids: list[str]
) -> tuple[dict[str, str], dict[str, list[tuple[int, int, str]]]]:
    """The texts of some documents, and their sections in order: one query for many, since each reads the whole column."""
    given = "IN (SELECT unnest(?::VARCHAR[]))"
    texts = dict(connection.cursor().execute(f"SELECT id, text FROM documents WHERE id {given}", [ids]).fetchall())
    roles: dict[str, list[tuple[int, int, str]]] = {}
    rows = connection.cursor().execute(
        f'SELECT document_id, "start", "end", role FROM sections WHERE document_id {given} ORDER BY 1, 2', [ids]
    )
    for id, *section in rows.fetchall():
        roles.setdefault(id, []).append((section[0], section[1], section[2]))
    return texts, roles


def link(hit: dict[str, Any]) -> str:
    """Where a person finds the document: its address, or its file."""
    return str(hit["url"] or "!/".join(part for part in (hit["path"], hit["member"], hit["sheet"]) if part))
