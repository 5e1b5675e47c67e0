"""Statements of a text, without a database."""

from __future__ import annotations

from saidao.lexicon import Lexicon, load, type_id
from saidao.models import Context, Statement
from saidao.statements import find


def extract(
    text: str,
    *,
    issuer: str | None = None,
    year: int | None = None,
    type: str | None = None,
    region: str | None = None,
    title: str | None = None,
    qualitative: bool = True,
    lexicon: Lexicon | None = None,
) -> list[Statement]:
    """The statements of a text, in its order.

    Args:
        text: one or more paragraphs; offsets are counted in it.
        issuer: who speaks: `湖南省人民政府`.
        year: the year of the report.
        type: the kind of document: an id (`work_report`) or its Chinese name (`政府工作报告`).
        region: the division the issuer governs, where the issuer's name does not say so.
        title: what the document is called; the years of a plan that it names are those of its goals.
        qualitative: targets in words are wanted, too.
        lexicon: the data files; the shipped ones unless told.

    Example:
        >>> [s] = extract("今年地区生产总值增长5%左右。", issuer="湖南省人民政府", year=2026)
        >>> s.quote, s.low, s.unit, s.bound, s.status
        ('5%左右', Decimal('5'), '%', 'approx', 'target')
    """
    lexicon = lexicon or load()
    found = find(text, Context(issuer, type_id(type, lexicon), year, region, title=title), lexicon)
    return [s for s in found if qualitative or s.wording is None]
