"""`saidao concordance`: every use of a term in its line."""

from __future__ import annotations

import sys
from itertools import islice
from typing import Any

import click

from saidao.cli.framework import NOTHING, Command
from saidao.cli.options import database_argument, output_options
from saidao.cli.terms import filters
from saidao.outputs.messages import Messages
from saidao.outputs.tables import format_of, write

SHOWN = 20
"""Lines unless told; files hold all."""

SORTS = ("region", "year", "left", "right")


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(
        database: str, term: str, limit: int | None, everything: bool, format: str | None, output: str | None,
        **choice: Any,
    ) -> int:  # fmt: skip
        import saidao
        from saidao.outputs import concordance
        from saidao.terms.concordance import link

        chosen = format_of(format, output)
        read = chosen == "table" and output in (None, "-")
        if limit is None and read and not everything:
            limit = SHOWN
        wanted: dict[str, Any] = {
            name: (list(value) if isinstance(value, tuple) else value) or None for name, value in choice.items()
        }
        with saidao.open(database) as opened:
            lines = [line | {"link": link(line)} for line in opened.concordance(term, **wanted)]
        if not lines:
            print(say("concordance.none", term=term), file=sys.stderr)
            return NOTHING
        shown = list(islice(lines, limit))
        if read:
            concordance.show(shown, say)
            sys.stdout.flush()
            documents = len({line["document_id"] for line in lines})
            said = say("concordance.more", shown=f"{len(shown):,}", total=f"{len(lines):,}", documents=f"{documents:,}")
            print(said, file=sys.stderr)
        else:
            write(shown, concordance.COLUMNS, chosen, output, say, name="concordance")
            if output not in (None, "-"):
                print(say("output.written", count=f"{len(shown):,}", path=output), file=sys.stderr)
        return 0

    return Command(
        name="concordance",
        say=say,
        callback=run,
        params=[
            database_argument(),
            click.Argument(["term"], metavar="TERM"),
            click.Option(
                ["--sort"], type=click.Choice(SORTS), default="region", metavar="|".join(SORTS),
                help=say("concordance.option.sort"),
            ),
            click.Option(["--not-in"], metavar="WORDS", multiple=True, help=say("terms.option.not_in")),
            *filters(say),
            click.Option(
                ["--context"], metavar="N", type=click.IntRange(0), default=40, help=say("concordance.option.context")
            ),
            click.Option(["--limit"], metavar="N", type=click.IntRange(1), help=say("option.limit")),
            click.Option(["--all", "everything"], is_flag=True, help=say("option.all")),
            *output_options(say),
        ],
    )  # fmt: skip
