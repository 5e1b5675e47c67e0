"""Passages in, records out, one JSON object a line: what `extract` and `code` share."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any

import click

from saidao.cli.framework import NOTHING
from saidao.errors import UsageError
from saidao.lexicon import Lexicon
from saidao.outputs.messages import Messages
from saidao.outputs.tables import opened
from saidao.outputs.texts import json_record

_AT_ONCE = 256
"""So many lines are read before their records are written."""


def each(
    passages: str,
    output: str,
    lexicon: str | None,
    say: Messages,
    records: Callable[[list[dict[str, Any]], Lexicon], Iterable[dict[str, Any]]],
) -> int:
    """Writes the records of each passage of a file; a line that holds none is told, and the rest goes on.

    Args:
        passages: the file, or `-`.
        output: where to write, or `-`.
        lexicon: a folder of the user's own data files, or None.
        say: the messages.
        records: gives the records of some passages.
    """
    from saidao.lexicon import load

    data = load(Path(lexicon)) if lexicon is not None else load()
    bad = 0
    with reading(passages) as lines, opened(output, binary=False) as out:
        numbered = enumerate(lines, 1)
        while some := list(islice(numbered, _AT_ONCE)):
            good = []
            for number, line in some:
                try:
                    good += [passage_of(line)] if line.strip() else []
                except UsageError as error:
                    bad += 1
                    print(say("extract.bad_line", number=number, detail=error.text(say.language)), file=sys.stderr)
            for record in records(good, data):
                out.write(json_record(record) + "\n")
    if bad:
        print(say("extract.bad_lines", count=bad), file=sys.stderr)
    return NOTHING if bad else 0


def parameters(name: str, say: Messages, own: click.Option) -> list[click.Parameter]:
    """The arguments of such a command: its input under `name`, its output, its own option, the data files."""
    return [
        click.Argument([name], metavar="IN.jsonl", type=click.Path()),
        click.Option(
            ["-o", "--output"], metavar="OUT.jsonl", default="-", type=click.Path(), help=say("extract.output")
        ),
        own,
        click.Option(["--lexicon"], metavar="DIR", type=click.Path(), help=say("build.lexicon")),
    ]


def passage_of(line: bytes) -> dict[str, Any]:
    """A passage `{id, issuer, doc, year, text}`.

    Raises:
        UsageError: the line is no such object.
    """
    try:
        passage = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UsageError("extract.not_utf8") from None
    except (ValueError, RecursionError) as error:
        raise UsageError("extract.not_json", detail=error) from None
    if not isinstance(passage, dict):
        raise UsageError("extract.no_object")
    if not isinstance(passage.get("text"), str):
        raise UsageError("extract.no_text")
    if "id" not in passage:
        raise UsageError("extract.no_id")
    for name in ("issuer", "doc"):
        if passage.get(name) is not None and not isinstance(passage[name], str):
            raise UsageError("extract.no_string", name=name)
    year = passage.get("year")
    if isinstance(year, str) and year.strip().isdecimal():
        passage["year"] = int(year)
    elif year is not None and (isinstance(year, bool) or not isinstance(year, int)):
        raise UsageError("extract.no_year")
    return passage


@contextmanager
def reading(path: str) -> Iterator[IO[bytes]]:
    """The lines of a file, or of standard input for `-`."""
    if path == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(path).open("rb")
    except OSError as error:
        raise UsageError("extract.unreadable", path=path, detail=error.strerror or error) from None
    with file:
        yield file
