"""The report as a PDF, set by Typst with a Chinese font of the machine, of which only the characters used are embedded.

The template gets the report as JSON: texts of documents are strings to it, never markup.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from saidao.errors import UsageError
from saidao.outputs.fonts import Font, chinese
from saidao.reports.blocks import Block, Bullets, Cell, Chapter, Heading, Paragraph, Piece, Table, Tiles, spread, wide
from saidao.reports.notes import Region
from saidao.web.grid import grid

if TYPE_CHECKING:
    from saidao.reports import Report

TEMPLATE = resources.files("saidao.reports") / "templates" / "report.typ"


def checked(fonts: Path | None) -> Font:
    """The font to set with; refuses a machine without Typst or without a Chinese font.

    Raises:
        UsageError: with what to do about it.
    """
    try:
        import typst  # noqa: F401
    except ImportError:
        raise UsageError("report.missing", name="typst") from None
    font = chinese(fonts)
    if font is None:
        raise UsageError("report.no_font")
    return font


def write(report: Report, path: Path, fonts: Path | None = None) -> Path:
    """Writes the PDF. The same report gives the same bytes with the same font.

    Raises:
        UsageError: a package or font is missing.
    """
    import typst

    font = checked(fonts)
    content = json.dumps(_Content(report, font).all(), ensure_ascii=False)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "report.typ").write_bytes(TEMPLATE.read_bytes())
        (place / "report.json").write_text(content, encoding="utf-8")
        made = typst.compile(
            place / "report.typ", root=place, font_paths=[font.file.parent], ignore_system_fonts=True, format="pdf"
        )
    assert isinstance(made, bytes)
    path.write_bytes(made)
    return path


class _Content:
    """The report as plain values."""

    def __init__(self, report: Report, font: Font) -> None:
        self.report = report
        self.font = font
        self.cited: dict[int, list[str]] = {}
        self.counted: dict[str, str] = {}

    def all(self) -> dict[str, Any]:
        """What the template reads; chapters first, since the notes lead back to them."""
        report, say = self.report, self.report.say
        chapters = [self.chapter(chapter) for chapter in report.chapters]
        notes = report.notes
        return {
            "title": report.title,
            "subtitle": report.subtitle,
            "made_by": say("report.made_by", file=report.facts.file),
            "lang": say.language,
            "font": self.font.family,
            "contents": say("report.contents"),
            "chapters": chapters,
            "evidence": {
                "title": say("report.evidence"),
                "note": f"{say('report.evidence_note', count=len(notes))} {say('report.evidence_short')}",
                "regions": self.regions(notes.regions),
            },
            "lists": {
                "title": say("report.lists"),
                "note": say("report.lists_note"),
                "items": [
                    {
                        "id": f"list-{listing.id}",
                        "title": listing.title,
                        "count": say("report.list_count", count=len(listing.places)),
                        "back": self.counted.get(listing.id),
                        "regions": self.regions(short),
                    }
                    for listing, _, short in report.lists
                ],
            },
        }

    def chapter(self, chapter: Chapter) -> dict[str, Any]:
        sections = [
            {"wide": wide(section), "blocks": [self.block(block) for block in section]}
            for section in chapter.sections()
        ]
        return {"title": chapter.title, "sections": sections}

    def block(self, block: Block) -> dict[str, Any]:
        if isinstance(block, Heading):
            return {"kind": "heading", "text": block.text}
        if isinstance(block, Paragraph):
            return {"kind": block.kind or "text", "cell": self.cell(block.pieces)}
        if isinstance(block, Bullets):
            return {"kind": "bullets", "items": [self.cell(item) for item in block.items]}
        if isinstance(block, Table):
            return {
                "kind": "table", "wide": block.wide, "head": list(block.head), "widths": list(block.widths),
                "numeric": sorted(block.numeric), "rows": [[self.cell(cell) for cell in row] for row in block.rows],
            }  # fmt: skip
        return self.tiles(block)

    def tiles(self, block: Tiles) -> dict[str, Any]:
        say = self.report.say
        places = {mark.adcode: place for mark, place in block.marks}
        tiles: list[dict[str, Any]] = []
        if block.grid and any(mark.value is not None for mark, _ in block.marks):
            for tile in grid([mark for mark, _ in block.marks], say, block.tell).tiles:
                told = tile.mark.short[:9] if tile.mark and tile.shade is not None else ""
                told = told or (say("report.in_words") if tile.mark and tile.mark.text else "—")
                place = places.get(tile.mark.adcode) if tile.mark else None
                number = self.report.notes.number(place) if place is not None else None
                tiles.append({"x": tile.column, "y": tile.row, "name": tile.name, "value": told, "shade": tile.shade,
                              "note": number})  # fmt: skip
        groups = [
            {"value": told[:30], "count": len(marks),
             "names": say.joined([say.place(mark.adcode, mark.region) for mark in marks])}
            for told, marks in spread(block, say("report.in_words"))
        ]  # fmt: skip
        return {"kind": "tiles", "tiles": tiles, "groups": groups, "title": say("report.distribution")}

    def cell(self, pieces: Cell) -> list[dict[str, Any]]:
        return [self.piece(piece) for piece in pieces]

    def piece(self, piece: Piece) -> dict[str, Any]:
        made: dict[str, Any] = {"t": piece.text, "s": piece.style}
        if piece.listing is not None:
            made["list"] = f"list-{piece.listing}"
            if piece.listing not in self.counted:
                made["label"] = self.counted[piece.listing] = f"count-{piece.listing}"
        elif piece.places:
            number = self.report.notes.number(piece.places[0])
            uses = self.cited.setdefault(number, [])
            uses.append(f"cite-{number}-{len(uses) + 1}")
            made |= {"note": number, "label": uses[-1]}
        return made

    def regions(self, regions: Sequence[Region]) -> list[dict[str, Any]]:
        return [
            {
                "name": self.report.say.place(region.adcode, region.name),
                "sources": [
                    {
                        "title": source.title,
                        "document": source.document,
                        "entries": [
                            [
                                {"t": text, "n": number, "back": self.cited.get(number or 0, [])}
                                for text, number in entry.parts(short=True)
                            ]
                            for entry in source.entries
                        ],
                    }
                    for source in region.sources
                ],
            }
            for region in regions
        ]
