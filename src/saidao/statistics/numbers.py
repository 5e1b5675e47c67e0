"""Cells to exact numbers, and the words of a unit to its base unit and factor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal

from saidao.lexicon import Lexicon
from saidao.sources.columns import normal
from saidao.statements.figures import UnitWords, unit_at, unit_words
from saidao.statements.numerals import MULTIPLIERS
from saidao.statistics.words import Words, plain

LARGEST = Decimal(10) ** 26
"""Numbers from here on do not fit DECIMAL(38, 12)."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)?(?:\.[0-9]+|(?<=[0-9])\.)?(?:[eE][+-]?[0-9]{1,3})?")
_FACTOR = re.compile("|".join(sorted(MULTIPLIERS, key=lambda word: (-len(word), word))))
_EXACT = Context(prec=100)
_STEP = Decimal("1e-12")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and the factor that its multiplier stands for: 亿元 is 元, 100000000."""

    base: str
    factor: int = 1


def missing(cell: str, words: Words) -> bool:
    """Whether a cell says that there is no figure."""
    return not cell or plain(cell).casefold() in words.missing


def number(cell: str) -> tuple[Decimal, str | None] | None:
    """The number that a cell is, with the % or ‰ behind it; None where it is no number."""
    text = plain(cell)
    sign = text[-1:] if text[-1:] in ("%", "‰") else None
    digits = text[:-1].rstrip() if sign else text
    if not _NUMBER.fullmatch(digits) or not re.search("[0-9]", digits):
        return None
    return Decimal(re.sub("[, ]", "", digits)), sign


def scaled(value: Decimal, factor: int, less: int = 0) -> Decimal | None:
    """The number times its factor, less a base, with the 12 places that are stored; None where it is too large.

    Only a number with more than 12 places is rounded: what a spreadsheet computed, never what a bureau published.
    """
    result = _EXACT.subtract(_EXACT.multiply(value, Decimal(factor)), Decimal(less))
    if abs(result) >= LARGEST:
        return None
    return _EXACT.quantize(result, _STEP)


def unit_of(text: str, words: Words, lexicon: Lexicon) -> Unit | None:
    """The unit that a text is, by the same list as the units of statements; None where it is none that is known."""
    said = plain(text)
    said = words.units.get(normal(said), said).replace(" ", "")
    known = lexicon.compiled("statements.quantities", unit_words)
    if base := _whole(said, known):
        return Unit(base)
    factor = _FACTOR.match(said)
    if factor and (base := _whole(said[factor.end() :], known)):
        return Unit(base, MULTIPLIERS[factor.group()])
    return None


def stated_unit(text: str, words: Words, lexicon: Lexicon) -> Unit | None:
    """The unit of a cell or line that is nothing but a unit; one that is not known stands for itself."""
    if missing(text, words):
        return None
    return unit_of(text, words, lexicon) or Unit(plain(text))


def _whole(text: str, known: UnitWords) -> str | None:
    found = unit_at(text, 0, known) if text else None
    return found[0] if found is not None and found[2] == len(text) else None
