"""Turns what pages show into HTML: the templates, the addresses they link to, and how values are written.

Templates take addresses from `Links` alone, so that the same ones can write a folder of files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Any
from urllib.parse import quote, urlencode

import jinja2

from saidao.outputs.figures import ARROWS, figure
from saidao.outputs.promises import MARKS
from saidao.outputs.texts import plain_cell, plain_number
from saidao.web.holder import Reading
from saidao.web.words import Words

STATIC = resources.files("saidao.web") / "static"

NAVIGATION = ("", "targets", "ledger", "terms", "phrases", "industries", "measures", "documents")
"""The pages in the bar at the top."""


class Links:
    """Addresses of pages, documents, files.

    Args:
        language: `zh` or `en`.
        path: the page that is shown, without language: `targets`.
        query: its parameters, in order.
    """

    def __init__(self, language: str, path: str, query: Iterable[tuple[str, str]]) -> None:
        self.language = language
        self.path = path
        self.query = [(name, value) for name, value in query if value != ""]

    def page(self, path: str, **query: Any) -> str:
        """A page with parameters; those that are None are left out."""
        return self._address(f"/{self.language}/{path}", query)

    def here(self, **changes: Any) -> str:
        """The page that is shown, with some parameters changed; those that become None are left out."""
        kept = [(name, value) for name, value in self.query if name not in changes]
        added = urlencode([*kept, *_pairs(changes)])
        return f"/{self.language}/{self.path}" + (f"?{added}" if added else "")

    def language_of(self, language: str) -> str:
        """The page that is shown, in another language."""
        return Links(language, self.path, self.query).here()

    def file(self, table: str, format: str, **query: Any) -> str:
        """A table as a file."""
        return self._address(f"/{self.language}/download/{table}.{format}", query)

    def place(self, document: str, start: int | None, end: int | None) -> str:
        """A stretch of a document, marked."""
        if start is None or end is None:
            return self.page(f"documents/{quote(document)}")
        return f"{self.page(f'documents/{quote(document)}', at=f'{start}-{end}')}#at"

    def static(self, name: str) -> str:
        """One of the page's own files; the address changes with its bytes."""
        return f"/static/{_version(name)}/{name}"

    def _address(self, path: str, query: Mapping[str, Any]) -> str:
        added = urlencode(_pairs(query))
        return path + (f"?{added}" if added else "")


@dataclass(slots=True)
class View:
    """What a page has to work with."""

    reading: Reading
    say: Words
    link: Links
    file: str
    """Name of the database file."""


def render(view: View, template: str, **values: Any) -> str:
    """A page as HTML."""
    said = view.say
    shared = {
        "say": said, "link": view.link, "lang": said.language, "navigation": NAVIGATION, "file": view.file,
        "arrows": ARROWS, "marks": MARKS, "figure": lambda record, prefix="": figure(record, said, prefix),
    }  # fmt: skip
    return environment().get_template(template).render(shared | values)


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """The templates. Every value is escaped."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("saidao.web", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "number": number,
        "decimal": decimal,
        "signed": signed,
        "safe_url": safe_url,
        "cut": cut,
        "combine": combine,
        "plain": plain_cell,
        "short": short,
    }
    return made


def number(value: int | None) -> str:
    """A whole number with its digits in groups of three."""
    return "—" if value is None else f"{value:,}"


def decimal(value: Decimal | None, places: int = 2) -> str:
    """A number with as many places in every row, so that the points stand below one another."""
    return "—" if value is None else f"{value:,.{places}f}"


def short(value: Any) -> str:
    """A number with two digits behind its point at most."""
    if isinstance(value, Decimal):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return "" if value is None else f"{value:,}"


def signed(value: Decimal | None) -> str:
    """A difference with its sign."""
    if value is None:
        return ""
    told = plain_number(value.quantize(Decimal("0.01"))) if abs(value) < 10**6 else f"{value:,.0f}"
    return told if value <= 0 else f"+{told}"


def safe_url(value: str | None) -> str | None:
    """An address that may be followed: of the web, and nothing that a browser would run."""
    return value if value and value.lower().startswith(("http://", "https://")) else None


def cut(text: str | None, length: int) -> str:
    """A text of at most so many characters."""
    text = text or ""
    return text if len(text) <= length else text[: length - 1] + "…"


def combine(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Two sets of parameters as one."""
    return {**first, **second}


def _pairs(query: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = []
    for name, value in query.items():
        values = value if isinstance(value, list | tuple) else [value]
        found += [(name.rstrip("_"), str(each)) for each in values if each is not None and each != ""]
    return found


@lru_cache(maxsize=64)
def _version(name: str) -> str:
    return hashlib.sha256(STATIC.joinpath(*name.split("/")).read_bytes()).hexdigest()[:10]
