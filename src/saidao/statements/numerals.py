"""Reads Arabic and Chinese numerals as exact decimals: `5.53万亿`, `一万五千亿`, `百分之八`, `三分之一`.

Works on folded text (see `fold`): half-width digits, simplified characters.
"""

from __future__ import annotations

from decimal import Decimal

DIGITS = {
    "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_SMALL = {"十": 10, "百": 100, "千": 1000, "廿": 20, "卅": 30}
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}

MULTIPLIERS: dict[str, int] = {
    "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12, "十万亿": 10**13,
    "百万亿": 10**14, "千万亿": 10**15, "亿亿": 10**16, "十亿亿": 10**17, "百亿亿": 10**18, "千亿亿": 10**19, "万万": 10**8,
}  # fmt: skip

LONGEST = 60
"""Characters of a Chinese numeral at most: more digits than any number that can be stored has."""


def arabic(text: str) -> Decimal:
    """`1,234.5` → 1234.5; thousands separators (also full-width ones) and blanks between digits are dropped."""
    return Decimal(text.replace(",", "").replace("，", "").replace(" ", "").replace("·", "."))


def chinese(text: str) -> Decimal | None:
    """`一万五千亿` → 1500000000000, `三点五` → 3.5, `二零二六` → 2026; None where it is no numeral."""
    if len(text) > LONGEST:
        return None
    whole, point, fraction = text.partition("点")
    value = _integer(whole)
    if value is None:
        return None
    if not point:
        return Decimal(value)
    # `三点五万`: what follows the digits of the fraction multiplies
    tail = fraction.lstrip("零一二两三四五六七八九")
    digits = fraction[: len(fraction) - len(tail)]
    if not digits or (tail and tail not in MULTIPLIERS):
        return None
    number = Decimal(f"{value}.{''.join(str(DIGITS[c]) for c in digits)}")
    return number * MULTIPLIERS[tail] if tail else number


def _integer(text: str) -> int | None:
    if not text:
        return None
    if all(c in DIGITS for c in text):  # read digit by digit: 一九五三, 二零二六
        return int("".join(str(DIGITS[c]) for c in text))
    total = section = digit = 0
    last_small = 0
    seen = False
    previous = ""
    for c in text:
        if c in DIGITS:
            if previous in DIGITS and previous != "零":
                return None  # 三四百: a range of guesses, not a numeral
            digit = DIGITS[c]
            seen = True
        elif c in _SMALL:
            unit = _SMALL[c]
            if unit in (20, 30):
                section += unit
            else:
                section += (digit if seen and digit else 1) * unit
            last_small, digit = unit, 0
            seen = False
        elif c in _LARGE:
            unit = _LARGE[c]
            section += digit
            if section == 0 and total == 0:
                section = 1
            if unit == 10**8 or unit > 10**8:
                total = (total + section) * unit if total < unit else total + section * unit
            elif total and total % 10**8 == 0:
                total += section * unit
            else:
                total = (total + section) * unit
            section, digit, last_small = 0, 0, unit
            seen = False
        else:
            return None
        previous = c
    if digit:
        # 一万五 means 15000, 三百二 means 320; 一百零五 does not
        if len(text) > 1 and text[-2] in "百千万亿" and last_small >= 100:
            digit *= last_small // 10
        section += digit
    return total + section


def guess(run: str) -> tuple[Decimal, Decimal] | None:
    """`三四百` → 300 to 400, `七八` → 7 to 8."""
    if len(run) >= 2 and run[0] in DIGITS and run[1] in DIGITS and DIGITS[run[1]] == DIGITS[run[0]] + 1:
        tail = run[2:]
        if not tail or tail in MULTIPLIERS:
            scale = MULTIPLIERS.get(tail, 1)
            return Decimal(DIGITS[run[0]] * scale), Decimal(DIGITS[run[1]] * scale)
    if (
        len(run) == 3
        and run[0] == "十"
        and run[1] in DIGITS
        and run[2] in DIGITS
        and DIGITS[run[2]] == DIGITS[run[1]] + 1
    ):
        return Decimal(10 + DIGITS[run[1]]), Decimal(10 + DIGITS[run[2]])
    return None
