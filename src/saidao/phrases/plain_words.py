"""The plain words that are used most, as newspapers print them."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import duckdb

from saidao.lexicon import Lexicon, variants
from saidao.phrases.texts import Choice, Documents

COLUMNS = ("word", "uses", "documents", "regions", "per_10000_words")


def words(
    connection: duckdb.DuckDBPyConnection,
    lexicon: Lexicon,
    choice: Choice,
    *,
    shortest: int = 2,
    limit: int | None = None,
) -> list[dict[str, Any]]:
    """Words by their uses, without stop words and figures; the share is out of all words, stop words among them.

    Names of indicators and industries are one word each.
    """
    texts = Documents.of(connection, lexicon, choice)
    cut = lexicon.compiled("words.segmenter", _segmenter).cut
    stop = set(stop_words(lexicon))
    uses: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    pairs: set[tuple[str, str]] = set()
    total = 0
    for numbers, some in texts.batches():
        for number, text in zip(numbers, some, strict=True):
            found = Counter(cut(text))
            total += sum(count for word, count in found.items() if word[0].isalnum())
            for word in [w for w in found if len(w) < shortest or w in stop or not _is_word(w)]:
                del found[word]
            uses.update(found)
            documents.update(found.keys())
            code = texts.all[number].adcode
            if code is not None:
                pairs.update((word, code) for word in found)
    regions = Counter(word for word, _ in pairs)
    best = sorted(uses, key=lambda w: (-uses[w], -documents[w], w))[:limit]
    return [
        {
            "word": w, "uses": uses[w], "documents": documents[w], "regions": regions[w],
            "per_10000_words": Decimal(f"{uses[w] * 10_000 / total:.2f}"),
        }
        for w in best
    ]  # fmt: skip


def stop_words(lexicon: Lexicon) -> list[str]:
    """The words that are left out."""
    return [row["id"] for row in lexicon.rows("stop_words")]


def _is_word(word: str) -> bool:
    """Whether it holds a letter or Chinese character and is no figure."""
    return any(c.isalpha() for c in word) and not word[-1].isdecimal() and not word[0].isdecimal()


def _segmenter(lexicon: Lexicon) -> Any:
    import rjieba

    found = rjieba.Jieba()
    names = {name for row in lexicon.rows("indicators") for name in (row["zh"], *variants(row["variants"]))}
    names |= {name for row in lexicon.rows("industries") for name in (row["label"], *variants(row["variants"]))}
    for name in sorted(names):
        if len(name) > 1:
            found.add_word(name, None, None)
    return found
