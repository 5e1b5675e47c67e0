"""The type of a document, told by its title: the noun at the end of a Chinese title is what the document is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from saidao.lexicon import Lexicon, variants

_ISSUING = re.compile(r"\b(?:Issu|Print|Distribut|Releas|Forward)\w*\b(?: and \w+)?(?: of)?", re.I)


@dataclass(frozen=True, slots=True)
class Genres:
    """The types and their cues."""

    cues: re.Pattern[str]
    of: dict[str, str]
    english: tuple[tuple[re.Pattern[str], str], ...]
    ids: frozenset[str]
    names: dict[str, str]
    opens: tuple[tuple[re.Pattern[str], str], ...]
    """How the text of a type begins, whatever its title."""
    issued: re.Pattern[str]
    """A notice that issues something, and what."""
    after: re.Pattern[str]
    """What may follow the noun of a title."""

    def opened(self, text: str) -> str | None:
        """The type that a text tells by its beginning."""
        return next((kind for pattern, kind in self.opens if pattern.match(text)), None)


def genres(lexicon: Lexicon) -> Genres:
    """The types of a lexicon, compiled once."""
    return lexicon.compiled("documents.genres", _compile)


def _compile(lexicon: Lexicon) -> Genres:
    of: dict[str, str] = {}
    english: list[tuple[str, str]] = []
    names: dict[str, str] = {}
    for row in lexicon.rows("types"):
        names |= {row["id"]: row["id"], row["zh"]: row["id"], row["en"].lower(): row["id"]}
        for cue in variants(row["cues"]):
            of.setdefault(cue, row["id"])
        english += [(cue, row["id"]) for cue in variants(row["english"])]
    longest = sorted(of, key=lambda cue: (-len(cue), cue))
    return Genres(
        re.compile("|".join(map(re.escape, longest)) or r"(?!)"),
        of,
        tuple((re.compile(rf"\b{re.escape(cue)}\b", re.I), kind) for cue, kind in english),
        frozenset(row["id"] for row in lexicon.rows("types")),
        names,
        tuple((re.compile(row["opens"]), row["id"]) for row in lexicon.rows("types") if row.get("opens")),
        lexicon.pattern(
            r"{issuing_verbs}{issued_into_force}?\s*[《〈“\"]?(?P<what>.+?)[》〉”\"]?\s*(?:等.{0,12})?的{issuing_documents}"
        ),
        lexicon.pattern(
            r"\s*(?:[（(\[［〔][^（()）\]］〕]*[）)\]］〕]|——.*|[:：]?\s*{full_text}|{title_tails}"
            r"|\d{4}\s?[-—－~～至]\s?\d{4}\s?年?)\s*$"
        ),
    )


def bare(title: str, known: Genres) -> str:
    """A title without what follows its noun: brackets, years, a subtitle."""
    while (less := known.after.sub("", title)) != title:
        title = less
    return title.strip('《》“”" ')


def of_title(title: str | None, known: Genres) -> str | None:
    """The type that a title names: that of what is issued, where the title is of a notice that issues something."""
    if not title:
        return None
    title = title[:300]
    if not any("\u4e00" <= sign <= "\u9fff" for sign in title):
        return _english(title, known)
    if (issued := known.issued.search(title)) and (found := _last(bare(issued["what"], known), known)):
        return found
    return _last(bare(title, known), known)


def _last(title: str, known: Genres) -> str | None:
    """The type of the cue that ends last; of two that end together the longer one."""
    best: tuple[int, int, str] | None = None
    for found in known.cues.finditer(title):
        here = (found.end(), found.end() - found.start(), found[0])
        best = here if best is None or here[:2] > best[:2] else best
    return known.of[best[2]] if best else None


def _english(title: str, known: Genres) -> str | None:
    """English titles put the noun first, and that of a notice before what it issues."""
    if (issued := _ISSUING.search(title)) and (found := _first(title[issued.end() :], known)):
        return found
    return _first(title, known)


def _first(title: str, known: Genres) -> str | None:
    hits = [
        (found.start(), -(found.end() - found.start()), kind)
        for cue, kind in known.english
        if (found := cue.search(title))
    ]
    return min(hits)[2] if hits else None
