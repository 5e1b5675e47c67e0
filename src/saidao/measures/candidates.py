"""Proposes names of industries that `industry_names.csv` lacks: `…产业`, `…经济`, `…装备` with enough uses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from saidao.lexicon import Lexicon
from saidao.measures.cells import pattern, sets
from saidao.measures.industries import names


class Candidate(NamedTuple):
    """A phrase that looks like an industry."""

    name: str
    uses: int
    texts: int
    """In how many texts."""
    example: str


_AROUND = 15


def candidates(texts: Iterable[str], lexicon: Lexicon, *, least: int = 3) -> list[Candidate]:
    """Industry-like phrases that no known name covers, those of most texts first.

    Args:
        texts: folded texts, one a document.
        lexicon: the data files.
        least: uses that a phrase must have.
    """
    known = names(lexicon)
    listed = {word for word, _ in known.words}
    head = pattern("(?:{candidate_heads})(?!{not_formed})", lexicon)
    assert head is not None
    unsure = sets(lexicon)["unsure_candidate_heads"]
    uses: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for text in texts:
        here: set[str] = set()
        for found in head.finditer(text):
            name = _name(text, found.start(), found.end(), known.edge)
            kind = name[:-2]
            if not 2 <= len(kind) <= 8 or known.class_word.fullmatch(kind) or known.no_name.fullmatch(kind):
                continue
            if found.group() in unsure and not _developed(text, found.end() - len(name), known.verb):
                continue
            if name in listed or any(kind.endswith(word) or kind.startswith(word) for word in _ends(kind) & listed):
                continue
            uses[name] += 1
            here.add(name)
            examples.setdefault(name, " ".join(text[max(0, found.start() - _AROUND) : found.end() + _AROUND].split()))
        spread.update(here)
    proposed = [Candidate(name, n, spread[name], examples[name]) for name, n in uses.items() if n >= least]
    return sorted(proposed, key=lambda c: (-c.texts, -c.uses, c.name))


def _developed(text: str, start: int, verb: re.Pattern[str]) -> bool:
    """Whether a name is the object of development, or stands in a list: `…经济` is mostly no industry otherwise."""
    return text[start - 1 : start] == "、" or verb.search(text, max(0, start - 8), start) is not None


def _name(text: str, start: int, end: int, edge: re.Pattern[str]) -> str:
    begin = max(0, start - 10)
    for found in edge.finditer(text, begin, start):
        begin = found.end()
    return text[begin:end]


def _ends(kind: str) -> set[str]:
    """What a name begins or ends with."""
    return {kind[n:] for n in range(len(kind) - 1)} | {kind[:n] for n in range(2, len(kind) + 1)}
