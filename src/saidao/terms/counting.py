"""Counts the terms of a dictionary over documents: one pass, several measures side by side, gaps kept as gaps.

A cell without documents has no measure (empty), one with documents and no hit has zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb
import numpy as np

from saidao.errors import UsageError
from saidao.lexicon import Lexicon
from saidao.terms.cells import Group, Groups
from saidao.terms.dictionary import Dictionary
from saidao.terms.matcher import Ints, Matcher
from saidao.terms.reading import Batch, batches, modest
from saidao.terms.scope import ROLES, Scope
from saidao.terms.tally import Layout, Tally, Whole, layout

OF_DOCUMENTS = ("region", "year", "type", "level")
BY = (*OF_DOCUMENTS, "section", "group", "term")
"""What counts can be split by, in the order of the columns."""

MEASURES = ("documents", "documents_with", "document_share", "hits", "characters", "per_10000")
TOKENS = ("tokens", "per_100_tokens")
SENTENCES = ("sentences", "sentences_with", "sentence_share")
FIRST = ("first_year", "first_date", "first_region", "first_document", "first_start")

Record = dict[str, Any]


@dataclass(slots=True)
class Counts:
    """The rows, and the totals over all terms."""

    columns: tuple[str, ...]
    rows: list[Record]
    total: Record
    """The measures of all terms together over all documents; a sentence with two terms is one sentence."""
    left_out: int = 0
    """Documents that a panel has no place for, since they name no region or no year."""
    by: tuple[str, ...] = ()
    terms: int = 0
    """Terms that were counted."""


def count(
    connection: duckdb.DuckDBPyConnection,
    lexicon: Lexicon,
    dictionary: Dictionary,
    scope: Scope | None = None,
    *,
    by: Sequence[str] = ("term",),
    balanced: bool = False,
    tokens: bool = False,
) -> Counts:
    """Counts a dictionary's terms.

    Args:
        connection: the database.
        lexicon: the data files.
        dictionary: the terms.
        scope: which documents and sections.
        by: what to split by, of `BY`.
        balanced: all combinations, also those without documents.
        tokens: count the words of the documents, too; slow.

    Raises:
        UsageError: there is no such split.
    """
    return counts(connection, lexicon, dictionary, scope, [(by, balanced)], tokens=tokens)[0]


def counts(
    connection: duckdb.DuckDBPyConnection,
    lexicon: Lexicon,
    dictionary: Dictionary,
    scope: Scope | None,
    splits: Sequence[tuple[Sequence[str], bool]],
    *,
    tokens: bool = False,
) -> list[Counts]:
    """Counts a dictionary's terms split in several ways, and reads the documents once for all of them.

    Args:
        connection: the database.
        lexicon: the data files.
        dictionary: the terms.
        scope: which documents and sections.
        splits: of each, `by` and `balanced` of `count`.
        tokens: see `count`.

    Raises:
        UsageError: there is no such split.
    """
    scope = scope or Scope()
    roles = _roles(connection)
    found = [_Split(connection, lexicon, dictionary, scope, by, roles, balanced=b, tokens=tokens) for by, b in splits]
    # a panel leaves out documents without a place in it: then it reads others than the rest
    passes = [[split] for split in found if split.groups.left_out]
    for some in ([split for split in found if not split.groups.left_out], *passes):
        if some:
            _read(connection, dictionary, some, roles)
    return [split.counts(len(dictionary.terms)) for split in found]


def _read(
    connection: duckdb.DuckDBPyConnection, dictionary: Dictionary, splits: list[_Split], roles: list[str]
) -> None:
    """Passes over the documents, which are the same for all splits."""
    matcher = Matcher(dictionary.terms)
    groups, wanted = splits[0].groups, splits[0].wanted
    with modest(connection):
        for batch in batches(connection, groups.where, groups.parameters, roles):
            places, terms = matcher.hits(batch.text)
            plans = {by_role: layout(batch, wanted, by_role=by_role) for by_role in {s.by_role for s in splits}}
            for split in splits:
                split.add(batch, plans[split.by_role], places, terms)


class _Split:
    """Counts that are split in one way, while the documents are read."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, lexicon: Lexicon, dictionary: Dictionary, scope: Scope,
        by: Sequence[str], roles: list[str], *, balanced: bool, tokens: bool,
    ) -> None:  # fmt: skip
        wrong = [name for name in by if name not in BY]
        if wrong:
            raise UsageError("usage.no_split", name=", ".join(wrong), names=", ".join(BY))
        self._by = tuple(name for name in BY if name in by or (name == "group" and "term" in by))
        self._balanced = balanced
        keys = tuple(name for name in self._by if name in OF_DOCUMENTS)
        self.groups = Groups(connection, lexicon, scope, keys, balanced=balanced)
        self.wanted = np.array([not scope.section or role in scope.section for role in roles], bool)
        self.by_role = "section" in self._by
        self._roles = roles
        self._width = len(roles) if self.by_role else 1
        labels, self._names = _labels(dictionary, self._by)
        self._tally = Tally(labels, len(self._names), self._width)
        self._whole = Whole()
        self._sizes = _Sizes(len(self.groups.cells) * self._width)
        self._words = _Words() if tokens else None

    def add(self, batch: Batch, plan: Layout, places: Ints, terms: Ints) -> None:
        """Takes a batch with its hits."""
        cells, ranks = self.groups.of(batch.numbers)
        self._sizes.add(batch, plan, cells, self._width, self._words)
        self._tally.add(places, terms, plan, batch, cells, ranks)
        self._whole.add(places, plan, batch, self.wanted, ranks)

    def counts(self, terms: int) -> Counts:
        """The rows, and the totals."""
        whole, groups, sizes, by = self._whole, self.groups, self._sizes, self._by
        tokens = self._words is not None
        found = self._tally.measures()
        ranks_in_all = [whole.rank] if whole.hits else []
        firsts = groups.firsts(np.append(found[4], ranks_in_all).astype(np.int64))
        used = [role for role, use in zip(self._roles, self.wanted, strict=True) if use]
        shown: list[str | None] = [*used] if self.by_role else [None]
        at: dict[Any, int] = {role: n for n, role in enumerate(self._roles)} if self.by_role else {None: 0}
        rows = _rows(
            groups.cells, shown, at, self._names, found, sizes, firsts, self._width, by,
            tokens=tokens, balanced=self._balanced,
        )  # fmt: skip
        in_all = (0, whole.hits, whole.documents_with, whole.sentences_with, whole.rank, whole.start)
        columns = tuple(np.array([value]) for value in in_all)
        size = (whole.documents, *sizes.in_all())
        total = _measured(columns, 0 if whole.hits else None, size, firsts, tokens=tokens)
        return Counts(_columns(by, tokens=tokens), list(rows), total, groups.left_out, by, terms)


