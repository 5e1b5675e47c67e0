"""`saidao extract`: passages in, statements out, one JSON object a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import click

from saidao.cli.framework import NOTHING, Command
from saidao.errors import UsageError
from saidao.models import Statement
from saidao.outputs.messages import Messages
from saidao.outputs.tables import opened
from saidao.outputs.texts import json_record

FIELDS = (
    "start", "end", "quote", "indicator", "kind", "low", "high", "unit", "bound", "status", "period", "region",
    "industry", "indicator_id", "scope", "hedge", "wording",
)  # fmt: skip


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(passages: str, output: str, qualitative: bool, lexicon: str | None) -> int:
        from saidao.lexicon import load

        data = load(Path(lexicon)) if lexicon is not None else load()
        bad = 0
        with reading(passages, say) as lines, opened(output, binary=False) as out:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    passage = passage_of(line)
                except ValueError as error:
                    bad += 1
                    print(say("extract.bad_line", number=number, detail=error), file=sys.stderr)
                    continue
                for statement in _statements(passage, data, qualitative):
                    out.write(json_record(record_of(passage["id"], statement)) + "\n")
        if bad:
            print(say("extract.bad_lines", count=bad), file=sys.stderr)
        return NOTHING if bad else 0

    return Command(
        name="extract",
        say=say,
        callback=run,
        params=[
            click.Argument(["passages"], metavar="IN.jsonl", type=click.Path()),
            click.Option(
                ["-o", "--output"], metavar="OUT.jsonl", default="-", type=click.Path(), help=say("extract.output")
            ),
            click.Option(["--qualitative"], is_flag=True, help=say("extract.qualitative")),
            click.Option(["--lexicon"], metavar="DIR", type=click.Path(), help=say("build.lexicon")),
        ],
    )


def passage_of(line: bytes) -> dict[str, Any]:
    """A passage `{id, issuer, doc, year, text}`.

    Raises:
        ValueError: the line is no such object.
    """
    try:
        passage = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not JSON ({error})") from None
    if not isinstance(passage, dict):
        raise ValueError("not an object")
    if not isinstance(passage.get("text"), str):
        raise ValueError("`text` is missing or no string")
    if "id" not in passage:
        raise ValueError("`id` is missing")
    for name in ("issuer", "doc"):
        if passage.get(name) is not None and not isinstance(passage[name], str):
            raise ValueError(f"`{name}` is no string")
    year = passage.get("year")
    if isinstance(year, str) and year.strip().isdecimal():
        passage["year"] = int(year)
    elif year is not None and (isinstance(year, bool) or not isinstance(year, int)):
        raise ValueError("`year` is no whole number")
    return passage


def record_of(id: Any, statement: Statement) -> dict[str, Any]:
    """A statement as the record that is written."""
    record: dict[str, Any] = {"id": id}
    for name in FIELDS:
        value = getattr(statement, name)
        # A number that is none (infinite) has no place in JSON.
        record[name] = None if isinstance(value, Decimal) and not value.is_finite() else value
    return record


def _statements(passage: dict[str, Any], data: Any, qualitative: bool) -> list[Statement]:
    from saidao.extraction import extract

    return extract(
        passage["text"],
        issuer=passage.get("issuer"),
        year=passage.get("year"),
        type=passage.get("doc"),
        qualitative=qualitative,
        lexicon=data,
    )


@contextmanager
def reading(path: str, say: Messages) -> Iterator[IO[bytes]]:
    """The lines of a file, or of standard input for `-`."""
    if path == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(path).open("rb")
    except OSError as error:
        raise UsageError(say("extract.unreadable", path=path, detail=error.strerror or error)) from None
    with file:
        yield file
