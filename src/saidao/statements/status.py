"""Tells what has happened from what is promised.

In a document whose sections are known, the section decides, unless the clause itself speaks of another time. In a bare
passage the clause's own cues decide, then the years it names, then the tone of its sentence and paragraph: the weights
of short character sequences, learned by logistic regression from the reviews and plans of whole reports
(`scripts/train_tense.py` writes them to `data/tense.csv`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saidao.lexicon import Lexicon
from saidao.sequences import Sequences, characters

FUTURE_ROLES = frozenset(("plan_year", "main_targets", "outlook_five_years"))
_YEAR = re.compile("(?<![0-9])((?:19|20)[0-9]{2})(?=年|—|-|至)")
# 到2027年，投资比2023年增长25%: a year of comparison is not the one that the figure is for.
_OWN_YEAR = re.compile(f"(?<![比较与同]){_YEAR.pattern}")
_BY_YEAR = re.compile("到(?:[0-9]{4}|今)年")
NEIGHBOURS = 0.7
"""How much each other sentence of a paragraph counts beside a sentence itself (told on reports held out)."""


@dataclass(frozen=True, slots=True)
class Tense:
    """Weights and cues, compiled."""

    bias: float
    weights: tuple[tuple[Sequences, NDArray[np.float64]], ...]
    """Sequences of two and of three characters, and their weights."""
    target: re.Pattern[str]
    achieved: re.Pattern[str]
    commits: re.Pattern[str]
    """Without one of these no target in words can stand in a sentence."""
    reference: re.Pattern[str]
    # 左右 and 以上 stand in plans far more often than in reviews, 超, 近, 多 the other way round (log odds on labels).
    rounded: re.Pattern[str]
    exceeded: re.Pattern[str]
    last_year: re.Pattern[str]
    now: re.Pattern[str]
    goal: re.Pattern[str]
    """A goal even in a section that looks back."""
    review: re.Pattern[str]
    """A review even in a section that looks ahead, unless `compared` stands there too."""
    compared: re.Pattern[str]
    award: re.Pattern[str]
    """Before a figure of a set of measures: it is promised to those who qualify."""
    awarded: re.Pattern[str]
    """Behind it: likewise."""
    threshold: re.Pattern[str]
    """Behind a figure: it says who qualifies for what is promised next."""
    told: re.Pattern[str]
    """In a plan: how things stand."""
    forecast: re.Pattern[str]
    """Somebody foresees a figure whom nobody holds to it."""
    foreseen: re.Pattern[str]
    past_title: re.Pattern[str]
    """The heading of a part of a plan that tells how things stand."""


def compiled(lexicon: Lexicon) -> Tense:
    """The cues of `tense_cues.csv` and the weights of `tense.csv`."""
    return lexicon.compiled("statements.tense", _compile)


def tones(text: str, tense: Tense) -> NDArray[np.float64]:
    """Running sum of the weights of the sequences that start before each character: `tones[b] - tones[a]` is the tone
    of `text[a:b]`, positive for a plan, negative for a review, in log odds."""
    codes = characters(text)
    sums = np.zeros(len(codes) + 1)
    for sequences, weights in tense.weights:
        places, numbers = sequences.find(codes)
        sums[places + 1] += weights[numbers]
    result: NDArray[np.float64] = np.cumsum(sums)
    return result


def by_section(role: str, before: str, year: int | None, tense: Tense) -> str:
    """Status of a figure in a section of a known role; `before` is its sentence up to it."""
    past = role not in FUTURE_ROLES
    clause = before[-40:]
    if past:
        years = [int(y) for y in _YEAR.findall(clause)]
        if years and year is not None and years[-1] >= year and _BY_YEAR.search(clause):
            return "target"
        if tense.goal.search(clause):
            return "target"
        return "achieved"
    if before[-1:] in ("从", "由") or tense.now.search(before):
        return "achieved"
    if tense.review.search(clause) and not tense.compared.search(clause):
        return "achieved"
    if tense.reference.search(clause):
        return "reference"
    return "target"


def moods(
    sentences: list[str], own: list[float], tense: Tense, prior: float = 0.0, neighbours: float = NEIGHBOURS
) -> list[float]:
    """For each sentence of a paragraph, how much it and its neighbours sound like a plan, in log odds.

    Args:
        sentences: folded text, in order.
        own: the tone of each.
        tense: weights and cues.
        prior: what the type of the document says beforehand.
        neighbours: how much each other sentence of the paragraph counts beside its own.
    """
    heard = []
    for sentence, value in zip(sentences, own, strict=True):
        goals = sum(1 for _ in tense.target.finditer(sentence))
        past = sum(1 for _ in tense.achieved.finditer(sentence))
        heard.append(value + tense.bias + 1.5 * min(goals, 2) - 1.5 * min(past, 2))
    total = sum(heard)
    return [prior + value + neighbours * (total - value) for value in heard]


def by_cues(
    before: str,
    quote: str,
    after: str,
    year: int | None,
    mood: float,
    tense: Tense,
    *,
    promises: bool = False,
    news: bool = False,
) -> str:
    """Status of a figure in a bare passage.

    Args:
        before: its sentence up to it.
        quote: the figure.
        after: the rest of its sentence.
        year: the year of the document.
        mood: how much its sentence sounds like a plan.
        tense: weights and cues.
        promises: the document is a plan or a set of measures.
        news: it is news, which foretells what nobody promises.
    """
    clause = before[-60:]
    if before[-1:] in ("从", "由"):
        return "achieved"
    if tense.reference.search(clause) or tense.forecast.search(before):
        return "reference"
    if news and tense.foreseen.search(clause):
        return "reference"
    score = mood
    if promises:
        part = before[before.rfind("；") + 1 :]
        if tense.award.search(part) or tense.awarded.match(after):
            return "target"
        if tense.threshold.match(after):
            return "reference"
        if tense.told.search(part) or part.endswith("了"):
            score -= 2.0
    if quote.endswith("左右"):
        score += 3.0
    elif tense.rounded.search(quote):
        score += 2.0
    elif tense.exceeded.search(quote):
        score -= 0.5
    if tense.target.search(clause):
        score += 1.5
    if tense.achieved.search(clause):
        score -= 1.5
    if tense.last_year.search(clause):
        score -= 3.0
    years = _YEAR.findall(before)
    if years and year is not None:
        own = _OWN_YEAR.findall(before)
        if own and int(own[-1]) >= year and "到" + own[-1] in before:
            score += 5
        elif int(years[-1]) < year:
            score -= 4.0 if promises else 1.5
    return "target" if score > 0 else "achieved"


def _compile(lexicon: Lexicon) -> Tense:
    weights = {row["id"]: float(row["weight"]) for row in lexicon.rows("tense")}
    bias = weights.pop("bias", 0.0)
    cues: dict[str, list[str]] = {"target": [], "achieved": []}
    for row in lexicon.rows("tense_cues"):
        cues[row["class"]].append(row["pattern"])
    by_length = [sorted(piece for piece in weights if len(piece) == length) for length in (2, 3)]
    return Tense(
        bias,
        tuple([(Sequences(pieces), np.array([weights[piece] for piece in pieces])) for pieces in by_length]),
        re.compile("|".join(cues["target"])),
        re.compile("|".join(cues["achieved"])),
        commits=lexicon.pattern("{commits}"),
        reference=lexicon.pattern("{foreseen}(?:{foreseen_years}|[^，。]{0,8}{foreseen_groups})"),
        rounded=lexicon.pattern("{rounded_bounds}$"),
        exceeded=lexicon.pattern("^{exceeded_bounds}|[多余]"),
        last_year=lexicon.pattern("{last_year_cues}"),
        now=lexicon.pattern("{now_cues}[^，；。]{0,20}$"),
        goal=lexicon.pattern("{goal_in_review}"),
        review=lexicon.pattern("{last_year_in_plan}|20[0-9]{2}年{since_year}"),
        compared=lexicon.pattern("{compared_with_last_year}"),
        award=lexicon.pattern("{promised}[^，；]{0,16}$|{most}$"),
        awarded=lexicon.pattern("(?:[、和][^，；。]{0,30})?的?(?:一次性)?(?:资金|经费|财政)?{awarded}"),
        threshold=lexicon.pattern("[^；。]{0,50}的[^；。，]{0,16}，[^；。，]{0,12}(?:{promised}|按)"),
        told=lexicon.pattern("{told}"),
        forecast=lexicon.pattern("据[^，；。]{2,24}(?:{foreseen}|{forecasts})"),
        foreseen=lexicon.pattern("{foreseen}[^，；。]{0,16}$"),
        past_title=lexicon.pattern("{past_titles}"),
    )
