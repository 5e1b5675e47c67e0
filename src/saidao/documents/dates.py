"""Dates as sources write them: 2026-02-03, 2026年2月3日, 二〇二六年二月三日, RFC 2822, Excel's 2013-08-21 00:00:00."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime

_SIGN = "〇○零Ｏ一二三四五六七八九"
_VALUE = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "Ｏ": 0, "O": 0}
_NUMERIC = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_CHINESE = re.compile(rf"([{_SIGN}]{{4}})年([{_SIGN}十]{{1,3}})月([{_SIGN}十]{{1,3}})日")
_YEAR = re.compile(rf"(?<!\d)((?:19|20)\d\d)(?!\d)|([{_SIGN}]{{4}})(?=年)")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")

DAY = rf"(?:\d{{4}}|[{_SIGN}]{{4}})\s?年\s?[\d{_SIGN}十]{{1,3}}\s?月\s?[\d{_SIGN}十]{{1,3}}\s?日"
"""Pattern of a day written with 年, 月 and 日, to be used in other expressions."""


def numeral(text: str) -> int | None:
    """Value of a small Chinese or Arabic number: `二〇二六`, `二十八`, `十`, `14`; None for anything else."""
    text = text.translate(_WIDE)
    if text.isascii():
        return int(text) if text.isdigit() else None
    if "十" in text:
        tens, _, ones = text.partition("十")
        first = _VALUE.get(tens) if tens else 1
        last = _VALUE.get(ones) if ones else 0
        return None if first is None or last is None else first * 10 + last
    value = 0
    for sign in text:
        if sign not in _VALUE:
            return None
        value = value * 10 + _VALUE[sign]
    return value


def iso(text: str | None) -> str | None:
    """The first day that a text names, as ISO 8601; None where there is none, or it is not in the calendar."""
    if not text:
        return None
    text = text[:400].translate(_WIDE)
    parts: tuple[int | None, ...] | None = None
    if found := _NUMERIC.search(text):
        parts = tuple(int(part) for part in found.groups())
    elif found := _CHINESE.search(text):
        parts = tuple(numeral(part) for part in found.groups())
    elif found := _COMPACT.search(text):
        parts = tuple(int(part) for part in found.groups())
    if parts is None:
        try:
            return parsedate_to_datetime(text).date().isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    year, month, day = parts
    try:
        return date(year or 0, month or 0, day or 0).isoformat()
    except ValueError:
        return None


def year(text: str | None) -> int | None:
    """The first year from 1900 to 2099 that a text names in four digits (Arabic, or Chinese before 年)."""
    return next(years(text), None)


def years(text: str | None) -> Iterator[int]:
    """All years that a text names so, in its order."""
    for found in _YEAR.finditer((text or "")[:400].translate(_WIDE)):
        value = numeral(found[1] or found[2])
        if value is not None and 1900 <= value <= 2099:
            yield value
