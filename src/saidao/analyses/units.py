"""Compares figures whose reports use different units of one thing: 亿斤 and 万吨 of grain."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from saidao.errors import LexiconError
from saidao.lexicon import Lexicon

Units = Mapping[str, tuple[str, Decimal]]
"""Unit → the unit it is compared in, and how many of those it makes."""


def units(lexicon: Lexicon) -> Units:
    """The conversions of `conversions.csv`.

    Raises:
        LexiconError: a factor is no positive number.
    """
    return lexicon.compiled("analyses.units", _compile)


def based(value: Decimal, unit: str | None, known: Units) -> tuple[Decimal, str | None]:
    """A figure in the unit it is compared in."""
    base, factor = known.get(unit or "", (unit, Decimal(1)))
    return value * factor, base


def _compile(lexicon: Lexicon) -> Units:
    found = {}
    for row in lexicon.rows("conversions"):
        try:
            factor = Decimal(row["factor"])
        except InvalidOperation:
            factor = Decimal()
        if factor <= 0:
            raise LexiconError("lexicon.bad_factor", unit=row["unit"], factor=row["factor"])
        found[row["unit"]] = (row["base"], factor)
    return found
