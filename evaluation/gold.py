"""Reads labelled passages: `passages.jsonl` and `statements.jsonl` of one folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

DEFAULT = Path(__file__).resolve().parent.parent.parent / "shared" / "gold"
"""Where the labels lie unless told: they are not part of the repository."""


@dataclass(frozen=True, slots=True)
class Record:
    """A statement in a passage, labelled or extracted, in the fields that are compared."""

    start: int
    end: int
    quote: str
    indicator: str | None
    kind: str | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    bound: str | None
    status: str | None
    period: str | None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage and what its readers found in it."""

    id: str
    issuer: str
    doc: str
    year: int
    text: str
    records: list[Record] = field(default_factory=list)

    @property
    def group(self) -> str:
        """What kind of text it is; figures are given for each group."""
        if self.issuer != "国务院":
            return "provincial"
        return "national to 1999" if self.year < 2000 else "national from 2000"


def read(folder: Path) -> list[Passage]:
    """The passages of a folder with their labels.

    Raises:
        FileNotFoundError: the folder has no labels.
        ValueError: a label's quote does not occur in its passage.
    """
    return read_files(folder / "passages.jsonl", folder / "statements.jsonl")


def read_files(passages_file: Path, statements_file: Path) -> list[Passage]:
    """The passages of two files."""
    passages = {
        row["id"]: Passage(row["id"], row["issuer"], row["doc"], row["year"], row["text"])
        for row in _rows(passages_file)
    }
    for row in _rows(statements_file):
        passage = passages[row["id"]]
        start = place(passage.text, row["quote"], row.get("nth", 1))
        passage.records.append(record(row, start, start + len(row["quote"])))
    return list(passages.values())


def record(row: dict[str, Any], start: int, end: int) -> Record:
    """A record from a row of JSON."""
    return Record(
        start=start,
        end=end,
        quote=row["quote"],
        indicator=row.get("indicator"),
        kind=row.get("kind"),
        low=decimal(row.get("low")),
        high=decimal(row.get("high")),
        unit=row.get("unit"),
        bound=row.get("bound"),
        status=row.get("status"),
        period=row.get("period"),
        unsure=bool(row.get("unsure")),
    )


def decimal(value: Any) -> Decimal | None:
    """An exact number; files are read without binary floats."""
    return None if value is None else Decimal(str(value))


def place(text: str, quote: str, nth: int) -> int:
    """Where the nth occurrence of a quote begins."""
    start = -1
    for _ in range(nth):
        start = text.find(quote, start + 1)
        if start < 0:
            raise ValueError(f"{quote!r} does not occur {nth} times in {text[:30]!r}…")
    return start


def fingerprint(passages: Sequence[Passage]) -> str:
    """A short hash of the labels, so that figures say what they were measured on."""
    digest = hashlib.sha256()
    for passage in passages:
        digest.update(repr((passage.id, passage.text, passage.records)).encode("utf-8"))
    return digest.hexdigest()[:12]


def _rows(file: Path) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line, parse_float=Decimal) for line in lines if line.strip()]
