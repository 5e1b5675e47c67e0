"""The report as a static site: pages that link to one another and to their sentences, opened from the disk.

No page loads anything from elsewhere, and none runs a script. `assets/` holds the style sheets.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

from saidao.errors import UsageError
from saidao.reports.blocks import Piece, Tiles
from saidao.reports.chapters import PARTS
from saidao.reports.notes import Region
from saidao.store.quotes import Place
from saidao.web.grid import distribution, grid
from saidao.web.site import cut, number

if TYPE_CHECKING:
    from saidao.reports import Report

ASSETS = (
    ("saidao.web", "static/saidao.css"),
    ("saidao.web", "static/icon.svg"),
    ("saidao.reports", "static/report.css"),
)
FOLDERS = ("assets", "evidence", "lists")
GENERATOR = '<meta name="generator" content="saidao report">'
"""By what a first page is known to be a report's."""


def checked(folder: Path) -> None:
    """Refuses a folder in which something else stands where the site's pages go: nothing of it is touched.

    Raises:
        UsageError: with what stands in the way.
    """
    first = folder / "index.html"
    if first.is_file() and GENERATOR in first.read_text("utf-8", errors="replace"):
        return
    for name in (*FOLDERS, "index.html"):
        if (folder / name).exists():
            raise UsageError("report.not_ours", path=folder / name)


def write(report: Report, folder: Path, files: Iterable[str] = ()) -> Path:
    """Writes the site and gives its first page. What an earlier report left in its folders is removed.

    Args:
        report: what is told.
        folder: where to.
        files: names of further files of the report, which the pages lead to.
    """
    for name in FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir(parents=True)
    for part in PARTS:
        (folder / f"{part.__name__.rpartition('.')[2]}.html").unlink(missing_ok=True)
    for package, name in ASSETS:
        target = folder / "assets" / name.rpartition("/")[2]
        target.write_bytes((resources.files(package) / name).read_bytes())
    pages = Pages(report, list(files))
    for name, html in pages.all():
        (folder / name).write_text(html, encoding="utf-8", newline="\n")
    return folder / "index.html"


class Pages:
    """The pages of a report as HTML."""

    def __init__(self, report: Report, files: list[str]) -> None:
        self._report = report
        self._files = files
        self._cited: dict[int, list[str]] = {}
        self._counted: dict[str, str] = {}

    def all(self) -> Iterable[tuple[str, str]]:
        """Names and contents of all pages; chapters first, since the evidence leads back to them."""
        report = self._report
        for n, chapter in enumerate(report.chapters):
            name = page_of(report, n)
            uses = _Uses(self, name)
            yield name, self._page("chapter.html", name, "", chapter=chapter, use=uses, first=n == 0)
        for region in report.notes.regions:
            name = f"evidence/{region.adcode}.html"
            yield name, self._page("evidence.html", name, "../", region=region, cited=self._cited, notes=report.notes)
        for listing, whole, _ in report.lists:
            name = f"lists/{listing.id}.html"
            back = self._counted.get(listing.id, "index.html")
            yield name, self._page("list.html", name, "../", listing=listing, regions=whole, back=back)

    def cite(self, page: str, place: Place) -> tuple[str, str, int]:
        """Registers a citation: the id it has on its page, where its sentence stands, and its number."""
        number = self._report.notes.number(place)
        uses = self._cited.setdefault(number, [])
        id = f"c{number}-{len(uses) + 1}"
        uses.append(f"{page}#{id}")
        return id, self.address(place), number

    def address(self, place: Place) -> str:
        """Where the sentence of a place stands."""
        notes = self._report.notes
        return f"evidence/{notes.region(place)}.html#n{notes.number(place)}"

    def count(self, page: str, piece: Piece) -> tuple[str, str]:
        """Registers a number that counts sentences: its id on its page, and where they are listed."""
        id = f"l-{piece.listing}"
        self._counted.setdefault(str(piece.listing), f"{page}#{id}")
        return id, f"lists/{piece.listing}.html"

    def _page(self, template: str, name: str, root: str, **values: Any) -> str:
        report = self._report
        navigation = [(page_of(report, n), chapter.title) for n, chapter in enumerate(report.chapters)]
        shared = {
            "say": report.say, "lang": report.say.language, "report": report, "name": name, "root": root,
            "navigation": navigation, "files": self._files, "link": None, "kind": _kind,
        }  # fmt: skip
        return environment().get_template(template).render(shared | values)


class _Uses:
    """Draws what needs addresses on one page."""

    def __init__(self, pages: Pages, page: str) -> None:
        self._pages = pages
        self._page = page

    def cite(self, place: Place) -> tuple[str, str, int]:
        return self._pages.cite(self._page, place)

    def count(self, piece: Piece) -> tuple[str, str]:
        return self._pages.count(self._page, piece)

    def drawn(self, tiles: Tiles) -> dict[str, Any]:
        """Grid and distribution with their links."""
        marks = []
        for mark, place in tiles.marks:
            marks.append(replace(mark, href=self._pages.address(place) if place is not None else None))
        say = self._pages._report.say
        return {
            "grid": grid(marks, say, tiles.tell) if tiles.grid else None,
            "dots": distribution(marks, tiles.tell),
        }


def page_of(report: Report, n: int) -> str:
    """The page of a chapter."""
    return "index.html" if n == 0 else f"{report.chapters[n].id}.html"


def anchors(regions: Iterable[Region]) -> int:
    """How many sentences regions hold."""
    return sum(len(source.entries) for region in regions for source in region.sources)


def _kind(block: object) -> str:
    return type(block).__name__


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """The templates, with the macros of the web pages behind them. Every value is escaped."""
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader(
            [jinja2.PackageLoader("saidao.reports", "templates"), jinja2.PackageLoader("saidao.web", "templates")]
        ),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"cut": cut, "number": number, "anchors": anchors}
    return made
