"""Matching many words and patterns at once gives what matching them one by one gives."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidao import measures
from saidao.lexicon import load
from saidao.measures.gates import Gates, needed
from saidao.measures.words import Words
from saidao.sequences import Sequences, characters

LETTERS = st.text("产业集群年1。𠀀\ud800x", max_size=12)
PIECES = st.lists(st.text("产业集群年1。𠀀x", min_size=2, max_size=5), max_size=8, unique=True)


def cut(text: str, places: list[int]) -> list[tuple[int, int]]:
    """Pieces of a text that leave nothing out and are not empty."""
    edges = sorted({0, len(text), *(place for place in places if place < len(text))})
    return list(itertools.pairwise(edges))


@given(text=LETTERS, sequences=st.sets(st.text("产业集群𠀀x", min_size=2, max_size=2), max_size=9))
def test_sequences_are_found_wherever_they_stand(text: str, sequences: set[str]) -> None:
    known = sorted(sequences)
    places, numbers = Sequences(known).find(characters(text))
    expected = [(n, known.index(text[n : n + 2])) for n in range(len(text)) if text[n : n + 2] in known]
    assert list(zip(places.tolist(), numbers.tolist(), strict=True)) == expected


def test_sequences_that_share_a_slot_are_told_apart() -> None:
    every = [chr(a) + chr(b) for a in range(0x4E00, 0x4E00 + 150) for b in range(0x4E00, 0x4E00 + 150)]
    known = Sequences(every)
    places, numbers = known.find(characters("".join(every)))
    told = dict(zip(places.tolist(), numbers.tolist(), strict=True))
    assert [told[2 * n] for n in range(len(every))] == list(range(len(every)))


@given(text=LETTERS, words=PIECES, places=st.lists(st.integers(1, 12), max_size=4))
def test_words_of_pieces_are_those_of_a_plain_search(text: str, words: list[str], places: list[int]) -> None:
    lists = {"even": [(w, w) for w in words[::2]], "odd": [(w, w) for w in words[1::2]], "all": [(w, w) for w in words]}
    spans = cut(text, places)
    for (start, end), hits in zip(
        spans, Words({k: list(v) for k, v in lists.items()}).pieces(text, spans), strict=True
    ):
        piece = text[start:end]
        for name, entries in lists.items():
            found = [(n, n + len(w), w) for w, _ in entries for n in range(len(piece)) if piece.startswith(w, n)]
            assert hits[name] == sorted(found, key=lambda hit: (hit[0], -hit[1]))


PATTERNS = [
    "目标是|力争",
    "(?:主要)?目标",
    "[0-9]+%",
    "^(?:一|二)+、",
    "产(?!业)|业(?<=产业)",
    "(?:产业|集)?群",
    "集群{2,3}",
    "年+?1",
    "(?P<x>产)业(?P=x)",
    "[^产]业",
    "x*",
    "(?>产|集)群",
    "产.群",
    "(?i)X年",
]


@given(text=LETTERS, places=st.lists(st.integers(1, 12), max_size=4))
def test_a_pattern_that_matches_finds_its_gate_open(text: str, places: list[int]) -> None:
    patterns = [re.compile(pattern) for pattern in PATTERNS]
    spans = cut(text, places)
    for (start, end), mask in zip(spans, Gates(patterns).open(text, spans), strict=True):
        for number, pattern in enumerate(patterns):
            assert mask >> number & 1 or pattern.search(text[start:end]) is None, pattern.pattern


def test_gates_know_any_number_of_patterns() -> None:
    words = [f"{first}{second}" for first in "甲乙丙丁戊己庚辛壬癸" for second in "子丑寅卯辰巳午未"]
    gates = Gates([re.compile(word) for word in words])
    assert gates.open("甲子，壬午。", [(0, 3), (3, 6)]) == [1 << words.index("甲子"), 1 << words.index("壬午")]


@pytest.mark.parametrize(
    ("pattern", "strings"),
    [
        ("目标是|力争", {"标是", "力争"}),
        ("[一二]是", {"一是", "二是"}),
        ("获得?国家", {"国家"}),
        ("(?:获批|入选)[^，]{0,9}国家级?", {"国家"}),
        ("[^，]+", None),
        ("国家|.", None),
    ],
)
def test_what_a_pattern_needs_is_told_by_its_rarest_part(pattern: str, strings: set[str] | None) -> None:
    assert needed(pattern) == (None if strings is None else frozenset(strings))


def test_the_gates_of_the_data_files_stay_open_for_what_matches() -> None:
    data = measures.known(load())
    patterns = [cue for *_, cue, _ in data.status.cues] + [cue for *_, cue in data.wording.patterns]
    shut = sum(needed(pattern.pattern) is not None for pattern in patterns)
    assert shut > 0.9 * len(patterns), "nearly every pattern is filtered"
    text = "到2027年，产业规模达到5000亿元以上。一是加快建设国家级先导区。仍存在短板弱项。本标准适用于工业企业。"
    spans = [(m.start(), m.end()) for m in re.finditer("[^。]*。", text)]
    for (start, end), mask in zip(spans, data.gates.open(text, spans), strict=True):
        for number, pattern in enumerate(patterns):
            assert mask >> number & 1 or pattern.search(text[start:end]) is None
