"""The evidence of a report: each place that it cites, numbered, in its sentence, by region and document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import duckdb

from saidao.reports.blocks import Chapter, Listing
from saidao.store.quotes import Place, Quoted, quotes

AROUND = 70
"""Characters that are kept beside a figure where a long sentence is shortened."""


@dataclass(slots=True)
class Entry:
    """A sentence with the figures in it that are cited."""

    quoted: Quoted
    marks: list[tuple[int, int, int]] = field(default_factory=list)
    """Number of the note, its first character in the sentence, and behind its last. Marks do not overlap."""

    def parts(self, *, short: bool = False) -> Iterator[tuple[str, int | None]]:
        """The sentence in parts: text, and the number of the note where it is a cited figure; `short`: with gaps as ……

        A sentence that is counted whole is plain text: nothing in it stands out.
        """
        text, at = self.quoted.sentence, 0
        if self.marks == [(0, 0, len(text))]:
            yield from _between(text, short, left=True, right=False, room=2 * AROUND)
            return
        for n, (number, start, end) in enumerate(self.marks):
            yield from _between(text[at:start], short, left=n > 0, right=True)
            yield text[start:end], number
            at = end
        yield from _between(text[at:], short, left=bool(self.marks), right=False)


@dataclass(slots=True)
class Source:
    """A document with its cited sentences."""

    document: str
    title: str
    entries: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class Region:
    """A division with its documents."""

    adcode: str
    name: str
    sources: list[Source] = field(default_factory=list)


class Notes:
    """All places that a report cites, numbered by region, year, document and place."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, chapters: Iterable[Chapter], listings: Iterable[Listing] = ()
    ) -> None:
        cited = {place for chapter in chapters for place in chapter.places()}
        counted = {place for listing in listings for place in listing.places}
        self.quoted = quotes(connection, cited | counted)
        ordered = sorted(cited, key=lambda place: _order(self.quoted[place]))
        self._numbers = {place: n for n, place in enumerate(ordered, 1)}
        self.regions = grouped((self.quoted[place] for place in ordered), self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, place: Place) -> int:
        """The number of a place's note."""
        return self._numbers[place]

    def region(self, place: Place) -> str:
        """The division code under which a place's note stands."""
        return self.quoted[place].adcode or "none"


def grouped(found: Iterable[Quoted], numbers: dict[Place, int]) -> list[Region]:
    """Quotes by region, document and sentence, in the order given. A sentence stands once, unless its quotes overlap."""
    regions: dict[str, Region] = {}
    sources: dict[str, Source] = {}
    for quoted in found:
        code = quoted.adcode or "none"
        region = regions.setdefault(code, Region(code, quoted.region or "—"))
        if quoted.place.document not in sources:
            sources[quoted.place.document] = Source(quoted.place.document, quoted.title or quoted.place.document)
            region.sources.append(sources[quoted.place.document])
        entries = sources[quoted.place.document].entries
        start, end = quoted.within
        last = entries[-1] if entries else None
        fits = (
            last is not None
            and last.quoted.sentence_start == quoted.sentence_start
            and last.quoted.sentence == quoted.sentence
            and start >= last.marks[-1][2]
        )
        if not fits:
            last = Entry(quoted)
            entries.append(last)
        assert last is not None
        last.marks.append((numbers.get(quoted.place, 0), start, end))
    return list(regions.values())


def listed(quoted: Mapping[Place, Quoted], listing: Listing, *, one_each: bool = False) -> list[Region]:
    """The sentences of a list; `one_each`: the first of each region."""
    ordered = sorted((quoted[place] for place in listing.places), key=_order)
    if one_each:
        ordered = list({q.adcode: q for q in reversed(ordered)}.values())[::-1]
    return grouped(ordered, {})


def _order(quoted: Quoted) -> tuple[str, int, str, int, int]:
    return (quoted.adcode or "~", quoted.year or 0, quoted.place.document, quoted.place.start, quoted.place.end)


def _between(text: str, short: bool, *, left: bool, right: bool, room: int = AROUND) -> Iterator[tuple[str, None]]:
    """Text beside a cited figure; `short`: what is near the figures that stand left and right of it."""
    if short and len(text) > room * (left + right) + 10:
        text = (text[:room] if left else "") + "……" + (text[-room:] if right else "")
    if text:
        yield text, None
