"""The report as a Word document: styles, a table of contents, numbered notes with links both ways."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from saidao.errors import UsageError
from saidao.reports.blocks import Block, Bullets, Cell, Chapter, Heading, Paragraph, Piece, Table, Tiles, spread, wide
from saidao.reports.notes import Entry, Region
from saidao.web.grid import grid

if TYPE_CHECKING:
    from saidao.reports import Report

COLORS = {"good": "2C7A4B", "bad": "B3261E", "new": "B8460E", "soft": "5B6670", "address": "5B6670"}
SHADES = ("DBE8F2", "B3D0E6", "7FB0D4", "3F83B8", "14517F")
_MARK, _HEAD, _GAP = "FFE9A8", "E8EEF4", "ECECEA"


def checked() -> None:
    """Refuses a machine without python-docx.

    Raises:
        UsageError: with what to do about it.
    """
    try:
        import docx  # noqa: F401
    except ImportError:
        raise UsageError("report.missing", name="python-docx") from None


def write(report: Report, path: Path) -> Path:
    """Writes the document. The same report gives the same bytes."""
    path.write_bytes(_Writer(report).made())
    return path


class _Writer:
    """A document in the making."""

    def __init__(self, report: Report) -> None:
        from saidao.outputs import docx

        self.x = docx
        self.report = report
        self.document = docx.new(report.title, report.say.language)
        self.numbers = itertools.count(1)
        self.cited: dict[int, list[str]] = {}
        self.counted: dict[str, str] = {}

    def made(self) -> bytes:
        report, x, say = self.report, self.x, self.report.say
        self.add(x.paragraph([x.run(report.title)], style="Title", before=60, after=8))
        self.add(x.paragraph([x.run(report.subtitle)], style="Subtitle"))
        made_by = x.run(say("report.made_by", file=report.facts.file), size=9, color=x.SOFT)
        self.add(x.paragraph([made_by], after=18))
        self.contents()
        for chapter in report.chapters:
            self.chapter(chapter)
        self.evidence()
        self.lists()
        made: bytes = x.saved(self.document)
        return made

    def add(self, *elements: Any) -> None:
        body = self.document.element.body
        for each in elements:
            body.sectPr.addprevious(each)

    def mark(self, name: str, *inside: Any) -> list[Any]:
        """The elements with a bookmark around them."""
        return self.x.bookmark(name, next(self.numbers), *inside)

    def contents(self) -> None:
        """A field that the word processor fills; until then the headings, with links."""
        x, say = self.x, self.report.say
        entries: list[tuple[int, str, str]] = []
        for chapter in self.report.chapters:
            entries.append((1, chapter.title, anchor("h", chapter.id)))
            entries += [(2, b.text, anchor("h", b.id)) for b in chapter.blocks if isinstance(b, Heading)]
        entries += [(1, say("report.evidence"), "h_evidence"), (1, say("report.lists"), "h_lists")]
        self.add(x.paragraph([x.run(say("report.contents"), size=13, color=x.LINK, bold=True)], after=4))
        opening = x.field('TOC \\o "1-2" \\h \\z \\u', x.run(""))[:3]
        ending = x.element("r", x.element("fldChar", fldCharType="end"))
        for n, (level, title, name) in enumerate(entries):
            line = [x.link(name, x.run(title, size=10 if level == 1 else 9, color=x.TEXT if level == 1 else x.SOFT))]
            if n == 0:
                line = [*opening, *line]
            if n == len(entries) - 1:
                line.append(ending)
            self.add(x.paragraph(line, indent=0 if level == 1 else 280, before=3 if level == 1 else 0, after=0))

    def heading(self, level: int, text: str, name: str, *, page: bool = False) -> None:
        made = self.x.paragraph(self.mark(name, self.x.run(text)), style=f"Heading{level}")
        if page:
            made.pPr.append(self.x.element("pageBreakBefore"))
        self.add(made)

    def chapter(self, chapter: Chapter) -> None:
        """The chapter; sections with wide tables on pages across."""
        x = self.x
        for n, section in enumerate(chapter.sections()):
            across = wide(section)
            if across:
                self.add(x.section(self.document, across=False))
            if n == 0:
                self.heading(1, chapter.title, anchor("h", chapter.id), page=not across)
            for block in section:
                self.block(block)
            if across:
                self.add(x.section(self.document, across=True))

    def block(self, block: Block) -> None:
        """One block."""
        x = self.x
        if isinstance(block, Heading):
            self.heading(2, block.text, anchor("h", block.id))
        elif isinstance(block, Paragraph):
            runs = self.cell(block.pieces, 9 if block.kind else 10, x.SOFT if block.kind == "note" else "")
            self.add(x.paragraph(runs, after=4))
        elif isinstance(block, Bullets):
            for item in block.items:
                self.add(x.paragraph(self.cell(item, 10), style="ListBullet", after=2))
        elif isinstance(block, Tiles):
            self.tiles(block)
        else:
            self.table(block)
            if not block.wide:
                self.add(x.paragraph([], after=4))

    def cell(self, pieces: Cell, size: float, color: str = "") -> list[Any]:
        found: list[Any] = []
        for piece in pieces:
            found += self.piece(piece, size, color)
        return found

    def piece(self, piece: Piece, size: float, color: str = "") -> list[Any]:
        x = self.x
        look = COLORS.get(piece.style, color)
        bold = piece.style == "strong"
        if piece.listing is not None:
            name = anchor("k", piece.listing)
            linked = x.link(anchor("l", piece.listing), x.run(piece.text, size=size, color=x.LINK))
            if self.counted.setdefault(piece.listing, name) != name:
                return [linked]
            return self.mark(name, linked)
        if not piece.places:
            return [x.run(piece.text, size=size, color=look, bold=bold)]
        runs: list[Any] = []
        for place in piece.places[:1]:
            number = self.report.notes.number(place)
            uses = self.cited.setdefault(number, [])
            uses.append(f"c{number}_{len(uses) + 1}")
            text = x.run(piece.text, size=size, color=look or x.TEXT)
            raised = x.run(str(number), size=size, color=x.LINK, raised=True)
            runs += self.mark(uses[-1], x.link(f"n{number}", text, raised))
        return runs

    def table(self, block: Table) -> None:
        x = self.x
        size = 7.0 if block.wide else 8.5
        room = (x.ACROSS if block.wide else x.WIDTH) - 20
        widths = [round(room * width / sum(block.widths)) for width in block.widths]

        def line(cells: Sequence[list[Any]], *, head: bool = False) -> Any:
            made = []
            for n, runs in enumerate(cells):
                align = "right" if n in block.numeric else ""
                text = x.paragraph(runs, after=0, align=align)
                made.append(x.cell([text], widths[n], shade=_HEAD if head else "", middle=head))
            return x.row(made, head=head)

        rows = [line([[x.run(title, size=size, bold=True)] for title in block.head], head=True)]
        rows += [line([self.cell(cell, size) for cell in cells]) for cells in block.rows]
        self.add(x.table(rows, widths))

    def tiles(self, block: Tiles) -> None:
        """The grid as a table of shaded cells, and the distribution as a table of figures with their regions."""
        x, say = self.x, self.report.say
        if block.grid and any(mark.value is not None for mark, _ in block.marks):
            places = {mark.adcode: place for mark, place in block.marks}
            drawn = grid([mark for mark, _ in block.marks], say, block.tell)
            cells = {(tile.row, tile.column): tile for tile in drawn.tiles}
            width = 1020
            rows = []
            for at in range(drawn.rows):
                made = []
                for column in range(drawn.columns):
                    tile = cells.get((at, column))
                    if tile is None:
                        made.append(x.cell([x.paragraph([x.run("", size=7)], after=0)], width))
                        continue
                    shade = SHADES[tile.shade] if tile.shade is not None else _GAP
                    color = "FFFFFF" if tile.shade is not None and tile.shade > 2 else x.TEXT
                    told = tile.mark.short if tile.mark and tile.shade is not None else ""
                    told = told or (say("report.in_words") if tile.mark and tile.mark.text else "—")
                    value = x.run(told[:9], size=7.5, color=color, bold=tile.shade is not None)
                    place = places.get(tile.mark.adcode) if tile.mark else None
                    linked = x.link(f"n{self.report.notes.number(place)}", value) if place else value
                    name = x.run(tile.name, size=7.5, color=color)
                    made.append(x.cell([x.paragraph([name], align="center", after=0, together=True),
                                        x.paragraph([linked], align="center", after=0, together=True)], width, shade=shade))  # fmt: skip
                rows.append(x.row(made))
            self.add(x.table(rows, [width] * drawn.columns, tiles=True), x.paragraph([], after=2))
        groups = spread(block, say("report.in_words"))
        if not groups:
            return
        most = max(len(marks) for _, marks in groups)
        widths = [1500, 2200, x.WIDTH - 3720]
        rows = []
        for told, marks in groups:
            bar = x.run("█" * max(1, round(12 * len(marks) / most)), size=7, color=SHADES[3])
            names = say.joined([say.place(mark.adcode, mark.region) for mark in marks])
            rows.append(
                x.row(
                    [
                        x.cell([x.paragraph([x.run(told[:30], size=8.5)], align="right", after=0)], widths[0]),
                        x.cell([x.paragraph([bar, x.run(f" {len(marks)}", size=8.5)], after=0)], widths[1]),
                        x.cell([x.paragraph([x.run(names, size=8.5)], after=0)], widths[2]),
                    ]
                )
            )
        self.add(x.table(rows, widths), x.paragraph([], after=4))

    def evidence(self) -> None:
        x, say, notes = self.x, self.report.say, self.report.notes
        self.heading(1, say("report.evidence"), "h_evidence", page=True)
        told = f"{say('report.evidence_note', count=len(notes))} {say('report.evidence_short')}"
        self.add(x.paragraph([x.run(told, size=9, color=x.SOFT)], after=4))
        self.sentences(notes.regions, numbered=True)

    def lists(self) -> None:
        x, say = self.x, self.report.say
        if not self.report.lists:
            return
        self.heading(1, say("report.lists"), "h_lists", page=True)
        self.add(x.paragraph([x.run(say("report.lists_note"), size=9, color=x.SOFT)], after=4))
        for listing, _, short in self.report.lists:
            back = x.link(self.counted.get(listing.id, "h_lists"), x.run(" ↩", size=9, color=x.LINK))
            count = x.run(f"  {say('report.list_count', count=len(listing.places))}", size=9, color=x.SOFT)
            title = self.mark(anchor("l", listing.id), x.run(listing.title, bold=True, size=10.5))
            self.add(x.paragraph([*title, count, back], before=8, after=2, together=True))
            self.sentences(short, numbered=False)

    def sentences(self, regions: Sequence[Region], *, numbered: bool) -> None:
        """Sentences by region and document, the cited figures marked."""
        x, say = self.x, self.report.say
        for region in regions:
            place = say.place(region.adcode, region.name)
            if numbered:
                self.add(
                    x.paragraph([x.run(place, bold=True, size=10.5, color=x.LINK)], before=8, after=2, together=True)
                )
            for source in region.sources:
                if numbered:
                    head = f"{source.title}　{source.document}"
                    self.add(x.paragraph([x.run(head, size=8, color=x.SOFT)], after=1, together=True))
                for entry in source.entries:
                    runs = list(self.entry(entry))
                    if not numbered:
                        runs.insert(0, x.run(f"{place}　", size=8.5, color=x.SOFT))
                    self.add(x.paragraph(runs, after=3, indent=200))

    def entry(self, entry: Entry) -> Iterator[Any]:
        x = self.x
        for text, number in entry.parts(short=True):
            if number is None:
                yield x.run(text, size=8.5)
                continue
            shown = x.run(text, size=8.5, shade=_MARK)
            if not number:
                yield shown
                continue
            yield from self.mark(f"n{number}", shown)
            yield x.run(f"[{number}]", size=7, color=x.SOFT, raised=True)
            for back in self.cited.get(number, ()):
                yield x.link(back, x.run("↩", size=7, color=x.LINK))


def anchor(kind: str, id: str) -> str:
    """The name of a bookmark: letters, digits and underscores, forty at most."""
    return re.sub(r"\W", "_", f"{kind}_{id}")[:40]
