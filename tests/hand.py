"""A database made by hand, row by row, so that every number of a test can be worked out on paper."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from saidao import store
from saidao.lexicon import load
from saidao.store.schema import tables

LEVELS = {"000000": "central", "0000": "province", "00": "prefecture"}


@dataclass
class Said:
    """A sentence: its words, what is coded in it, and what it names."""

    text: str
    names: Sequence[str] = ()
    """industry id, or id:quote; the quote must stand in the text. A quote alone (`:绞股蓝产业`) has no id."""
    tools: Sequence[str] = ()
    themes: Sequence[str] = ()
    status: str = "planned"
    targets: Sequence[tuple[str, str]] = ()
    """Quote and industry id of quantified targets."""
    carriers: Sequence[dict[str, Any]] = ()
    """Columns of carriers; `quote` must stand in the text."""
    section: str = "plan_year"
    strength: int = 0


class Hand:
    """Writes documents into a new database."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = store.create_or_open(path)
        self.labels = {row["id"]: row["label"] for row in load().rows("industry_names")}
        self.generic = {row["id"] for row in load().rows("industry_names") if row["generic"] == "yes"}
        self.regions = {row["id"]: row for row in load().rows("regions")}

    def report(
        self, code: str, year: int | None, *said: Said, type: str = "work_report", title: str | None = None
    ) -> str:
        """Adds a document; gives its id."""
        region = self.regions[code]
        text = "\n".join(s.text for s in said) or f"{code}{year}"
        id = hashlib.sha256(f"{code}{year}{type}{text}".encode()).hexdigest()[:16]
        self._row("documents", id=id, title=title or f"{year}年{region['name']}政府工作报告", adcode=code, region=region["name"],
                  level=region["level"], type=type, year=year, text=text, characters=len(text), issuer=region["name"] + "人民政府",
                  path=f"{code}-{year}.txt")  # fmt: skip
        at = 0
        for n, s in enumerate(said, 1):
            self._said(id, n, at, s)
            at += len(s.text) + 1
        return id

    def close(self) -> Path:
        self.connection.close()
        return self.path

    def _said(self, document: str, n: int, at: int, s: Said) -> None:
        sentence = f"{document}:{at}"
        where = {"document_id": document, "section": s.section}
        self._row("sentences", id=sentence, n=n, start=at, end=at + len(s.text), text=s.text, **where)
        measure = self._id(document, at, "m")
        self._row("measures", id=measure, sentence_id=sentence, start=at, end=at + len(s.text), status=s.status,
                  tools=list(s.tools), themes=list(s.themes), strength=s.strength, **where)  # fmt: skip
        own = {"sentence_id": sentence, "measure_id": measure, "status": s.status, **where}
        for k, name in enumerate(s.names):
            id, _, quote = name.partition(":")
            quote = quote or self.labels[id]
            start = at + self._find(s.text, quote)
            self._row("mentions", id=self._id(document, start, f"i{k}"), start=start, end=start + len(quote), quote=quote,
                      industry_id=id or None, generic=id in self.generic, **own)  # fmt: skip
        for quote, industry in s.targets:
            start = at + self._find(s.text, quote)
            self._row("statements", id=self._id(document, start, "s"), sentence_id=sentence, start=start, end=start + len(quote),
                      quote=quote, kind="level", status="target", industry_id=industry, industry=self.labels[industry], **where)  # fmt: skip
        for k, carrier in enumerate(s.carriers):
            start = at + self._find(s.text, carrier["quote"])
            row = {"type": "project", "name": carrier["quote"], "industries": [], **carrier}
            self._row(
                "carriers",
                id=self._id(document, start, f"c{k}"),
                start=start,
                end=start + len(carrier["quote"]),
                **row,
                **own,
            )

    def _find(self, text: str, quote: str) -> int:
        at = text.find(quote)
        assert at >= 0, f"{quote} does not stand in {text}"
        return at

    def _id(self, document: str, at: int, kind: str) -> str:
        return hashlib.sha256(f"{document}{at}{kind}".encode()).hexdigest()[:16]

    def _row(self, table: str, **values: Any) -> None:
        names, filled = [], []
        for column in tables()[table].columns:
            value = values.get(column.name)
            if value is None and column.required:
                value = (
                    []
                    if column.type.endswith("[]")
                    else False
                    if column.type == "BOOLEAN"
                    else 0
                    if column.type == "INTEGER"
                    else ""
                )
            names.append(f'"{column.name}"')
            filled.append(value)
        marks = ", ".join("?" for _ in names)
        self.connection.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", filled)
