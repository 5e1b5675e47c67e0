"""Industries most bet on, tools of policy, carriers."""

from __future__ import annotations

from collections import defaultdict

from saidao.outputs.tables import Record
from saidao.reports.blocks import Block, Cell, Chapter, Heading, Paragraph, Piece, Table, text
from saidao.reports.chapters.writer import Writer
from saidao.store.quotes import Place

INDUSTRIES, BIGGEST = 25, 20
"""Industries that are listed, and carriers by their scale."""


def chapter(writer: Writer) -> Chapter:
    """The chapter."""
    say = writer.say
    made = Chapter("policy", say("report.policy"))
    if crowd(writer):
        made.blocks += [
            Heading("industries", say("report.industries")),
            Paragraph(text(say("report.industries_note", year=writer.year, last=writer.year - 1, both=writer.facts.both,
                               shown=min(INDUSTRIES, len(crowd(writer))), all=len(crowd(writer)))), "note"),
            industries(writer),
        ]  # fmt: skip
    if writer.facts.tools.crowding:
        made.blocks += [
            Heading("tools", say("report.tools")),
            Paragraph(text(say("report.tools_note", year=writer.year)), "note"),
            tools(writer),
        ]
    made.blocks += carriers(writer)
    return made


def crowd(writer: Writer) -> list[Record]:
    """The industries, those that most regions name first."""
    rows = [r for r in writer.facts.industries.crowding if r["year"] == writer.year and r["mentions"]]
    return sorted(rows, key=lambda r: (-r["regions"], -r["mentions"], r["industry_id"]))


def places(records: list[Record], name: str) -> dict[str, list[Place]]:
    """The places that evidence lists, by industry or tool."""
    found: dict[str, list[Place]] = defaultdict(list)
    for record in records:
        if record["counted"] in ("mention", "measure") and record["start"] is not None:
            found[record[name]].append(Place(record["document"], record["start"], record["end"]))
    return found


def industries(writer: Writer) -> Table:
    """A row an industry: regions, mentions, last year's, and who names it most."""
    say = writer.say
    evidence = places([r for r in writer.facts.industries.evidence if r["year"] == writer.year], "industry_id")
    made: list[list[Cell]] = []
    for record in crowd(writer)[:INDUSTRIES]:
        id = record["industry_id"]
        name = say.value("industry", id)
        most = sorted(
            (r for r in writer.facts.industries.cells if r["year"] == writer.year and r["industry_id"] == id),
            key=lambda r: (-r["mentions"], r["adcode"]),
        )[:3]
        made.append([text(name), text(f"{record['regions']}/{record['regions_all']}"),
                     (writer.listing(f"industry-{id}", name, evidence[id], record["mentions"]),),
                     *paired(writer, record), text(say.joined([f"{writer.place(r)} {r['mentions']}" for r in most]))])  # fmt: skip
    years = pairs(writer)
    head = [say.label("column.industry"), say("report.regions"), say("report.mentions"), *years, say("report.most")]
    widths = (2.2, 1.1, 1.1, *[1.3] * len(years), 3.4)
    return Table(head, made, widths, frozenset(range(1, 3 + len(years))))


def tools(writer: Writer) -> Table:
    """A row a tool: regions, sentences, last year's."""
    say = writer.say
    evidence = places([r for r in writer.facts.tools.evidence if r["year"] == writer.year], "tool")
    rows = [r for r in writer.facts.tools.crowding if r["year"] == writer.year and r["mentions"]]
    rows.sort(key=lambda r: (-r["mentions"], r["tool"]))
    made: list[list[Cell]] = []
    for record in rows:
        name = say.value("tool", record["tool"])
        piece = writer.listing(f"tool-{record['tool']}", name, evidence[record["tool"]], record["mentions"])
        made.append(
            [text(name), text(f"{record['regions']}/{record['regions_all']}"), (piece,), *paired(writer, record)]
        )
    years = pairs(writer)
    head = [say("report.tool"), say("report.regions"), say("report.sentences"), *years]
    return Table(head, made, (3, 1.2, 1.2, *[1.5] * len(years)), frozenset(range(1, 3 + len(years))))


def pairs(writer: Writer) -> list[str]:
    """The columns that compare with last year: one where the same regions have reports of both years, else two."""
    facts, say = writer.facts, writer.say
    if not facts.both:
        return []
    if facts.both == len({r["adcode"] for r in facts.reports}) == len({r["adcode"] for r in facts.last_reports}):
        return [say("report.mentions_of", year=facts.year - 1)]
    return [say("report.paired", year=facts.year), say("report.paired", year=facts.year - 1)]


def paired(writer: Writer, record: Record) -> list[Cell]:
    """The numbers below them."""
    known = record["paired_regions"] is not None and record["last_mentions"] is not None
    both = [text(record[name] if known else "—") for name in ("paired_mentions", "last_mentions")]
    columns = len(pairs(writer))
    return both[2 - columns :] if columns else []


def carriers(writer: Writer) -> list[Block]:
    """Kinds of carriers, and the planned ones with the largest scale."""
    say, found = writer.say, writer.facts.carriers
    if not found:
        return []
    kinds: dict[str, list[Record]] = defaultdict(list)
    for record in found:
        kinds[record["type"]].append(record)
    rows: list[list[Cell]] = []
    for kind, records in sorted(kinds.items(), key=lambda x: (-len(x[1]), x[0])):
        name = say.value("carrier", kind)
        planned = sum(r["status"] == "planned" for r in records)
        at = [Place(r["document_id"], r["start"], r["end"]) for r in records]
        rows.append([text(name), (writer.listing(f"carrier-{kind}", name, at),), text(planned),
                     text(len({r["issuer_region"] for r in records}))])  # fmt: skip
    head = [say("report.carrier"), say("report.named"), say("report.planned"), say("report.regions")]
    made: list[Block] = [
        Heading("carriers", say("report.carriers")),
        Paragraph(text(say("report.carriers_note", year=writer.year)), "note"),
        Table(head, rows, (3, 1.2, 1.2, 1.2), frozenset((1, 2, 3))),
    ]
    big = [r for r in found if r["status"] == "planned" and r["low"] is not None and r["unit"] == "元"]
    big.sort(key=lambda r: (-r["high"], r["document_id"], r["start"]))
    if big:
        codes = {r["region"]: r["adcode"] for r in writer.facts.reports}
        table: list[list[Cell]] = []
        for record in big[:BIGGEST]:
            region, place = record["issuer_region"], Place(record["document_id"], record["start"], record["end"])
            table.append([text(writer.place({"adcode": codes.get(region), "region": region})),
                          text(say.value("carrier", record["type"])), (Piece(record["quote"], (place,)),),
                          writer.figure(record, named="none_")])  # fmt: skip
        made += [
            Heading("largest", say("report.largest")),
            Paragraph(text(say("report.largest_note")), "note"),
            Table([say.label("column.region"), say("report.carrier"), say.label("column.quote"), say("report.scale")],
                  table, (1.3, 1.3, 4, 1.6), frozenset((3,))),
        ]  # fmt: skip
    return made
