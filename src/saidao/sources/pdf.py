"""PDF: characters with their places become lines, lines become paragraphs again, across pages too.

Running heads and page numbers are noise. Radicals that fonts give in place of the characters they look like (`⽬` for
`目`) become the characters. A file without a text layer is a reject: characters are not guessed from pictures.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import IO, Any

from saidao.errors import SourceError
from saidao.lexicon import Lexicon
from saidao.models import Raw, Reject, Source
from saidao.sources import limits
from saidao.sources.builder import Builder
from saidao.sources.pdf_streams import refuse_bombs

_PAGE_NUMBER = re.compile(
    r"[\s\-—–―─_·•.~～|/第(（\[【]*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*[/／]\s*\d{1,4})?[\s\-—–―─_·•.~～|页頁)）\]】]*"
    r"(?:[,，/]?\s*共\s*\d{1,4}\s*[页頁])?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_RADICAL = re.compile("[\u2e80-\u2fdf]")
_MARGIN = 0.14
"""Share of the page height, above and below, in which running heads and page numbers stand."""
_OUTER_LINES = 3
_SAME_HEIGHT = 6.0
"""Points; running heads on different pages lie closer together than this."""
_LONGEST_NUMBERED = 24
"""Characters of a running head that has the page's number or the like in it."""
_INDENT = 0.8
_SHORT = 1.7
_GAP = 3.6
_WIDER = 0.3
"""Share of the type size by which the distance of two paragraphs exceeds that of two lines, where it does."""
_TOGETHER = re.compile(r"[“‘（《〈「『【]*[A-Za-z0-9.,%+\-/]*")
"""What a line begins with and could not be cut, so that it may leave the line before short."""
_ENDS = "。！？；：!?;:”）"
_ASCII_WIDTH = 0.55
_CELL_GAP = 2.0
_WORD_GAP = 0.2
_OTHER_SIZE = 1.18
_OWN_MARGINS = 8
_UNREADABLE = 0.3
"""Share of characters without a meaning from which on a text is unreadable."""


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    left: float
    bottom: float
    right: float
    top: float
    blank: bool
    """Whether the file has a blank before it."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    base: float
    """Where most of its characters stand; a quotation mark from another font may reach below."""


@dataclass(frozen=True, slots=True)
class _Page:
    height: float
    base: float
    lines: tuple[_Line, ...]


def read(
    stream: IO[bytes], source: Source, mapping: Mapping[str, str] | None, lexicon: Lexicon
) -> Iterator[Raw | Reject]:
    """The file as one document.

    Raises:
        SourceError: `broken_pdf`, `encrypted_pdf`, `scanned_pdf`, `pdf_without_unicode`, `no_text`, `too_large`.
    """
    del mapping
    import pypdfium2

    size = stream.seek(0, 2)
    if size > limits.PACKED_BYTES:
        raise SourceError("too_large", f"{size} > {limits.PACKED_BYTES} bytes")
    stream.seek(0)
    data = stream.read()
    refuse_bombs(data)
    try:
        document = pypdfium2.PdfDocument(data)
    except (pypdfium2.PdfiumError, ValueError) as error:
        raise SourceError("encrypted_pdf" if "assword" in str(error) else "broken_pdf", _said(error)) from None
    try:
        pages, drawn = _pages(document, lexicon.compiled("sources.pdf", _radicals))
        title = str(document.get_metadata_dict().get("Title", "")).strip()
    except pypdfium2.PdfiumError as error:
        raise SourceError("broken_pdf", _said(error)) from None
    finally:
        document.close()
    builder = Builder()
    _write(pages, _running(pages), builder)
    built = builder.built()
    if not built.text:
        raise SourceError("scanned_pdf" if drawn else "no_text", f"{len(pages)} pages" if drawn else "")
    yield Raw(
        source=source,
        text=built.text,
        title=title if title and title in built.text else None,
        noise=built.noise,
    )


def _radicals(lexicon: Lexicon) -> dict[str, str]:
    return {row["id"]: row["fold"] for row in lexicon.rows("radicals")}


def _pages(document: Any, radicals: Mapping[str, str]) -> tuple[list[_Page], bool]:
    """The lines of each page, and whether anything is drawn on a page."""
    count = len(document)
    if count > limits.PDF_PAGES:
        raise SourceError("too_large", f"{count} > {limits.PDF_PAGES} pages")
    if not count:
        raise SourceError("broken_pdf", "no pages")
    pages: list[_Page] = []
    drawn = False
    total = unreadable = 0
    for number in range(count):
        page = document[number]
        try:
            box = page.get_mediabox()
            textpage = page.get_textpage()
            try:
                total += textpage.count_chars()
                if total > limits.DOCUMENT_CHARACTERS:
                    raise SourceError("too_large", f"> {limits.DOCUMENT_CHARACTERS} characters")
                characters, bad = _characters(textpage)
            finally:
                textpage.close()
            drawn = drawn or bool(characters) or any(True for _ in page.get_objects(max_depth=1))
        finally:
            page.close()
        unreadable += bad
        pages.append(_Page(box[3] - box[1], box[1], _lines(characters, radicals)))
    if unreadable > _UNREADABLE * max(total, 1):
        raise SourceError("pdf_without_unicode", f"{unreadable} of {total} characters")
    return pages, drawn


def _characters(textpage: Any) -> tuple[list[_Character], int]:
    """The characters of a page with their boxes, and how many have no meaning."""
    import pypdfium2.raw as raw

    found: list[_Character] = []
    bad = 0
    lead = 0
    blank = False
    for i in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, i)
        if code in (0, 0xFFFD, 0xFFFE, 0xFFFF) or 0xE000 <= code <= 0xF8FF:
            bad += 1
        if 0xD800 <= code < 0xDC00:
            lead = code
            continue
        if lead and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((lead - 0xD800) << 10) + code - 0xDC00
        lead = 0
        if code in (0x20, 0xA0, 0x3000):
            blank = not raw.FPDFText_IsGenerated(textpage, i)
            continue
        if code < 0x20 or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF) or code > 0x10FFFF:
            continue
        left, bottom, right, top = textpage.get_charbox(i, loose=True)
        if right < left:
            left, right = right, left
        if top < bottom:
            bottom, top = top, bottom
        found.append(_Character("-" if code == 2 else chr(code), left, bottom, right, top, blank))
        blank = False
    return found, bad


def _lines(characters: Sequence[_Character], radicals: Mapping[str, str]) -> tuple[_Line, ...]:
    """Characters of about the same height are a line; lines from top to bottom."""
    rows: list[list[_Character]] = []
    low = high = 0.0
    for each in sorted(characters, key=lambda c: -(c.top + c.bottom)):
        middle = (each.top + each.bottom) / 2
        if rows and low <= middle <= high:
            rows[-1].append(each)
            continue
        reach = max((each.top - each.bottom) * 0.4, 1.0)
        low, high = middle - reach, middle + reach
        rows.append([each])
    return tuple(line for row in rows if (line := _line(row, radicals)) is not None)


def _line(row: list[_Character], radicals: Mapping[str, str]) -> _Line | None:
    row.sort(key=lambda c: c.left)
    visible = [c for c in row if not c.text.isspace()]
    if not visible:
        return None
    size = sorted(c.top - c.bottom for c in visible)[len(visible) // 2] or 1.0
    pieces: list[str] = []
    end: float | None = None
    last = ""
    drawn: dict[str, float] = {}
    for each in visible:
        if each.text in drawn and abs(each.left - drawn[each.text]) < 0.15 * size:
            continue  # bold type made by drawing twice
        drawn[each.text] = each.left
        if end is not None:
            gap = each.left - end
            if gap > _CELL_GAP * size:
                pieces.append("\t")
            elif gap > _WORD_GAP * size and (each.blank or (last.isascii() and each.text.isascii())):
                pieces.append(" ")
        pieces.append(each.text)
        last = each.text
        end = each.right if end is None else max(end, each.right)
    text = _RADICAL.sub(lambda match: _ordinary(match.group(), radicals), "".join(pieces))
    return _Line(
        text,
        visible[0].left,
        max(c.right for c in visible),
        min(c.bottom for c in visible),
        max(c.top for c in visible),
        size,
        sorted(c.bottom for c in visible)[len(visible) // 2],
    )


def _ordinary(radical: str, radicals: Mapping[str, str]) -> str:
    return radicals.get(radical) or unicodedata.normalize("NFKC", radical)


def _running(pages: Sequence[_Page]) -> dict[tuple[int, int], str]:
    """Page and line number of what is no text, and whether it is `header` or `footer`."""
    seen: Counter[tuple[str, int]] = Counter()
    outer: list[tuple[int, int, str, int, str]] = []
    for number, page in enumerate(pages):
        keys: set[tuple[str, int]] = set()
        count = len(page.lines)
        for i, line in enumerate(page.lines):
            if _OUTER_LINES <= i < count - _OUTER_LINES:
                continue
            middle = (line.top + line.bottom) / 2 - page.base
            if middle > page.height * (1 - _MARGIN):
                where = "header"
            elif middle < page.height * _MARGIN:
                where = "footer"
            else:
                continue
            mask, height = _DIGITS.sub("#", line.text), round(middle / _SAME_HEIGHT)
            if len(mask) > _LONGEST_NUMBERED:  # rows of a list may differ in their figures alone; heads are short
                mask = line.text
            outer.append((number, i, mask, height, where))
            keys.update((mask, height + shift) for shift in (-1, 0, 1))
        seen.update(keys)
    enough = max(2, len(pages) // 2)
    return {
        (number, i): where
        for number, i, mask, height, where in outer
        if seen[mask, height] >= enough or _PAGE_NUMBER.fullmatch(pages[number].lines[i].text)
    }


def _write(pages: Sequence[_Page], running: Mapping[tuple[int, int], str], builder: Builder) -> None:
    """Joins lines to paragraphs."""
    bodies = [[line for i, line in enumerate(page.lines) if (n, i) not in running] for n, page in enumerate(pages)]
    overall = _margins([line for body in bodies for line in body])
    noted: set[str] = set()
    before: _Line | None = None
    right = overall[1]
    for number, body in enumerate(bodies):
        aside = [
            (line.text, running[number, i]) for i, line in enumerate(pages[number].lines) if (number, i) in running
        ]
        for text, reason in aside:
            if text not in noted:
                noted.add(text)
                builder.noise(text, reason)
        left, own_right = _margins(body) if len(body) >= _OWN_MARGINS else overall
        usual = _usual_distance(body)
        above: _Line | None = None
        for line in body:
            if before is not None:
                full = before.right + _uncut(before, line) >= right - _SHORT * before.size
                near = above is None or above.base - line.base < min(usual + _WIDER * line.size, _GAP * line.size)
                alike = 1 / _OTHER_SIZE < line.size / before.size < _OTHER_SIZE
                if full and near and alike and line.left <= left + _INDENT * line.size and "\t" not in line.text:
                    if before.text[-1].isascii() and before.text[-1].isalpha() and line.text[0].isascii():
                        builder.text(" ")
                else:
                    builder.end()
            builder.text(line.text)
            before = above = line
            right = own_right
    builder.end()


def _uncut(before: _Line, line: _Line) -> float:
    """The width of what begins a line and cannot be cut, if the line before does not end a sentence."""
    if before.text[-1] in _ENDS:
        return 0.0
    together = _TOGETHER.match(line.text)
    text = together.group() if together is not None else ""
    return sum(_ASCII_WIDTH if c.isascii() else 1.0 for c in text) * line.size


def _usual_distance(lines: Sequence[_Line]) -> float:
    """The distance from line to line on a page; without enough lines to tell, more than any."""
    if len(lines) < _OWN_MARGINS:
        return float("inf")
    distances = sorted(above.base - line.base for above, line in pairwise(lines))
    return distances[len(distances) // 2]


def _margins(lines: Sequence[_Line]) -> tuple[float, float]:
    """Where the lines of the text begin and end."""
    if not lines:
        return 0.0, 0.0
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    return lefts[len(lefts) // 20], rights[-1 - len(rights) // 20]


def _said(error: BaseException) -> str:
    return " ".join(str(error).split())[: limits.DETAIL_CHARACTERS] or type(error).__name__
