"""Which candidates are whole expressions: bounded on both sides, held together inside, and not part of a longer one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from saidao.phrases.candidates import LEFT, QUOTED, RIGHT, USES, Counter, keys
from saidao.phrases.codes import Array, hashes
from saidao.phrases.kinds import kind
from saidao.phrases.measures import Measures
from saidao.phrases.words import segmenter

ALIGNED = 0.6
"""Share of uses that begin and end where words do, at least: less, and it cuts words in two."""
BEGINS, ENDS = 0.22, 0.28
"""Share of uses that begin and that end freely, at least: less, and it is part of something."""
ENTROPY = 1.0
"""Bits of entropy of the character on either side, at least."""
MOST = 0.7
"""Share of the most frequent character on either side, at most."""
COHESION = 0.18
"""Normalised pointwise mutual information of its parts, cut where they hold together least, at least."""
QUOTED_ENOUGH = 0.25
"""Share of uses alone in quotation marks from which on the other tests are not needed."""
FOLDED = 0.8
"""Share of uses inside a longer phrase from which on a phrase is folded into it."""

_VERBS = frozenset(("v", "vd", "ad", "d", "a", "zg", "c", "p", "u", "uj", "uv"))
_ADVERBS = frozenset(("vd", "ad", "d"))
_NAMING = frozenset(
    ("n", "nz", "nt", "nr", "l", "i", "j", "x", "eng", "vn", "an", "s", "nrt", "ns", "b", "m", "ng", "t")
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that was found, with what speaks for it."""

    text: str
    uses: int
    begins: float
    ends: float
    quoted: float
    cohesion: float


def choose(
    counter: Counter, chosen: tuple[Array, list[Array]], measures: Measures, stops: frozenset[str]
) -> list[Phrase]:
    """The whole expressions among the candidates, without those that say nothing."""
    _, counts = chosen
    uses = np.maximum(measures.uses, 1)
    known = (counts[USES] + counter.table.missed) / uses
    begins, ends, quoted = (counts[n] / counts[USES] for n in (LEFT, RIGHT, QUOTED))
    (left, left_most), (right, right_most) = measures.freedom()
    quotes = quoted * counts[USES] / uses
    bounded = (known >= ALIGNED) & (begins >= BEGINS) & (ends >= ENDS)
    bounded &= (np.minimum(left, right) >= ENTROPY) & (np.maximum(left_most, right_most) <= MOST)
    kept = np.flatnonzero((bounded | (quotes >= QUOTED_ENOUGH)) & (measures.uses > 0))
    texts = [measures.texts[n] or "" for n in kept]
    held = cohesion(counter, texts)
    found = []
    for n, text, bound in zip(kept.tolist(), texts, held, strict=True):
        if text in stops or (quotes[n] < QUOTED_ENOUGH and (bound < COHESION or not named(text))):
            continue
        found.append(
            Phrase(text, int(measures.uses[n]), float(begins[n]), float(ends[n]), float(quotes[n]), float(bound))
        )
    return folded(found)


def cohesion(counter: Counter, texts: Sequence[str]) -> Array:
    """Normalised pointwise mutual information of the two parts, at the cut where it is least; 1 where there is no cut.

    The parts are counted as the first pass counted them; what can be no phrase's part is no cut.
    """
    where: list[int] = []
    parts: list[str] = []
    for n, text in enumerate(texts):
        for cut in range(1, len(text)):
            where.append(n)
            parts += (text[:cut], text[cut:])
    held = np.ones(len(texts))
    if not parts:
        return held
    lengths = np.fromiter(map(len, parts), np.int64, len(parts))
    uses = counter.uses_of(keys(hashes(parts), lengths)).astype(float)
    whole = counter.uses_of(keys(hashes(texts), np.fromiter(map(len, texts), np.int64, len(texts)))).astype(float)
    first, second = uses[::2], uses[1::2]
    at = np.array(where)
    possible = (first > 0) & (second > 0)
    at, first, second = at[possible], first[possible], second[possible]
    total = max(counter.words, 2)
    joint = np.maximum(whole[at], 1.0)
    value = np.log(joint * total / (first * second)) / -np.log(joint / total)
    np.minimum.at(held, at, value)
    return held


def named(text: str) -> bool:
    """Whether it names something: not one plain word, not verbs and adverbs alone."""
    words = segmenter().cut(text)
    kinds = [kind(word) for word in words]
    if len(words) == 1:
        return len(text) > 2 and kinds[0] in ("n", "nz", "nt", "l", "i", "j", "vn", "x")
    if all(k in ("m", "q", "mq", "f", "t") for k in kinds):
        return False
    if len(words[-1]) == 1 and kinds[-1] == "v":  # 民间投资占: a verb that waits for its object
        return False
    if kinds[0] in _ADVERBS:
        return any(k in _NAMING and k != "vn" for k in kinds[1:])
    if kinds[0] in _VERBS:
        return any(k in _NAMING for k in kinds[1:])
    return any(k in _NAMING for k in kinds)


def folded(found: Sequence[Phrase]) -> list[Phrase]:
    """The phrases without those that stand nearly always inside a longer one."""
    uses = {phrase.text: phrase.uses for phrase in found}
    inside: set[str] = set()
    for phrase in found:
        text = phrase.text
        parts = {text[i:j] for i in range(len(text)) for j in range(i + 2, len(text) + 1)} - {text}
        for part in parts:
            if part in uses and phrase.uses * _times(part, text) >= FOLDED * uses[part]:
                inside.add(part)
    return [phrase for phrase in found if phrase.text not in inside]


def _times(part: str, text: str) -> int:
    return sum(text.startswith(part, at) for at in range(len(text) - len(part) + 1))
