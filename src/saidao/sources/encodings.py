"""Tells the encoding of Chinese text: UTF-8, UTF-16, GB18030 or Big5.

UTF-8 proves itself: other encodings do not come out as valid UTF-8. UTF-16 without a mark, GB18030 and Big5 are told
apart by which reading has the commoner characters, since each reads the others' bytes as rare ones.
"""

from __future__ import annotations

import codecs
import io
import re
from typing import IO

from saidao import lexicon as lexicons
from saidao.errors import SourceError
from saidao.lexicon import Lexicon
from saidao.sources import limits

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UTF_32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_NAMES = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "cp936": "gb18030", "hz": "gb18030", "x-gbk": "gb18030",
    "gb_2312-80": "gb18030", "euc-cn": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "cp950": "big5hkscs",
    "x-x-big5": "big5hkscs", "utf8": "utf-8", "utf-8": "utf-8", "utf-16": "utf-16", "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be", "unicode": "utf-16-le",
}  # fmt: skip
SHOWN = {"utf-8-sig": "utf-8", "big5hkscs": "big5", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}
"""Codec names as they are shown to people."""

_CONTROL_BYTES = bytes((*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)))

_LEAST_SCORE = 0.08
_PLAUSIBLE_UTF_16 = 0.9
_LEAST_SCORE_AGAINST_UTF_8 = 0.3


def decode(data: bytes, declared: str | None = None, lexicon: Lexicon | None = None) -> tuple[str, str]:
    """The text of a whole file, and its encoding.

    Args:
        data: the file.
        declared: what the file says of its encoding; it counts where it is plausible.
        lexicon: the data files; the shipped ones if None.

    Raises:
        SourceError: `undecodable_text`, `truncated_file`, `unknown_binary`.
    """
    name = detect(io.BytesIO(data), declared, lexicon)
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        raise _undecodable(error, name, len(data)) from None
    _refuse_binary(text)
    return text.removeprefix("\ufeff"), SHOWN.get(name, name)


