"""The command line: parses, calls, prints. One module a command; what they do is done by the library."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from saidao.cli.framework import INTERRUPTED, WRONG, Group, complaint, language_option
from saidao.cli.language import language_of
from saidao.errors import SaidaoError
from saidao.outputs.messages import Messages

COMMANDS = {
    name: f"saidao.cli.{name.replace('-', '_')}"
    for name in (
        "build",
        "import-statistics",
        "info",
        "statements",
        "industries",
        "measures",
        "carriers",
        "candidates",
        "matrix",
        "profile",
        "show",
        "targets",
        "ledger",
        "series",
        "terms",
        "concordance",
        "dictionaries",
        "phrases",
        "words",
        "spread",
        "notes",
        "rejects",
        "doctor",
        "serve",
        "report",
        "extract",
        "code",
        "mcp",
    )
}
"""The commands in the order of work, and their modules."""


def program(say: Messages) -> Group:
    """The whole program in a language."""
    return Group(
        name="saidao",
        say=say,
        modules=COMMANDS,
        help=say("saidao.help"),
        params=[version_option(say), language_option(say)],
        no_args_is_help=False,
        invoke_without_command=False,
    )


def version_option(say: Messages) -> click.Option:
    """`--version`."""

    def show(context: click.Context, _: click.Parameter, value: bool) -> None:
        if value and not context.resilient_parsing:
            from saidao import __version__

            click.echo(f"saidao {__version__}")
            context.exit()

    return click.Option(
        ["--version"], is_flag=True, expose_value=False, is_eager=True, callback=show, help=say("option.version")
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and gives its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    say = Messages(language_of(given, os.environ))
    try:
        code = _run(given, say)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Whoever read the output has seen enough (`| head`). What is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(arguments: list[str], say: Messages) -> int:
    if not arguments:
        arguments = ["--help"]
    try:
        group = program(say)
        # Not `group.main`, which answers a closed pipe with exit code 1.
        with group.make_context("saidao", arguments) as context:
            result = group.invoke(context)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.UsageError as error:
        where = f"{error.ctx.command_path} --help" if error.ctx is not None else "saidao --help"
        _complain(f"{complaint(error, say)}\n{say('error.see_help', command=where)}")
        return WRONG
    except click.ClickException as error:
        _complain(complaint(error, say))
        return WRONG
    except (KeyboardInterrupt, click.Abort):
        _complain(say("error.interrupted"))
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except SaidaoError as error:
        _complain(error.text(say.language))
        return WRONG


def _complain(message: str) -> None:
    print(f"saidao: {message}", file=sys.stderr)
