"""How the report was made, its limits, its sources."""

from __future__ import annotations

from saidao.reports.blocks import Bullets, Cell, Chapter, Heading, Paragraph, Piece, Table, text
from saidao.reports.chapters.writer import Writer

METHOD = ("quotes", "targets", "changes", "means", "ledger", "industries", "tools", "phrases", "gaps")
LIMITS = ("rules", "coverage", "words", "comparison")


def chapter(writer: Writer) -> Chapter:
    """The chapter."""
    say, facts = writer.say, writer.facts
    made = Chapter("method", say("report.method"))
    made.blocks = [
        Bullets([text(say(f"report.method_{name}", year=facts.year, last=facts.year - 1)) for name in METHOD]),
        Heading("limits", say("report.limits")),
        Bullets([text(say(f"report.limit_{name}")) for name in LIMITS]),
        Heading("sources", say("report.sources")),
        Paragraph(text(say("report.sources_note", file=facts.file)), "note"),
        sources(writer),
    ]
    return made


def sources(writer: Writer) -> Table:
    """The reports that were read, with where they come from."""
    say = writer.say
    rows: list[list[Cell]] = []
    for record in [*writer.facts.reports, *writer.facts.last_reports]:
        member = f"!/{record['member']}" if record["member"] else ""
        address = record["url"] or f"{record['path']}{member}"
        rows.append([text(writer.place(record)), text(record["year"]), text(record["title"]), text(record["date"] or "—"),
                     (Piece(address, style="address"),), text(record["id"], "address")])  # fmt: skip
    head = [say.label("column.region"), say.label("column.year"), say.label("column.title"), say.label("column.date"),
            say("report.address"), say.label("column.id")]  # fmt: skip
    return Table(head, rows, (1.1, 0.8, 2.8, 1.3, 3.4, 2.2))
