"""The yearly report: a site that needs no server, a Word document and a PDF, all of the same content.

facts.py     asks the database: nothing is counted here that an analysis does not give
blocks.py    what a report is made of, whatever draws it
chapters/    facts → blocks, in a language
notes.py     the cited sentences, numbered
site.py, word.py, pdf.py    blocks → files; the same database gives the same bytes
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from saidao.api import Database
from saidao.errors import UsageError
from saidao.reports.blocks import Chapter, Listing
from saidao.reports.chapters import chapters
from saidao.reports.chapters.writer import Writer
from saidao.reports.facts import Facts, gather
from saidao.reports.notes import Notes, Region, listed
from saidao.reports.words import ReportWords

FORMATS = ("site", "docx", "pdf")


@dataclass(slots=True)
class Report:
    """A report, ready to be drawn."""

    title: str
    subtitle: str
    say: ReportWords
    facts: Facts
    chapters: list[Chapter]
    notes: Notes
    lists: list[tuple[Listing, list[Region], list[Region]]]
    """Each list of counted sentences: whole, and with one sentence of each region."""


def compose(
    database: Database,
    *,
    year: int | None = None,
    level: str | None = None,
    within: str | None = None,
    language: str = "zh",
) -> Report:
    """Gathers the facts and writes the chapters.

    Args:
        database: an open database.
        year: the year of the reports; the latest if None.
        level: central, province, prefecture or county; provinces where there are any, if None.
        within: a division whose parts are meant.
        language: `zh` or `en`; quotes stay in the language of the documents.

    Raises:
        UsageError: no work report is there to tell of.
    """
    say = ReportWords(language)
    facts = gather(database, year, level, within)
    writer = Writer(facts, say)
    made = chapters(writer)
    listings = [each for each in writer.listings.values() if each.places]
    notes = Notes(database.connection, made, listings)
    scope = say("report.scope_within", name=facts.within) if facts.within else say(f"report.scope_{facts.level}")
    quoted = notes.quoted
    lists = [(each, listed(quoted, each), listed(quoted, each, one_each=True)) for each in listings]
    return Report(
        title=say("report.title", year=facts.year, scope=scope),
        subtitle=say("report.subtitle", last=facts.year - 1),
        say=say,
        facts=facts,
        chapters=made,
        notes=notes,
        lists=lists,
    )


def write(report: Report, folder: Path, formats: tuple[str, ...] = FORMATS, *, fonts: Path | None = None) -> list[Path]:
    """Writes the report into a folder: `index.html` with its pages beside it, `report.docx`, `report.pdf`.

    Args:
        report: see `compose`.
        folder: is made where it is not there.
        formats: which of `FORMATS`.
        fonts: a folder with a font that has Chinese characters, for the PDF; those of the machine if None.

    Raises:
        UsageError: a package or a font is missing, or the folder cannot be written or holds other things.
    """
    from saidao.reports import pdf, site, word

    made: list[Path] = []
    if "pdf" in formats:
        pdf.checked(fonts)  # before anything is written
    if "docx" in formats:
        word.checked()
    if "site" in formats:
        site.checked(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files = [each for each in ("docx", "pdf") if each in formats]
        if "docx" in formats:
            made.append(word.write(report, folder / "report.docx"))
        if "pdf" in formats:
            made.append(pdf.write(report, folder / "report.pdf", fonts))
        if "site" in formats:
            made.insert(0, site.write(report, folder, [f"report.{each}" for each in files]))
    except OSError as error:
        raise UsageError("output.failed", path=folder, detail=error.strerror or error) from None
    return made
