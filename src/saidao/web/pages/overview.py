"""The first page: what the file holds, the year's main figures, what is new, which promises were missed."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from pydantic import Field

from saidao import filters
from saidao.lexicon import load
from saidao.outputs.tables import Record
from saidao.web import grid, tables
from saidao.web import questions as ask
from saidao.web.pages import common, phrases, targets
from saidao.web.site import View
from saidao.web.words import Tile, tiles

TEMPLATE = "overview.html"
YEARS = 8
"""Years of the coverage that have a column; those before share one."""
SHOWN = 12


class Question(ask.Question):
    """Parameters of the page."""

    year: int | None = Field(default=None, ge=1949, le=2100)


def values(view: View, question: Question) -> dict[str, Any]:
    """What the page shows."""
    info = common.info(view)
    level = common.first_level(view)
    year = question.year or common.latest(view, level)
    shared: dict[str, Any] = {
        "question": question, "info": info, "year": year, "level": level, "years": common.report_years(view),
        "coverage": coverage(view), "summary": [], "missing": {}, "grid": None, "crowding": [],
    }  # fmt: skip
    if year is None:
        return shared
    found = tables.round_up(view.reading, filters.Reports(year=str(year), level=level))
    core = {line.id for line in found.indicators}
    cells = targets.rows_of(found.cells, year)
    first = [row["gdp"] for row in cells.values() if "gdp" in row]
    marks = targets.marks_of(view, first, "target")
    return shared | {
        "summary": [line for line in found.summary if line["indicator_id"] in core],
        "missing": targets.missing(found.coverage), "crowding": bets(view, year, level),
        "grid": grid.grid(marks, view.say, common.teller(view, "%")) if marks else None,
        "files": {"year": year, "level": level},
    }  # fmt: skip


def bets(view: View, year: int, level: Any) -> list[Record]:
    """The industries that most regions name."""
    asked = filters.Bets(year=str(year), level=level)
    found = tables.matrix_report(view.reading, asked).crowding
    return sorted(found, key=lambda c: (-c["regions"], -c["mentions"], c["industry_id"]))[:SHOWN]


def coverage(view: View) -> dict[str, Any]:
    """Documents by region and year: provinces that have none stay in the table."""
    rows = common.info(view).coverage
    known = sorted({year for _, _, year, *_ in rows if year is not None})
    shown = known[-YEARS:]
    counted: dict[str, dict[Any, int]] = defaultdict(lambda: defaultdict(int))
    names: dict[str, str] = {}
    for code, region, year, documents, _ in rows:
        key = code if code in _provinces() or code == "100000" else "other"
        column = "none" if year is None else year if year in shown else "earlier"
        counted[key][column] += documents
        names[key] = region
    codes = [code for code in ("100000", *_provinces()) if code in counted or code != "100000"]
    columns = [*(["earlier"] if len(known) > YEARS else []), *shown]
    if any("none" in found for found in counted.values()):
        columns.append("none")
    return {
        "columns": columns,
        "rows": [
            {"adcode": code, "region": view.say.place(code, names.get(code)), "counts": counted.get(code, {})}
            for code in codes
        ]
        + ([{"adcode": "", "region": view.say("web.others"), "counts": counted["other"]}] if "other" in counted else []),
        "gaps": {year for year in shown if 3 * sum(counted[c][year] > 0 for c in _provinces()) >= len(_provinces())},
        "absent": [code for code in codes if code not in counted],
    }  # fmt: skip


class Part(ask.Question):
    """Parameters of the parts that come later."""

    year: int | None = Field(default=None, ge=1949, le=2100)


PHRASES, MISSED = "part_phrases.html", "part_missed.html"


def new_phrases(view: View, question: Part) -> dict[str, Any]:
    """The phrases of the year that are new or rising: a part of the page that takes longer than the rest."""
    asked = phrases.wanted(view, phrases.Question(year=question.year))
    records: list[Record] = [] if asked is None else tables.phrase_report(view.reading, asked).records
    shown = [r for r in records if r["class"] == "new"][:SHOWN] + [r for r in records if r["class"] == "rising"][:SHOWN]
    return {"asked": asked, "phrases": shown}


def missed(view: View, question: Part) -> dict[str, Any]:
    """The targets of the year before that were missed: another part that takes longer."""
    level = common.first_level(view)
    year = question.year or common.latest(view, level)
    if year is None:
        return {"year": None, "level": level, "rows": [], "missed": 0, "judged": 0}
    found = tables.promises(view.reading, filters.Reports(year=str(year - 1), level=level))
    core = {line.id for line in found.indicators}
    judged = [r for r in found.promises if r["outcome"] in ("beaten", "met", "missed") and r["indicator_id"] in core]
    rows = [row for row in judged if row["outcome"] == "missed"]
    return {"year": year, "level": level, "rows": rows[:SHOWN], "missed": len(rows), "judged": len(judged)}


def _provinces() -> list[str]:
    """Codes of the provinces that give work reports, in their order."""
    layout: dict[str, Tile] = load().compiled("web.tiles", tiles)
    return sorted(code for code in layout if code not in ("710000", "810000", "820000"))
