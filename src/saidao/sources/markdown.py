"""Markdown with front matter. Its marks are turned into HTML line by line, and that is read like any HTML.

Each line is a paragraph, as Chinese authors write it, unless the lines are evidently broken at a fixed width.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import IO, Any

from saidao.errors import SourceError
from saidao.lexicon import Lexicon
from saidao.models import Image, Noise, Raw, Reject, Source
from saidao.sources import columns, encodings, images, pages
from saidao.sources.content import whole
from saidao.sources.frontmatter import split, strings
from saidao.sources.paragraphs import clean
from saidao.sources.plain import unwrapped

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t\u3000]+|(?=[^#\s]))(.*)$")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_BULLET = re.compile(r"[ \t]*[*+\-][ \t]+(?=\S)")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$")
"""Of a line without the blanks around it."""
_BLOCK_HTML = re.compile(
    r"(?i)[ \t]*</?(?:address|article|aside|blockquote|body|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|"
    r"footer|form|h[1-6]|head|header|hr|html|iframe|li|link|main|menu|meta|nav|ol|p|pre|script|section|style|summary|"
    r"table|tbody|td|tfoot|th|thead|title|tr|ul|!--)\b"
)
_IMAGE = re.compile(
    r"!\[([^\[\]]{0,500})\]\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+[\"'(][^\"')]*[\"')])?\s*\)"
)
_LINK = re.compile(
    r"(?<!!)\[([^\[\]]{1,500})\]\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+[\"'(][^\"')]*[\"')])?\s*\)"
)
_REFERENCE = re.compile(r" {0,3}\[[^\]]{1,200}\]:[ \t]+\S+")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,2000}?)(?<=\S)\1")
_STRUCK = re.compile(r"~~(?=\S)(.{1,2000}?)(?<=\S)~~")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*\d])([^*\n]{1,500}?)(?<=[^\s*])\*(?![\w*])|(?<=[\u3000-\u9fff])\*(?=[^\s*\d])([^*\n]{1,500}?)(?<=[^\s*\d])\*(?!\*)"
)
_CODE = re.compile(r"(?<!`)(`++)(.{1,1000}?)(?<!`)\1(?!`)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_PICTURES = ("headimg", "thumbnail", "image", "cover", "banner", "featured_image", "og_image")


def read(
    stream: IO[bytes], source: Source, mapping: Mapping[str, str] | None, lexicon: Lexicon
) -> Iterator[Raw | Reject]:
    """The file as one document.

    Raises:
        SourceError: `undecodable_text`, `broken_front_matter`, `broken_html`, `no_text`, `too_large`.
    """
    text, encoding = encodings.decode(whole(stream), None, lexicon)
    source = replace(source, encoding=encoding)
    front, body = split(clean(text))
    raw = pages.fragment(to_html(body), source, lexicon)
    if not raw.text:
        raise SourceError("no_text")
    yield _described(raw, front, mapping, lexicon)


def to_html(text: str) -> str:
    """Markdown as HTML with one element a line; HTML blocks pass through."""
    out: list[str] = []
    fence: str | None = None
    raw_html = False
    lines = unwrapped(text).split("\n")
    for number, line in enumerate(lines):
        if fence is not None:
            if line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                fence = None
                out.append("</pre>")
            else:
                out.append(html.escape(line, quote=False) + "\n")
            continue
        if not line.strip():
            raw_html = False
            out.append("\n")
            continue
        if raw_html or _BLOCK_HTML.match(line):
            raw_html = True
            out.append(_links(line) + "\n")
            continue
        if (opening := _FENCE.match(line)) is not None:
            fence = opening.group(1)
            out.append("<pre>")
            continue
        after = lines[number + 1] if number + 1 < len(lines) else ""
        out.append(_line(line, after, lines[number - 1] if number else ""))
    if fence is not None:
        out.append("</pre>")
    return "".join(out)


def _line(line: str, after: str, before: str) -> str:
    heading = _HEADING.match(line)
    if heading is not None:
        level = len(heading.group(1))
        # Not by the pattern: behind a thousand blanks it would try each of them as the end.
        said = heading.group(2).rstrip(" \t").rstrip("#").rstrip(" \t")
        return f"<h{level}>{_inline(said)}</h{level}>"
    if (underline := _UNDERLINE.match(line)) is not None and before.strip() and not before.startswith("    "):
        if underline.group(1)[0] == "=" or not _block_start(before):
            return ""  # it marked the line before as a heading
    if _RULE.match(line) or _REFERENCE.match(line):
        return ""
    bare = line.strip()
    if "|" in line and (_TABLE_RULE.match(after.strip()) or _TABLE_RULE.match(bare) or bare[0] == "|"):
        if _TABLE_RULE.match(bare):
            return ""
        cells = bare.strip("|").split("|")
        return "<table><tr>" + "".join(f"<td>{_inline(cell.strip())}</td>" for cell in cells) + "</tr></table>"
    line = _QUOTE.sub("", line, count=1) if _QUOTE.match(line) else line
    line = _BULLET.sub("", line, count=1) if _BULLET.match(line) else line
    if (marked := _UNDERLINE.match(after)) is not None and line.strip() and not _RULE.match(line):
        level = 1 if marked.group(1)[0] == "=" else 2
        return f"<h{level}>{_inline(line.strip())}</h{level}>"
    return f"<p>{_inline(line)}</p>"


def _block_start(line: str) -> bool:
    return bool(_HEADING.match(line) or _BULLET.match(line) or _QUOTE.match(line) or _RULE.match(line))


def _inline(line: str) -> str:
    """A line's inline marks as HTML; emphasis goes, its text stays."""
    if not any(mark in line for mark in "*_[`~\\"):
        return line
    line = _CODE.sub(lambda m: html.escape(m.group(2), quote=False), line)
    line = _links(line)
    for _ in range(3):
        changed = _STRONG.sub(r"\2", line)
        if changed == line:
            break
        line = changed
    line = _STRUCK.sub(r"\1", line)
    line = _EMPHASIS.sub(lambda m: m.group(1) or m.group(2), line)
    return _ESCAPED.sub(lambda m: html.escape(m.group(1)), line)


