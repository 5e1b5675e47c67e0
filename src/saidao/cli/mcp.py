"""`saidao mcp`: a database for assistants, by the Model Context Protocol."""

from __future__ import annotations

import click

from saidao.cli.framework import Command
from saidao.cli.options import database_argument
from saidao.errors import UsageError
from saidao.outputs.messages import Messages


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(database: str) -> int:
        import saidao

        try:
            from saidao import assistant
        except ModuleNotFoundError as error:
            if error.name not in ("mcp", "mcp.server", "pydantic"):
                raise
            raise UsageError("mcp.missing") from None
        with saidao.open(database) as opened:
            assistant.serve(opened, saidao.__version__)
        return 0

    return Command(name="mcp", say=say, callback=run, params=[database_argument()])
