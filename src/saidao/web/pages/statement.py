"""One statement: its sentence, all its fields, and the way into its document."""

from __future__ import annotations

from typing import Any

from saidao.web import questions as ask
from saidao.web.site import View

TEMPLATE = "statement.html"
FIELDS = (
    "indicator", "indicator_id", "kind", "low", "high", "unit", "bound", "status", "period", "region", "industry",
    "scope", "hedge", "wording", "section",
)  # fmt: skip


class Question(ask.Question):
    """The page has no parameters."""


def values(view: View, question: Question, id: str) -> dict[str, Any]:
    """What the page shows.

    Raises:
        UsageError: there is no such statement.
    """
    record = view.reading.database.statement(id)
    sentence = record["sentence"] or record["quote"]
    at = record["quote_start"] or 0
    end = at + len(record["quote"])
    return {
        "question": question, "record": record, "fields": FIELDS, "before": sentence[:at], "quote": sentence[at:end],
        "after": sentence[end:],
    }  # fmt: skip
