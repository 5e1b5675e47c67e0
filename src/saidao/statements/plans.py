"""Five-year plans: the years of each, by its name, and those that a year lies in, follows or opens."""

from __future__ import annotations

from collections.abc import Iterable

from saidao.lexicon import Lexicon


def all_years(lexicon: Lexicon) -> Iterable[tuple[int, int]]:
    """The first and the last year of each plan."""
    return lexicon.compiled("statements.plans", _plans).values()


def years_of(name: str, lexicon: Lexicon) -> tuple[int, int] | None:
    """The years of a five-year plan: `十五五` → (2026, 2030)."""
    plans = lexicon.compiled("statements.plans", _plans)
    return plans.get(name.strip("“”"))


def named_in(title: str | None, lexicon: Lexicon) -> tuple[int, int] | None:
    """The years of the five-year plan that a title names."""
    if title is None or "五" not in title:
        return None
    return next(
        (years for name, years in lexicon.compiled("statements.plans", _plans).items() if f"“{name}”" in title), None
    )


def past_five(year: int) -> tuple[int, int]:
    """The five years before a year."""
    return (year - 5, year - 1)


def next_five(year: int) -> tuple[int, int]:
    """The five years from a year on."""
    return (year, year + 4)


def plan_of(year: int, lexicon: Lexicon) -> tuple[int, int]:
    """The five-year plan that a year lies in; five years from it where none does."""
    for first, last in all_years(lexicon):
        if first <= year <= last:
            return first, last
    return next_five(year)


def _plans(lexicon: Lexicon) -> dict[str, tuple[int, int]]:
    return {row["label"]: (int(row["first"]), int(row["last"])) for row in lexicon.rows("five_year_plans")}
