"""The database behind the tools: one question at a time, and errors that say what to do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult

from saidao.api import Database
from saidao.api.frame import Frame
from saidao.assistant.answers import Evidence, Record, answer
from saidao.errors import SaidaoError
from saidao.filters.names import divisions, indicator_ids, several
from saidao.lexicon import load


class Desk:
    """Takes questions, asks the database, and makes pages of the answers.

    Args:
        database: what is asked; calls come from several threads and are answered one after the other.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self._lock = threading.Lock()
        self._kept: dict[str, Any] = {}

    def ask(self, question: Callable[[Database], CallToolResult]) -> CallToolResult:
        """The answer to a question.

        Raises:
            ToolError: the question asks for what does not exist; its message says what.
        """
        try:
            with self._lock:
                return question(self.database)
        except SaidaoError as error:
            raise ToolError(str(error)) from None

    def kept(self, key: str, make: Callable[[], Any]) -> Any:
        """What was made for a key, so that the next page of an answer costs nothing; the last few are kept."""
        if key not in self._kept:
            while len(self._kept) >= 8:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = make()
        return self._kept[key]

    def checked(self, given: dict[str, Any]) -> dict[str, Any]:
        """Filters with their regions checked, and the id of a document of which the beginning was given.

        Raises:
            UsageError: there is no such document.
            ToolError: see `regions`.
        """
        checked = dict(given)
        if given.get("region"):
            checked["region"] = self.regions(given["region"])
        if given.get("document"):
            checked["document"] = self.database.document(given["document"])["id"]
        return checked

    def regions(self, names: str | Sequence[str] | None) -> list[str] | None:
        """The names of regions, checked: a name that neither the list of divisions nor a document has is an error.

        Raises:
            ToolError: nobody is called so.
        """
        given = several(names)
        for name in given:
            if not divisions(name, load())[0]:
                known = self.database.sql(
                    "SELECT 1 FROM documents WHERE region = ? OR adcode = ? LIMIT 1", [name, name]
                )
                if not known.rows():
                    raise ToolError(f"{name}: no division has this name or code; give 湖南, 湖南省 or 430000")
        return given or None


def standard(names: str | Sequence[str] | None) -> list[str] | None:
    """The names of standard indicators, checked.

    Raises:
        ToolError: no indicator is called so.
    """
    known = {row["id"] for row in load().rows("indicators")}
    for name in several(names):
        if not known.intersection(indicator_ids(name)):
            raise ToolError(f"{name}: no standard indicator has this id or name; see codes(kind=indicator)")
    return several(names) or None


def listed(
    database: Database,
    frame: Frame,
    evidence: Sequence[Evidence],
    limit: int,
    offset: int,
    note: str | None = None,
    drop: Sequence[str] = (),
) -> CallToolResult:
    """A page of a frame."""
    rows = frame.page(limit, offset)
    kept = [{name: value for name, value in row.items() if name not in drop} for row in rows]
    return answer(database, kept, evidence, total=len(frame), offset=offset, note=note)


def paged(
    database: Database,
    rows: Sequence[Record],
    evidence: Sequence[Evidence],
    limit: int,
    offset: int,
    note: str | None = None,
) -> CallToolResult:
    """A page of rows that are all there."""
    return answer(database, rows[offset : offset + limit], evidence, total=len(rows), offset=offset, note=note)
