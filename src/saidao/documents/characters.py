"""The characters of a text: one paragraph a line, no blank lines, nothing invisible."""

from __future__ import annotations

import re

from saidao.documents.cuts import Cut, Shift, apply

_SPACE = r"[^\S\n]"
# A quick search tells texts that are in order already, as those of the readers should be.
_DISORDER = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xa0\xad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb\ud800-\udfff]"
    rf"|^\s|\s\Z|\n\s|{_SPACE}\n|[0-9] [0-9.．] "
)
_BREAK = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb\ud800-\udfff]+"
)
_SPREAD = re.compile(
    "(?:(?<=[\u4e00-\u9fff（，。、；：“])|^(?=(?:[0-9] ){3}[0-9] ?年))[0-9](?: [0-9](?![0-9])| ?[.．] ?[0-9](?![0-9]))+ ?(?=[\u4e00-\u9fff％%])",
    re.MULTILINE,
)
"""A number set with spaces between its digits (`1 9 9 7 年`, `8 ．8 ％`)."""
_BLANK = re.compile(r"\s*\n\s*|\A\s+|\s+\Z")


def cleaned(text: str) -> tuple[str, list[Shift]]:
    """The text with one paragraph a line, and how its offsets move (shifts to apply one after another).

    Control characters, zero-width characters and lone surrogates go, and the spaces between the digits of a number;
    a no-break space or tab becomes a space.
    """
    if not _DISORDER.search(text):
        return text, []
    text = _BREAK.sub("\n", text).replace("\xa0", " ").replace("\t", " ")
    shifts = []
    if invisible := [Cut(m.start(), m.end()) for m in _INVISIBLE.finditer(text)]:
        text, shift = apply(text, invisible)
        shifts.append(shift)
    spread = [
        Cut(m.start() + at, m.start() + at + 1)
        for m in _SPREAD.finditer(text)
        if " " in m[0].rstrip()
        for at, sign in enumerate(m[0])
        if sign == " "
    ]
    if spread:
        text, shift = apply(text, spread)
        shifts.append(shift)
    edges = [
        Cut(m.start(), m.end(), put="\n" if m.start() > 0 and m.end() < len(text) else "")
        for m in _BLANK.finditer(text)
        if m[0] != "\n" or m.start() == 0 or m.end() == len(text)
    ]
    if edges:
        text, shift = apply(text, edges)
        shifts.append(shift)
    return text, shifts
