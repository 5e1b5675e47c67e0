"""`saidao terms`: how often, where and since when words are used; panels for statistics."""

from __future__ import annotations

import sys
from typing import Any

import click

from saidao.cli.framework import NOTHING, Command
from saidao.cli.options import database_argument, output_options, scope_options
from saidao.errors import UsageError
from saidao.outputs.messages import Messages
from saidao.outputs.tables import format_of, write

SHOWN = 40
"""Rows of a table unless told; files hold all."""

MEASURES = ("per_10000", "hits", "documents_with", "document_share", "sentence_share", "per_100_tokens")


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(
        database: str, words: tuple[str, ...], by: str | None, panel: bool, chart: str | None, measure: str,
        limit: int | None, everything: bool, format: str | None, output: str | None, **choice: Any,
    ) -> int:  # fmt: skip
        import saidao

        chosen = format_of(format, output)
        split = [name.strip() for name in by.split(",") if name.strip()] if by else None
        if not words and not choice["dictionary"]:
            raise UsageError("terms.no_words")
        if measure == "per_100_tokens":
            choice["tokens"] = True
        wanted: dict[str, Any] = {
            name: (list(value) if isinstance(value, tuple) else value) or None for name, value in choice.items()
        }
        wanted["tokens"] = bool(choice["tokens"])
        with saidao.open(database) as opened:
            found = opened.term_counts(list(words) or None, by=split, panel=panel, **wanted)
            if chart is not None:
                _chart(opened, list(words) or None, found.by, wanted, measure, chart, say)
        if not found.total["documents"]:
            print(say("terms.no_documents"), file=sys.stderr)
            return NOTHING
        if chosen == "table" and output in (None, "-"):
            _show(found, None if everything and limit is None else limit or SHOWN, panel, say)
        else:
            from saidao.outputs.terms import columns

            rows = found.rows[:limit]
            write(rows, columns(found.columns), chosen, output, say, name="terms")
            if output not in (None, "-"):
                print(say("output.written", count=f"{len(rows):,}", path=output), file=sys.stderr)
        if found.left_out:
            print(say("terms.left_out", count=f"{found.left_out:,}"), file=sys.stderr)
        if not found.total["hits"]:
            print(say("terms.none"), file=sys.stderr)
            return 0 if panel else NOTHING  # a panel of zeros is an answer
        return 0

    return Command(
        name="terms",
        say=say,
        callback=run,
        params=[
            database_argument(),
            click.Argument(["words"], metavar="WORD…", nargs=-1, required=False),
            click.Option(["--dictionary"], metavar="FILE|NAME", help=say("terms.option.dictionary")),
            click.Option(["--not-in"], metavar="WORDS", multiple=True, help=say("terms.option.not_in")),
            click.Option(["--by"], metavar="KEYS", help=say("terms.option.by")),
            click.Option(["--panel"], is_flag=True, help=say("terms.option.panel")),
            *filters(say),
            click.Option(["--tokens"], is_flag=True, help=say("terms.option.tokens")),
            click.Option(["--chart"], metavar="FILE", type=click.Path(dir_okay=False), help=say("terms.option.chart")),
            click.Option(
                ["--measure"], type=click.Choice(MEASURES), default="per_10000", metavar="NAME",
                help=say("terms.option.measure", names=", ".join(MEASURES)),
            ),
            click.Option(["--limit"], metavar="N", type=click.IntRange(1), help=say("terms.option.limit")),
            click.Option(["--all", "everything"], is_flag=True, help=say("option.all")),
            *output_options(say),
        ],
    )  # fmt: skip


def filters(say: Messages) -> list[click.Parameter]:
    """Which documents and sections: `--year`, `--region`, `--within`, `--level`, `--type`, `--section`."""
    return [
        click.Option(["--year"], metavar="YEAR", help=say("option.year")),
        *scope_options(say),
        click.Option(["--type"], metavar="TYPE", multiple=True, help=say("option.type")),
        click.Option(["--section"], metavar="ROLE", multiple=True, help=say("option.section")),
    ]


def _show(found: Any, limit: int | None, panel: bool, say: Messages) -> None:
    from saidao.outputs import terms

    without, beyond = terms.show(found.rows, found.by, say, limit)
    print()
    terms.under(found.total, found.terms, say, panel=panel)
    sys.stdout.flush()
    if without:
        print(say("terms.without", count=f"{without:,}"), file=sys.stderr)
    if beyond:
        print(say("terms.more", count=f"{beyond:,}"), file=sys.stderr)


def _chart(
    opened: Any,
    words: list[str] | None,
    by: tuple[str, ...],
    wanted: dict[str, Any],
    measure: str,
    path: str,
    say: Messages,
) -> None:
    """Draws lines over the years: of the regions where the counts are by region, else of the terms."""
    from saidao.outputs import charts, terms

    charts.checked(path)
    lines = [name for name in by if name not in ("year", "group")] or ["group"]
    found = opened.term_counts(words, by=["year", *lines], panel=True, **wanted)
    if not found.rows:
        raise UsageError("terms.no_documents")
    if not terms.write_chart(found.rows, found.by, measure, path, say):
        print(say("charts.no_font"), file=sys.stderr)
    print(say("charts.written", path=path), file=sys.stderr)
