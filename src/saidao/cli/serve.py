"""`saidao serve`: the page, on this machine."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading

import click

from saidao.cli.framework import Command
from saidao.cli.options import database_argument
from saidao.errors import UsageError
from saidao.outputs.messages import Messages

PORT = 8000
TRIES = 20
"""Ports that are tried, one after the other, where none is asked for."""


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(database: str, host: str, port: int | None, allow_host: tuple[str, ...], sql: bool) -> int:
        import uvicorn

        from saidao.web.app import create, warm
        from saidao.web.guard import LOOPBACK

        app = create(database, hosts=(*LOOPBACK, host, *allow_host), sql=sql)
        with bound(host, port) as listening:
            shown = f"[{host}]" if ":" in host else host
            print(say("serve.ready", url=f"http://{shown}:{listening.getsockname()[1]}/", database=database))
            sys.stdout.flush()
            threading.Thread(target=warm, args=(app,), daemon=True).start()
            config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
            # stopping it by hand is how it ends, and no failure
            with contextlib.suppress(KeyboardInterrupt):
                uvicorn.Server(config).run(sockets=[listening])
        return 0

    return Command(
        name="serve",
        say=say,
        callback=run,
        params=[
            database_argument(),
            click.Option(["--host"], metavar="ADDRESS", default="127.0.0.1", help=say("serve.option.host")),
            click.Option(["--port"], metavar="N", type=click.IntRange(0, 65535), help=say("serve.option.port")),
            click.Option(["--allow-host"], metavar="NAME", multiple=True, help=say("serve.option.allow_host")),
            click.Option(["--sql"], is_flag=True, help=say("serve.option.sql")),
        ],
    )


def bound(host: str, port: int | None) -> socket.socket:
    """A socket that listens: on the port asked for, else on the first free one from `PORT` on.

    Raises:
        UsageError: the port is taken, or the address is none of this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    wanted = range(PORT, PORT + TRIES) if port is None else [port]
    problem: OSError | None = None
    for number in wanted:
        made = socket.socket(family, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, number))
            made.listen(2048)
            return made
        except OSError as error:
            made.close()
            problem = error
    assert problem is not None
    raise UsageError("serve.taken", host=host, port=wanted[0], detail=problem.strerror or str(problem))
