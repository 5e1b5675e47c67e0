"""What several pages need: the years and regions that the file holds, and pages of long lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from saidao.filters.codes import code_names
from saidao.filters.names import divisions
from saidao.lexicon import load
from saidao.outputs.figures import figure
from saidao.outputs.tables import Record
from saidao.store.overview import Info
from saidao.web.grid import Mark
from saidao.web.site import View
from saidao.web.words import tiles

ROWS = 50
"""Rows of a long list on one page."""


@dataclass(frozen=True, slots=True)
class Pager:
    """Where in a long list a page stands."""

    page: int
    total: int
    size: int = ROWS

    @property
    def last(self) -> int:
        """Number of the last page."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.page - 1) * self.size


def info(view: View) -> Info:
    """What the file holds."""
    return view.reading.answer("info", make=view.reading.database.info)


def is_province(adcode: str) -> bool:
    """Whether a code is that of a province."""
    return adcode.endswith("0000") and adcode != "100000"


def report_years(view: View) -> list[int]:
    """The years for which a work report is there, the latest first."""
    return view.reading.answer(
        "years",
        make=lambda: [
            row["year"]
            for row in view.reading.database.sql(
                "SELECT DISTINCT year FROM documents WHERE type = 'work_report' AND year IS NOT NULL ORDER BY 1 DESC"
            )
        ],
    )


def years(view: View) -> list[int]:
    """The years of all documents, the latest first."""
    return sorted({row[2] for row in info(view).coverage if row[2] is not None}, reverse=True)


def levels(view: View) -> list[str]:
    """The levels of the file's work reports, that with the most reports first."""
    found = view.reading.answer(
        "levels",
        make=lambda: [
            row["level"]
            for row in view.reading.database.sql(
                "SELECT level, count(*) AS n FROM documents WHERE type = 'work_report' AND level IS NOT NULL"
                " GROUP BY 1 ORDER BY 2 DESC, 1"
            )
        ],
    )
    return sorted(found, key=lambda level: level != "province")


def first_level(view: View) -> Any:
    """The level that is shown where none is asked for; None without any work report."""
    return next(iter(levels(view)), None)


def latest(view: View, level: str | None = None) -> int | None:
    """The latest year with work reports of the level."""
    chosen = level or first_level(view)
    rows = view.reading.answer(
        "latest", chosen,
        make=lambda: view.reading.database.sql(
            "SELECT max(year) AS year FROM documents WHERE type = 'work_report' AND (? IS NULL OR level = ?)",
            [chosen, chosen],
        ).rows(),
    )  # fmt: skip
    found: int | None = rows[0]["year"]
    return found


def types(view: View) -> list[str]:
    """Kinds of document, the most frequent first."""
    return [name for name in info(view).types if name]


def places(view: View) -> list[tuple[str, str]]:
    """Codes and names of the divisions in the file, in the order of their codes."""
    found = {code: region for code, region, *_ in info(view).coverage if code}
    return sorted(found.items())


def mark(view: View, record: Record, prefix: str = "", unit: str | None = None) -> Mark:
    """A record's figure as a mark that leads to its sentence; the number of a range is its middle."""
    low, high = record.get(f"{prefix}low"), record.get(f"{prefix}high")
    own = record.get(f"{prefix}unit") or record.get("unit")
    value: Decimal | None = None
    if low is not None and high is not None and (unit is None or own == unit):
        value = (low + high) / 2
    document = record.get(f"{prefix}document")
    place = view.say.place(record["adcode"], record["region"])
    text = figure(record, view.say, prefix)
    return Mark(
        record["adcode"], record["region"], value, text, figure(record | {f"{prefix}bound": "eq"}, view.say, prefix),
        view.link.place(document, record[f"{prefix}start"], record[f"{prefix}end"]) if document else None,
        f"{place} {text}" if text else place,
    )  # fmt: skip


def usual_unit(records: list[Record], prefix: str = "") -> str | None:
    """The unit that most figures have."""
    units = Counter(
        record.get(f"{prefix}unit") or record.get("unit")
        for record in records
        if record.get(f"{prefix}low") is not None
    )
    return units.most_common(1)[0][0] if units else None


def provinces(records: list[Record]) -> list[Record]:
    """The records of provinces, those that the grid of tiles has a place for."""
    layout = load().compiled("web.tiles", tiles)
    return [record for record in records if record["adcode"] in layout]


def names(view: View, lines: Any) -> list[tuple[str, str, str]]:
    """Id, short name and name of indicators."""
    return [
        (line.id, view.say.label(f"short.{line.id}", view.say.indicator(line.id) or line.id),
         view.say.indicator(line.id) or line.id)
        for line in lines
    ]  # fmt: skip


def documents_of(view: View, adcode: str, type: str) -> list[Record]:
    """The documents of a kind and a division."""
    return view.reading.answer(
        "documents_of", adcode, type,
        make=lambda: view.reading.database.documents(region=adcode, type=type).page(200),
    )  # fmt: skip


def teller(view: View, unit: str | None) -> Callable[[Decimal], str]:
    """Writes figures of a unit."""
    return lambda value: figure({"low": value, "high": value, "unit": unit, "bound": "eq"}, view.say)


def codes(view: View, kind: str) -> list[tuple[str, str]]:
    """The codes of a kind (tool, theme, carrier) with their names."""
    at = 1 if view.say.language == "zh" else 2
    return [(names[0], names[at]) for names in code_names(kind)]


def industries(view: View) -> list[tuple[str, str]]:
    """The industries that the file names, the most frequent first, with their names."""
    rows = view.reading.answer(
        "industries",
        make=lambda: view.reading.database.sql(
            "SELECT industry_id, count(*) AS n FROM mentions WHERE industry_id IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
        ).rows(),
    )
    return [(row["industry_id"], view.say.value("industry", row["industry_id"])) for row in rows]


def code_of(region: str | None) -> str | None:
    """The code of a division that is given by its name or code."""
    return next(iter(divisions(region, load())[0]), None) if region else None


EVERY = "1900-2099"
"""The span of years that stands for all of them, where a page without a year shows the latest."""


def spanned(view: View, year: str | None) -> str | None:
    """The years that a list of records shows: those asked for, else the latest with a work report."""
    found = latest(view)
    return year or (str(found) if found is not None else None)