def _columns(by: tuple[str, ...], *, tokens: bool) -> tuple[str, ...]:
    places = ("region", "adcode")
    split = tuple(column for name in by for column in (places if name == "region" else (name,)))
    return (*split, *MEASURES, *(TOKENS if tokens else ()), *SENTENCES, *FIRST)


def _roles(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The roles that sections have, in the order of a report."""
    rows = connection.cursor().execute("SELECT DISTINCT role FROM sections ORDER BY role").fetchall()
    known = [row[0] for row in rows]
    return sorted(known, key=lambda role: ROLES.index(role) if role in ROLES else len(ROLES)) or ["other"]


def _labels(dictionary: Dictionary, by: tuple[str, ...]) -> tuple[Ints, list[Record]]:
    """The label of each term, and what each label puts into a row."""
    terms = dictionary.terms
    if "term" in by:
        return np.arange(len(terms)), [{"group": term.group, "term": term.text} for term in terms]
    if "group" in by:
        at = {group: n for n, group in enumerate(dictionary.groups)}
        return np.array([at[term.group] for term in terms], np.int64), [{"group": group} for group in at]
    return np.zeros(len(terms), np.int64), [{}]


def _rows(
    cells: list[Group], shown: Sequence[str | None], at: dict[Any, int], names: list[Record],
    found: tuple[Ints, ...], sizes: _Sizes, firsts: dict[int, Record], width: int, by: tuple[str, ...],
    *, tokens: bool, balanced: bool,
) -> Iterator[Record]:  # fmt: skip
    """A row for each group of documents, role and label; those without documents only in a balanced panel."""
    numbers = {int(key): n for n, key in enumerate(found[0])}
    for n, cell in enumerate(cells):
        for role in shown:
            here = n * width + at[role]
            size = sizes.of(here)
            if not size[0] and not balanced:
                continue
            for label, name in enumerate(names):
                row = cell.record | ({"section": role} if "section" in by else {}) | name
                yield row | _measured(found, numbers.get(here * len(names) + label), size, firsts, tokens=tokens)


def _measured(
    found: tuple[Ints, ...], at: int | None, size: tuple[int, int, int, int], firsts: dict[int, Record], *, tokens: bool
) -> Record:
    documents, characters, sentences, words = size
    empty = None if not documents else 0
    hits, with_hit, sentences_with = (int(column[at]) if at is not None else empty for column in found[1:4])
    row: Record = {
        "documents": documents, "documents_with": with_hit, "document_share": _rate(with_hit, documents, 1),
        "hits": hits, "characters": characters if documents else None,
        "per_10000": _rate(hits, characters, 10_000), "sentences": sentences if documents else None,
        "sentences_with": sentences_with, "sentence_share": _rate(sentences_with, sentences, 1),
    }  # fmt: skip
    if tokens:
        row |= {"tokens": words if documents else None, "per_100_tokens": _rate(hits, words, 100)}
    first: Record = firsts[int(found[4][at])] | {"first_start": int(found[5][at])} if at is not None else {}
    return row | {name: first.get(name) for name in FIRST}


def _rate(part: int | None, whole: int, times: int) -> Decimal | None:
    if part is None or not whole:
        return None
    return (Decimal(part * times) / whole).quantize(Decimal("0.00000001"))


class _Sizes:
    """Documents, characters, sentences and words of each cell without its label: what hits are set against."""

    def __init__(self, cells: int) -> None:
        self._sums = np.zeros((4, cells), np.int64)

    def add(self, batch: Batch, plan: Layout, groups: Ints, width: int, words: _Words | None) -> None:
        """Adds a batch."""
        cells = np.where(plan.roles >= 0, groups[plan.owners] * width + plan.roles, -1)
        keep = cells >= 0
        self._add(0, cells[keep], None)
        each = cells[plan.stretches]
        own = each >= 0
        self._add(1, each[own], plan.lengths[own])
        self._add(2, each[own], None)
        if words is not None:
            starts = words.starts(batch)
            at = each[plan.at_new[starts + plan.shifts[plan.at[starts]]]]
            self._add(3, at[at >= 0], None)

    def _add(self, row: int, cells: Ints, weights: Ints | None) -> None:
        counted = np.bincount(cells, weights, minlength=self._sums.shape[1])
        self._sums[row] += counted.astype(np.int64)

    def of(self, cell: int) -> tuple[int, int, int, int]:
        """Documents, characters, sentences, words of a cell."""
        a, b, c, d = (int(value) for value in self._sums[:, cell])
        return a, b, c, d

    def in_all(self) -> tuple[int, int, int]:
        """Characters, sentences and words of all cells together."""
        _, characters, sentences, words = (int(total) for total in self._sums.sum(axis=1))
        return characters, sentences, words


class _Words:
    """Words as rjieba cuts them; punctuation is none."""

    def __init__(self) -> None:
        import rjieba

        self._cutter: Any = rjieba.Jieba()

    def starts(self, batch: Batch) -> Ints:
        """Where each word of a batch starts."""
        found = (start for word, start, _ in self._cutter.tokenize(batch.text) if any(map(str.isalnum, word)))
        return np.fromiter(found, np.int64)
