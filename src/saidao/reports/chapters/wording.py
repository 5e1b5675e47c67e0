"""Phrases that are new, rising, fading, vanished."""

from __future__ import annotations

from saidao.outputs.tables import Record
from saidao.reports.blocks import Cell, Chapter, Heading, Paragraph, Piece, Table, text
from saidao.reports.chapters.writer import Writer

CLASSES = ("new", "rising", "fading", "vanished")
SHOWN = 25
"""Phrases of a class that are listed."""


def chapter(writer: Writer) -> Chapter:
    """The chapter; empty where there is no year to compare with."""
    say, facts = writer.say, writer.facts
    made = Chapter("wording", say("report.wording", year=writer.year, last=writer.year - 1))
    if facts.phrases is None or not any(of_class(writer, name) for name in CLASSES):
        return made
    made.blocks.append(
        Paragraph(text(say("report.wording_note", documents=facts.phrases.documents, year=writer.year,
                           against=facts.phrases.documents_against, last=writer.year - 1)), "note")
    )  # fmt: skip
    for name in CLASSES:
        found = of_class(writer, name)
        if found:
            made.blocks += [Heading(f"phrases-{name}", say.label(f"phrase_class.{name}")), table(writer, found)]
    return made


def of_class(writer: Writer, name: str) -> list[Record]:
    """The phrases of a class, the surest first."""
    phrases = writer.facts.phrases
    found = [r for r in phrases.records if r["class"] == name] if phrases is not None else []
    return sorted(found, key=lambda r: (-abs(r["z"] or 0), r["phrase"]))[:SHOWN]


def table(writer: Writer, records: list[Record]) -> Table:
    """A row a phrase: uses and documents of both years, and one use."""
    say, year = writer.say, writer.year
    codes = {each["region"]: each["adcode"] for each in (*writer.facts.reports, *writer.facts.last_reports)}
    rows: list[list[Cell]] = []
    for r in records:
        where = writer.place({"adcode": codes.get(r["region"]), "region": r["region"]}) if r["region"] else ""
        rows.append([(Piece(r["phrase"], writer.places(r)),), text(r["uses_against"]), text(r["uses"]),
                     text(r["documents_against"]), text(r["documents"]), text(where)])  # fmt: skip
    head = [say("report.phrase"), say("report.uses", year=year - 1), say("report.uses", year=year),
            say("report.documents", year=year - 1), say("report.documents", year=year), say("report.example_from")]  # fmt: skip
    return Table(head, rows, (2.4, 1.2, 1.2, 1.3, 1.3, 1.6), frozenset((1, 2, 3, 4)))
