"""`saidao profile`: a brief of a region or an industry, each number with its sentence; Markdown, HTML or DOCX."""

from __future__ import annotations

import sys

import click

from saidao.cli.framework import Command
from saidao.cli.options import database_argument
from saidao.errors import UsageError
from saidao.outputs.messages import Messages

LEVELS = ("central", "province", "prefecture", "county")


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(
        database: str, region: str | None, industry: str | None, year: int | None, level: str | None,
        base_url: str | None, output: str | None,
    ) -> int:  # fmt: skip
        import saidao
        from saidao.outputs import profile

        if (region is None) == (industry is None):
            raise UsageError("profile.which")
        profile.form(output)
        with saidao.open(database) as opened:
            found = opened.profile(region, industry=industry, year=year, level=level)
        profile.write(found, output, say, base_url)
        if output not in (None, "-"):
            print(say("profile.written", path=output, notes=len(found.notes)), file=sys.stderr)
        return 0

    return Command(
        name="profile",
        say=say,
        callback=run,
        params=[
            database_argument(),
            click.Argument(["region"], metavar="[REGION]", required=False),
            click.Option(["--industry"], metavar="NAME", help=say("profile.option.industry")),
            click.Option(["--year"], metavar="YEAR", type=click.IntRange(1900, 2200), help=say("profile.option.year")),
            click.Option(["--level"], type=click.Choice(LEVELS), metavar="|".join(LEVELS), help=say("profile.option.level")),
            click.Option(["--base-url"], metavar="URL", help=say("profile.option.base_url")),
            click.Option(["-o", "--output"], metavar="FILE", type=click.Path(dir_okay=False), help=say("profile.option.output")),
        ],
    )  # fmt: skip
