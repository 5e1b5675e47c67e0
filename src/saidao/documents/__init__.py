"""Stage 2: a candidate document becomes a document with identity, sections, sentences, and its noise told apart."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from saidao.documents.characters import cleaned
from saidao.documents.cuts import Cut, apply, merged
from saidao.documents.front import ZONE, Front, read_front
from saidao.documents.identify import Identity, identify
from saidao.documents.joining import join_cuts
from saidao.documents.navigation import is_navigation
from saidao.documents.noise import line_cuts, patterns, phrase_cuts
from saidao.documents.publishing import publishing
from saidao.documents.sections import sections
from saidao.documents.sentences import sentences
from saidao.lexicon import Lexicon
from saidao.models import Document, Heading, Image, Noise, Note, Raw, Reject, Section, Sentence

__all__ = ["Structured", "structure"]


@dataclass(frozen=True, slots=True)
class Structured:
    """A document and its parts; all offsets are those of `document.text`."""

    document: Document
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    images: tuple[Image, ...]
    noise: tuple[Noise, ...]
    notes: tuple[Note, ...]


def structure(raw: Raw, lexicon: Lexicon) -> Structured | Reject:
    """Understands what a reader found.

    A text that is nothing but noise is rejected as `no_content`, a page of links as `navigation_page`.
    """
    content = _Content(raw)
    front = content.without_noise(raw, lexicon)
    if not content.text:
        return Reject(raw.source, "no_content")
    if is_navigation(content.text, lexicon):
        return Reject(raw.source, "navigation_page", _first(content.text))
    content.join_lines(raw, lexicon)
    identity = identify(raw, front, content.text, lexicon, reported=content.reported)
    identity.publisher, identity.aggregator = publishing(raw, content.found, patterns(lexicon), lexicon)
    if content.joined:
        identity.notes.append(Note("lines_joined", str(content.joined)))
    text = content.text
    return Structured(
        _document(raw, text, identity),
        sections(text, content.headings(raw), identity, lexicon),
        sentences(text),
        tuple(
            Image(image.url, content.place(image.offset), image.width, image.height, image.alt, image.given)
            for image in raw.images
        ),
        tuple(sorted(content.noise(raw), key=lambda noise: noise.offset)),
        tuple(dict.fromkeys(identity.notes)),
    )


class _Content:
    """The text on its way to being content: what has been cut out of it, and where its offsets have gone."""

    def __init__(self, raw: Raw) -> None:
        self.joined = 0
        self.found: list[Noise] = []
        self._cut_at: list[tuple[int, int]] = []
        self.text, self._shifts = cleaned(raw.text)

    def without_noise(self, raw: Raw, lexicon: Lexicon) -> Front:
        """Takes out noise and front matter."""
        known = patterns(lexicon)
        text = self.text
        bounds = lines_of(text)
        head = [text[start:end] for start, end in bounds[: ZONE + 3]]
        front = read_front(head, lexicon, known, raw.title)
        cuts = [Cut(*bounds[number], reason) for number, reason in front.reasons.items()]
        cuts += line_cuts(text, bounds, front.content, known)
        cuts += phrase_cuts(text, known)
        cuts = merged(cuts)
        if not cuts:
            return front
        done = len(self._shifts)
        # A line that goes takes its line break along.
        breaks = [
            Cut(cut.end, cut.end + 1)
            for cut in cuts
            if text.startswith("\n", cut.end) and (cut.start == 0 or text[cut.start - 1] == "\n")
        ]
        self._cut(merged(cuts + breaks))
        again, shifts = cleaned(self.text)
        self.text = again
        self._shifts += shifts
        for cut in cuts:
            self.found.append(Noise(text[cut.start : cut.end], cut.reason, 0))
            self._cut_at.append((cut.start, done))
        return front

    @property
    def reported(self) -> bool:
        """Whether a dateline opens the content, as it does in news."""
        return 0 in self._dated()

    def _dated(self) -> frozenset[int]:
        """Where a dateline stood: such a line begins a paragraph."""
        return frozenset(
            self.place(at, done)
            for noise, (at, done) in zip(self.found, self._cut_at, strict=True)
            if noise.reason == "dateline"
        )

    def join_lines(self, raw: Raw, lexicon: Lexicon) -> None:
        """Joins lines that the source broke within a sentence."""
        marked = frozenset(self.place(heading.start) for heading in raw.headings)
        cuts = join_cuts(self.text, lines_of(self.text), marked, lexicon, self._dated())
        self.joined = len(cuts)
        self._cut(cuts)

    def _cut(self, cuts: list[Cut]) -> None:
        self.text, shift = apply(self.text, cuts)
        if cuts:
            self._shifts.append(shift)

    def place(self, offset: int, after: int = 0) -> int:
        """Where an offset of the reader's text (or of the text after so many shifts) lies in the content."""
        for shift in self._shifts[after:]:
            offset = shift(offset)
        return max(0, min(offset, len(self.text)))

    def noise(self, raw: Raw) -> list[Noise]:
        """The reader's noise and what was found here, placed in the content."""
        own = [
            Noise(noise.text, noise.reason, self.place(at, done))
            for noise, (at, done) in zip(self.found, self._cut_at, strict=True)
        ]
        return [Noise(noise.text, noise.reason, self.place(noise.offset)) for noise in raw.noise] + own

    def headings(self, raw: Raw) -> tuple[Heading, ...]:
        """The headings that the source marks and that are still there."""
        moved = (Heading(self.place(one.start), self.place(one.end), one.level) for one in raw.headings)
        return tuple(heading for heading in moved if heading.start < heading.end)


def lines_of(text: str) -> list[tuple[int, int]]:
    """Start and end of each line."""
    bounds = []
    at = 0
    for line in text.split("\n"):
        bounds.append((at, at + len(line)))
        at += len(line) + 1
    return bounds


def _first(text: str) -> str:
    return " ".join(text[:60].split())


def _document(raw: Raw, text: str, identity: Identity) -> Document:
    region = identity.region
    issuer = identity.issuer
    return Document(
        id=hashlib.sha256(text.encode()).hexdigest()[:16],
        text=text,
        title=identity.title,
        issuer=issuer.name if issuer else None,
        level=(issuer.level or None) if issuer else None,
        adcode=region.adcode if region else None,
        region=region.name if region else None,
        type=identity.type,
        year=identity.year,
        date=identity.date,
        session=identity.session,
        publisher=identity.publisher,
        aggregator=identity.aggregator,
        url=raw.url,
        categories=raw.categories,
    )
