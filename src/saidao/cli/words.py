"""`saidao words`: the plain words that are used most."""

from __future__ import annotations

import sys
from typing import Any

import click

from saidao.cli.framework import NOTHING, Command
from saidao.cli.options import database_argument, lexicon_of, lexicon_option, output_options, scope_options
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column, format_of, write

SHOWN = 50
"""Words that a terminal shows, unless `--limit` says otherwise."""

COLUMNS = [
    Column("word", width=24),
    Column("uses", "integer", 8),
    Column("documents", "integer", 9),
    Column("regions", "integer", 8),
    Column("per_10000_words", "decimal", 16),
]


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(
        database: str, region: tuple[str, ...], type: tuple[str, ...], shortest: int, limit: int | None,
        stop_words: bool, lexicon: str | None, format: str | None, output: str | None, **choice: Any,
    ) -> int:  # fmt: skip
        import saidao
        from saidao.phrases.plain_words import stop_words as stops

        chosen = format_of(format, output)
        data = lexicon_of(lexicon)
        with saidao.open(database) as opened:
            if stop_words:
                write([{"word": word} for word in stops(data)], COLUMNS[:1], chosen, output, say, name="stop_words")
                return 0
            most = limit if limit is not None or chosen != "table" else SHOWN
            found = opened.words(
                region=list(region) or None, type=list(type) or None, shortest=shortest, limit=most, lexicon=data,
                **choice,
            )  # fmt: skip
            rows = found.rows()
        if not rows:
            print(say("words.none"), file=sys.stderr)
            return NOTHING
        write(rows, COLUMNS, chosen, output, say, name="words")
        if output not in (None, "-"):
            print(say("output.written", count=f"{len(rows):,}", path=output), file=sys.stderr)
        if chosen == "table" and output in (None, "-"):
            print()
            print(say("words.under", count=len(stops(data))))
        return 0

    return Command(
        name="words",
        say=say,
        callback=run,
        params=[
            database_argument(),
            click.Option(["--year"], metavar="YEAR", help=say("option.year")),
            *scope_options(say),
            click.Option(["--type"], metavar="TYPE", multiple=True, help=say("option.type")),
            click.Option(
                ["--shortest"], metavar="N", type=click.IntRange(1), default=2, help=say("words.option.shortest")
            ),
            click.Option(["--stop-words"], is_flag=True, help=say("words.option.stop_words")),
            click.Option(["--limit"], metavar="N", type=click.IntRange(1), help=say("phrases.option.limit")),
            lexicon_option(say),
            *output_options(say),
        ],
    )  # fmt: skip
