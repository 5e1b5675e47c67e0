"""Databases of generated text, as large as one likes: what the benchmarks of growth read.

Words of the data files drawn by Zipf's law, new names without end, and 2,000 planted phrases of three words. A document has
about 10,000 characters, two sections and its sentences; the same seed gives the same text.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from saidao.lexicon import load, variants
from saidao.store.files import create_or_open

PHRASES = 2_000
CHARACTERS = 10_000
"""Of a document, about."""

ENDS = ("", "，", "。")
_SHARES = (0.62, 0.30, 0.08)
_DRAWN = 1 << 20
_NEW = 0.01
"""Share of words that are names of two or three characters put together at random."""

_SENTENCES = """
INSERT INTO sentences
SELECT id || ':' || first, id, n, first, first + length(said), CASE WHEN 2 * n <= many THEN 'review_year' ELSE 'plan_year' END, said
FROM (
    SELECT id, n, said, many, sum(length(said)) OVER (PARTITION BY id ORDER BY n) - length(said) AS first
    FROM (SELECT id, unnest(parts) AS said, generate_subscripts(parts, 1) AS n, len(parts) AS many
          FROM (SELECT id, regexp_extract_all(text, '[^。]*。|[^。]+$') AS parts FROM new))
) ORDER BY id, n
"""
_SECTIONS = """
INSERT INTO sections
SELECT document_id, CASE section WHEN 'review_year' THEN 1 ELSE 2 END, min("start"), max("end"), section, NULL
FROM sentences WHERE document_id IN (SELECT id FROM new) GROUP BY ALL ORDER BY 1, 2
"""


class Text:
    """Text without end. `phrases` are the planted ones."""

    def __init__(self, seed: int = 1) -> None:
        maker = random.Random(seed)
        lexicon = load()
        words = {name for row in lexicon.rows("industries") for name in variants(row["variants"])}
        words |= {name for row in lexicon.rows("indicators") for name in variants(row["variants"])}
        words = sorted(word for word in words if 1 < len(word) < 6 and not word.isascii())
        maker.shuffle(words)
        planted = ("".join(maker.choices(words, k=3)) for _ in range(PHRASES))
        self.phrases = [phrase for phrase in planted if len(phrase) <= 16]
        weights = 1 / np.arange(10, len(words) + 10)
        shares = np.concatenate((0.97 * weights / weights.sum(), np.full(len(self.phrases), 0.03 / len(self.phrases))))
        shares = np.append((1 - _NEW) * shares, _NEW)
        self._words = np.searchsorted(np.cumsum(shares), (np.arange(_DRAWN) + 0.5) / _DRAWN).astype(np.int32)
        self._ends = np.searchsorted(np.cumsum(_SHARES), (np.arange(1 << 16) + 0.5) / (1 << 16)).astype(np.int32)
        self._pieces = [word + end for word in [*words, *self.phrases] for end in ENDS]
        self._characters = sorted({character for word in words for character in word})
        self._names = len(self._pieces)
        self._draw = np.random.default_rng(seed)

    def document(self) -> str:
        """A document."""
        count = CHARACTERS // 3
        words = self._words[self._draw.integers(0, _DRAWN, count)] * len(ENDS)
        words += self._ends[self._draw.integers(0, 1 << 16, count)]
        said = [self._pieces[n] if n < self._names else self._name(n) for n in words.tolist()]
        return "".join(said)[: CHARACTERS - 1] + "。"

    def _name(self, n: int) -> str:
        drawn = self._draw.integers(0, len(self._characters), int(self._draw.integers(2, 4)))
        return "".join(self._characters[k] for k in drawn.tolist()) + ENDS[n - self._names]


def documents(characters: int) -> Iterator[list[str]]:
    """Texts with so many characters together, some at a time."""
    maker = Text()
    left = characters
    while left > 0:
        some = []
        while left > 0 and len(some) < 1000:
            some.append(maker.document())
            left -= len(some[-1])
        yield some


def write(characters: int, database: Path) -> None:
    """A database of so many characters: documents of 31 regions and 20 years with their sections and sentences."""
    regions = [row["id"] for row in load().rows("regions") if row["level"] == "province"][:31]
    with create_or_open(database) as opened:
        opened.execute("SET memory_limit = '2GB'")
        done = 0
        for texts in documents(characters):
            numbers = list(range(done, done + len(texts)))
            done += len(texts)
            opened.execute(
                "CREATE OR REPLACE TEMP TABLE new AS SELECT substr(md5(text), 1, 16) AS id, n, text"
                " FROM (SELECT unnest(?::BIGINT[]) AS n, unnest(?::VARCHAR[]) AS text)",
                [numbers, texts],
            )
            opened.execute(
                "INSERT INTO documents BY NAME SELECT id, 'province' AS level, (?::VARCHAR[])[n % 31 + 1] AS adcode,"
                " 'other' AS type, 2001 + n // 31 % 20 AS year, [] AS categories, length(text) AS characters, text,"
                " '' AS path, '' AS extractor, '' AS reading, '' AS digest FROM new ORDER BY n",
                [regions],
            )
            opened.execute(_SENTENCES)
            opened.execute(_SECTIONS)
