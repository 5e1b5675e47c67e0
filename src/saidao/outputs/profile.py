"""A brief in words: the facts of a profile as headings, paragraphs and tables in one language, for every form of file."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from saidao.errors import UsageError
from saidao.outputs.figures import figure
from saidao.outputs.messages import Messages
from saidao.outputs.tables import opened
from saidao.outputs.texts import plain_number

SUFFIXES = (".md", ".html", ".docx")

BACK = 6
"""Links that lead back from a note; the numbers of a table of targets share one sentence."""

_IDS = 4
_NOTHING = "—"
_BRACKETS = {"zh": "（{}）", "en": " ({})"}


class _Fact(Protocol):
    @property
    def value(self) -> Any: ...
    @property
    def kind(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def notes(self) -> tuple[int, ...]: ...


@dataclass(frozen=True, slots=True)
class Words:
    """Words, and the notes behind them."""

    text: str
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or two."""

    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of words; `numbers` tells which columns hold numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    numbers: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part under its heading."""

    heading: str
    blocks: tuple[Paragraph | Table, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A note in words."""

    number: int
    head: str
    """Whose document it is; of a command, what it lists."""
    pieces: tuple[tuple[str, bool], ...] = ()
    """The sentence in pieces, each with whether it is marked."""
    tail: str = ""
    """The records' ids."""
    address: str = ""
    """The page of the sentence, where pages are served."""


@dataclass(slots=True)
class Brief:
    """A brief, ready to be written in a form."""

    language: str
    title: str
    intro: str
    parts: list[Part] = field(default_factory=list)
    notes_heading: str = ""
    notes: list[Told] = field(default_factory=list)
    page: str = ""
    back: str = ""


def brief(profile: Any, say: Messages, base_url: str | None = None) -> Brief:
    """Puts a profile into words.

    Args:
        profile: see `saidao.analyses.profile.Profile`.
        say: the language.
        base_url: where `saidao serve` is reached; notes then lead to its pages.

    Raises:
        UsageError: the address is none of the web.
    """
    if base_url is not None and not base_url.startswith(("http://", "https://")):
        raise UsageError("profile.bad_url", url=base_url)
    group = "adcode" if profile.kind == "region" else "industry"
    name = profile.name if say.language == "zh" else say.value(group, profile.subject)
    made = Brief(
        say.language,
        say(f"profile.title.{profile.kind}", name=name, year=profile.year),
        say("profile.intro", level=say.value("level", profile.level)),
        notes_heading=say("profile.notes"),
        page=say("profile.page"),
        back=say("profile.back"),
    )
    for section in profile.sections:
        blocks = [
            _sentence(part.message, part.facts, say) if hasattr(part, "message") else _table(part, say)
            for part in section.parts
        ]
        made.parts.append(Part(say(f"profile.section.{section.id}"), tuple(blocks)))
    made.notes = [_told(note, say, base_url) for note in profile.notes]
    return made


def write(profile: Any, target: str | None, say: Messages, base_url: str | None = None) -> None:
    """Writes a brief: Markdown to standard output, or Markdown, HTML or DOCX by the file's name.

    Raises:
        UsageError: the file's name ends otherwise, or it cannot be written.
    """
    from saidao.outputs import profile_html, profile_markdown

    suffix = form(target)
    made = brief(profile, say, base_url)
    forms: dict[str, Callable[[Brief, Any], None]] = {".md": profile_markdown.write, ".html": profile_html.write}
    if suffix == ".docx":
        from saidao.outputs import profile_docx

        forms[suffix] = profile_docx.write
    with opened(target, binary=suffix == ".docx") as out:
        forms[suffix](made, out)


def form(target: str | None) -> str:
    """The form that a file's name asks for; Markdown for standard output.

    Raises:
        UsageError: its name ends otherwise, or what writes that form is not installed.
    """
    if target is None or target == "-":
        return ".md"
    suffix = Path(target).suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError("profile.format", path=target)
    if suffix == ".docx" and find_spec("docx") is None:
        raise UsageError("profile.no_docx")
    return suffix


