"""Word documents: elements with Chinese fonts, links between bookmarks, tables, page numbers; the same bytes every time.

The elements are made one by one, since tables of a thousand rows take python-docx minutes. Needs the extra `report`.
"""

from __future__ import annotations

import copy
import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

LATIN, CHINESE = "Arial", "微软雅黑"
"""Fonts, named and not embedded; a machine that lacks one takes its own."""
LINK, SOFT, TEXT = "1F4E79", "5B6670", "22262A"
PAGE = (11906, 16838)
"""A4 in twentieths of a point."""
MARGIN = 1077
WIDTH, ACROSS = PAGE[0] - 2 * MARGIN, PAGE[1] - 2 * MARGIN
"""Room between the margins, upright and across."""

_SIZES = {"Normal": 10.0, "Title": 22.0, "Subtitle": 12.0, "Heading 1": 16.0, "Heading 2": 12.5, "Heading 3": 11.0,
          "List Bullet": 10.0}  # fmt: skip
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def legal(text: str) -> str:
    """A text without characters that XML does not take."""
    return _ILLEGAL.sub("", text)


def new(title: str, language: str, sizes: Mapping[str, float] = _SIZES) -> Any:
    """An empty document of A4 pages with page numbers.

    Args:
        title: for its properties.
        language: `zh` or `en`.
        sizes: the styles that are used, and their sizes in points.
    """
    document: Any = Document()
    core = document.core_properties
    core.title, core.author, core.comments = legal(title), "Saidao", ""
    core.created = core.modified = datetime.datetime(2000, 1, 1)
    core.language = "zh-CN" if language == "zh" else "en"
    page = document.sections[0]
    page.page_width, page.page_height = (Pt(size / 20) for size in PAGE)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Pt(MARGIN / 20)
    page.footer_distance = Cm(0.9)
    for name, size in sizes.items():
        _style(document.styles[name], size, heading=name.startswith("Heading"))
    _language(document, "zh-CN" if language == "zh" else "en-GB")
    footer = page.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for element in (*field("PAGE"), run(" / ", size=8), *field("NUMPAGES")):
        footer._p.append(element)
    return document


def _style(style: Any, size: float, *, heading: bool) -> None:
    style.font.name, style.font.size = LATIN, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    fonts.set(qn("w:eastAsia"), CHINESE)
    style.font.color.rgb = RGBColor.from_string(LINK if heading else TEXT)
    style.font.italic = False
    style.paragraph_format.space_before = Pt(14 if heading else 0)
    style.paragraph_format.space_after = Pt(4)
    style.paragraph_format.keep_with_next = heading
    border = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)


def _language(document: Any, code: str) -> None:
    """Says that Chinese characters are those of the mainland, whose forms and punctuation differ."""
    look = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in look.findall(qn("w:lang")):
        look.remove(old)
    look.append(element("lang", val=code, eastAsia="zh-CN"))


