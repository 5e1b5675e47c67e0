"""`saidao code`: sentences in, their codes out, one JSON object a line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from saidao.cli.extract import passage_of, reading
from saidao.cli.framework import NOTHING, Command
from saidao.outputs.messages import Messages
from saidao.outputs.tables import opened
from saidao.outputs.texts import json_record


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(sentences: str, output: str, fold: bool, lexicon: str | None) -> int:
        from saidao.coding import code
        from saidao.lexicon import load

        data = load(Path(lexicon)) if lexicon is not None else load()
        bad = 0
        with reading(sentences, say) as lines, opened(output, binary=False) as out:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    passage = passage_of(line)
                except ValueError as error:
                    bad += 1
                    print(say("extract.bad_line", number=number, detail=error), file=sys.stderr)
                    continue
                [coding] = code(passage["text"], fold=fold, lexicon=data)
                out.write(json_record(record_of(passage["id"], coding)) + "\n")
        if bad:
            print(say("extract.bad_lines", count=bad), file=sys.stderr)
        return NOTHING if bad else 0

    return Command(
        name="code",
        say=say,
        callback=run,
        params=[
            click.Argument(["sentences"], metavar="IN.jsonl", type=click.Path()),
            click.Option(
                ["-o", "--output"], metavar="OUT.jsonl", default="-", type=click.Path(), help=say("extract.output")
            ),
            click.Option(["--fold"], is_flag=True, help=say("code.fold")),
            click.Option(["--lexicon"], metavar="DIR", type=click.Path(), help=say("build.lexicon")),
        ],
    )


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
