"""Figures that are read together: the three parts of a composition, and percentage points whose unit stands once."""

from __future__ import annotations

import re
from itertools import pairwise

from saidao.statements.figures import Quantity
from saidao.statements.numerals import arabic

COMPOSITION = re.compile("([0-9]+(?:[.][0-9]+)?) ?[:：∶] ?([0-9]+(?:[.][0-9]+)?) ?[:：∶] ?([0-9]+(?:[.][0-9]+)?)")
_POINTS = re.compile("[、和至到—-]")


def same_points(text: str, found: list[Quantity]) -> list[Quantity]:
    """`高于全省3.3个、3.5个百分点`: the 个 of the first is one of percentage points, too."""
    for here, following in pairwise(found):
        if following.family == "point" and here.unit == "个" and _POINTS.fullmatch(text, here.end, following.start):
            here.unit, here.family, here.names_class = following.unit, "point", False
    return found


def composition_parts(m: re.Match[str]) -> list[Quantity]:
    """`三次产业结构为8.3:41.4:50.3`: three shares, a part of the economy each."""
    parts = []
    for group, part in ((1, "第一产业"), (2, "第二产业"), (3, "第三产业")):
        start, end = m.span(group)
        value = arabic(m.group(group))
        parts.append(Quantity(start, end, value, value, "%", "percent", "eq", start, end, part=part))
    return parts