def element(kind: str, /, *children: Any, **attributes: object) -> Any:
    """An element of WordprocessingML with its attributes and children."""
    made = OxmlElement(f"w:{kind}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(children)
    return made


def run(
    text: str, *, size: float | None = None, color: str = "", bold: bool = False, raised: bool = False, shade: str = ""
) -> Any:
    """Text in one look. `size`: in points."""
    look = element("rPr")
    if bold:
        look.append(element("b"))
    if color:
        look.append(element("color", val=color))
    if size is not None:
        look.append(element("sz", val=round(size * 2)))
        look.append(element("szCs", val=round(size * 2)))
    if shade:
        look.append(element("shd", val="clear", color="auto", fill=shade))
    if raised:
        look.append(element("vertAlign", val="superscript"))
    words = element("t")
    words.text = legal(text)
    words.set(qn("xml:space"), "preserve")
    return element("r", *([look] if len(look) else []), words)


def link(anchor: str, *runs: Any) -> Any:
    """A link to a bookmark of the document."""
    return element("hyperlink", *runs, anchor=anchor, history=1)


def bookmark(name: str, number: int, *inside: Any) -> list[Any]:
    """Elements with a name that links find. `number` is the bookmark's own in the document."""
    return [element("bookmarkStart", id=number, name=name), *inside, element("bookmarkEnd", id=number)]


def field(code: str, *result: Any) -> list[Any]:
    """What the word processor fills in: PAGE, NUMPAGES, PAGEREF, TOC."""
    words = element("instrText")
    words.text = f" {code} "
    words.set(qn("xml:space"), "preserve")
    begin = element("r", element("fldChar", fldCharType="begin", **({"dirty": "true"} if result else {})))
    separate = element("r", element("fldChar", fldCharType="separate"))
    return [
        begin,
        element("r", words),
        separate,
        *(result or (run("1"),)),
        element("r", element("fldChar", fldCharType="end")),
    ]


def paragraph(
    children: Iterable[Any], *, style: str = "", align: str = "", before: float = 0, after: float | None = None,
    indent: int = 0, hanging: int = 0, together: bool = False,
) -> Any:  # fmt: skip
    """A paragraph. `style`: its id (Heading1); `before`, `after`: points; `indent`, `hanging`: twentieths of a point."""
    look = element("pPr")
    if style:
        look.append(element("pStyle", val=style))
    if together:
        look.append(element("keepNext"))
    if before or after is not None:
        spacing: dict[str, object] = {"before": round(before * 20)}
        if after is not None:
            spacing["after"] = round(after * 20)
        look.append(element("spacing", **spacing))
    if indent or hanging:
        look.append(element("ind", left=indent, hanging=hanging))
    if align:
        look.append(element("jc", val=align))
    return element("p", *([look] if len(look) else []), *children)


def cell(paragraphs: Iterable[Any], width: int, *, shade: str = "", borders: bool = True, middle: bool = False) -> Any:
    """A cell of a table. `width`: twentieths of a point."""
    look = element("tcPr", element("tcW", w=width, type="dxa"))
    if not borders:
        sides = ("top", "left", "bottom", "right")
        look.append(element("tcBorders", *(element(side, val="nil") for side in sides)))
    if shade:
        look.append(element("shd", val="clear", color="auto", fill=shade))
    if middle:
        look.append(element("vAlign", val="center"))
    return element("tc", look, *paragraphs)


def table(rows: Iterable[Any], widths: Sequence[int], *, tiles: bool = False) -> Any:
    """A table of rows, see `row`. `widths`: of its columns, in twentieths of a point; `tiles`: white between all cells."""
    names = ("top", "left", "bottom", "right", "insideH", "insideV") if tiles else ("top", "bottom", "insideH")
    sides = dict.fromkeys(names, "FFFFFF" if tiles else "C9D1D8")
    look = element(
        "tblPr",
        element("tblW", w=sum(widths), type="dxa"),
        element("jc", val="center"),
        element(
            "tblBorders",
            *(
                element(side, val="single", sz=12 if tiles else 4, space=0, color=color)
                for side, color in sides.items()
            ),
        ),
        element("tblLayout", type="fixed"),
        element("tblCellMar", element("left", w=50, type="dxa"), element("right", w=50, type="dxa")),
    )
    return element("tbl", look, element("tblGrid", *(element("gridCol", w=width) for width in widths)), *rows)


def row(cells: Iterable[Any], *, head: bool = False) -> Any:
    """A row that no page end cuts; a `head` stands on every page of its table."""
    look = element("trPr", element("cantSplit"), *([element("tblHeader")] if head else []))
    return element("tr", look, *cells)


def section(document: Any, *, across: bool) -> Any:
    """A paragraph that ends a section of pages upright or across; the document's last section stays upright."""
    made = copy.deepcopy(document.element.body.sectPr)
    size = made.find(qn("w:pgSz"))
    wide, high = PAGE[::-1] if across else PAGE
    size.set(qn("w:w"), str(wide))
    size.set(qn("w:h"), str(high))
    if across:
        size.set(qn("w:orient"), "landscape")
    return element("p", element("pPr", element("spacing", before=0, after=0, line=20, lineRule="exact"), made))


def saved(document: Any) -> bytes:
    """The document's bytes, with the same time on all its parts."""
    buffer, out = io.BytesIO(), io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(part, old.read(name))
    return out.getvalue()
