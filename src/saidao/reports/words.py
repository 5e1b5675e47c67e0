"""What a report says, in two languages: messages and labels of the program and its pages, and its own of `report.csv`."""

from __future__ import annotations

from saidao.lexicon import load
from saidao.web.words import Words


class ReportWords(Words):
    """Says things in one language, in a report.

    Args:
        language: `zh` or `en`.
    """

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self._texts |= {row["id"]: row[self.language] for row in load().rows("report")}

    def joined(self, names: list[str]) -> str:
        """Several names as one text."""
        return ("、" if self.language == "zh" else ", ").join(names)
