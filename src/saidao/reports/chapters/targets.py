"""This year's targets against last year's: the whole table, and each core indicator with grid, distribution, results."""

from __future__ import annotations

from saidao.outputs.figures import ARROWS
from saidao.outputs.tables import Record
from saidao.reports.blocks import Block, Cell, Chapter, Heading, Paragraph, Piece, Table, Tiles, text
from saidao.reports.chapters.writer import STYLES, Writer, cut

Rows = dict[str, dict[str, Record]]


def chapter(writer: Writer) -> Chapter:
    """The chapter."""
    say = writer.say
    made = Chapter("targets", say("report.targets", year=writer.year, last=writer.year - 1))
    rows = cells(writer)
    used = [line.id for line in writer.facts.round_up.indicators if any(line.id in row for row in rows.values())]
    if not rows:
        return made
    legend = "  ".join(f"{arrow} {say.label(f'change.{name}')}" for name, arrow in ARROWS.items())
    made.blocks = [
        Heading("round-up", say("report.whole_table", year=writer.year)),
        Paragraph(text(say("report.targets_note", legend=legend)), "note"),
        whole(writer, rows, used),
    ]
    for id in used:
        made.blocks += indicator(writer, rows, id)
    made.blocks += disagreeing(writer)
    return made


def cells(writer: Writer) -> Rows:
    """A row a region with the record of each indicator; of several measures the usual one, which comes first."""
    rows: Rows = {}
    for record in writer.facts.round_up.cells:
        if record["year"] == writer.year and record["role"] in ("target", "dropped"):
            row = rows.setdefault(record["adcode"] + record["region"], {"": record})
            row.setdefault(record["indicator_id"], record)
    return rows


def whole(writer: Writer, rows: Rows, used: list[str]) -> Table:
    """Regions by core indicators: the target, and a sign for what became of it."""
    made: list[list[Cell]] = []
    for row in rows.values():
        line: list[Cell] = [text(writer.place(row[""]))]
        for id in used:
            line.append(cell(writer, row[id]) if id in row else text("·", "soft"))
        made.append(line)
    head = [writer.say.label("column.region"), *(writer.short(id) for id in used)]
    return Table(head, made, (1.1, *[1.0] * len(used)), frozenset(range(1, len(used) + 1)), wide=True)


def cell(writer: Writer, record: Record) -> Cell:
    """A target in the whole table."""
    if record["role"] == "dropped":
        return (Piece(ARROWS["dropped"], writer.places(record, "last_"), "bad"),)
    told = [Piece(cut(piece.text, 12), piece.places, piece.style) for piece in writer.figure(record)]
    change = record["change"]
    if change and change != "held":
        told.append(Piece(ARROWS[change], style=STYLES.get(change, "")))
    if record["disagrees"]:
        told.append(Piece("≠", style="bad"))
    return tuple(told)


def indicator(writer: Writer, rows: Rows, id: str) -> list[Block]:
    """One indicator: tile grid, distribution, and a row a region with last year's target, result and wording."""
    say = writer.say
    records = [row[id] for row in rows.values() if id in row]
    marks, unit = writer.marks(records)
    made: list[list[Cell]] = []
    for record in records:
        hedge = say.joined((record["hedge"] or "").split(";")) if record["hedge"] else ""
        target = text("—", "soft") if record["role"] == "dropped" else writer.figure(record)
        made.append([text(writer.place(record)), target, writer.change(record), writer.figure(record, "last_"),
                     writer.figure(record, "result_"), text(hedge)])  # fmt: skip
    year = writer.year
    head = [say.label("column.region"), f"{say.label('targets.target')} {year}", say.label("column.change"),
            f"{say.label('targets.target')} {year - 1}", f"{say.label('targets.result')} {year - 1}",
            say.label("column.hedge")]  # fmt: skip
    provinces = any(mark.adcode.endswith("0000") and mark.adcode != "100000" for mark, _ in marks)
    return [
        Heading(f"indicator-{id}", say.indicator(id) or id),
        Tiles(f"tiles-{id}", say.indicator(id) or id, marks, writer.teller(unit), provinces),
        Table(head, made, (1.3, 1.8, 1.1, 1.8, 1.5, 2.2), frozenset((1, 3, 4))),
    ]


def disagreeing(writer: Writer) -> list[Block]:
    """Cells for which reports say two things."""
    say = writer.say
    found = [
        r
        for r in writer.facts.round_up.cells
        if r["disagrees"] and r["year"] == (writer.year if r["role"] == "target" else writer.year - 1)
    ]
    if not found:
        return []
    rows: list[list[Cell]] = [
        [text(writer.place(r)), text(r["year"]), text(say.indicator(r["indicator_id"])),
         (Piece(r["quote"], writer.places(r)),), text("; ".join(each.partition("@")[0].strip() for each in r["disagrees"]))]
        for r in found
    ]  # fmt: skip
    head = [say.label("column.region"), say.label("column.year"), say.label("column.indicator"), say("report.taken"),
            say("report.other_figure")]  # fmt: skip
    return [
        Heading("disagreements", say("report.disagreements")),
        Paragraph(text(say("report.disagreements_note")), "note"),
        Table(head, rows, (1.3, 0.8, 2.4, 2, 3), frozenset((1,))),
    ]
