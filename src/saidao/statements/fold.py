"""Folds a text to the characters that the rules are written in, without moving a single offset.

Every replacement is one character for one: full-width digits and Latin letters become half-width, traditional
characters simplified ones. Rules then read the folded text, quotes are cut from the original at the same offsets.
"""

from __future__ import annotations

import re

from saidao.lexicon import Lexicon

# Characters that no simplified text holds; if none occurs, the long table need not be applied.
_TRADITIONAL = re.compile(
    "[國萬億餘個產業與爲為這們來發會長東車門開關經濟學農業幾兩敎○〇點糧預於過時對達質應當從還實現與電類額數區據標準價費]"
)
_KEEP = "，；：！？（）"


_WIDTH: dict[str, str] = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEEP}
_WIDTH["\u3000"] = _WIDTH["\u00a0"] = " "
_FULL_WIDTH = re.compile(f"[{''.join(map(re.escape, _WIDTH))}]")


def fold(text: str, lexicon: Lexicon) -> str:
    """The text with every character in its plain form; same length, same offsets."""
    if _FULL_WIDTH.search(text):
        text = _FULL_WIDTH.sub(lambda m: _WIDTH[m.group()], text)
    if _TRADITIONAL.search(text):
        text = text.translate(lexicon.compiled("statements.characters", _characters))
    return text


def _characters(lexicon: Lexicon) -> dict[int, str]:
    return {ord(row["id"]): row["fold"] for row in lexicon.rows("characters")}
