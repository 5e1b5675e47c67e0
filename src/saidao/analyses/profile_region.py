"""The brief of a region: what it promises, keeps, bets on and borrows, each number with its sentences."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from saidao.analyses import profile_parts as parts
from saidao.analyses.attention import Wanted
from saidao.analyses.lines import Line
from saidao.analyses.matrix import Matrix, matrix
from saidao.analyses.notes import Place
from saidao.analyses.profile import Fact, Profile, Record, Section, Sources, code, codes, count, regions
from saidao.analyses.promises import promises
from saidao.analyses.round_up import round_up
from saidao.analyses.tree import UNLISTED

LEAST, ABOVE = 3, 1.5
"""Mentions and quotient from which an industry is called a speciality."""

_SHOWN, _PEERS, _NEW = 8, 5, 10
_KEPT = ("beaten", "met", "missed")


def region_profile(sources: Sources, adcode: str, year: int | None) -> Profile:
    """The facts about a region in a year; without a report of the year the brief says only that.

    Args:
        sources: see `Sources`.
        adcode: the division's code.
        year: of the report; the last one if None.
    """
    row = next(row for row in sources.lexicon.rows("regions") if row["id"] == adcode)
    reports = parts.reports(sources, adcode)
    wanted = year if year is not None else max((r["year"] for r in reports), default=0)
    profile = Profile("region", adcode, row["name"], row["level"], wanted)
    profile.sections.append(parts.documents(sources, profile, reports))
    if any(r["year"] == wanted for r in reports):
        found = _matrix(sources, profile, "region-industry")
        profile.sections += [
            _targets(sources, profile),
            _promises(sources, profile),
            _industries(sources, profile, found),
            _alike(sources, profile, found),
            _tools(sources, profile),
            parts.carriers(sources, profile, [r for r in reports if r["year"] == wanted]),
            parts.themes(sources, profile, region=adcode),
            _phrases(sources, profile),
        ]
    profile.notes = sources.notes.notes
    return profile


def _matrix(sources: Sources, profile: Profile, by: str) -> Matrix:
    return matrix(
        sources.connection, sources.lexicon, by=by, year=profile.year, region=[profile.subject], level=profile.level,
        wanted=Wanted(), evidence=True,
    )  # fmt: skip


def _targets(sources: Sources, profile: Profile) -> Section:
    """Main targets beside last year's and their results."""
    section = Section("targets")
    found = round_up(sources.connection, sources.lexicon, year=profile.year, region=[profile.subject])
    core = {line.id: line for line in found.indicators}
    rows = []
    for cell in found.cells:
        if (
            cell["year"] != profile.year
            or cell["role"] not in ("target", "dropped")
            or cell["indicator_id"] not in core
        ):
            continue
        rows.append(
            {
                "indicator": Fact(
                    (cell["indicator_id"], _unusual(cell["measure"], core[cell["indicator_id"]])), "indicator"
                ),
                "target": parts.figure(sources, cell, ""),
                "change": code(cell["change"] or "", "change"),
                "last": parts.figure(sources, cell, "last_"),
                "result": parts.figure(sources, cell, "result_"),
            }
        )
    if rows:
        section.table(("indicator", "target", "change", "last", "result"), rows)
    else:
        section.say("profile.no_targets", year=Fact(profile.year, "year"))
    return section


def _unusual(measure: str, line: Line) -> str:
    """The measure, where it is not the indicator's usual one: growth of R&D spending, in the line of R&D intensity."""
    return measure if measure and line.measures and measure != line.measures[0] else ""


