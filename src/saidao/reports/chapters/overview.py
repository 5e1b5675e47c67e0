"""What stands out, what is covered, what is missing."""

from __future__ import annotations

from collections import Counter
from typing import Any

from saidao.outputs.tables import Record
from saidao.reports.blocks import Bullets, Cell, Chapter, Heading, Paragraph, Piece, Table, text
from saidao.reports.chapters import policy, wording
from saidao.reports.chapters.writer import Writer, capital

MOST = 5
"""Industries and phrases that the overview names."""


def chapter(writer: Writer) -> Chapter:
    """The chapter."""
    say, facts = writer.say, writer.facts
    made = Chapter("overview", say("report.overview"))
    points = [covered(writer), *leading(writer), kept(writer), bets(writer), new(writer)]
    made.blocks = [
        Bullets([point for point in points if point]),
        Heading("summary", say("report.summary", year=facts.year)),
        Paragraph(text(say("report.summary_note", last=facts.year - 1)), "note"),
        summary(writer),
        *(Paragraph(text(each), "note") for each in weights(writer)),
        Heading("gaps", say("report.gaps")),
        *gaps(writer),
    ]
    return made


def covered(writer: Writer) -> Cell:
    """How many regions have a report."""
    facts = writer.facts
    missing = [r for r in facts.round_up.coverage if r["reason"] == "no_report"]
    regions = len({r["adcode"] for r in facts.reports})
    return text(writer.say("report.covered", year=facts.year, regions=regions, all=regions + len(missing),
                           both=facts.both, last=facts.year - 1))  # fmt: skip


def lines(writer: Writer) -> list[Record]:
    """The summary of the core indicators, each by its usual measure."""
    ids = [line.id for line in writer.facts.round_up.indicators]
    found: dict[str, Record] = {}
    for line in sorted(writer.facts.round_up.summary, key=lambda line: -line["regions"]):
        if line["year"] == writer.year and line["regions"]:
            found.setdefault(line["indicator_id"], line)
    return [found[id] for id in ids if id in found]


def leading(writer: Writer) -> list[Cell]:
    """What became of the first indicator's targets, in a sentence."""
    said = []
    for line in lines(writer)[:1]:
        values: dict[str, Any] = {name: line[name] or 0 for name in ("regions", "raised", "held", "cut", "new")}
        values |= {name: writer.measured(line[name], line["unit"]) for name in ("median", "lowest", "highest")}
        said.append(text(writer.say("report.leading", indicator=writer.say.indicator(line["indicator_id"]), **values)))
    return said


def kept(writer: Writer) -> Cell:
    """How many promises were kept."""
    ids = {line.id for line in writer.facts.promises.indicators}
    rows = [r for r in writer.facts.promises.promises if r["indicator_id"] in ids]
    if not rows:
        return ()
    counts = Counter(r["outcome"] for r in rows)
    judged = counts["beaten"] + counts["met"] + counts["missed"]
    return text(writer.say("report.kept", year=writer.year - 1, all=len(rows), judged=judged,
                           kept=counts["beaten"] + counts["met"], missed=counts["missed"]))  # fmt: skip


def bets(writer: Writer) -> Cell:
    """The industries that most regions name."""
    named = [f"{writer.say.value('industry', r['industry_id'])} {r['regions']}" for r in policy.crowd(writer)[:MOST]]
    return text(writer.say("report.bets", names=writer.say.joined(named))) if named else ()


def new(writer: Writer) -> Cell:
    """New phrases, each leading to a use."""
    found = wording.of_class(writer, "new")[:MOST]
    if not found:
        return ()
    pieces = [Piece(writer.say("report.new_phrases"))]
    for n, record in enumerate(found):
        pieces += [Piece(writer.say.joined(["", ""]))] if n else []
        pieces.append(Piece(record["phrase"], writer.places(record)))
    return tuple(pieces)


def summary(writer: Writer) -> Table:
    """A row an indicator: regions, changes, wordings, means."""
    say = writer.say
    changes, wordings = ("raised", "held", "cut", "new", "dropped"), ("approx", "ge", "le", "range", "eq", "in_words")
    gap, joint = ("", " ") if say.language == "zh" else (" ", ", ")
    rows: list[list[Cell]] = []
    for line in lines(writer):
        told = joint.join(f"{say.label(f'count.{name}')}{gap}{line[name]}" for name in wordings if line[name])
        figures = [writer.measured(line[name], line["unit"]) for name in ("lowest", "median", "highest", "weighted")]
        rows.append([text(say.indicator(line["indicator_id"])), text(line["regions"]),
                     *(text(line[name] or "·", "" if line[name] else "soft") for name in changes), text(told),
                     *(text(each, "soft" if each == "—" else "") for each in figures)])  # fmt: skip
    head = [say.label("column.indicator"), say.label("count.regions"), *(say.label(f"count.{name}") for name in changes),
            say("report.wordings"), say("report.lowest"), say.label("count.median"), say("report.highest"),
            say.label("count.weighted")]  # fmt: skip
    return Table(
        head, rows, (2.6, 0.9, *[0.9] * 5, 3.0, 1.1, 1.1, 1.1, 1.1), frozenset((1, 2, 3, 4, 5, 6, 8, 9, 10, 11))
    )


def weights(writer: Writer) -> list[str]:
    """What the weighted means rest on."""
    found = sorted({line["weights"] for line in lines(writer) if line["weights"]})
    most = max((line["weighted_regions"] or 0 for line in lines(writer)), default=0)
    if not found:
        return [writer.say("targets.no_weights")]
    return [writer.say("targets.weights", weights=each, regions=most) for each in found]


def gaps(writer: Writer) -> list[Paragraph]:
    """What is missing, by reason; of single cells how many, and those that are written elsewhere."""
    say, found = writer.say, []
    records = [r for r in writer.facts.round_up.coverage if r["year"] == writer.year]
    for reason in ("no_report", "several_reports", "no_target_sentence"):
        names = list(dict.fromkeys(writer.place(r) for r in records if r["reason"] == reason))
        if names:
            found.append(f"{say.label(f'reason.{reason}')} ({len(names)}): {say.joined(names)}")
    last = {r["adcode"] for r in writer.facts.last_reports}
    names = [writer.place(r) for r in writer.facts.reports if r["adcode"] not in last]
    if names:
        found.append(f"{say.label('reason.no_last_report')} ({len(names)}): {say.joined(list(dict.fromkeys(names)))}")
    cells = [r for r in records if r["indicator_id"] and r["role"] == "target"]
    counts = Counter(r["indicator_id"] for r in cells if r["reason"] == "not_stated")
    if counts:
        told = [f"{writer.short(id)} {count}" for id, count in sorted(counts.items(), key=lambda x: (-x[1], x[0]))]
        found.append(f"{say('report.not_stated')} {say.joined(told)}")
    made = [Paragraph(text(capital(each)), "gap") for each in found]
    pieces: list[Piece] = []
    for record in cells:
        if record["reason"] == "stated_elsewhere":
            pieces.append(Piece(f"{writer.place(record)} {writer.short(record['indicator_id'])} "))
            pieces.append(Piece(record["quote"], writer.places(record)))
            pieces.append(Piece(f" ({record['period'] or say.value('section', record['section'])})  "))
    if pieces:
        made.append(Paragraph((Piece(say("report.elsewhere")), *pieces), "gap"))
    rejected = writer.facts.info.rejects
    if rejected:
        count = sum(n for _, n, _ in rejected)
        made.append(Paragraph(text(say("report.rejected", count=count)), "gap"))
    return made or [Paragraph(text(say("report.no_gaps")), "note")]
