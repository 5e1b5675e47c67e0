"""Chooses, for each region, year and indicator, the statement that is its target or its result.

The order of authority: the work report before the plan report before the budget report; in each, the sentence of main
targets before the plan of the year; a review of the past year before a review of five years. What decides is decided for
an indicator as a whole: where the main targets name it in words, a figure elsewhere in the plan does not replace them.
Figures of a span of years, of a later year, and marks that were passed in five years are no targets and no results of
the year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from saidao.analyses.evidence import REPORTS, Evidence
from saidao.analyses.lines import IN_WORDS, Line, vague
from saidao.analyses.marks import marks

TARGET, RESULT = "target", "result"

_TARGET_SECTIONS = {"main_targets": 0, "plan_year": 1, "other": 4}
_RESULT_SECTIONS = {"review_year": 0, "review_five_years": 1, "main_targets": 3, "other": 4}
"""A table of main targets may have last year's results in a column beside them."""

_Candidate = tuple[int, Evidence, Line, str]
"""Rank of authority, statement, line and measure."""


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """Which cell."""

    adcode: str
    region: str
    year: int
    role: str
    row: str
    measure: str


@dataclass(slots=True)
class Cell:
    """A target or a result, the statement it rests on, and those that say otherwise."""

    key: Key
    line: Line
    evidence: Evidence
    where: str
    """Where it stands: main_targets, plan_year, review_year, review_five_years, other; of other reports with its type."""
    disagrees: list[str] = field(default_factory=list)
    """Statements of equal authority that give another figure: quote@document:start."""

    @property
    def in_words(self) -> bool:
        """Whether it carries no figure."""
        return self.evidence.kind in IN_WORDS


def choose(evidence: Iterable[Evidence], lines: dict[str, Line]) -> dict[Key, Cell]:
    """The cells that some evidence gives, one for each region, year, role, row and measure, in that order."""
    candidates: dict[tuple[str, str, int, str, str], list[_Candidate]] = defaultdict(list)
    several_years = marks().sums | marks().averages
    for each in evidence:
        line = lines.get(each.indicator_id)
        if line is None or (measure := line.measure(each.kind)) is None or vague(each.indicator, measure):
            continue
        placed = _placed(each, several_years)
        if placed is None:
            continue
        role, year, rank = placed
        report = each.report
        candidates[report.adcode, report.region, year, role, line.row].append((rank, each, line, measure))
    found = {}
    for (adcode, region, year, role, row), several in candidates.items():
        for measure, chosen in _by_measure(_decisive(several, role)).items():
            key = Key(adcode, region, year, role, row, measure)
            found[key] = _cell(key, chosen)
    for key in [key for key, cell in found.items() if _sum_of_years(key, cell, found)]:
        del found[key]
    return dict(sorted(found.items()))


def _sum_of_years(key: Key, cell: Cell, cells: dict[Key, Cell]) -> bool:
    """Whether a level from a review of five years is their sum: more than twice what the year before had."""
    if key.role != RESULT or key.measure != "level" or cell.where != "review_five_years":
        return False
    before = cells.get(Key(key.adcode, key.region, key.year - 1, RESULT, key.row, key.measure))
    if before is None or before.evidence.unit != cell.evidence.unit:
        return False
    now, then = cell.evidence.low, before.evidence.low
    return now is not None and then is not None and now > 2 * then > 0


def _placed(each: Evidence, several_years: frozenset[str]) -> tuple[str, int, int] | None:
    """Role, year and rank of authority of a statement; None where it is neither a target nor a result of a year."""
    span = each.span
    if span is None or span[0] != span[1] or each.scopes & several_years:
        return None
    year = each.report.year
    report = REPORTS.index(each.report.type) * 10
    section = each.section or "other"
    if each.status == TARGET and span[0] == year and section in _TARGET_SECTIONS:
        return TARGET, year, report + _TARGET_SECTIONS[section]
    if each.status == "achieved" and span[0] == year - 1 and section in _RESULT_SECTIONS and each.kind not in IN_WORDS:
        if section == "review_five_years" and each.bound not in ("eq", "approx"):
            return None
        return RESULT, year - 1, report + _RESULT_SECTIONS[section]
    return None


def _decisive(candidates: list[_Candidate], role: str) -> list[_Candidate]:
    """Those of the highest authority: for a target, of all that name the indicator; for a result, of each measure."""
    best: dict[str, int] = {}
    for rank, _, _, measure in candidates:
        group = "" if role == TARGET else measure
        best[group] = min(rank, best.get(group, rank))
    return [c for c in candidates if c[0] == best["" if role == TARGET else c[3]]]


def _by_measure(candidates: list[_Candidate]) -> dict[str, list[tuple[Evidence, Line]]]:
    """Candidates by measure; words only where no figure stands."""
    found: dict[str, list[tuple[Evidence, Line]]] = defaultdict(list)
    for _, each, line, measure in candidates:
        found[measure].append((each, line))
    if len(found) > 1:
        found.pop("", None)
    return found


def _cell(key: Key, candidates: list[tuple[Evidence, Line]]) -> Cell:
    """The first of the candidates, those under the row's own name before others; the rest where they disagree."""
    stretch = marks().stretch
    order = sorted(
        candidates,
        key=lambda c: (
            c[1].id != key.row,
            bool(c[0].hedges & stretch),
            key.role == RESULT and c[0].bound not in ("eq", "approx"),  # 突破4000亿元、达到4211亿元: the figure itself
            c[0].report.date is None,
            c[0].start,
        ),
    )
    evidence, line = order[0]
    others: dict[tuple[object, ...], Evidence] = {}
    for each, _ in order[1:]:
        same = each.value == evidence.value if key.measure else each.wording == evidence.wording
        beside = each.sentence_id == evidence.sentence_id
        if not same and not beside:
            others.setdefault(each.value, each)
    section = evidence.section or "other"
    where = section if evidence.report.type == REPORTS[0] else f"{evidence.report.type}:{section}"
    return Cell(key, line, evidence, where, [f"{each.quote}@{each.report.id}:{each.start}" for each in others.values()])
