"""Tells the themes 补短板, 锻长板 and 强韧性: words plus their object (`theme_cues.csv`)."""

from __future__ import annotations

from collections.abc import Sequence

from saidao.lexicon import Lexicon
from saidao.measures.cells import wrong_words
from saidao.measures.clauses import clauses
from saidao.measures.records import Cue, Industry
from saidao.measures.rules import Rule, holds, rules_of
from saidao.measures.words import Hit

ORDER = ("shore_up", "build_strength", "resilience")


def themes(lexicon: Lexicon) -> list[tuple[str, Rule]]:
    """The cues of `theme_cues.csv`."""
    return lexicon.compiled("measures.themes", _compile)


def find(text: str, hits: list[Hit], mentions: Sequence[Industry]) -> list[Cue]:
    """The words that give themes, in order. `mentions`: the industries that the sentence names."""
    parts: list[tuple[int, int]] | None = None
    found = []
    for start, end, rule in hits:
        if parts is None:
            parts = clauses(text)
        clause = next((part for part in parts if part[0] <= start < part[1]), (0, len(text)))
        named = rule.industry and any(not m.generic and clause[0] <= m.start < clause[1] for m in mentions)
        if holds(rule, text, start, *clause, named):
            found.append(Cue(start, end, text[start:end], rule.code))
    return found


def _compile(lexicon: Lexicon) -> list[tuple[str, Rule]]:
    return rules_of(lexicon.rows("theme_cues", wrong_words), "theme", lexicon)
