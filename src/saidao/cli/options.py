"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import click

from saidao.filters import Filter, Filters, Reports, about
from saidao.filters.names import Several
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


def filter_options(say: Messages, filters: type[Filters], *, without: Collection[str] = ()) -> list[click.Parameter]:
    """The filters of a list. Where several values may be given, one of them must hold."""
    return [_option(say, name, *found) for name, found in about(filters).items() if name not in without]


def _option(say: Messages, name: str, kind: Any, filter: Filter) -> click.Option:
    flag, help = f"--{name}", say(filter.message)
    if kind is bool:
        return click.Option([flag], is_flag=True, help=help)
    if kind == bool | None:
        return click.Option([f"{flag}/--specific"], default=None, help=help)
    if kind == int | None:
        return click.Option([flag], metavar=filter.shape, type=click.IntRange(filter.low, filter.high), help=help)
    if kind == Several or not filter.values:
        return click.Option([flag], metavar=filter.shape, multiple=kind == Several, help=help)
    first = filter.values[0] if kind is str else None
    choice = click.Choice(filter.values)
    return click.Option([flag], type=choice, default=first, metavar="|".join(filter.values), help=help)


def scope_options(say: Messages) -> list[click.Parameter]:
    """Which reports: `--region`, `--within`, `--level`."""
    return filter_options(say, Reports, without=("year", "indicator"))


def lexicon_option(say: Messages) -> click.Option:
    """`--lexicon`: the user's own data files."""
    return click.Option(["--lexicon"], metavar="DIR", type=click.Path(), help=say("build.lexicon"))


def lexicon_of(folder: str | None) -> Lexicon:
    """The data files, with those of a folder merged in.

    Raises:
        LexiconError: there is no such folder, or a file in it is malformed.
    """
    return load(Path(folder)) if folder is not None else load()
