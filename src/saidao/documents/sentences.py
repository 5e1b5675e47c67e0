"""Sentences: what ends in 。！？ or at the end of a line, closing quotes and brackets included."""

from __future__ import annotations

import re

from saidao.models import Sentence

# A semicolon ends no sentence: the figures of a list share their subject and their year.
# A question or exclamation mark inside a quotation that goes on (“要不要？”的问题) still ends one; that is rare.
_SENTENCE = re.compile(r"[^\s][^。！？!?\n]*(?:[。！？!?]+[”’」』）)》】\"]*|(?=\n)|\Z)|[。！？!?]+[”’」』）)》】\"]*")


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text; with the white space between them they tile it."""
    return tuple([Sentence(m.start(), m.end()) for m in _SENTENCE.finditer(text)])
