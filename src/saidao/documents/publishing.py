"""Publisher and aggregator: who wrote a page, and who passed it on."""

from __future__ import annotations

import re

from saidao.documents.noise import Patterns, publisher_of
from saidao.lexicon import Lexicon, variants
from saidao.models import Noise, Raw


def publishing(raw: Raw, noise: list[Noise], known: Patterns, lexicon: Lexicon) -> tuple[str | None, str | None]:
    """Publisher and aggregator of a document.

    A dateline names the publisher, before what the source says and its source line: a feed gives the name of whoever
    passes the article on.
    """
    aggregators = lexicon.compiled("documents.aggregators", _aggregators)
    source = lexicon.compiled("documents.source", _source)
    publisher = next(
        (name for one in noise if one.reason == "dateline" and (name := publisher_of(one.text, known))), None
    )
    aggregator = raw.aggregator
    given = raw.publisher.strip() if raw.publisher else None
    if given and given.lower() in aggregators:
        aggregator = aggregator or aggregators[given.lower()]
        given = None
    if aggregator is None:
        aggregator = next((aggregators[c.lower()] for c in raw.categories if c.lower() in aggregators), None)
    if publisher is None:
        publisher = given
    if publisher is None:
        publisher = next(
            (found["who"] for one in noise if one.reason == "source_line" and (found := source.search(one.text))),
            None,
        )
    return publisher, aggregator


def _source(lexicon: Lexicon) -> re.Pattern[str]:
    return lexicon.pattern(
        r"(?:来\s*源|{source_labels})\s*[:：]\s*(?P<who>(?=[^\s（）()【】\d/]*[\u4e00-\u9fff])[^\s（）()【】\d/]{2,30}?)"
        r"(?=\Z|[\s（）()【】\d/]|{source_ends}|http)"
    )


def _aggregators(lexicon: Lexicon) -> dict[str, str]:
    return {
        name.lower(): row["name"]
        for row in lexicon.rows("publishers")
        if row["kind"] == "aggregator"
        for name in (row["name"], *variants(row["variants"]))
    }
