"""`saidao phrases`: the fixed expressions of some documents, and what is new, rising, fading or gone."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from saidao.cli.framework import NOTHING, Command
from saidao.cli.options import database_argument, lexicon_of, lexicon_option, output_options, scope_options
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column, format_of, write

CLASSES = ("new", "rising", "frequent", "fading", "vanished")
SHOWN = 50
"""Phrases that a terminal shows, unless `--limit` says otherwise."""


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(
        database: str, region: tuple[str, ...], against_region: tuple[str, ...], type: tuple[str, ...],
        classes: tuple[str, ...], limit: int | None, lexicon: str | None, jobs: int | None, format: str | None,
        output: str | None, **choice: Any,
    ) -> int:  # fmt: skip
        import saidao

        chosen = format_of(format, output)
        most = limit if limit is not None or chosen != "table" else SHOWN
        with saidao.open(database) as opened:
            found = opened.phrase_report(
                region=list(region) or None, against_region=list(against_region) or None, type=list(type) or None,
                classes=list(classes) or None, limit=most, jobs=jobs or os.cpu_count() or 1,
                lexicon=lexicon_of(lexicon), **choice,
            )  # fmt: skip
        if not found.records:
            print(say("phrases.none"), file=sys.stderr)
            return NOTHING
        compared = found.records[0]["class"] is not None
        records = (
            [record | {"quote": record["phrase"]} for record in found.records] if chosen == "table" else found.records
        )
        write(records, columns(compared), chosen, output, say, name="phrases")
        if output not in (None, "-"):
            print(say("output.written", count=f"{len(records):,}", path=output), file=sys.stderr)
        if chosen == "table" and output in (None, "-"):
            print()
            print(say("phrases.under", documents=found.documents))
            if compared:
                print(say("phrases.under_against", documents=found.documents_against))
        return 0

    return Command(
        name="phrases",
        say=say,
        callback=run,
        params=[
            database_argument(),
            click.Option(["--year"], metavar="YEAR", help=say("option.year")),
            click.Option(["--against"], metavar="YEAR", help=say("phrases.option.against")),
            *scope_options(say),
            click.Option(
                ["--against-region"], metavar="NAME|rest", multiple=True, help=say("phrases.option.against_region")
            ),
            click.Option(["--against-level"], metavar="LEVEL", type=click.Choice(("central", "province", "prefecture", "county")), help=say("phrases.option.against_level")),
            click.Option(["--type"], metavar="TYPE", multiple=True, help=say("option.type")),
            click.Option(
                ["--class", "classes"], type=click.Choice(CLASSES), metavar="|".join(CLASSES), multiple=True,
                help=say("phrases.option.class"),
            ),
            click.Option(["--first"], metavar="YEAR", help=say("phrases.option.first")),
            click.Option(["--documents"], metavar="N", type=click.IntRange(1), help=say("phrases.option.documents")),
            click.Option(
                ["--uses"], metavar="N", type=click.IntRange(2), default=3, help=say("phrases.option.uses")
            ),
            click.Option(["--limit"], metavar="N", type=click.IntRange(1), help=say("phrases.option.limit")),
            click.Option(["--jobs"], metavar="N", type=click.IntRange(1), help=say("build.jobs")),
            lexicon_option(say),
            *output_options(say),
        ],
    )  # fmt: skip


def columns(compared: bool) -> list[Column]:
    """The columns; a terminal shows those of a comparison only where there is one."""
    return [
        Column("phrase", width=34),
        Column("class", "code", 8, terminal=compared, codes="phrase_class"),
        Column("z", "decimal", 9, terminal=compared),
        Column("log_odds", "decimal", 9, terminal=False),
        Column("uses", "integer", 6),
        Column("documents", "integer", 9),
        Column("regions", "integer", 6, terminal=False),
        Column("uses_against", "integer", 12, terminal=compared),
        Column("documents_against", "integer", 12, terminal=compared),
        Column("regions_against", "integer", 8, terminal=False),
        Column("burst", width=10, terminal=not compared),
        Column("burst_weight", "decimal", 10, terminal=False),
        Column("first_year", "integer", 10, terminal=not compared),
        Column("first_date", "date", terminal=False),
        Column("first_region", width=14),
        Column("first_document", width=17, terminal=False),
        Column("sentence", "sentence", 60),
        Column("document", width=17, terminal=False),
        Column("region", width=14, terminal=False),
        Column("start", "integer", terminal=False),
        Column("end", "integer", terminal=False),
        Column("quote_start", "integer", terminal=False),
        Column("more", "list", terminal=False),
    ]
