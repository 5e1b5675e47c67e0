"""Where a phrase was used first, and how it travelled: first use of each region, lead and lag, adoption year by year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import duckdb

from saidao.errors import UsageError
from saidao.lexicon import Lexicon
from saidao.phrases.sentences import sentences
from saidao.phrases.texts import Choice, Document, Documents

Record = dict[str, Any]

COLUMNS = (
    "order", "region", "adcode", "level", "first_year", "first_date", "lag_years", "lag_days", "known_from", "censored",
    "last_year", "uses", "documents", "documents_all", "title", "sentence", "document", "start", "end", "quote_start",
)  # fmt: skip
CURVE = ("level", "year", "documents_all", "documents", "uses", "regions_all", "regions", "adopted", "new_regions")

LEVELS = ("central", "province", "prefecture", "county")


@dataclass(frozen=True, slots=True)
class Spread:
    """The spread of a phrase.

    Attributes:
        regions: a record a region, the earliest user first, those that never used it last; columns are `COLUMNS`.
        curve: a record a level and year; columns are `CURVE`.
    """

    phrase: str
    regions: list[Record]
    curve: list[Record]

    def part(self, name: str) -> tuple[list[Record], tuple[str, ...]]:
        """The records and columns of a part: regions or curve."""
        if name == "regions":
            return self.regions, COLUMNS
        if name == "curve":
            return self.curve, CURVE
        raise UsageError("usage.no_part", name=name, names="regions, curve")


@dataclass(frozen=True, slots=True)
class _Use:
    document: Document
    uses: int
    start: int


def spread(connection: duckdb.DuckDBPyConnection, lexicon: Lexicon, phrase: str, choice: Choice) -> Spread:
    """How a phrase spread over the chosen documents.

    A region's lag is that of its first use behind the centre's; where it is negative, the region led. It is empty where
    the database holds no document of the centre with the phrase. `censored`: the region's earliest document has it
    already, so that it may have been used before.
    """
    if not phrase.strip():
        raise UsageError("spread.empty")
    texts = Documents.of(connection, lexicon, choice)
    used: dict[int, _Use] = {}
    for numbers, some in texts.batches():
        for number, text in zip(numbers, some, strict=True):
            start = text.find(phrase)
            if start >= 0:
                used[number] = _Use(texts.all[number], occurrences(text, phrase), start)
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, each in enumerate(texts.all):
        if each.adcode is not None and each.level is not None and each.year is not None:
            places[each.level, each.adcode].append(number)
    centre = next((used[n] for n in range(len(texts.all)) if n in used and texts.all[n].level == "central"), None)
    records = [_region(texts, numbers, used, centre) for numbers in places.values()]
    records.sort(key=_order)
    place = 0
    for n, record in enumerate(records):
        if record["documents"]:
            same = n and (record["first_year"], record["first_date"]) == (
                records[n - 1]["first_year"], records[n - 1]["first_date"],
            )  # fmt: skip
            place = place if same else n + 1
            record |= {"order": place, "end": record["start"] + len(phrase)}
    sentences(connection, records)
    return Spread(phrase, records, _curve(texts, places, used))


def occurrences(text: str, phrase: str) -> int:
    """How often a phrase stands in a text, overlapping uses too."""
    count, at = 0, text.find(phrase)
    while at >= 0:
        count += 1
        at = text.find(phrase, at + 1)
    return count


def _region(texts: Documents, numbers: list[int], used: dict[int, _Use], centre: _Use | None) -> Record:
    """The record of a region; its documents are numbered from the earliest on."""
    earliest = texts.all[numbers[0]]
    record: Record = dict.fromkeys(COLUMNS)
    record |= {
        "region": earliest.region, "adcode": earliest.adcode, "level": earliest.level, "known_from": earliest.year,
        "documents_all": len(numbers), "documents": 0, "uses": 0,
    }  # fmt: skip
    uses = [used[n] for n in numbers if n in used]
    if not uses:
        return record
    first = uses[0]
    record |= {
        "first_year": first.document.year, "first_date": first.document.date, "last_year": uses[-1].document.year,
        "documents": len(uses), "uses": sum(use.uses for use in uses), "censored": numbers[0] in used,
        "title": first.document.title, "document": first.document.id, "start": first.start,
    }  # fmt: skip
    if centre is not None:
        then, now = centre.document, first.document
        if now.year is not None and then.year is not None:
            record["lag_years"] = now.year - then.year
        if now.date is not None and then.date is not None:
            record["lag_days"] = (now.date - then.date).days
    return record


def _order(record: Record) -> tuple[Any, ...]:
    level = LEVELS.index(record["level"]) if record["level"] in LEVELS else len(LEVELS)
    date = record["first_date"]
    return (
        not record["documents"], record["first_year"] or 0, date is None, str(date or ""), level, record["adcode"],
    )  # fmt: skip


def _curve(texts: Documents, places: dict[tuple[str, str], list[int]], used: dict[int, _Use]) -> list[Record]:
    """Adoption by level and year: documents and regions with it, and regions that have used it by then."""
    records: dict[tuple[str, int], Record] = {}
    seen: dict[tuple[str, int], tuple[set[str], set[str], set[str]]] = {}
    for (level, code), numbers in places.items():
        adopted = False
        for number in numbers:
            year = texts.all[number].year or 0
            record = records.setdefault((level, year), dict.fromkeys(CURVE, 0) | {"level": level, "year": year})
            there, using, new = seen.setdefault((level, year), (set(), set(), set()))
            record["documents_all"] += 1
            there.add(code)
            if number in used:
                record["documents"] += 1
                record["uses"] += used[number].uses
                using.add(code)
                if not adopted:
                    new.add(code)
                adopted = True
    so_far: dict[str, int] = defaultdict(int)
    found = []
    for level, year in sorted(records, key=lambda k: (LEVELS.index(k[0]) if k[0] in LEVELS else 9, k[0], k[1])):
        there, using, new = seen[level, year]
        so_far[level] += len(new)
        found.append(
            records[level, year]
            | {"regions_all": len(there), "regions": len(using), "new_regions": len(new), "adopted": so_far[level]}
        )
    return found
