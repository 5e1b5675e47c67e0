"""Pages that hold no document: lists of links, menus, results of a search."""

from __future__ import annotations

import re

_PROSE = re.compile(r"[。！？；]|[，,].*[.!?;]")
_FIGURE = re.compile(r"[\d一二三四五六七八九十](?:[%％亿万元个家人户吨亩件项名倍]|公里|千瓦|[A-Za-z])")
FEWEST = 8
"""A text with fewer lines is a passage, not a page (lines)."""


def is_navigation(text: str) -> bool:
    """Whether a text is a list of titles and links: many short lines, hardly any sentence, hardly any figure."""
    lines = text.split("\n")
    if len(lines) < FEWEST:
        return False
    prose = figures = 0
    for line in lines:
        if len(line) >= 60 or (len(line) >= 15 and _PROSE.search(line)):
            prose += len(line)
        if "\t" in line or _FIGURE.search(line):
            figures += 1
    return prose < 0.2 * len(text) and figures < 0.2 * len(lines)