def shown(fact: _Fact, say: Messages) -> str:
    """A fact's value in words; a dash where there is none."""
    value = fact.value
    if value is None or value == "" or value == []:
        return _NOTHING
    if fact.kind == "figure":
        return figure(value, say) or _NOTHING
    if fact.kind == "code":
        return say.indicator(value) or "" if fact.group == "indicator" else say.value(fact.group, value)
    if fact.kind == "indicator":
        id, measure = value
        told = say.indicator(id) or ""
        return f"{told}{_BRACKETS[say.language].format(say.label(f'kind.{measure}'))}" if measure else told
    between = "、" if say.language == "zh" else ", "
    if fact.kind == "codes":
        return between.join(say.value(fact.group, each) for each in value)
    if fact.kind == "regions":
        return between.join(name if say.language == "zh" else say.value("adcode", code) for code, name in value)
    return _number(value, fact.kind)


def _number(value: Any, kind: str) -> str:
    if kind == "count":
        return f"{value:,}"
    if kind == "change":
        return f"+{value}" if value > 0 else f"−{-value}" if value < 0 else "0"
    if kind in _DIGITS:
        return f"{value:.{_DIGITS[kind]}f}" + ("%" if kind == "percent" else "")
    return plain_number(value) if isinstance(value, Decimal) else str(value)


_DIGITS = {"percent": 1, "quotient": 1, "cosine": 2, "index": 3}
_NUMBERS = frozenset((*_DIGITS, "count", "change", "year"))


def address(base: str, language: str, document: str, start: int, end: int) -> str:
    """The page of a stretch of a document, as `saidao serve` has it (`saidao.web.site.Links.place`)."""
    return f"{base.rstrip('/')}/{language}/documents/{quote(document)}?at={start}-{end}#at"


def _sentence(message: str, facts: Mapping[str, _Fact], say: Messages) -> Paragraph:
    words: list[Words] = []
    # the message as it stands, its places filled one by one, so that each keeps its notes
    template = say(message, **{name: f"{{{name}}}" for name in facts})
    for text, name, _, _ in string.Formatter().parse(template):
        if text:
            words.append(Words(text))
        if name:
            words.append(Words(shown(facts[name], say), facts[name].notes))
    return Paragraph(tuple(words))


def _table(part: Any, say: Messages) -> Table:
    rows = tuple(tuple(Words(shown(row[name], say), row[name].notes) for name in part.columns) for row in part.rows)
    numbers = tuple(any(row[name].kind in _NUMBERS for row in part.rows) for name in part.columns)
    return Table(tuple(say.label(f"profile.{name}") for name in part.columns), rows, numbers)


def _told(note: Any, say: Messages, base_url: str | None) -> Told:
    if note.command:
        return Told(note.number, say("profile.note_command", command=" ".join(note.command)))
    region = note.region if say.language == "zh" else say.value("adcode", note.adcode)
    pieces, at = [], 0
    for start, end in note.marks:
        start = max(start, at)
        if end > start:
            pieces += [(note.sentence[at:start], False), (note.sentence[start:end], True)]
            at = end
    pieces.append((note.sentence[at:], False))
    first = note.marks[0] if note.marks else (0, len(note.sentence))
    link = ""
    if base_url is not None:
        link = address(base_url, say.language, note.document, note.start + first[0], note.start + first[1])
    return Told(
        note.number,
        say("profile.note", region=region, year=note.year, title=note.title),
        tuple((text, marked) for text, marked in pieces if text),
        _ids(note.ids, say),
        link,
    )


def _ids(ids: list[str], say: Messages) -> str:
    if not ids:
        return ""
    told = " · ".join(ids[:_IDS])
    return say("profile.note_ids" if len(ids) <= _IDS else "profile.note_ids_more", ids=told, count=len(ids))
