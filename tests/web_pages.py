"""What tests of the page share: where it is, and a page taken apart."""

from __future__ import annotations

from html.parser import HTMLParser

HERE = "http://127.0.0.1"


class Parts(HTMLParser):
    """The elements of a page, and whether they nest."""

    EMPTY = frozenset(("meta", "link", "img", "input", "br", "hr", "rect", "line", "circle"))

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.links: list[str] = []
        self.scripts: list[dict[str, str | None]] = []
        self.handlers: list[str] = []
        self.styles: list[str] = []
        self.ids: list[str] = []
        self.feed(html)
        assert self.open == [], f"not closed: {self.open}"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag not in self.EMPTY:
            self.open.append(tag)
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag == "script":
            self.scripts.append(given)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        self.handlers += [name for name in given if name.startswith("on")]
        self.styles += [tag] if tag == "style" or "style" in given else []

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in self.EMPTY:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.EMPTY:
            assert self.open, f"</{tag}> without a beginning"
            assert self.open[-1] == tag, f"<{self.open[-1]}> ends with </{tag}>"
            self.open.pop()
