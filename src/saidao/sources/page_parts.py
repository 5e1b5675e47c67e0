"""Which part of a page is the article, and which parts are furniture, by the selectors in `data/page_parts.csv`."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from saidao.lexicon import Lexicon

_LEAST_ARTICLE = 100
_CLIMB = 3
_LINKS = 4
_LINK_SHARE = 0.7
_LISTS = "ul,ol,dl,table,div"


@dataclass(frozen=True, slots=True)
class Parts:
    """What of a page is to be read."""

    noise: dict[int, str]
    """Elements (by `mem_id`) that are no content, and the reason."""
    scope: LexborNode | None
    """The part to read: the article with its heading; None for the whole body."""
    article: LexborNode | None
    """The article itself, if the page marks it in a known way."""


@dataclass(frozen=True, slots=True)
class _Rules:
    content: tuple[str, ...]
    noise: tuple[tuple[str, str], ...]
    links: frozenset[str]


def of(tree: LexborHTMLParser, lexicon: Lexicon) -> Parts:
    """The parts of a page. Furniture that holds most of the page's text is none, whatever its name."""
    body = tree.body
    if body is None:
        return Parts({}, None, None)
    rules = lexicon.compiled("sources.page_parts", _rules)
    total = _length(body)
    noise: dict[int, str] = {}
    for selector, reason in rules.noise:
        for node in body.css(selector):
            if node.mem_id not in noise and _length(node) * 2 <= total:
                noise[node.mem_id] = reason
    article = _article(body, rules, total)
    scope = _with_heading(article, body) if article is not None else None
    if article is not None and scope is not None:
        inside = {article.mem_id}
        step: LexborNode | None = article
        while step is not None and step.mem_id != scope.mem_id:
            sibling = step.next
            while sibling is not None:  # what follows the article within its frame: other articles, buttons
                if sibling.tag != "-text":
                    noise.setdefault(sibling.mem_id, "page")
                sibling = sibling.next
            step = step.parent
            if step is not None:
                inside.add(step.mem_id)
        for each in inside:
            noise.pop(each, None)
    _link_lists(scope or body, noise, total)
    return Parts(noise, scope, article)


def link_texts(lexicon: Lexicon) -> frozenset[str]:
    """The texts of links that only lead to the source of an article."""
    return lexicon.compiled("sources.page_parts", _rules).links


def _rules(lexicon: Lexicon) -> _Rules:
    rows = lexicon.rows("page_parts")
    return _Rules(
        tuple(row["selector"] for row in rows if row["part"] == "content"),
        tuple((row["selector"], row["reason"]) for row in rows if row["part"] == "noise"),
        frozenset(row["selector"] for row in rows if row["part"] == "link"),
    )


def _article(body: LexborNode, rules: _Rules, total: int) -> LexborNode | None:
    for selector in rules.content:
        nodes = body.css(selector)
        if nodes:
            longest = max(nodes, key=_length)
            if _length(longest) >= min(_LEAST_ARTICLE, total // 2) and _length(longest) > 0:
                return longest
    return None


def _with_heading(article: LexborNode, body: LexborNode) -> LexborNode:
    """The nearest element around the article that has its heading, within a few steps; else the article itself."""
    node = article
    for _ in range(_CLIMB):
        if node.css_first("h1") is not None:
            return node
        if node.parent is None or node.parent.mem_id == body.mem_id:
            break
        node = node.parent
    return node if node.css_first("h1") is not None else article


def _link_lists(root: LexborNode, noise: dict[int, str], total: int) -> None:
    """Lists that are nearly all links are navigation, unless the page is nothing but links."""
    lists: list[tuple[int, int]] = []
    for node in root.css(_LISTS):
        if node.mem_id == root.mem_id or node.mem_id in noise:
            continue
        links = node.css("a")
        if len(links) < _LINKS:
            continue
        length = _length(node)
        if sum(_length(link) for link in links) >= _LINK_SHARE * length:
            lists.append((node.mem_id, length))
    for mem_id, length in lists:
        if length * 2 <= total:
            noise[mem_id] = "navigation"


def _length(node: LexborNode) -> int:
    """Characters of text below a node that are not blank."""
    return len("".join(node.text().split()))
