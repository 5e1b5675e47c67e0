"""Pages that hold no document: lists of links, menus, results of a search."""

from __future__ import annotations

import re

from saidao.lexicon import Lexicon

_PROSE = re.compile(r"[。！？；]|[，,].*[.!?;]")
FEWEST = 8
"""A text with fewer lines is a passage, not a page (lines)."""


def is_navigation(text: str, lexicon: Lexicon) -> bool:
    """Whether a text is a list of titles and links: many short lines, hardly any sentence, hardly any figure."""
    lines = text.split("\n")
    if len(lines) < FEWEST:
        return False
    prose = figures = 0
    figure = lexicon.compiled("documents.navigation", _figure)
    for line in lines:
        if len(line) >= 60 or (len(line) >= 15 and _PROSE.search(line)):
            prose += len(line)
        if "\t" in line or figure.search(line):
            figures += 1
    return prose < 0.2 * len(text) and figures < 0.2 * len(lines)


def _figure(lexicon: Lexicon) -> re.Pattern[str]:
    return lexicon.pattern(r"[\d一二三四五六七八九十](?:[%％]|{units_of_figures}|[A-Za-z])")
