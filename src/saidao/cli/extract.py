"""`saidao extract`: passages in, statements out, one JSON object a line."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import click

from saidao.cli.framework import Command
from saidao.cli.passages import each as each_passage
from saidao.cli.passages import parameters
from saidao.lexicon import Lexicon
from saidao.models import Statement
from saidao.outputs.messages import Messages

FIELDS = (
    "start", "end", "quote", "indicator", "kind", "low", "high", "unit", "bound", "status", "period", "region",
    "industry", "indicator_id", "scope", "hedge", "wording",
)  # fmt: skip


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(passages: str, output: str, qualitative: bool, lexicon: str | None) -> int:
        def records(passages: list[dict[str, Any]], data: Lexicon) -> Iterator[dict[str, Any]]:
            for passage in passages:
                yield from (record_of(passage["id"], each) for each in _statements(passage, data, qualitative))

        return each_passage(passages, output, lexicon, say, records)

    own = click.Option(["--qualitative"], is_flag=True, help=say("extract.qualitative"))
    return Command(name="extract", say=say, callback=run, params=parameters("passages", say, own))


def record_of(id: Any, statement: Statement) -> dict[str, Any]:
    """A statement as the record that is written."""
    record: dict[str, Any] = {"id": id}
    for name in FIELDS:
        value = getattr(statement, name)
        # A number that is none (infinite) has no place in JSON.
        record[name] = None if isinstance(value, Decimal) and not value.is_finite() else value
    return record


def _statements(passage: dict[str, Any], data: Lexicon, qualitative: bool) -> list[Statement]:
    from saidao.extraction import extract

    return extract(
        passage["text"],
        issuer=passage.get("issuer"),
        year=passage.get("year"),
        type=passage.get("doc"),
        qualitative=qualitative,
        lexicon=data,
    )
