"""Imports statistics into a database: reads every file first, then writes all of it at once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from saidao import store
from saidao.errors import UsageError
from saidao.lexicon import Lexicon, load
from saidao.models import Statistic, StatisticReject
from saidao.sources.units import printable
from saidao.statistics import Given, Reader
from saidao.store import statistics as stored


@dataclass(slots=True)
class Imported:
    """What an import has done."""

    database: str
    files: list[str]
    """The files, as they are stored in `path`."""
    figures: int = 0
    regions: int = 0
    years: tuple[int, int] | None = None
    """The first and the last."""
    indicators: dict[str, str | None] = field(default_factory=dict)
    """The files' own names, with the standard indicator where it is one."""
    without_unit: int = 0
    """Figures whose unit the file does not say."""
    repeated_same: int = 0
    """Regions, years and indicators that several cells give, all with one value; of all files in the database."""
    repeated_different: int = 0
    """The same, where the values differ. All are kept."""
    rejects: list[StatisticReject] = field(default_factory=list)


def import_statistics(
    database: str | os.PathLike[str],
    files: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    mapping: Mapping[str, str] | None = None,
    indicator: str | None = None,
    unit: str | None = None,
    region: str | None = None,
    year: int | None = None,
    lexicon: Lexicon | None = None,
) -> Imported:
    """Reads statistics that were downloaded, as they come, into the table `statistics`.

    A file that was imported before is replaced; files not named stay as they are, and so does everything else.

    Args:
        database: the DuckDB file, made where it is missing.
        files: CSV, TSV or XLSX; one, or several.
        mapping: for headings that are not the usual ones, what they hold: a field (region, year, value …), a standard
            indicator, a year or a region: `{"省份名": "region", "产值": "gdp"}`.
        indicator: what is measured, where a table does not say.
        unit: the unit, where a table does not say.
        region: the region, where a table does not say.
        year: the year, where a table does not say.
        lexicon: the data files; the shipped ones unless told.

    Raises:
        UsageError: a file that does not exist; a mapping that means nothing, or whose heading no file has.
        DatabaseError: the database cannot be opened or written.

    Example:
        >>> import_statistics("a.duckdb", "分省年度数据.csv", mapping={"产值": "gdp"})  # doctest: +SKIP
    """
    given = [files] if isinstance(files, str | os.PathLike) else list(files)
    if not given:
        raise UsageError("import-statistics.nothing")
    for file in given:
        if not Path(file).is_file():
            raise UsageError("import-statistics.no_file", path=os.fspath(file))
    lexicon = lexicon or load()
    reader = Reader(Given(region, year, indicator, unit, mapping), lexicon)
    named = {printable(os.path.normpath(file)): Path(file) for file in given}
    figures: list[Statistic] = []
    summary = Imported(os.fspath(database), list(named))
    for path, file in named.items():
        for each in reader.read(file, path):
            if isinstance(each, Statistic):
                figures.append(each)
            else:
                summary.rejects.append(each)
    if reader.unmet:
        raise UsageError("import-statistics.no_column", names=", ".join(reader.unmet))
    connection = store.create_or_open(Path(database), lexicon)
    try:
        repeated = stored.replace(connection, summary.database, summary.files, figures, summary.rejects)
    finally:
        connection.close()
    summary.figures = len(figures)
    summary.regions = len({each.adcode for each in figures})
    years = [each.year for each in figures]
    summary.years = (min(years), max(years)) if years else None
    summary.indicators = {each.indicator: each.indicator_id for each in figures}
    summary.without_unit = sum(1 for each in figures if each.unit is None)
    summary.repeated_same, summary.repeated_different = repeated.same, repeated.different
    return summary
