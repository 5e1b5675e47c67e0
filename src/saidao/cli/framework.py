"""Click, taught Chinese: help pages in two languages, wrapped by the width of characters, and errors with exit codes.

Exit codes: 0 done; 1 nothing found, or a part of the input could not be read; 2 wrong usage or an error;
130 interrupted.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from gettext import gettext
from typing import Any

import click

from saidao.outputs.messages import LANGUAGES, Messages

NOTHING, WRONG, INTERRUPTED = 1, 2, 130

WIDTH = 100
"""Columns of a help page at most."""


def nothing(say: Messages, message: str, given: Mapping[str, Any]) -> int:
    """Says that nothing was found, and which of the names that were asked for nobody knows.

    Args:
        say: the messages.
        message: the id of what is to be said.
        given: the filters.

    Returns:
        The exit code.
    """
    from saidao.filters.unknown import unknown

    print("\n".join([say(message), *(said.text(say.language) for said in unknown(given))]), file=sys.stderr)
    return NOTHING


def width_of(text: str) -> int:
    """Columns that a text takes; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrap(text: str, width: int) -> list[str]:
    """Lines no wider than `width`; breaks at blanks and between Chinese characters, not before punctuation."""
    lines = []
    line = ""
    for piece in _pieces(text):
        if line and width_of(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str) -> Iterable[str]:
    """The parts of a text that a line may end behind."""
    piece = ""
    for at, c in enumerate(text):
        piece += c
        following = text[at + 1 : at + 2]
        wide = unicodedata.east_asian_width(c) in "WF" and c not in "（《“"
        if c == " " or (wide and following not in tuple("，。；：、！？）》”…")):
            yield piece
            piece = ""
    if piece:
        yield piece


class Formatter(click.HelpFormatter):
    """Writes help pages."""

    say: Messages

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that shows how to call the command."""
        self.write(f"{self.say('help.usage')} {prog} {args}\n")

    def write_heading(self, heading: str) -> None:
        """A heading, translated where click has made it."""
        known = {"Options": "help.options", "Commands": "help.commands", "Arguments": "help.arguments"}
        self.write(f"{self.say(known[heading]) if heading in known else heading}\n")

    def write_text(self, text: str) -> None:
        """Paragraphs, wrapped; lines that begin with blanks (examples) stay as they are."""
        for line in text.splitlines():
            if line.startswith("  "):
                self.write(f"{' ' * self.current_indent}{line}\n")
                continue
            for part in wrap(line, self.width - self.current_indent):
                self.write(f"{' ' * self.current_indent}{part}\n" if part else "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """A list of terms and what they mean."""
        rows = list(rows)
        widest = min(max(width_of(term) for term, _ in rows), col_max) + col_spacing
        for term, meaning in rows:
            first = f"{' ' * self.current_indent}{term}"
            said = meaning.replace(f"[{gettext('required')}]", self.say("help.required"))
            lines = wrap(said, max(self.width - self.current_indent - widest, 20))
            gap = self.current_indent + widest
            if width_of(first) + col_spacing > gap:
                self.write(f"{first}\n")
                first = ""
            self.write(f"{first}{' ' * (gap - width_of(first))}{lines[0]}\n")
            for line in lines[1:]:
                self.write(f"{' ' * gap}{line}\n")


class Context(click.Context):
    """A context whose help pages speak the language of its command."""

    def make_formatter(self) -> Formatter:
        """A formatter as wide as the terminal, but not too wide to read."""
        width = min(int(os.environ.get("COLUMNS") or 0) or _terminal_width(), WIDTH)
        formatter = Formatter(width=max(width, 50))
        formatter.say = speaker(self.command)
        return formatter


class Command(click.Command):
    """A command whose help ends with examples."""

    context_class = Context

    def __init__(self, *args: Any, say: Messages, **kwargs: Any) -> None:
        self.say = say
        self.name_in_messages = kwargs["name"]
        kwargs["help"] = say(f"{kwargs['name']}.help")
        kwargs["short_help"] = say(f"{kwargs['name']}.short")
        kwargs["params"] = [*kwargs.get("params", []), language_option(say)]
        super().__init__(*args, **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option, explained in the language."""
        return _explained(super().get_help_option(ctx), self.say)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What stands behind the command's name in its usage line."""
        return _usage_pieces(super().collect_usage_pieces(ctx), self.say)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples."""
        formatter.write_paragraph()
        with formatter.section(self.say("help.examples")):
            formatter.write_text("\n".join(f"  {line}" for line in examples(self.say, self.name_in_messages)))


class Group(click.Group):
    """The commands, each loaded only when it is called.

    Args:
        modules: the module of each command, which has a function `command(say)`.
    """

    context_class = Context

    def __init__(self, *args: Any, say: Messages, modules: dict[str, str], **kwargs: Any) -> None:
        self.say = say
        self.modules = modules
        super().__init__(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of work."""
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded."""
        if cmd_name not in self.modules:
            return None
        command: click.Command = importlib.import_module(self.modules[cmd_name]).command(self.say)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command that is called; an unknown one is named, with those that there are."""
        if args and args[0] not in self.modules and not args[0].startswith("-"):
            raise click.UsageError(self.say("error.no_command", name=args[0], names=", ".join(self.modules)), ctx)
        return super().resolve_command(ctx, args)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option, explained in the language."""
        return _explained(super().get_help_option(ctx), self.say)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What stands behind the program's name in its usage line."""
        return _usage_pieces(super().collect_usage_pieces(ctx), self.say)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with one line each."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.say(f"{name}.short")) for name in self.modules])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples and exit codes."""
        formatter.write_paragraph()
        with formatter.section(self.say("help.examples")):
            formatter.write_text("\n".join(f"  {line}" for line in examples(self.say, "saidao")))
        formatter.write_paragraph()
        formatter.write_text(self.say("help.exit_codes"))


