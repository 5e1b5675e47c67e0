"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

from saidao.lexicon import Lexicon, load
from saidao.outputs.messages import Messages
from saidao.outputs.tables import FORMATS


def database_argument() -> click.Argument:
    """The database to ask."""
    return click.Argument(["database"], metavar="DB", type=click.Path())


def output_options(say: Messages) -> list[click.Parameter]:
    """`--format` and `-o`: for every command that lists something. See `saidao.outputs.tables.write`."""
    return [
        click.Option(["--format"], type=click.Choice(FORMATS), metavar="|".join(FORMATS), help=say("option.format")),
        click.Option(["-o", "--output"], metavar="FILE", type=click.Path(dir_okay=False), help=say("option.output")),
    ]


def filter_options(say: Messages) -> list[click.Parameter]:
    """The filters of statements. Each may be given several times: one of the values must then hold."""

    def many(name: str, metavar: str) -> click.Option:
        return click.Option([f"--{name}"], metavar=metavar, multiple=True, help=say(f"option.{name}"))

    return [
        many("region", "NAME"),
        click.Option(["--year"], metavar="YEAR", help=say("option.year")),
        many("industry", "WORDS"),
        many("indicator", "NAME"),
        many("status", "STATUS"),
        many("kind", "KIND"),
        many("words", "WORDS"),
        many("section", "ROLE"),
        many("type", "TYPE"),
        many("period", "YEAR"),
    ]


def policy_options(say: Messages, *own: str) -> list[click.Parameter]:
    """The filters of industries, measures and carriers; `own` are those that not all of them have."""
    metavars = {"industry": "NAME", "tool": "TOOL", "theme": "THEME", "carrier": "TYPE"}

    def many(name: str, metavar: str, help: str) -> click.Option:
        return click.Option([f"--{name}"], metavar=metavar, multiple=True, help=say(help))

    return [
        many("region", "NAME", "option.region"),
        click.Option(["--year"], metavar="YEAR", help=say("option.year")),
        *(many(name, metavars.get(name, "CODE"), f"policy.option.{name}") for name in own),
        many("status", "STATUS", "policy.option.status"),
        many("words", "WORDS", "option.words"),
        many("section", "ROLE", "option.section"),
        many("type", "TYPE", "option.type"),
    ]


def scope_options(say: Messages) -> list[click.Parameter]:
    """Which reports: `--region`, `--within`, `--level`."""
    levels = ("central", "province", "prefecture", "county")
    return [
        click.Option(["--region"], metavar="NAME", multiple=True, help=say("scope.region")),
        click.Option(["--within"], metavar="NAME", help=say("scope.within")),
        click.Option(["--level"], type=click.Choice(levels), metavar="|".join(levels), help=say("scope.level")),
    ]


def lexicon_option(say: Messages) -> click.Option:
    """`--lexicon`: the user's own data files."""
    return click.Option(["--lexicon"], metavar="DIR", type=click.Path(), help=say("build.lexicon"))


def lexicon_of(folder: str | None) -> Lexicon:
    """The data files, with those of a folder merged in.

    Raises:
        LexiconError: there is no such folder, or a file in it is malformed.
    """
    return load(Path(folder)) if folder is not None else load()
