"""The yearly round-up: each region's targets beside last year's targets and results, and what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import duckdb

from saidao.analyses import evidence as evidences
from saidao.analyses import kept
from saidao.analyses.cells import RESULT, TARGET, Cell, Key, choose
from saidao.analyses.evidence import Choice, Evidence, Report
from saidao.analyses.lines import Line, lines, middle
from saidao.analyses.units import Units, based, units
from saidao.filters.names import year_span
from saidao.lexicon import Lexicon

DROPPED = "dropped"
CHANGES = ("raised", "held", "cut", "new", "reworded", DROPPED)

Record = dict[str, Any]

COLUMNS = (
    "region", "adcode", "level", "year", "role", "indicator", "indicator_id", "measure", "low", "high", "unit", "bound",
    "qualitative", "hedge", "scope", "quote", "document", "start", "end", "change", "last_low", "last_high", "last_unit", "last_bound",
    "last_qualitative", "last_quote", "last_document", "last_start", "last_end", "result_low", "result_high",
    "result_unit", "result_bound", "result_quote", "result_document", "result_start", "result_end", "named", "where", "disagrees",
    "statement", "title", "sentence",
)  # fmt: skip
"""Columns of the table of cells."""


@dataclass
class Material:
    """The cells of a choice, the reports they come from, and what else these say."""

    cells: dict[Key, Cell]
    reports: list[Report]
    lines: dict[str, Line]
    sentences: dict[str, str]
    units: Units
    read: Callable[[str], list[Evidence]]
    """Reads what the reports of the choice say of its indicators; see `evidence.each` for which of it."""

    @cached_property
    def nearest(self) -> list[Evidence]:
        """For each way in which a division's reports of a year speak of an indicator, the statement that tells most."""
        return self.read(evidences.NEAREST)

    @cached_property
    def later(self) -> list[Evidence]:
        """Targets for later years than the report's, and for several."""
        return self.read(evidences.LATER)

    @cached_property
    def reported(self) -> frozenset[tuple[str, int]]:
        """Division and year of each report."""
        return frozenset((report.adcode, report.year) for report in self.reports)

    @property
    def years(self) -> list[int]:
        """The years for which a report is there."""
        return sorted({report.year for report in self.reports})


def gather(
    connection: duckdb.DuckDBPyConnection,
    choice: Choice,
    lexicon: Lexicon,
    indicators: Iterable[str] = (),
    *,
    after: bool = True,
) -> Material:
    """Reads the cells that the reports of a choice and those a year around it give.

    Args:
        connection: the database.
        choice: regions, level and years; the reports of the year before and after are read as well.
        lexicon: the data files.
        indicators: ids of indicators; all if empty.
        after: False where no result of the last year is wanted: the statements of the year after are not read.
    """
    wide = near = choice
    if choice.year is not None:
        first, last = year_span(choice.year)
        wide = replace(choice, year=f"{first - 1}-{last + 1}")
        near = wide if after else replace(choice, year=f"{first - 1}-{last}")
    known = lines(lexicon)
    wanted = set(indicators)
    wanted |= {id for id, line in known.items() if line.row in wanted}
    cells = _cells(connection, near, lexicon, wanted)
    used = {cell.evidence.sentence_id for cell in cells.values() if cell.evidence.sentence_id}
    texts = evidences.sentences(connection, sorted(used))
    reports = evidences.reports(connection, wide, lexicon)

    def read(only: str) -> list[Evidence]:
        return list(evidences.each(connection, choice, lexicon, wanted, only=only))

    return Material(cells, reports, known, texts, units(lexicon), read)


def _cells(
    connection: duckdb.DuckDBPyConnection, choice: Choice, lexicon: Lexicon, wanted: set[str]
) -> dict[Key, Cell]:
    """The cells as they are kept, or else chosen now."""
    known = lines(lexicon)
    rows = {known[id].row for id in wanted if id in known}
    # An indicator that is counted under another is chosen among fewer when it is asked for alone.
    if wanted >= {id for id, line in known.items() if line.row in rows}:
        found = kept.cells(connection, choice, lexicon, rows if wanted else None)
        if found is not None:
            return found
    return choose(evidences.each(connection, choice, lexicon, wanted, evidences.NO_YEAR), known)


def table(material: Material, year: int | str | None = None) -> list[Record]:
    """The cells as records, ordered by region, year, role and indicator; the columns are `COLUMNS`.

    For a year there are its targets, the results of the year before, the targets of the year before, and a record of role
    `dropped` for each target that the year's report no longer states.
    """
    first, last = year_span(year) if year is not None else evidences.EVERY_YEAR
    records = []
    for key, cell in material.cells.items():
        if first - 1 <= key.year <= last and (key.role == TARGET or key.year < last or year is None):
            records.append(_record(key, cell, material))
    for key, cell in material.cells.items():
        after = Key(key.adcode, key.region, key.year + 1, key.role, key.row, key.measure)
        if key.role == TARGET and first <= after.year <= last and after not in material.cells:
            if (key.adcode, after.year) in material.reported and not _stated(material.cells, after):
                records.append(_dropped(after, cell, material))
    order = {line.row: (line.order or 999) for line in material.lines.values() if line.id == line.row}
    records.sort(
        key=lambda r: (r["adcode"], r["region"], r["year"], r["role"] != TARGET, r["role"] != RESULT,
                       order[r["indicator_id"]], r["indicator_id"], r["measure"])
    )  # fmt: skip
    return records


