"""`saidao spread`: where and when a phrase was used first, and how it travelled; as a table and a chart."""

from __future__ import annotations

import sys
from typing import Any

import click

from saidao.cli.framework import NOTHING, Command
from saidao.cli.options import database_argument, lexicon_of, lexicon_option, output_options, scope_options
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column, format_of, write

PARTS = ("regions", "curve")

REGIONS = [
    Column("order", "integer", 5),
    Column("region", width=16),
    Column("adcode", terminal=False),
    Column("level", "code", 10),
    Column("first_year", "integer", 10),
    Column("first_date", "date", 10),
    Column("lag_years", "integer", 10),
    Column("lag_days", "integer", 8, terminal=False),
    Column("known_from", "integer", 8, terminal=False),
    Column("censored", "code", 14, codes="yes_no"),
    Column("last_year", "integer", 8, terminal=False),
    Column("uses", "integer", 6),
    Column("documents", "integer", 9),
    Column("documents_all", "integer", 8, terminal=False),
    Column("title", width=30, terminal=False),
    Column("sentence", "sentence", 60),
    Column("document", width=17, terminal=False),
    Column("start", "integer", terminal=False),
    Column("end", "integer", terminal=False),
    Column("quote_start", "integer", terminal=False),
]
CURVE = [
    Column("level", "code", 10),
    Column("year", "integer", 6),
    Column("documents_all", "integer", 13),
    Column("documents", "integer", 10),
    Column("uses", "integer", 8),
    Column("regions_all", "integer", 11),
    Column("regions", "integer", 10),
    Column("adopted", "integer", 14),
    Column("new_regions", "integer", 11),
]


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(
        database: str, phrase: str, region: tuple[str, ...], type: tuple[str, ...], part: str, chart: str | None,
        lexicon: str | None, format: str | None, output: str | None, **choice: Any,
    ) -> int:  # fmt: skip
        import saidao
        from saidao.outputs import charts, spread

        chosen = format_of(format, output)
        if chart is not None:
            charts.checked(chart)
        with saidao.open(database) as opened:
            found = opened.spread_of(
                phrase, region=list(region) or None, type=list(type) or None, lexicon=lexicon_of(lexicon), **choice
            )
        if not any(record["uses"] for record in found.regions):
            print(say("spread.none", phrase=phrase), file=sys.stderr)
            return NOTHING
        if chart is not None:
            if not spread.write_chart(phrase, found.curve, chart, say):
                print(say("charts.no_font"), file=sys.stderr)
            print(say("charts.written", path=chart), file=sys.stderr)
        records, _ = found.part(part)
        if part == "regions":
            said = {True: "yes", False: "no", None: None}
            records = [record | {"censored": said[record["censored"]]} for record in records]
        if chosen == "table" and part == "regions" and output in (None, "-"):
            spread.show(phrase, records, REGIONS, say)
        else:
            write(records, REGIONS if part == "regions" else CURVE, chosen, output, say, name=f"spread.{part}")
        if output not in (None, "-"):
            print(say("output.written", count=f"{len(records):,}", path=output), file=sys.stderr)
        return 0

    return Command(
        name="spread",
        say=say,
        callback=run,
        params=[
            database_argument(),
            click.Argument(["phrase"], metavar="PHRASE"),
            click.Option(["--year"], metavar="YEAR", help=say("option.year")),
            *scope_options(say),
            click.Option(["--type"], metavar="TYPE", multiple=True, help=say("option.type")),
            click.Option(
                ["--part"], type=click.Choice(PARTS), default="regions", metavar="|".join(PARTS),
                help=say("spread.option.part"),
            ),
            click.Option(["--chart"], metavar="FILE", type=click.Path(dir_okay=False), help=say("series.option.chart")),
            lexicon_option(say),
            *output_options(say),
        ],
    )  # fmt: skip