def speaker(command: click.Command) -> Messages:
    """The messages of a command made here."""
    found = getattr(command, "say", None)
    return found if isinstance(found, Messages) else Messages("en")


def examples(say: Messages, name: str) -> list[str]:
    """The examples of a command, one a line."""
    return say(f"{name}.examples").splitlines()


def language_option(say: Messages) -> click.Option:
    """`--lang`, which every command takes; it was read before the arguments were parsed."""
    return click.Option(
        ["--lang"], type=click.Choice(LANGUAGES), metavar="zh|en", expose_value=False, help=say("option.lang")
    )


def complaint(error: click.ClickException, say: Messages) -> str:
    """What was wrong with the command line, in the language."""
    if isinstance(error, click.NoSuchOption):
        near = "".join(f" {say('error.perhaps', name=name)}" for name in (error.possibilities or [])[:1])
        return say("error.no_option", name=error.option_name) + near
    if isinstance(error, click.MissingParameter):
        return say("error.missing", name=_name(error.param))
    if isinstance(error, click.BadParameter):
        return say("error.bad_value", name=_name(error.param), detail=_fault(error, say))
    if isinstance(error, click.BadOptionUsage):
        return say("error.no_value", name=error.option_name)
    if extra := re.fullmatch(r"Got unexpected extra arguments? \((.*)\)", error.message):
        return say("error.extra", names=extra[1])
    return error.format_message()


def _fault(error: click.BadParameter, say: Messages) -> str:
    """What is wrong with a value, which click tells in English only."""
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        return say("error.choice", names=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange) and kind.max is None:
        return say("error.least", least=kind.min)
    if isinstance(kind, click.types.IntParamType):
        return say("error.integer")
    return error.message


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "?"
    return parameter.human_readable_name if isinstance(parameter, click.Argument) else parameter.opts[-1]


def _explained(option: click.Option | None, say: Messages) -> click.Option | None:
    if option is not None:
        option.help = say("option.help")
    return option


def _usage_pieces(pieces: list[str], say: Messages) -> list[str]:
    words = {gettext("[OPTIONS]"): say("help.options_piece"), gettext("COMMAND [ARGS]..."): say("help.command_piece")}
    return [words.get(piece, piece) for piece in pieces]


def _terminal_width() -> int:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return WIDTH
