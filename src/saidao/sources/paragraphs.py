"""What a paragraph is, for every reader: one line without white space at its ends, and never an empty one.

Control characters, zero-width characters and byte order marks go; a no-break space becomes a space; every kind of line
end becomes `\\n`. All other characters stay as received, tabs too: they separate the cells of a table.
"""

from __future__ import annotations

import re

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_NOTHING = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202f\u2060-\u206f\ud800-\udfff\ufe00-\ufe0f\ufeff\ufff0-\uffff\U000e0000-\U000e0fff]"
)


def clean(text: str) -> str:
    """The text without characters that nobody sees, and with `\\n` for every line end."""
    if not _SUSPECT.search(text):
        return text
    text = _LINE_ENDS.sub("\n", text)
    text = _NOTHING.sub("", text)
    text = _LONE_SURROGATE.sub("\ufffd", text)
    return text.replace("\xa0", " ").replace("\u202f", " ")


def paragraphs(text: str) -> str:
    """The text with one paragraph a line, trimmed, none empty."""
    text = clean(text)
    return "\n".join([line for raw in text.split("\n") if (line := raw.strip())])
