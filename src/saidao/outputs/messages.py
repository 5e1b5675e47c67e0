"""Messages and labels in the user's language, from `data/messages.csv` and `data/labels.csv`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from saidao.errors import LexiconError, with_advice
from saidao.lexicon import Lexicon, load

LANGUAGES = ("zh", "en")

FILES = {
    "type": "types", "tool": "tools", "carrier": "carrier_types", "industry": "industry_names", "adcode": "regions",
}  # fmt: skip
"""Codes whose labels stand in a data file of their own."""


class Messages:
    """Says things in one language.

    Args:
        language: `zh` or `en`.
    """

    def __init__(self, language: str, lexicon: Lexicon | None = None) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._lexicon = lexicon or load()
        self._texts = {row["id"]: row[self.language] for row in self._lexicon.rows("messages")}
        self._labels: dict[str, str] | None = None

    def __call__(self, id: str, /, **values: Any) -> str:
        """The message with its places filled.

        Raises:
            LexiconError: messages.csv has no such row.
        """
        if id not in self._texts:
            raise LexiconError("lexicon.no_row", name="messages.csv", id=id)
        # A cell is one line of the file; \n in it stands for a line break.
        return self._texts[id].replace("\\n", "\n").format(**values)

    def has(self, id: str) -> bool:
        """Whether there is such a message."""
        return id in self._texts

    def label(self, id: str, fallback: str | None = None) -> str:
        """The label of a column (`column.title`), a table or a value (`kind.growth`); else the fallback or the id."""
        if self._labels is None:
            self._labels = {row["id"]: row[self.language] for row in self._lexicon.rows("labels")}
        return self._labels.get(id) or (id.partition(".")[2] if fallback is None else fallback)

    def value(self, column: str, value: str | None) -> str:
        """The label of a coded value; other values as they are."""
        if value is None:
            return ""
        if column in FILES:
            return self._names(FILES[column]).get(value) or self.label(f"{column}.{value}", value)
        group = "role" if column == "section" else column
        return self.label(f"{group}.{value}", value)

    def indicator(self, id: str | None) -> str | None:
        """The name of a standard indicator."""
        return None if id is None else self._names("indicators").get(id, id)

    def explained(self, kind: str, code: str, detail: str) -> str:
        """The sentence for a reject or a note, with what to do. `kind`: `rejects` or `notes`."""
        row = self._problem(kind, code)
        return (
            self.reason(kind, code, detail)
            if row is None
            else with_advice(row, self.language).replace("{detail}", detail)
        )

    def reason(self, kind: str, code: str, detail: str) -> str:
        """That sentence without what to do."""
        row = self._problem(kind, code)
        if row is None:
            return f"{code}: {detail}" if detail else code
        return row[self.language].replace("{detail}", detail)

    def advice(self, kind: str, code: str) -> str:
        """What to do about a reject or a note; empty for a code that is not known."""
        row = self._problem(kind, code)
        return "" if row is None else row[f"advice_{self.language}"]

    def _problem(self, kind: str, code: str) -> Mapping[str, str] | None:
        rows = self._lexicon.compiled(
            f"messages.{kind}", lambda lexicon: {row["id"]: row for row in lexicon.rows(kind)}
        )
        return rows.get(code)

    def _names(self, data: str) -> Mapping[str, str]:
        return self._lexicon.compiled(f"messages.{data}.{self.language}", lambda lexicon: _names(lexicon, data, self))


def _names(lexicon: Lexicon, data: str, messages: Messages) -> Mapping[str, str]:
    wanted = (messages.language, *(("english",) if messages.language == "en" else ()), "zh", "name", "label")
    # of several English names (Tibet|Xizang) the first
    return {
        row["id"]: next((row[key].partition("|")[0] for key in wanted if row.get(key)), row["id"])
        for row in lexicon.rows(data)
    }