def detect(stream: IO[bytes], declared: str | None = None, lexicon: Lexicon | None = None) -> str:
    """The codec of a file of any length; the stream is left at its start.

    Raises:
        SourceError: `undecodable_text`, `unknown_binary`.
    """
    stream.seek(0)
    head = stream.read(4)
    if head.startswith(_UTF_32_MARKS) and len(head) == 4:
        stream.seek(0)
        return "utf-32"
    for mark, name in _MARKS:
        if head.startswith(mark):
            stream.seek(0)
            return name
    first_bad, zeros, controls, length = _scan(stream)
    stream.seek(0)
    if first_bad is None and zeros * 5 < length:
        # Short UTF-16 can be valid UTF-8 by chance ("业" is 1A 4E); the control characters in it give it away.
        return (
            controls and _utf_16(stream.read(limits.ENCODING_BYTES), lexicon, _LEAST_SCORE_AGAINST_UTF_8)
        ) or "utf-8"
    start = 0 if first_bad is None else max(0, first_bad - limits.ENCODING_BYTES // 4)
    start -= start % 2
    stream.seek(start)
    sample = stream.read(limits.ENCODING_BYTES)
    whole = start == 0 and len(sample) == length
    if start:  # begin after a line end, so that no character is cut
        sample = sample[sample.find(b"\n") + 1 :] or sample
    stream.seek(0)
    return _guess(sample, whole, first_bad, length, declared, lexicon)


def _scan(stream: IO[bytes]) -> tuple[int | None, int, int, int]:
    """Where the file stops being UTF-8 (None: nowhere), how many zero and control bytes it has, its length."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    done = zeros = controls = 0
    bad: int | None = None
    while chunk := stream.read(limits.MIB):
        zeros += chunk.count(0)
        controls += len(chunk) - len(chunk.translate(None, _CONTROL_BYTES))
        if bad is None:
            pending = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                bad = done - pending + error.start
        done += len(chunk)
    if bad is None and (rest := len(decoder.getstate()[0])):
        bad = done - rest
    return bad, zeros, controls, done


def _guess(
    sample: bytes, whole: bool, first_bad: int | None, length: int, declared: str | None, lexicon: Lexicon | None
) -> str:
    cut = first_bad is not None and length - first_bad <= 3 and not sample[:-3].isascii()
    if name := _utf_16(sample, lexicon, _LEAST_SCORE_AGAINST_UTF_8 if cut else _LEAST_SCORE):
        return name
    if cut:
        raise SourceError("truncated_file", f"utf-8, byte {first_bad}")
    scores = {name: _score(sample, name, whole, lexicon) for name in ("gb18030", "big5hkscs")}
    said = _NAMES.get((declared or "").strip().lower())
    best = max(scores, key=lambda name: (scores[name], name == said))
    if said in scores and scores[said] > 0 and scores[said] >= 0.6 * scores[best]:
        best = said
    if scores[best] < _LEAST_SCORE:
        where = f"byte {first_bad}" if first_bad is not None else "zero bytes"
        code = (
            "unknown_binary"
            if len(_CONTROLS.findall(sample.decode("latin-1"))) * 20 > len(sample)
            else "undecodable_text"
        )
        raise SourceError(code, where)
    return best


def _utf_16(sample: bytes, lexicon: Lexicon | None, least: float) -> str | None:
    """Which kind of UTF-16 the sample plausibly is, with at least this share of common characters."""
    for name in ("utf-16-le", "utf-16-be"):
        if _utf_16_share(sample, name, lexicon, least) >= _PLAUSIBLE_UTF_16:
            return name
    return None


def _utf_16_share(sample: bytes, name: str, lexicon: Lexicon | None, least: float) -> float:
    """The share of characters that Chinese text is made of, were the sample this kind of UTF-16; 0 if none is common."""
    if len(sample) < 4:
        return 0.0
    text = sample[: len(sample) & ~1].decode(name, "replace")
    usual = sum(
        1
        for c in text
        if "\u4e00" <= c <= "\u9fff"
        or " " <= c <= "~"
        or c in "\r\n\t"
        or "\u3000" <= c <= "\u301f"
        or "\uff01" <= c <= "\uff5e"
        or "\u2010" <= c <= "\u2026"
    )
    return usual / len(text) if _commonness(text, lexicon) >= least else 0.0


def _score(sample: bytes, name: str, whole: bool, lexicon: Lexicon | None) -> float:
    """The share of common Chinese characters among the non-ASCII ones, 0 if the sample is not of this encoding."""
    decoder = codecs.getincrementaldecoder(name)()
    try:
        text = decoder.decode(sample, final=whole)
    except UnicodeDecodeError as error:
        if not whole or error.start < len(sample) - 4:
            return 0.0
        text = sample[: error.start].decode(name, "ignore")
    return _commonness(text, lexicon) if text.strip("\x00") and not text.isascii() else 0.0


def _commonness(text: str, lexicon: Lexicon | None) -> float:
    """The share of common Chinese characters among those that are not ASCII; 1 where there are no such."""
    common = (lexicon or lexicons.load()).compiled("sources.frequent", _frequent)
    others = [c for c in text if c > "\x7f"]
    return sum(1 for c in others if c in common) / len(others) if others else 1.0


def _frequent(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(
        "".join(row["characters"] for row in lexicon.rows("frequent")) + "，。、；：“”（）《》—　０１２３４５６７８９"
    )


def _refuse_binary(text: str) -> None:
    head = text[:100_000]
    if len(_CONTROLS.findall(head)) * 20 > len(head):
        raise SourceError("unknown_binary", "control characters")


def _undecodable(error: UnicodeDecodeError, name: str, length: int) -> SourceError:
    shown = SHOWN.get(name, name)
    if error.end >= length - 1:
        return SourceError("truncated_file", f"{shown}, byte {error.start}")
    return SourceError("undecodable_text", f"{shown}, byte {error.start}")
