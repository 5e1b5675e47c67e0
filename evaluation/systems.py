"""What is measured: Saidao, a plain regular expression, and two libraries where they are installed.

A system is a function from a passage to records. The peers' packages are no dependencies of the project (JioNLP brings
a GPL-3 library with it); `docs/evaluation.md` says how to install them in an environment of their own.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from evaluation import baseline
from evaluation.gold import Passage, Record
from evaluation.gold import decimal as number

System = Callable[[Passage], list[Record]]


def saidao() -> System:
    """This project."""
    from saidao import extract

    def read(passage: Passage) -> list[Record]:
        return [
            Record(
                start=s.start,
                end=s.end,
                quote=s.quote,
                indicator=s.indicator,
                kind=s.kind,
                low=s.low,
                high=s.high,
                unit=s.unit,
                bound=s.bound,
                status=s.status,
                period=s.period,
            )
            for s in extract(
                passage.text,
                issuer=passage.issuer,
                type=passage.doc,
                year=passage.year,
                title=passage.doc,
                qualitative=False,
            )
        ]

    return read


def plain_expression() -> System:
    """A regular expression of digits, multipliers and common units."""
    return lambda passage: [
        _bare(passage.text, start, end, low, high, unit) for start, end, low, high, unit in baseline.find(passage.text)
    ]


def jionlp() -> System:
    """JioNLP's extractor of sums of money, the only quantities it looks for.

    It is given the text clause by clause, which suits it: in a whole passage it takes the comma between two sums for
    a part of the number.
    """
    from jionlp.algorithm.ner import extract_money

    def read(passage: Passage) -> list[Record]:
        records = []
        for clause in _CLAUSE.finditer(passage.text):
            for found in extract_money(clause.group()):
                start, end = (clause.start() + offset for offset in found["offset"])
                detail = found["detail"]
                amount = detail["num"]
                low, high = amount if isinstance(amount, list) else (amount, amount)
                if _MORE.search(found["text"]):  # 五千多万元 is read as from 50 to 60 million; the labels keep 50
                    high = low
                records.append(_bare(passage.text, start, end, number(low), number(high), detail["case"]))
        return records

    return read


def recognizers(alone: bool = True) -> System:
    """Microsoft's recognizers for Chinese: numbers with units, percentages, ordinals, numbers alone; the longest first.

    Numbers within a date or time are left out: the library has a recognizer of these, too, and would score lower
    without it.

    Args:
        alone: whether numbers without a unit count; the library knows no measure words (个, 家, 户).
    """
    from recognizers_date_time import recognize_datetime
    from recognizers_number import Culture, recognize_number, recognize_ordinal, recognize_percentage
    from recognizers_number_with_unit import recognize_age, recognize_currency, recognize_dimension

    def read(passage: Passage) -> list[Record]:
        text = passage.text
        results = [
            (result.start, result.end + 1, *_resolved(result))
            for recognize in (
                recognize_currency,
                recognize_dimension,
                recognize_age,
                recognize_percentage,
                recognize_ordinal,
                recognize_number,
            )
            for result in recognize(text, Culture.Chinese)
        ]
        times = [
            (result.start, result.end + 1)
            for result in recognize_datetime(text, Culture.Chinese)
            if not result.text.isdecimal()  # it takes any number of four digits for a year: 1630人
        ]
        results.sort(key=lambda r: (r[0] - r[1], r[0], not r[3]))
        records: list[Record] = []
        for start, end, amount, unit in results:
            if any(start < record.end and record.start < end for record in records):
                continue
            if not unit and (not alone or any(first <= start and end <= last for first, last in times)):
                continue
            records.append(_bare(passage.text, start, end, amount, amount, unit))
        return sorted(records, key=lambda r: r.start)

    return read


_CLAUSE = re.compile("[^，。；：、！？\n]+")
_MORE = re.compile("[多余来几数]")

UNITS = {
    "Chinese yuan": "元",
    "United States dollar": "美元",
    "Meter": "米",
    "Kilometer": "公里",
    "Li": "里",
    "Square meter": "平方米",
    "Square kilometer": "平方公里",
    "Hectare": "公顷",
    "Mu": "亩",
    "Cubic meter": "立方米",
    "Kilogram": "公斤",
    "Jin": "斤",
    "Dan": "石",
    "Ton": "吨",
    "Bit": "位",
    "Year": "岁",
}
"""What the recognizers call units, in the labels' words."""

PEERS: dict[str, tuple[Callable[[], System], str | None]] = {
    "plain expression": (plain_expression, None),
    "JioNLP": (jionlp, "jionlp"),
    "Recognizers-Text": (recognizers, "recognizers_number_with_unit"),
    "Recognizers-Text, only with a unit": (lambda: recognizers(alone=False), "recognizers_number_with_unit"),
}
"""Name → how to make it, and the module that must be installed."""


def installed(module: str | None) -> bool:
    """Whether a peer can be measured here."""
    return module is None or importlib.util.find_spec(module) is not None


def _bare(text: str, start: int, end: int, low: Decimal | None, high: Decimal | None, unit: str | None) -> Record:
    """A record of a system that knows a quantity's value and unit only."""
    return Record(start, end, text[start:end], None, None, low, high, unit, None, None, None)


def _resolved(result: Any) -> tuple[Decimal | None, str | None]:
    """Value and unit of one of the recognizers' results; 个百分点 is a unit of its own, an ordinal is a rank."""
    resolution = result.resolution or {}
    value, unit = str(resolution.get("value") or ""), resolution.get("unit")
    if value.endswith("%"):
        unit = "百分点" if "百分点" in result.text else "%"
    elif result.type_name == "ordinal":
        unit = "位"
    return _decimal(value.rstrip("%")), UNITS.get(unit, unit)


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except ArithmeticError:
        return None
