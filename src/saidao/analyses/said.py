"""What reports themselves say of last year's targets: a named indicator stayed short of its target, reached it, went beyond."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import duckdb

from saidao.analyses.evidence import Report
from saidao.analyses.lines import Line
from saidao.lexicon import Lexicon, variants

_LOOKS_BACK = ("review_year", "review_five_years", "problems")
_STOP = re.compile("[，；。：！？\n]")
_MEMBER = re.compile("[、和与及]")
_FIGURE = re.compile("[0-9一二三四五六七八九十]")


@dataclass(frozen=True, slots=True)
class OwnVerdict:
    """A clause of a report that says how a target ended; `text[start:end] == quote` in its document."""

    outcome: str
    """`missed`, `met` or `beaten`, in the report's own judgement."""
    quote: str
    document: str
    start: int
    end: int
    sentence: str


@dataclass(frozen=True, slots=True)
class _Words:
    ids: Mapping[str, str]
    """Of standard indicators, by each of their names."""
    name: re.Pattern[str]
    goals: re.Pattern[str]
    verdict: re.Pattern[str]
    """The words that say how it ended; the name of the group that matched, without its digits, is the outcome."""
    of_last_year: re.Pattern[str]
    lead: re.Pattern[str]
    goes_on: re.Pattern[str]
    bare: re.Pattern[str]


def said(
    connection: duckdb.DuckDBPyConnection,
    reports: Iterable[Report],
    known: Mapping[str, Line],
    lexicon: Lexicon,
    first: int,
    last: int,
) -> dict[tuple[str, int, str], OwnVerdict]:
    """What the reports of the year after say of the targets of some years.

    Args:
        connection: the database.
        reports: the reports to look into; those of other years are passed over.
        known: the indicators, by id.
        lexicon: the data files.
        first: the first year of targets.
        last: the last one.

    Returns:
        By division code, year of the target and row of the ledger; the first clause where several tell.
    """
    words = lexicon.compiled("analyses.said", _compile)
    by_id = {report.id: report for report in reports if first <= report.year - 1 <= last}
    rows = connection.execute(
        'SELECT document_id, section, "start", text FROM sentences'
        " WHERE document_id IN (SELECT unnest(?::VARCHAR[])) AND section IN (SELECT unnest(?::VARCHAR[]))"
        ' AND regexp_matches(text, ?) ORDER BY document_id, "start"',
        [sorted(by_id), list(_LOOKS_BACK), words.goals.pattern],
    ).fetchall()
    found: dict[tuple[str, int, str], OwnVerdict] = {}
    for document, section, start, text in rows:
        report = by_id[document]
        for outcome, begin, end, ids in _verdicts(text, section, words):
            for id in ids:
                line = known.get(id)
                if line is None or (outcome == "missed" and line.better != "more"):
                    continue  # a ceiling that was not reached is kept
                clause = OwnVerdict(outcome, text[begin:end], document, start + begin, start + end, text)
                found.setdefault((report.adcode, report.year - 1, line.row), clause)
    return found


def _verdicts(text: str, section: str, words: _Words) -> Iterator[tuple[str, int, int, list[str]]]:
    """Outcome, place and indicators of each clause of a sentence that says how targets ended."""
    for match in words.verdict.finditer(text):
        stops = [m.end() for m in _STOP.finditer(text, 0, match.start())]
        begin = stops[-1] if stops else 0
        clause = text[begin : match.start()]
        if section == "review_five_years" and not words.of_last_year.search(text, begin, match.end()):
            continue
        ids = _named(clause, words)
        if not ids and words.bare.fullmatch(clause) and stops:
            begin = stops[-2] if len(stops) > 1 else 0
            ids = _named(text[begin : stops[-1] - 1], words)
            ids = ids if len(ids) == 1 else []
        if ids:
            yield (match.lastgroup or "").rstrip("0123456789"), begin, match.end(), ids


def _named(clause: str, words: _Words) -> list[str]:
    """The standard indicators that the members of a clause begin with."""
    ids = []
    for member in _MEMBER.split(clause):
        lead = words.lead.match(member)
        at = lead.end() if lead is not None else 0
        name = words.name.match(member, at)
        if name is not None and (
            name.end() == len(member) or _FIGURE.match(member, name.end()) or words.goes_on.match(member, name.end())
        ):
            ids.append(words.ids[name.group()])
    return ids


def _compile(lexicon: Lexicon) -> _Words:
    pattern = lexicon.pattern
    ids: dict[str, str] = {}
    for row in lexicon.rows("indicators"):
        for name in [row["zh"], *variants(row["variants"])]:
            ids.setdefault(name, row["id"])
    goal = "{said_goals}"
    return _Words(
        ids=ids,
        name=re.compile("|".join(re.escape(name) for name in sorted(ids, key=len, reverse=True))),
        goals=pattern(goal),
        verdict=pattern(
            f"(?P<missed>{{said_missed}}[^，。；、]{{0,6}}?{goal})"
            f"|(?P<missed2>[与离距][^，。；、]{{0,8}}?{goal}[^，。；、]{{0,4}}{{said_gaps}})"
            f"|(?P<beaten>{{said_beaten}}[^，。；、]{{0,14}}?{goal})"
            f"|(?P<beaten2>{goal}{{said_beyond}})"
            f"|(?P<met>{{said_met}}[^，。；、]{{0,6}}?{goal})"
            f"|(?P<met2>{goal}{{said_done}})"
        ),
        of_last_year=pattern("{said_of_last_year}"),
        lead=pattern("(?:{said_leads}|[0-9]{4}年)*"),
        goes_on=pattern("{said_goes_on}"),
        bare=pattern("(?:{said_bare})*"),
    )