def _promises(sources: Sources, profile: Profile) -> Section:
    """What became of last year's targets."""
    section = Section("promises")
    last = profile.year - 1
    found = promises(
        sources.connection, sources.lexicon, year=last, region=[profile.subject], commitments=False
    ).promises
    judged = [row for row in found if row["outcome"] in _KEPT]
    if not judged:
        section.say("profile.no_promises", year=Fact(last, "year"))
        return section
    counts = {name: [row for row in judged if row["outcome"] == name] for name in _KEPT}
    section.say(
        "profile.promises", year=Fact(last, "year"), all=count(len(found)), judged=count(len(judged)),
        **{name: count(len(rows), _proofs(sources, rows)) for name, rows in counts.items()},
    )  # fmt: skip
    rows = [
        {
            "indicator": code(row["indicator_id"], "indicator"),
            "last": Fact(row["target_quote"] or row["qualitative"], notes=_proof(sources, row, "target")),
            "result": Fact(row["result_quote"] or row["result_low"], "number", notes=_proof(sources, row, "result")),
            "outcome": code(row["outcome"], "outcome"),
        }
        for row in sorted(judged, key=lambda r: _KEPT[::-1].index(r["outcome"]))
    ]
    section.table(("indicator", "last", "result", "outcome"), rows)
    return section


def _proofs(sources: Sources, rows: list[Record]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(n for row in rows for side in ("target", "result") for n in _proof(sources, row, side)))


def _proof(sources: Sources, row: Record, side: str) -> tuple[int, ...]:
    if row[f"{side}_document"] is None:
        return ()
    return sources.notes.of([Place(row[f"{side}_document"], row[f"{side}_start"], row[f"{side}_end"])])


def _industries(sources: Sources, profile: Profile, found: Matrix) -> Section:
    """What it bets on, with change and specialisation."""
    section = Section("industries")
    cells = [cell for cell in found.cells if cell["industry_id"] != UNLISTED]
    named = [cell for cell in cells if cell["mentions"]]
    if not named:
        section.say("profile.no_industries")
        return section
    total = found.panel.totals[profile.subject, profile.year]
    everything = [r for r in found.evidence if r["counted"] == "mention"]
    section.say(
        "profile.industries", total=count(total, _counted(sources, profile, everything)), industries=count(len(named)),
        regions=count(_others(found, profile)),
    )  # fmt: skip
    by: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in found.evidence:
        by[record["industry_id"], record["counted"]].append(record)

    def row(cell: Record) -> dict[str, Fact]:
        id = cell["industry_id"]
        return {
            "industry": code(id, "industry"),
            "mentions": count(cell["mentions"], _counted(sources, profile, by[id, "mention"], id)),
            "mentions_change": Fact(cell["mentions_change"], "change"),
            "share": Fact(cell["share"], "percent"),
            "quotient": Fact(cell["quotient"], "quotient"),
            "commitments": count(cell["commitments"], _counted(sources, profile, by[id, "commitment"], id)),
            "tools": codes(cell["tool_ids"][:3], "tool"),
        }

    section.table(
        ("industry", "mentions", "mentions_change", "share", "quotient", "commitments", "tools"),
        [row(cell) for cell in named[:_SHOWN]],
    )
    special = [c for c in named if c["mentions"] >= LEAST and c["quotient"] is not None and c["quotient"] >= ABOVE]
    special.sort(key=lambda cell: (-cell["quotient"], cell["industry_id"]))
    if special:
        section.say("profile.special", least=count(LEAST))
        section.table(("industry", "mentions", "mentions_change", "share", "quotient", "commitments", "tools"),
                      [row(cell) for cell in special[:4]])  # fmt: skip
    for trend in ("new", "gone"):
        changed = [cell for cell in cells if cell["trend"] == trend]
        changed.sort(key=lambda cell: (-(cell["mentions"] or cell["last_mentions"]), cell["industry_id"]))
        if changed:
            ids = [cell["industry_id"] for cell in changed]
            proofs: tuple[int, ...] = ()
            if trend == "new":
                proofs = tuple(n for id in ids[:_NEW] for n in sources.notes.of(sources.places(by[id, "mention"][:1])))
            section.say(f"profile.{trend}", count=count(len(ids)), names=codes(ids[:_NEW], "industry", proofs))
    return section


def _others(found: Matrix, profile: Profile) -> int:
    return len({code for code, year in found.panel.reports if year == profile.year})


def _counted(sources: Sources, profile: Profile, records: list[Record], id: str | None = None) -> tuple[int, ...]:
    command = ["matrix", "DB", "--part", "evidence", "--region", profile.name, "--year", str(profile.year)]
    return sources.notes.of(sources.places(records), command + (["--industry", id] if id else []))


