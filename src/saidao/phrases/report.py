"""The phrases of some documents as rows: counts of both groups, class, surety, bursts, first user, examples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb
import numpy as np

from saidao.errors import UsageError
from saidao.filters.names import year_span
from saidao.lexicon import Lexicon
from saidao.phrases.bursts import bursts
from saidao.phrases.comparison import CLASSES, class_of, log_odds
from saidao.phrases.counts import Count, Counts, count
from saidao.phrases.finding import USES, Found, find, least_documents
from saidao.phrases.jobs import WORTHWHILE
from saidao.phrases.sentences import sentences
from saidao.phrases.texts import Choice, Documents
from saidao.terms.reading import modest

Record = dict[str, Any]

COLUMNS = (
    "phrase", "class", "z", "log_odds", "uses", "documents", "regions", "uses_against", "documents_against",
    "regions_against", "burst", "burst_weight", "first_year", "first_date", "first_region", "first_document",
    "sentence", "document", "region", "start", "end", "quote_start", "more",
)  # fmt: skip

LEAST_YEARS = 3
"""Years of a series in which bursts are looked for."""

_CELLS = "cells"
"""Where a record keeps its counts by cell until it is sure that it is asked for."""

EXAMPLES = 3
"""Examples of a phrase: the first with its sentence, the others as document:start."""


@dataclass(frozen=True, slots=True)
class Report:
    """Phrases, and how many documents each group has."""

    records: list[Record]
    documents: int
    documents_against: int


def phrases(
    connection: duckdb.DuckDBPyConnection,
    lexicon: Lexicon,
    choice: Choice,
    against: Choice | None = None,
    *,
    classes: Sequence[str] = (),
    documents: int | None = None,
    uses: int = USES,
    first: int | str | None = None,
    limit: int | None = None,
    jobs: int = 1,
) -> Report:
    """The fixed expressions of the chosen documents; with `against`, those of both groups, compared.

    A phrase counts for a group when it stands in so many of its documents. The surest differences stand first: new and
    rising ones, or, where only fading and vanished ones are asked for, those; without `against` the most widespread.

    Args:
        connection: the database.
        lexicon: the data files.
        choice: the documents.
        against: the documents to compare with.
        classes: only phrases of these classes.
        documents: documents of a group with the phrase, at least; three, fewer where there are few documents.
        uses: uses in a group, at least.
        first: only phrases whose first use in the chosen documents is in this year or span.
        limit: at most so many.
        jobs: processes at most; few texts need no second one.
    """
    wrong = sorted(set(classes) - set(CLASSES))
    if wrong:
        raise UsageError("phrases.no_class", name=wrong[0], names=", ".join(CLASSES))
    if classes and against is None:
        raise UsageError("phrases.no_group")
    texts = Documents.of(connection, lexicon, choice, against)
    if not texts.all:
        return Report([], 0, 0)
    groups = [sum(each.chosen for each in texts.all), sum(each.other for each in texts.all)]
    least = [documents or least_documents(group) for group in groups]
    fewest = min(n for n, group in zip(least, groups, strict=True) if group)
    jobs = jobs if texts.characters >= WORTHWHILE else 1
    with modest(connection):
        found = find(texts.batches, len(texts.all), lexicon, uses, fewest, jobs)
        counted = count(texts, [phrase.text for phrase in found.phrases], EXAMPLES, jobs)
    records = _records(texts, found, counted, against is not None, least, uses)
    records = [r for r in records if not classes or r["class"] in classes]
    if first is not None:
        earliest, latest = year_span(first)
        records = [r for r in records if r["first_year"] is not None and earliest <= r["first_year"] <= latest]
    records.sort(key=_order(against is not None, classes, first is not None))
    records = records[:limit]
    years = _years(texts, found)
    for record in records:
        record |= _burst(record.pop(_CELLS), years)
    sentences(connection, records)
    return Report(records, *groups)


def _records(
    texts: Documents, found: Found, counted: Counts, compared: bool, least: Sequence[int], uses: int
) -> list[Record]:
    own = np.array([each.chosen for each in texts.all])
    totals = int(found.words[own].sum()), int(found.words[~own].sum())
    records = []
    for n, (phrase, cells) in enumerate(zip(found.phrases, counted.of(), strict=True)):
        here, there = _sums(c for c in cells if c.cell[2]), _sums(c for c in cells if not c.cell[2])
        enough = here["documents"] >= least[0] and here["uses"] >= uses
        if not enough and not (compared and there["documents"] >= least[1] and there["uses"] >= uses):
            continue
        record: Record = dict.fromkeys(COLUMNS)
        record |= {"phrase": phrase.text} | here
        if compared:
            delta, z = log_odds(here["uses"], totals[0], there["uses"], totals[1])
            record |= {f"{name}_against": value for name, value in there.items()}
            record |= {
                "class": class_of(here["documents"], there["documents"], z),
                "z": _number(z),
                "log_odds": _number(delta),
            }
        record[_CELLS] = cells
        first = counted.first[n]
        if first is not None:
            each = texts.all[first]
            record |= {
                "first_year": each.year,
                "first_date": each.date,
                "first_region": each.region,
                "first_document": each.id,
            }
        record |= _example(texts, phrase.text, counted.examples[n])
        records.append(record)
    return records


def _sums(cells: Iterable[Count]) -> dict[str, int]:
    several = list(cells)
    return {
        "uses": sum(c.uses for c in several),
        "documents": sum(c.documents for c in several),
        "regions": len({c.cell[0] for c in several if c.cell[0] is not None}),
    }


def _years(texts: Documents, found: Found) -> dict[int, int]:
    """The words of each year, all documents together."""
    totals: dict[int, int] = defaultdict(int)
    for each, words in zip(texts.all, found.words.tolist(), strict=True):
        if each.year is not None:
            totals[each.year] += words
    return dict(sorted(totals.items()))


def _burst(cells: Iterable[Count], years: dict[int, int]) -> Record:
    """The strongest burst over the years of all documents, where there are years enough."""
    if len(years) < LEAST_YEARS:
        return {}
    uses = dict.fromkeys(years, 0)
    for each in cells:
        if each.cell[1] is not None:
            uses[each.cell[1]] += each.uses
    found = bursts([min(uses[y], years[y]) for y in years], list(years.values()))
    if not found:
        return {}
    names = list(years)
    best = max(found, key=lambda burst: (burst.weight, -burst.first))
    first, last = names[best.first], names[best.last]
    return {"burst": str(first) if first == last else f"{first}-{last}", "burst_weight": _number(best.weight)}


def _example(texts: Documents, phrase: str, places: Sequence[tuple[int, int]]) -> Record:
    if not places:
        return {}
    (number, start), *rest = places
    each = texts.all[number]
    more = [f"{texts.all[n].id}:{at}" for n, at in rest]
    return {"document": each.id, "region": each.region, "start": start, "end": start + len(phrase), "more": more}


def _order(compared: bool, classes: Sequence[str], first: bool) -> Any:
    """What records are sorted by."""
    if not compared and first:
        return lambda r: (r["first_year"], -r["uses"], -r["documents"], r["phrase"])
    if not compared or list(classes) == ["frequent"]:
        return lambda r: (-r["documents"], -r["uses"], r["phrase"])
    falling = classes and set(classes) <= set(CLASSES[3:])
    if falling:
        return lambda r: (r["z"], -r["documents_against"], -r["uses_against"], r["phrase"])
    return lambda r: (-r["z"], -r["documents"], -r["uses"], r["phrase"])


def _number(value: float) -> Decimal:
    return Decimal(f"{value:.4f}")