def _links(line: str) -> str:
    if "](" not in line:
        return line
    line = _IMAGE.sub(
        lambda m: f'<img alt="{html.escape(m.group(1))}" src="{html.escape(html.unescape(m.group(2)))}">', line
    )
    return _LINK.sub(lambda m: f'<a href="{html.escape(html.unescape(m.group(2)))}">{m.group(1)}</a>', line)


def _described(raw: Raw, front: dict[str, Any], mapping: Mapping[str, str] | None, lexicon: Lexicon) -> Raw:
    """The document with what its front matter says. An author who is among the categories is the feed's aggregator."""
    top = [heading for heading in raw.headings if heading.level == 1]
    if len(top) == 1:  # what the front matter says goes before it
        raw = replace(raw, title=raw.text[top[0].start : top[0].end])
    names = list(front)
    try:
        at = columns.find([*names, "text"], mapping, lexicon)
    except SourceError:
        at = {}
    said = {}
    for field, position in at.items():
        if field in ("text", "categories") or position >= len(names):
            continue
        if values := strings(front[names[position]]):
            said[field] = "、".join(values)
    categories = tuple(c for name in lexicon.words("front_matter_categories") for c in strings(front.get(name)))
    noise = raw.noise
    said_by = (strings(front.get(name)) for name in lexicon.words("front_matter_authors"))
    authors: tuple[str, ...] = next(filter(None, said_by), ())
    for author in authors:
        if author in categories:
            said.setdefault("aggregator", author)
        else:
            noise = (Noise(author, "byline", 0), *noise)
    return replace(
        raw,
        **said,  # type: ignore[arg-type]
        categories=tuple(dict.fromkeys(categories)),
        noise=noise,
        images=_with_front(raw.images, front, said.get("url")),
    )


def _with_front(body: tuple[Image, ...], front: dict[str, Any], base: str | None) -> tuple[Image, ...]:
    """The pictures of the front matter before those of the body, each address once."""
    known = {image.url for image in body}
    leading: list[Image] = []
    for name in _PICTURES:
        for address in strings(front.get(name)):
            url = images.real_address(address, base)
            if url is not None and url not in known:
                known.add(url)
                leading.append(Image(url, 0, given=address if address != url else None))
    return (*leading, *body)