def _alike(sources: Sources, profile: Profile, found: Matrix) -> Section:
    """What it alone bets on, and with whom it bets alike."""
    section = Section("alike")
    crowds = {record["industry_id"]: record for record in found.crowding}
    everyone = _others(found, profile)
    if everyone < 2:
        section.say("profile.no_others")
        return section
    alone = [
        cell for cell in found.cells
        if cell["mentions"] and cell["industry_id"] in crowds and crowds[cell["industry_id"]]["regions"] == 1
    ]  # fmt: skip
    firsts = {r["industry_id"]: r for r in reversed(found.evidence) if r["counted"] == "mention"}
    if alone:
        ids = [cell["industry_id"] for cell in alone]
        proofs = sources.notes.of(sources.places([firsts[id] for id in ids[:_NEW] if id in firsts]), None)
        section.say("profile.alone", regions=count(everyone), count=count(len(ids)),
                    names=codes(ids[:_NEW], "industry", proofs))  # fmt: skip
    else:
        section.say("profile.not_alone", regions=count(everyone))
    rows = [
        {
            "peer": regions([(each["peer_adcode"], each["peer"])]),
            "cosine": Fact(each["cosine"], "cosine"),
            "common": codes(each["common"], "industry"),
        }
        for each in found.similarity[:_PEERS]
    ]
    if rows:
        section.say("profile.peers")
        section.table(("peer", "cosine", "common"), rows)
    return section


def _tools(sources: Sources, profile: Profile) -> Section:
    """Which tools it uses, against the others."""
    section = Section("tools")
    found = _matrix(sources, profile, "region-tool")
    named = [cell for cell in found.cells if cell["measures"]]
    if not named:
        section.say("profile.no_tools")
        return section
    by: dict[str, list[Record]] = defaultdict(list)
    for record in found.evidence:
        by[record["tool"]].append(record)
    rows = []
    for cell in named[:_SHOWN]:
        tool = cell["tool"]
        command = [
            "measures",
            "DB",
            "--region",
            profile.name,
            "--year",
            str(profile.year),
            "--tool",
            tool,
            "--level",
            profile.level,
            "--type",
            "work_report",
        ]
        rows.append(
            {
                "tool": code(tool, "tool"),
                "sentences": count(cell["measures"], sources.notes.of(sources.places(by[tool]), command)),
                "sentences_change": Fact(cell["measures_change"], "change"),
                "share": Fact(cell["share"], "percent"),
                "average": Fact(_average(found, tool, profile), "percent"),
                "quotient": Fact(cell["quotient"], "quotient"),
            }
        )
    section.say(
        "profile.tools",
        total=count(found.panel.totals[profile.subject, profile.year]),
        regions=count(_others(found, profile)),
    )
    section.table(("tool", "sentences", "sentences_change", "share", "average", "quotient"), rows)
    return section


def _average(found: Matrix, item: str, profile: Profile) -> Any:
    """The item's share of all regions' uses."""
    from saidao.analyses.specialisation import percent

    places = [place for place in found.panel.reports if place[1] == profile.year]
    own = [tally for place in places if (tally := found.panel.tallies[place].get(item))]
    return percent(sum(tally.mentions for tally in own), sum(found.panel.totals[place] for place in places))


def _phrases(sources: Sources, profile: Profile) -> Section:
    """The fixed expressions that last year's report did not have."""
    section = Section("phrases")
    last = profile.year - 1
    if not any(r["year"] == last for r in parts.reports(sources, profile.subject)):
        section.say("profile.no_last_report", year=Fact(last, "year"))
        return section
    found = [each for each in sources.phrases(profile.name, profile.year) if each["document"]]
    if not found:
        section.say("profile.no_phrases", last=Fact(last, "year"))
        return section
    section.say("profile.phrases", last=Fact(last, "year"))
    section.table(
        ("phrase", "uses", "uses_against"),
        [
            {
                "phrase": Fact(each["phrase"], notes=sources.notes.of([Place(each["document"], each["start"], each["end"])])),
                "uses": count(each["uses"]),
                "uses_against": count(each["uses_against"]),
            }
            for each in found[:_NEW]
        ],
    )  # fmt: skip
    return section