def change(cell: Cell, last: Cell | None, known: Units) -> str:
    """What became of a target: raised, held, cut, new or reworded, by its figure, whichever way is better."""
    if last is None:
        return "new"
    now, before = cell.evidence, last.evidence
    if cell.in_words and last.in_words:
        return "held" if now.wording == before.wording or now.kind == before.kind else "reworded"
    if cell.in_words or last.in_words or cell.key.measure != last.key.measure:
        return "reworded"
    if now.low is None or now.high is None or before.low is None or before.high is None:
        return "reworded"
    value, unit = based(middle(now.low, now.high), now.unit, known)
    earlier, other = based(middle(before.low, before.high), before.unit, known)
    if unit != other:
        return "reworded"
    difference = value - earlier
    return "held" if difference == 0 else "raised" if difference > 0 else "cut"


def before(key: Key, cells: Mapping[Key, Cell], role: str) -> Cell | None:
    """Last year's cell: of the same measure; for a target else of another, as it was stated then."""
    same = cells.get(Key(key.adcode, key.region, key.year - 1, role, key.row, key.measure))
    if same is not None or role == RESULT:
        return same
    return next(
        (c for m in ("growth", "level", "share", "delta", "")
         if (c := cells.get(Key(key.adcode, key.region, key.year - 1, role, key.row, m)))
         and Key(key.adcode, key.region, key.year, role, key.row, m) not in cells),
        None,
    )  # fmt: skip


def _stated(cells: Mapping[Key, Cell], key: Key) -> bool:
    return any(Key(key.adcode, key.region, key.year, key.role, key.row, m) in cells
               for m in ("growth", "level", "share", "delta", ""))  # fmt: skip


def _record(key: Key, cell: Cell, material: Material) -> Record:
    found = cell.evidence
    record: Record = dict.fromkeys(COLUMNS)
    record |= {
        "region": key.region, "adcode": key.adcode, "level": found.report.level, "year": key.year, "role": key.role,
        "indicator": material.lines[key.row].indicator, "indicator_id": key.row, "measure": key.measure,
        "low": found.low, "high": found.high, "unit": found.unit, "bound": found.bound, "qualitative": found.wording,
        "hedge": found.hedge, "scope": found.scope, "quote": found.quote, "document": found.report.id,
        "start": found.start, "end": found.end, "named": found.indicator, "where": cell.where,
        "disagrees": [_told(other, found) for other in cell.disagrees], "statement": found.id, "title": found.report.title,
        "sentence": material.sentences.get(found.sentence_id or ""),
    }  # fmt: skip
    if key.role == TARGET:
        earlier = before(key, material.cells, TARGET)
        if earlier is not None or (key.adcode, key.year - 1) in material.reported:
            record["change"] = change(cell, earlier, material.units)
        record |= _beside("last", earlier) | _beside("result", _result_before(key, material.cells))
    return record


def _result_before(key: Key, cells: Mapping[Key, Cell]) -> Cell | None:
    """The result of the year before: of the same measure, or for words the growth rate or the level."""
    measures = (key.measure,) if key.measure else ("growth", "share", "level")
    found = (cells.get(Key(key.adcode, key.region, key.year - 1, RESULT, key.row, m)) for m in measures)
    return next((cell for cell in found if cell), None)


def _dropped(key: Key, cell: Cell, material: Material) -> Record:
    record: Record = dict.fromkeys(COLUMNS)
    record |= {
        "region": key.region, "adcode": key.adcode, "level": cell.evidence.report.level, "year": key.year,
        "role": DROPPED, "indicator": material.lines[key.row].indicator, "indicator_id": key.row,
        "measure": key.measure, "change": DROPPED, "disagrees": [],
    }  # fmt: skip
    return record | _beside("last", cell)


def _beside(prefix: str, cell: Cell | None) -> Record:
    if cell is None:
        return {}
    found = cell.evidence
    values = {
        "low": found.low, "high": found.high, "unit": found.unit, "bound": found.bound, "qualitative": found.wording,
        "quote": found.quote, "document": found.report.id, "start": found.start, "end": found.end,
    }  # fmt: skip
    if prefix == "result":
        del values["qualitative"]
    return {f"{prefix}_{name}": value for name, value in values.items()}


def _told(other: str, chosen: Evidence) -> str:
    """A statement that says otherwise, without its document where that is the chosen one's."""
    quote, _, place = other.rpartition("@")
    return f"{quote}@{place.removeprefix(f'{chosen.report.id}:')}"
