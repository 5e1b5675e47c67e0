"""Which candidates are whole expressions: bounded on both sides, held together inside, and not part of a longer one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from saidao.phrases.candidates import LEFT, QUOTED, RIGHT, USES, Counter, keys
from saidao.phrases.codes import Array, Codes
from saidao.phrases.kinds import kinds, segmenter
from saidao.phrases.matching import Matcher
from saidao.phrases.measures import Measures

ALIGNED = 0.6
"""Share of uses that begin and end where words do, at least: less, and it cuts words in two."""
BEGINS, ENDS = 0.22, 0.28
"""Share of uses that begin and that end freely, at least: less, and it is part of something."""
WIDE = 3.0
"""Bits of entropy of the character on a side from which on it need not be free there: what goes on there is never the same."""
HELD = 0.6
"""Cohesion of such a phrase, at least."""
OTHER = 0.5
"""Share of its uses that are free on its other side, at least."""
ENTROPY = 1.0
"""Bits of entropy of the character on either side, at least."""
MOST = 0.7
"""Share of the most frequent character on either side, at most."""
COHESION = 0.18
"""Normalised pointwise mutual information of its parts, cut where they hold together least, at least."""
COHESION_OF_VERBS = 0.5
"""The same, for phrases of verbs alone."""
QUOTED_ENOUGH = 0.25
"""Share of uses alone in quotation marks from which on the other tests are not needed."""
FOLDED = 0.8
"""Share of uses inside a longer phrase from which on a phrase is folded into it."""

_THINGS = frozenset(("n", "nz", "nt", "l", "i", "j", "vn", "x"))
"""Kinds of single words that are phrases."""
_NAMES = frozenset(("n", "nz", "nt"))
"""Kinds of single words of four characters and more that are whole even where they are mostly part of something."""
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
    counter: Counter, chosen: tuple[Array, list[Array], Array], measures: Measures, stops: frozenset[str]
) -> list[Phrase]:
    """The whole expressions among the candidates, without those that say nothing."""
    _, counts, missed = chosen
    uses = np.maximum(measures.uses, 1)
    known = (counts[USES] + missed) / uses
    begins, ends, quoted = (counts[n] / counts[USES] for n in (LEFT, RIGHT, QUOTED))
    (left, left_most), (right, right_most) = measures.freedom()
    quotes = quoted * counts[USES] / uses
    varied = (known >= ALIGNED) & (np.minimum(left, right) >= ENTROPY) & (np.maximum(left_most, right_most) <= MOST)
    bounded = varied & (begins >= BEGINS) & (ends >= ENDS)
    # a long noun of the dictionary is whole wherever it stands: 人工智能 is mostly a part of 人工智能产业, 人工智能技术 …
    long = [n for n in np.flatnonzero(varied & ~bounded).tolist() if len(measures.texts[n]) > 3]
    bounded[long] = [kind in _NAMES for kind in kinds([measures.texts[n] for n in long])]
    # a name that other nouns follow: 脱贫攻坚 in 脱贫攻坚任务, 脱贫攻坚成果 … ends freely in few uses, and yet what follows differs
    attribute = varied & ~bounded & (begins >= OTHER) & (right >= WIDE) & (right_most <= MOST / 2)
    held = np.zeros(len(uses))
    some = np.flatnonzero(attribute)
    held[some] = cohesion(counter, [measures.texts[n] for n in some])
    bounded |= attribute & (held >= HELD)
    kept = np.flatnonzero((bounded | (quotes >= QUOTED_ENOUGH)) & (measures.uses > 0))
    texts = [measures.texts[n] for n in kept]
    parts = cohesion(counter, texts)
    found = []
    for n, text, bound, words in zip(kept.tolist(), texts, parts, words_of(texts), strict=True):
        if text in stops or (quotes[n] < QUOTED_ENOUGH and not named(words, bound)):
            continue
        found.append(
            Phrase(text, int(measures.uses[n]), float(begins[n]), float(ends[n]), float(quotes[n]), float(bound))
        )
    return folded(found)


def cohesion(counter: Counter, texts: Sequence[str]) -> Array:
    """Normalised pointwise mutual information of the two parts, at the cut where it is least; 1 where there is no cut.

    The parts are counted as the first pass counted them; what can be no phrase's part is no cut.
    """
    held = np.ones(len(texts))
    if not texts:
        return held
    codes = Codes(texts)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    at = np.repeat(np.arange(len(texts)), lengths - 1)
    cut = np.arange(len(at)) - np.repeat(np.cumsum(lengths - 1) - (lengths - 1), lengths - 1) + 1
    starts = codes.starts[at]
    middle, ends = starts + cut, starts + lengths[at]
    whole = counter.uses_of(keys(codes.hashes(codes.starts, codes.starts + lengths), lengths)).astype(float)
    first = counter.uses_of(keys(codes.hashes(starts, middle), cut)).astype(float)
    second = counter.uses_of(keys(codes.hashes(middle, ends), lengths[at] - cut)).astype(float)
    possible = (first > 0) & (second > 0)
    at, first, second = at[possible], first[possible], second[possible]
    total = max(counter.words, 2)
    joint = np.maximum(whole[at], 1.0)
    value = np.log(joint * total / (first * second)) / -np.log(joint / total)
    np.minimum.at(held, at, value)
    return held


def words_of(texts: Sequence[str]) -> Iterator[list[tuple[str, str]]]:
    """The words of each text with their kinds."""
    cut = segmenter().cut
    parts = [cut(text) for text in texts]
    every = list(dict.fromkeys(word for words in parts for word in words))
    known = dict(zip(every, kinds(every), strict=True))
    yield from ([(word, known[word]) for word in words] for words in parts)


def named(words: Sequence[tuple[str, str]], bound: float) -> bool:
    """Whether it holds together and names something: not one plain word, not verbs and adverbs alone.

    Verbs that go together far more often than by chance (转型升级) name something.

    Args:
        words: its words with their kinds.
        bound: how well it holds together, see `cohesion`.
    """
    if bound < COHESION:
        return False
    *_, (last, _) = words
    tags = [kind for _, kind in words]
    if len(words) == 1:
        return len(last) > 2 and tags[0] in _THINGS
    if all(k in ("m", "q", "mq", "f", "t") for k in tags):
        return False
    if bound < COHESION_OF_VERBS and all(k in ("v", "vn", "a") for k in tags):
        return False
    if len(last) == 1 and tags[-1] == "v":  # 民间投资占: a verb that waits for its object
        return False
    if tags[0] in _ADVERBS:
        return any(k in _NAMING and k != "vn" for k in tags[1:])
    if tags[0] in _VERBS:
        return any(k in _NAMING for k in tags[1:])
    return any(k in _NAMING for k in tags)


def folded(found: Sequence[Phrase]) -> list[Phrase]:
    """The phrases without those that stand nearly always inside a longer one."""
    texts = [phrase.text for phrase in found]
    uses = np.array([phrase.uses for phrase in found], np.int64)
    codes = Codes(texts)
    inside = np.zeros(len(texts), bool)
    for length, at, part in Matcher.of(texts).find(codes):
        whole = codes.documents(at)
        longer = np.array([len(texts[n]) > length for n in whole.tolist()], bool)
        pairs, times = np.unique(np.stack((whole[longer], part[longer])), axis=1, return_counts=True)
        explained = uses[pairs[0]] * times >= FOLDED * uses[pairs[1]]
        inside[pairs[1][explained]] = True
    return [phrase for phrase, gone in zip(found, inside.tolist(), strict=True) if not gone]
