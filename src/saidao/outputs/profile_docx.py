"""A brief as a Word document: Chinese fonts named for Chinese characters, page numbers, links from numbers to notes and back."""

from __future__ import annotations

from collections import defaultdict
from typing import IO, Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from saidao.outputs.docx import legal, new, saved
from saidao.outputs.profile import BACK, Brief, Paragraph, Table, Told, Words

_SIZES = {"Normal": 9.5, "Title": 18, "Heading 1": 12.5}
_LINK = RGBColor(0x1F, 0x4E, 0x79)
_SOFT = RGBColor(0x5B, 0x66, 0x70)


class _Writer:
    """A document in the making: counts its links, so that notes can lead back."""

    def __init__(self, made: Brief) -> None:
        self.made = made
        self.document: Any = new(made.title, made.language, _SIZES)
        self.references: dict[int, list[int]] = defaultdict(list)
        self.count = 0
        self.ids = 0

    def words(self, paragraph: Any, words: Words) -> None:
        """Adds words with their notes as raised links."""
        if words.text:
            paragraph.add_run(legal(words.text))
        for n, number in enumerate(words.notes):
            self.count += 1
            self.references[number].append(self.count)
            if n:
                paragraph.add_run(" ").font.superscript = True
            self.bookmark(paragraph, f"r{self.count}", self.link(paragraph, f"n{number}", str(number), raised=True))

    def link(self, paragraph: Any, anchor: str, text: str, *, raised: bool = False, url: str = "") -> Any:
        """Adds a link to a bookmark of the document, or to an address."""
        element = OxmlElement("w:hyperlink")
        if url:
            element.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        else:
            element.set(qn("w:anchor"), anchor)
        run = paragraph.add_run(legal(text))
        run.font.color.rgb = _LINK
        run.font.superscript = raised or None
        element.append(run._r)
        paragraph._p.append(element)
        return element

    def bookmark(self, paragraph: Any, name: str, element: Any) -> None:
        """Names an element, so that links find it."""
        self.ids += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(self.ids))
        start.set(qn("w:name"), name)
        element.addprevious(start)
        element.addnext(end)


def write(made: Brief, out: IO[bytes]) -> None:
    """Writes the brief. The same brief gives the same bytes."""
    writer = _Writer(made)
    document = writer.document
    _settings(document)
    document.add_heading(legal(made.title), 0)
    _soft(document.add_paragraph(legal(made.intro)))
    for part in made.parts:
        document.add_heading(legal(part.heading), 1)
        for block in part.blocks:
            if isinstance(block, Paragraph):
                paragraph = document.add_paragraph()
                for words in block.words:
                    writer.words(paragraph, words)
            else:
                _table(writer, block)
    document.add_heading(legal(made.notes_heading), 1)
    for note in made.notes:
        _note(writer, note)
    out.write(saved(document))


def _settings(document: Any) -> None:
    """Two pages bear much: narrower margins, less space than in a report."""
    page = document.sections[0]
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(1.8)
    for name in _SIZES:
        space = document.styles[name].paragraph_format
        space.space_before, space.space_after = Pt(9 if name == "Heading 1" else 0), Pt(3)


def _soft(paragraph: Any) -> None:
    for run in paragraph.runs:
        run.font.size = Pt(8)
        run.font.color.rgb = _SOFT


def _table(writer: _Writer, block: Table) -> None:
    table = writer.document.add_table(rows=1, cols=len(block.heads))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, head in zip(table.rows[0].cells, block.heads, strict=True):
        run = cell.paragraphs[0].add_run(legal(head))
        run.bold = True
        _shade(cell)
    _repeated(table.rows[0])
    for row in block.rows:
        cells = table.add_row().cells
        for cell, words in zip(cells, row, strict=True):
            writer.words(cell.paragraphs[0], words)
    for row in table.rows:
        _whole(row)
        for cell, number in zip(row.cells, block.numbers, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if number else WD_ALIGN_PARAGRAPH.LEFT
            for run in paragraph.runs:
                run.font.size = Pt(8.5)
    _ruled(table)
    _widths(table, block)
    after = writer.document.add_paragraph()
    after.paragraph_format.space_after = Pt(0)
    after.paragraph_format.line_spacing = Pt(6)


def _ruled(table: Any) -> None:
    """Thin grey lines between the rows, none between the columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "C8D0D7")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _widths(table: Any, block: Table) -> None:
    """Columns as wide as their words need, all together the width of the page."""
    needs = []
    for at, head in enumerate(block.heads):
        texts = [head, *(row[at].text for row in block.rows)]
        notes = max((len(row[at].notes) for row in block.rows), default=0)
        needs.append(min(max(len(text) for text in texts), 26) + min(notes, 4) + 2)
    table.autofit = False
    for at, need in enumerate(needs):
        width = Cm(17 * need / sum(needs))
        table.columns[at].width = width
        for cell in table.columns[at].cells:
            cell.width = width


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "E8EEF4")):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _repeated(row: Any) -> None:
    """The row stands on top of every page of its table."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _whole(row: Any) -> None:
    """The row is not cut by the end of a page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _note(writer: _Writer, note: Told) -> None:
    paragraph = writer.document.add_paragraph()
    paragraph.paragraph_format.left_indent = Cm(0.9)
    paragraph.paragraph_format.first_line_indent = Cm(-0.9)
    number = paragraph.add_run(f"{note.number}\t")
    number.bold = True
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(0.9))
    writer.bookmark(paragraph, f"n{note.number}", number._r)
    paragraph.add_run(legal(note.head)).font.color.rgb = _SOFT
    for text, marked in note.pieces:
        run = paragraph.add_run(legal(text))
        run.bold = marked or None
    if note.tail:
        paragraph.add_run(" " + legal(note.tail)).font.color.rgb = _SOFT
    if note.address:
        paragraph.add_run(" ")
        writer.link(paragraph, "", writer.made.page, url=note.address)
    for reference in writer.references[note.number][:BACK]:
        paragraph.add_run(" ")
        writer.link(paragraph, f"r{reference}", "↩")
    for run in paragraph.runs:
        run.font.size = Pt(8)
