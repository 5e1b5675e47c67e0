"""`saidao code`: sentences in, their codes out, one JSON object a line."""

from __future__ import annotations

from typing import Any

import click

from saidao.cli.framework import Command
from saidao.cli.passages import each, parameters
from saidao.lexicon import Lexicon
from saidao.outputs.messages import Messages


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(sentences: str, output: str, fold: bool, lexicon: str | None) -> int:
        from saidao.coding import code_each

        def records(passages: list[dict[str, Any]], data: Lexicon) -> list[dict[str, Any]]:
            types = [passage.get("doc") for passage in passages]
            codings = code_each([passage["text"] for passage in passages], fold=fold, types=types, lexicon=data)
            return [record_of(passage["id"], coding) for passage, coding in zip(passages, codings, strict=True)]

        return each(sentences, output, lexicon, say, records)

    own = click.Option(["--fold"], is_flag=True, help=say("code.fold"))
    return Command(name="code", say=say, callback=run, params=parameters("sentences", say, own))


def record_of(id: Any, coding: Any) -> dict[str, Any]:
    """A coding as the record that is written."""
    return {
        "id": id,
        "tools": list(coding.tools),
        "status": coding.status,
        "themes": list(coding.themes),
        "industries": [industry._asdict() for industry in coding.industries],
        "carriers": [_carrier(carrier) for carrier in coding.carriers],
        "strength": coding.strength,
        "commits": list(coding.commits),
        "mechanisms": list(coding.mechanisms),
        "relations": list(coding.relations),
        "cues": [cue._asdict() for cue in coding.cues],
    }


def _carrier(carrier: Any) -> dict[str, Any]:
    record: dict[str, Any] = carrier._asdict()
    # A tuple has a method of that name, so the field cannot have it.
    record["count"] = record.pop("number")
    return record
