"""Ranks and doublings: `第9位`, `前十`, `百强`, `首位`, `翻一番`."""

from __future__ import annotations

import re
from decimal import Decimal

from saidao.statements.figures import Quantity, UnitWords, bounded
from saidao.statements.numerals import DIGITS, chinese
from saidao.statements.quantity_cues import QuantityCues

_RANK = re.compile("第([0-9]+|[一二三四五六七八九十百]+)(?:大)?(位|名)?")
_RANK_TAIL = re.compile("[，。；、）！]|\\Z|\n| |和|与|以上|至|—|-|的")
_TOP = re.compile("前([0-9]+|[一二三四五六七八九十百]+)(位|名|强|列)?")
_FIRST = re.compile("首位|榜首")
_DOUBLE = re.compile("翻了?([一两二三四五])?番半?|翻了?一倍|翻了?两倍")


def ordinal(text: str, p: int, cues: QuantityCues) -> tuple[Quantity | None, int]:
    """`第9位` where the words before it speak of a place; returns it and where to read on."""
    m = _RANK.match(text, p)
    if m is None:
        return None, p + 1
    left = text[max(0, p - 12) : p]
    end = m.end()
    if not cues.rank.search(left):
        return None, end
    if m.group(2) is None and not _RANK_TAIL.match(text, end):
        return None, end
    figure = m.group(1)
    value = Decimal(figure) if figure.isdigit() else chinese(figure)
    if value is None:
        return None, end
    return Quantity(p, end, value, value, "位", "rank", "eq", p, end), end


def top(text: str, p: int, cues: QuantityCues) -> tuple[Quantity | None, int]:
    """`前十` where the words before it speak of a place; returns it and where to read on."""
    m = _TOP.match(text, p)
    if m is None:
        return None, p + 1
    left = text[max(0, p - 10) : p]
    figure, unit = m.group(1), m.group(2)
    if unit is None and not cues.top_tail.match(text[m.end() : m.end() + 2]):
        return None, p + 1
    if unit == "列" or not cues.top.search(left):
        return None, p + 1
    value = Decimal(figure) if figure.isdigit() else chinese(figure)
    if value is None:
        return None, p + 1
    return Quantity(p, m.end(), value, value, "位", "rank", "le", p, m.end()), m.end()


def group_of(text: str, p: int, m: re.Match[str]) -> tuple[Quantity | None, int]:
    """`百强`, `500强`: a place among the first so many; returns it and where to read on."""
    figure = m.group(1)
    value = Decimal(figure) if figure.isdigit() else chinese(figure)
    if value is None or value < 10:
        return None, m.end()
    start = p - 1 if p and text[p - 1] == "前" else p
    return Quantity(start, m.end(), value, value, "位", "rank", "le", p, m.end()), m.end()


def first(text: str, p: int, cues: QuantityCues) -> tuple[Quantity | None, int]:
    """`首位`, `榜首`; returns it and where to read on."""
    m = _FIRST.match(text, p)
    if m is None:
        return None, p + 1
    if m.group() == "首位" and not cues.first.search(text[max(0, p - 8) : p]):
        return None, m.end()
    if cues.not_first.match(text[m.end() : m.end() + 2]):
        return None, m.end()
    one = Decimal(1)
    return Quantity(p, m.end(), one, one, "位", "rank", "eq", p, m.end()), m.end()


def double(text: str, p: int, words: UnitWords) -> tuple[Quantity | None, int]:
    """`翻一番`, `翻两番`; returns it and where to read on."""
    m = _DOUBLE.match(text, p)
    if m is None:
        return None, p + 1
    times = Decimal(2 ** DIGITS.get(m.group(1) or "一", 1))
    if m.group().endswith("两倍"):
        times = Decimal(3)
    return bounded(text, p, m.end(), times, times, "倍", "double", words), m.end()
