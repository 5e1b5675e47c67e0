"""`saidao report`: the yearly report as a site, a Word document and a PDF."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from saidao.cli.framework import Command
from saidao.cli.options import database_argument, scope_options
from saidao.errors import UsageError
from saidao.outputs.messages import Messages

FORMATS = ("site", "docx", "pdf")


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(
        database: str,
        output: str,
        year: int | None,
        within: str | None,
        level: str | None,
        format: str,
        font: str | None,
    ) -> int:
        import saidao
        from saidao import reports

        formats = _formats(format)
        with saidao.open(database) as opened:
            report = reports.compose(opened, year=year, level=level, within=within, language=say.language)
            made = reports.write(report, Path(output), formats, fonts=Path(font) if font else None)
        for path in made:
            print(say("report.written", path=path), file=sys.stderr)
        return 0

    scope = [option for option in scope_options(say) if option.name != "region"]
    return Command(
        name="report",
        say=say,
        callback=run,
        params=[
            database_argument(),
            click.Option(
                ["-o", "--output"], metavar="FOLDER", required=True, type=click.Path(file_okay=False),
                help=say("report.option.output"),
            ),
            click.Option(["--year"], metavar="YEAR", type=click.IntRange(1949, 2100), help=say("report.option.year")),
            *scope,
            click.Option(
                ["--format"], metavar=",".join(FORMATS), default=",".join(FORMATS), help=say("report.option.format")
            ),
            click.Option(["--font"], metavar="FOLDER", type=click.Path(exists=True, file_okay=False),
                         help=say("report.option.font")),
        ],
    )  # fmt: skip


def _formats(given: str) -> tuple[str, ...]:
    chosen = [part.strip() for part in given.split(",") if part.strip()]
    wrong = [part for part in chosen if part not in FORMATS]
    if wrong or not chosen:
        raise UsageError("report.bad_format", names=", ".join(wrong) or "—", known=", ".join(FORMATS))
    return tuple(part for part in FORMATS if part in chosen)
