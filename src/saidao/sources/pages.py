"""HTML, as a page of its own or as a piece in Markdown or a data set: paragraphs, headings, pictures, page furniture.

Script and style sheets are code and no text: their elements are kept as noise, cut short. Comments are dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import IO

from selectolax.lexbor import LexborHTMLParser, LexborNode

from saidao.errors import SourceError
from saidao.lexicon import Lexicon
from saidao.models import Raw, Reject, Source
from saidao.sources import encodings, images, limits, page_facts, page_parts
from saidao.sources.builder import Builder
from saidao.sources.content import whole

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_CELLS = frozenset(["td", "th"])
_CODE = frozenset(["script", "style", "noscript", "template", "object", "embed", "iframe", "svg", "math", "canvas",
                   "audio", "video", "map", "head", "title", "meta", "link"])  # fmt: skip
_CONTROLS = frozenset(["button", "input", "select", "textarea", "option", "datalist", "label"])
_HIDDEN = re.compile(r"(?i)(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_REST_OF_TAG = re.compile(r"""(?:[^>"'=]++|=\s*"[^"]*+"|=\s*'[^']*+'|["'=])*+""")
_FLAT = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "dd", "dt", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "optgroup", "rt", "rp", "script", "style", "colgroup"])  # fmt: skip
_DECLARED = re.compile(rb"""(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_\-]+)""")
_LONG_FORM = 200


def read(
    stream: IO[bytes], source: Source, mapping: Mapping[str, str] | None, lexicon: Lexicon
) -> Iterator[Raw | Reject]:
    """The page as one document, with what its head says of title, date, publisher and address.

    Raises:
        SourceError: `undecodable_text`, `broken_html`, `no_text`, `too_large`.
    """
    del mapping
    data = whole(stream)
    declared = _DECLARED.search(data[: limits.SNIFF_BYTES])
    text, encoding = encodings.decode(data, declared.group(1).decode("ascii") if declared else None, lexicon)
    source = replace(source, encoding=encoding)
    tree = _parsed(text)
    facts = page_facts.of(tree, lexicon)
    parts = page_parts.of(tree, lexicon)
    raw = _walked(tree, source, lexicon, parts, facts.get("url"))
    if not raw.text:
        raw = _walked(tree, source, lexicon, page_parts.Parts({}, None, None), facts.get("url"))
    if not raw.text:
        raise SourceError("no_text")
    categories = tuple(facts.pop("categories", "").split("\n")) if facts.get("categories") else ()
    yield replace(raw, **facts, categories=categories)  # type: ignore[arg-type]


def fragment(text: str, source: Source, lexicon: Lexicon) -> Raw:
    """A piece of HTML as a document without metadata; its text may be empty.

    Raises:
        SourceError: `broken_html`, `too_large`.
    """
    return _walked(_parsed(text), source, lexicon, page_parts.Parts({}, None, None), None)


def _parsed(text: str) -> LexborHTMLParser:
    if text.count("<") > limits.HTML_DEPTH:
        _refuse_depth(text)
    for piece in text.split("<") if len(text) > limits.HTML_TAG_CHARACTERS else ():
        if len(piece) > limits.HTML_TAG_CHARACTERS and piece[0].isalpha():
            tag = _REST_OF_TAG.match(piece)
            if tag is not None and len(re.split(r"[\s/]+", tag.group())) > limits.HTML_ATTRIBUTES:
                raise SourceError("broken_html", f"a tag with more than {limits.HTML_ATTRIBUTES} attributes")
    try:
        return LexborHTMLParser(text)
    except Exception as error:  # the parser's own exceptions have no common base
        raise SourceError("broken_html", str(error)[: limits.DETAIL_CHARACTERS]) from None


def _refuse_depth(text: str) -> None:
    open_now: Counter[str] = Counter()
    depth = 0
    for match in _TAG.finditer(text):
        name = match.group(2).lower()
        if name in _FLAT:
            continue
        if not match.group(1):
            open_now[name] += 1
            depth += 1
            if depth > limits.HTML_DEPTH:
                raise SourceError("broken_html", f"elements nested more than {limits.HTML_DEPTH} deep")
        elif open_now[name]:
            open_now[name] -= 1
            depth -= 1


def _walked(tree: LexborHTMLParser, source: Source, lexicon: Lexicon, parts: page_parts.Parts, base: str | None) -> Raw:
    builder = Builder(collapse=True)
    walk = _Walk(builder, parts, page_parts.link_texts(lexicon), base)
    root = parts.scope or tree.body or tree.root
    if parts.scope is not None and tree.body is not None:
        _outside(tree.body, parts.scope, builder, before=True)
    if root is not None:
        walk.tree(root)
    if parts.scope is not None and tree.body is not None:
        builder.end()
        _outside(tree.body, parts.scope, builder, before=False)
    built = builder.built()
    return Raw(source=source, text=built.text, headings=built.headings, images=built.images, noise=built.noise)


def _outside(body: LexborNode, scope: LexborNode, builder: Builder, before: bool) -> None:
    """Notes what stands on the page before or after the part that is read."""
    node = scope
    found: list[LexborNode] = []
    while node.mem_id != body.mem_id and node.parent is not None:
        sibling = node.prev if before else node.next
        siblings: list[LexborNode] = []
        while sibling is not None:
            siblings.append(sibling)
            sibling = sibling.prev if before else sibling.next
        found = [*reversed(siblings), *found] if before else [*found, *siblings]
        node = node.parent
    for node in found:
        if node.tag not in ("-comment", "script", "style"):
            builder.noise(text_of(node), "page")


def text_of(node: LexborNode) -> str:
    """All text below a node, pieces separated by blanks."""
    if node.tag == "-text":
        return node.text_content or ""
    return node.text(separator=" ")


class _Walk:
    """One walk over a tree in reading order, without recursion: pages may nest deeper than Python's stack."""

    def __init__(self, builder: Builder, parts: page_parts.Parts, links: frozenset[str], base: str | None) -> None:
        self.builder = builder
        self.parts = parts
        self.links = links
        self.base = base
        self.preformatted = 0
        self.row_depth = 0

    def tree(self, root: LexborNode) -> None:
        """Takes in everything below `root`."""
        last = root.mem_id
        node: LexborNode | None = root
        while node is not None:
            child = node.child if self._enter(node) else None
            if child is not None:
                node = child
                continue
            while node is not None:
                self._leave(node)
                if node.mem_id == last:
                    return
                if node.next is not None:
                    node = node.next
                    break
                node = node.parent
        self.builder.end()

    def _enter(self, node: LexborNode) -> bool:
        """Begins a node; whether its children are to be walked."""
        tag = node.tag or ""
        builder = self.builder
        if tag == "-text":
            self._text(node.text_content or "")
            return False
        if tag.startswith(("-", "!")) and tag not in ("-undef", "-document"):
            return False
        if tag in _CODE:
            if tag in ("script", "style", "noscript"):
                builder.noise(text_of(node), "script" if tag != "noscript" else "hidden")
            return False
        attributes = node.attributes
        if tag == "img":
            image = images.from_attributes(attributes, self.base)
            if image is not None:
                builder.image(image)
            return False
        reason = self.parts.noise.get(node.mem_id) or self._reason(node, tag, attributes)
        if reason:
            self._pictures(node)
            builder.noise(_shown(node, tag), reason)
            return False
        if tag in _BLOCKS:
            if not (self.row_depth and tag in ("p", "div", "br")):
                builder.end()
            elif tag == "br":
                builder.text(" ")
        if tag == "tr" and _is_simple_row(node):
            self.row_depth += 1
        elif tag == "pre":
            self.preformatted += 1
        elif len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            builder.heading(int(tag[1]))
        elif tag == "rt" or tag == "rp":
            builder.noise(text_of(node), "ruby")
            return False
        return True

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in _CELLS:
            if self.row_depth:
                self.builder.cell()
            else:
                self.builder.end()
        elif tag == "tr" and self.row_depth and _is_simple_row(node):
            self.row_depth -= 1
            self.builder.end()
        elif tag == "pre" and self.preformatted:
            self.preformatted -= 1
            self.builder.end()
        elif tag in _BLOCKS:
            if not self.row_depth:
                self.builder.end()
            elif tag in ("p", "div"):
                self.builder.text(" ")

    def _text(self, text: str) -> None:
        if self.preformatted:
            first, *others = text.split("\n")
            self.builder.text(first)
            for line in others:
                self.builder.end()
                self.builder.text(line)
        else:
            self.builder.text(text)

    def _reason(self, node: LexborNode, tag: str, attributes: Mapping[str, str | None]) -> str | None:
        if tag in _CONTROLS:
            return "button"
        if tag == "form":
            return "form" if len(text_of(node)) < _LONG_FORM else None
        if tag == "a":
            text = text_of(node).strip()
            return "link" if text in self.links else None
        if "hidden" in attributes or (attributes.get("aria-hidden") or "").lower() == "true":
            return "hidden"
        style = attributes.get("style")
        return "hidden" if style and _HIDDEN.search(style) else None

    def _pictures(self, node: LexborNode) -> None:
        """Pictures in furniture are furniture; those in a link of the text are not."""
        if node.tag == "a":
            for picture in node.css("img"):
                image = images.from_attributes(picture.attributes, self.base)
                if image is not None:
                    self.builder.image(image)


def _shown(node: LexborNode, tag: str) -> str:
    """What is kept of a piece of furniture: a button's label, a link with where it leads, else its text."""
    if tag == "input":
        return "" if node.attributes.get("type") == "hidden" else node.attributes.get("value") or ""
    if tag == "a":
        return f"{text_of(node).strip()} {node.attributes.get('href') or ''}"
    return text_of(node)


def _is_simple_row(row: LexborNode) -> bool:
    """Whether a table row holds data; a row that holds long text or whole paragraphs serves the page's layout."""
    if row.css_first("table") is not None:
        return False
    cells = 0
    child = row.child
    while child is not None:
        if child.tag in _CELLS:
            cells += 1
            if len(child.css("p,div,br")) > 8 and len(text_of(child)) > 1_000:
                return False
        child = child.next
    return cells > 0
