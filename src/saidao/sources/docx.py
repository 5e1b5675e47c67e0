"""Word documents: the paragraphs of `word/document.xml` in order, tables row by row, footnotes at the end.

Deleted text (tracked changes), hidden text, field codes and numbering are left out; running heads are noise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

from saidao.errors import SourceError
from saidao.lexicon import Lexicon
from saidao.models import Image, Raw, Reject, Source
from saidao.sources import images
from saidao.sources.archives import open_archive
from saidao.sources.builder import Builder
from saidao.sources.ooxml import Package, attribute, local

_SKIPPED = frozenset(["del", "moveFrom", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "instrText", "delText",
                      "delInstrText", "Fallback", "rt", "sdtPr", "sdtEndPr", "proofErr", "fldData", "annotationRef",
                      "footnoteRef", "endnoteRef", "separator", "continuationSeparator"])  # fmt: skip
_HEADING_NAME = re.compile(r"(?i)^(?:heading|标题)\s*([1-9])$")
_EMU_A_PIXEL = 9525
_DEEPEST_STYLE = 20
_DEEPEST_ELEMENT = 400
_NOTES = ("footnotes", "endnotes")
_RUNNING = {"header": "header", "footer": "footer"}


def read(
    stream: IO[bytes], source: Source, mapping: Mapping[str, str] | None, lexicon: Lexicon
) -> Iterator[Raw | Reject]:
    """The file as one document.

    Raises:
        SourceError: `broken_docx`, `xml_entity`, `zip_bomb`, `no_text`, `too_large`, …
    """
    del mapping, lexicon
    package = Package(open_archive(stream), "broken_docx")
    main = package.main("word/document.xml")
    relations = package.relations(main)
    styles = _heading_styles(package, relations)
    body = _Body(Builder(), relations, styles)
    body.children(package.tree(main))
    body.builder.end()
    for kind, target, outside in sorted(relations.values()):
        if kind in _NOTES and not outside and package.has(target):
            for note in package.tree(target):
                if (attribute(note, "type") or "normal") == "normal":
                    body.children(note)
                    body.builder.end()
    for kind, target, outside in sorted(relations.values()):
        if kind in _RUNNING and not outside and package.has(target):
            running = _Body(Builder(), {}, {})
            running.children(package.tree(target))
            body.builder.noise(running.builder.built().text, _RUNNING[kind])
    built = body.builder.built()
    if not built.text:
        raise SourceError("no_text", "only pictures" if built.images else "")
    title = _title(package)
    yield Raw(
        source=source,
        text=built.text,
        title=title if title and title in built.text else None,
        headings=built.headings,
        images=built.images,
        noise=built.noise,
    )


class _Body:
    """Takes in the elements of a document part in order."""

    def __init__(self, builder: Builder, relations: dict[str, tuple[str, str, bool]], styles: dict[str, int]) -> None:
        self.builder = builder
        self.relations = relations
        self.styles = styles
        self.cells = 0
        self.depth = 0

    def children(self, element: Any) -> None:
        """Takes in all children of an element."""
        self.depth += 1
        if self.depth > _DEEPEST_ELEMENT:
            raise SourceError("broken_docx", f"elements nested more than {_DEEPEST_ELEMENT} deep")
        for child in element:
            self.element(child, local(child))
        self.depth -= 1

    def element(self, element: Any, name: str) -> None:
        """Takes in one element."""
        builder = self.builder
        if name in _SKIPPED:
            return
        if name == "t":
            builder.text((element.text or "").replace("\n", " "))
        elif name == "p":
            self.paragraph(element)
        elif name == "r":
            if not _hidden(element):
                self.children(element)
        elif name in ("br", "cr"):
            builder.text(" ") if self.cells else builder.end()
        elif name in ("tab", "ptab"):
            builder.text("\t")
        elif name == "noBreakHyphen":
            builder.text("-")
        elif name == "tr":
            self.row(element)
        elif name == "drawing":
            self.drawing(element)
        elif name == "imagedata":
            self.picture(attribute(element, "id"), None, None, attribute(element, "title"))
        else:
            self.children(element)

    def paragraph(self, element: Any) -> None:
        """A paragraph; within a table cell a part of the row."""
        if self.cells:
            self.children(element)
            self.builder.text(" ")
            return
        self.builder.end()
        if level := self.level(element):
            self.builder.heading(level)
        self.children(element)
        self.builder.end()

    def row(self, element: Any) -> None:
        """A table row as one paragraph, cells separated by tabs; a lone cell keeps its paragraphs."""
        cells = list(element.iter("{*}tc"))
        if len(cells) <= 1 or any(len(list(cell.iter("{*}p"))) > 12 for cell in cells):
            self.children(element)
            self.builder.end()
            return
        self.builder.end()
        self.cells += 1
        for child in element:
            name = local(child)
            self.element(child, name)
            if name in ("tc", "sdt"):
                self.builder.cell()
        self.cells -= 1
        if not self.cells:
            self.builder.end()

    def level(self, paragraph: Any) -> int:
        """The heading level of a paragraph, 0 if it is none."""
        properties = next((child for child in paragraph if local(child) == "pPr"), None)
        if properties is None:
            return 0
        for child in properties:
            if local(child) == "outlineLvl":
                return _outline(attribute(child, "val"))
        for child in properties:
            if local(child) == "pStyle":
                return self.styles.get(attribute(child, "val") or "", 0)
        return 0

    def drawing(self, element: Any) -> None:
        """A picture or a text box."""
        width = height = alt = None
        for each in element.iter():
            name = local(each)
            if name == "extent" and width is None:
                width, height = _pixels(each.get("cx")), _pixels(each.get("cy"))
            elif name == "docPr" and alt is None:
                alt = each.get("descr") or each.get("title")
            elif name == "blip":
                self.picture(attribute(each, "embed") or attribute(each, "link"), width, height, alt)
            elif name == "txbxContent":
                self.children(each)

    def picture(self, relation: str | None, width: int | None, height: int | None, alt: str | None) -> None:
        """Places a picture: its part's name in the file, or its address outside."""
        kind, target, outside = self.relations.get(relation or "", ("", "", False))
        if not target or kind not in ("image", "hyperlink"):
            return
        url = images.real_address(target) if outside else target
        if url:
            self.builder.image(Image(url, 0, width, height, " ".join((alt or "").split()) or None))


