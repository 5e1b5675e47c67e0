"""What a page's head says of its title, date, publisher and address, by the names in `data/page_meta.csv`."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from saidao.lexicon import Lexicon
from saidao.sources.paragraphs import clean

_WEB = re.compile(r"(?i)^https?://")


def of(tree: LexborHTMLParser, lexicon: Lexicon) -> dict[str, str]:
    """Field of a `Raw` to what the page says; fields it says nothing of are left out.

    Several categories are joined with line ends.
    """
    names = lexicon.compiled("sources.page_meta", _names)
    said: dict[str, tuple[int, str]] = {}
    head = tree.head
    for meta in head.css("meta") if head is not None else []:
        attributes = meta.attributes
        name = (
            (attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or "").strip().lower()
        )
        value = " ".join(clean(attributes.get("content") or "").split())
        if name in names and value:
            rank, field = names[name]
            if field not in said or rank < said[field][0]:
                said[field] = (rank, value)
    facts = {field: value for field, (_, value) in said.items()}
    if "categories" in facts:
        facts["categories"] = "\n".join(c for c in re.split(r"[,，;；、|\s]+", facts["categories"]) if c)
    if "url" in facts and not _WEB.match(facts["url"]):
        del facts["url"]
    canonical = head.css_first('link[rel="canonical"]') if head is not None else None
    if canonical is not None and _WEB.match(canonical.attributes.get("href") or ""):
        facts["url"] = (canonical.attributes.get("href") or "").strip()
    if "title" not in facts and (title := _title(tree, lexicon)):
        facts["title"] = title
    return facts


def _names(lexicon: Lexicon) -> dict[str, tuple[int, str]]:
    return {row["id"]: (rank, row["field"]) for rank, row in enumerate(lexicon.rows("page_meta"))}


def _site_name(lexicon: Lexicon) -> re.Pattern[str]:
    return lexicon.pattern(r"\s*[_|\-–—]+\s*[^_|\-–—]{0,30}{site_name_ends}\s*$")


def _title(tree: LexborHTMLParser, lexicon: Lexicon) -> str | None:
    """The only heading of the first level, else the page's title without the name of the site."""
    headings = [" ".join(clean(node.text()).split()) for node in tree.css("h1")]
    headings = [heading for heading in headings if heading]
    if len(headings) == 1:
        return headings[0]
    node = tree.css_first("title")
    title = " ".join(clean(node.text()).split()) if node is not None else ""
    site = lexicon.compiled("sources.site_name", _site_name)
    while (shorter := site.sub("", title)) and shorter != title:
        title = shorter
    return title or None
