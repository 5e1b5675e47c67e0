"""What is measured: Saidao, a plain regular expression, and two libraries where they are installed.

A system is a function from a passage to records. The peers' packages are no dependencies of the project (JioNLP brings
a GPL-3 library with it); `docs/evaluation.md` says how to install them in an environment of their own.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from decimal import Decimal

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
                passage.text, issuer=passage.issuer, type=passage.doc, year=passage.year, qualitative=False
            )
        ]

    return read


def plain_expression() -> System:
    """A regular expression of digits, multipliers and common units."""
    return lambda passage: [
        _bare(passage.text, start, end, low, high, unit) for start, end, low, high, unit in baseline.find(passage.text)
    ]


def jionlp() -> System:
    """JioNLP's extractor of sums of money, the only quantities it looks for."""
    from jionlp import extract_money, parse_money

    def read(passage: Passage) -> list[Record]:
        records = []
        for found in extract_money(passage.text, with_parsing=False):
            start, end = found["offset"]
            try:
                parsed = parse_money(found["text"])
            except (ValueError, TypeError, KeyError, IndexError):
                parsed = None
            amount = parsed["num"] if parsed else None
            low, high = amount if isinstance(amount, list) else (amount, amount)
            unit = parsed.get("case") if parsed else None
            records.append(_bare(passage.text, start, end, number(low), number(high), unit))
        return records

    return read


def recognizers() -> System:
    """Microsoft's recognizers for Chinese: numbers with units, percentages, and numbers alone, the longest first."""
    from recognizers_number import Culture, recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_age, recognize_currency, recognize_dimension

    def read(passage: Passage) -> list[Record]:
        text = passage.text
        results = [
            result
            for recognize in (
                recognize_currency,
                recognize_dimension,
                recognize_age,
                recognize_percentage,
                recognize_number,
            )
            for result in recognize(text, Culture.Chinese)
        ]
        results.sort(key=lambda r: (r.start - r.end, r.start))
        records: list[Record] = []
        for result in results:
            start, end = result.start, result.end + 1
            if any(start < record.end and record.start < end for record in records):
                continue
            value = str((result.resolution or {}).get("value") or "")
            unit = (result.resolution or {}).get("unit")
            amount = _decimal(value.rstrip("%"))
            records.append(
                _bare(text, start, end, amount, amount, "%" if value.endswith("%") else UNITS.get(unit, unit))
            )
        return sorted(records, key=lambda r: r.start)

    return read


UNITS = {
    "China Yuan": "元",
    "Chinese yuan": "元",
    "Dollar": "美元",
    "United States dollar": "美元",
    "Kilometer": "公里",
    "Square meter": "平方米",
    "Cubic meter": "立方米",
    "Ton": "吨",
    "Year": "岁",
}
"""What the recognizers call units, in the labels' words."""

PEERS: dict[str, tuple[Callable[[], System], str | None]] = {
    "plain expression": (plain_expression, None),
    "JioNLP": (jionlp, "jionlp"),
    "Recognizers-Text": (recognizers, "recognizers_number_with_unit"),
}
"""Name → how to make it, and the module that must be installed."""


def installed(module: str | None) -> bool:
    """Whether a peer can be measured here."""
    return module is None or importlib.util.find_spec(module) is not None


def _bare(text: str, start: int, end: int, low: Decimal | None, high: Decimal | None, unit: str | None) -> Record:
    """A record of a system that knows a quantity's value and unit only."""
    return Record(start, end, text[start:end], None, None, low, high, unit, None, None, None)


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except ArithmeticError:
        return None