def _hidden(run: Any) -> bool:
    for child in run:
        if local(child) == "rPr":
            return any(
                local(each) == "vanish" and attribute(each, "val") not in ("0", "false", "off") for each in child
            )
    return False


def _pixels(emu: str | None) -> int | None:
    return round(int(emu) / _EMU_A_PIXEL) or None if emu and emu.isdecimal() and len(emu) < 12 else None


def _outline(value: str | None) -> int:
    return int(value) + 1 if value and value.isdecimal() and len(value) == 1 and int(value) < 9 else 0


def _heading_styles(package: Package, relations: dict[str, tuple[str, str, bool]]) -> dict[str, int]:
    """Id of a style to heading level, inherited along `basedOn`."""
    part = next((target for kind, target, outside in relations.values() if kind == "styles" and not outside), "")
    if not package.has(part):
        return {}
    own: dict[str, int] = {}
    based: dict[str, str] = {}
    for style in package.tree(part).iter("{*}style"):
        identity = attribute(style, "styleId") or ""
        for child in style.iter():
            name = local(child)
            if name == "name" and (match := _HEADING_NAME.match(attribute(child, "val") or "")):
                own[identity] = int(match.group(1))
            elif name == "basedOn":
                based[identity] = attribute(child, "val") or ""
            elif name == "outlineLvl" and identity not in own and (level := _outline(attribute(child, "val"))):
                own[identity] = level
    levels = {}
    for identity in {*own, *based}:
        at = identity
        for _ in range(_DEEPEST_STYLE):
            if at in own:
                levels[identity] = own[at]
                break
            at = based.get(at, "")
    return levels


def _title(package: Package) -> str | None:
    """The title among the document's properties; often left over from an older document, so the text must have it."""
    if not package.has("docProps/core.xml"):
        return None
    try:
        root = package.tree("docProps/core.xml")
    except SourceError as error:
        if error.code in ("xml_entity", "zip_bomb"):
            raise
        return None
    for each in root.iter("{*}title"):
        return (each.text or "").strip() or None
    return None
