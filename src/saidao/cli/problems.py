"""Lists what a database holds of doubts and rejects, each in a sentence; for `saidao notes` and `saidao rejects`."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from saidao.cli.framework import NOTHING
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column, format_of, write

if TYPE_CHECKING:
    from saidao.store.where import Query

SHOWN = 40
"""Rows of a table unless told; files hold all."""

EXPLANATION = Column("explanation", width=60)
ADVICE = Column("advice", width=40, terminal=False)


def problem_options(say: Messages) -> list[click.Parameter]:
    """`--limit` and `--all`."""
    return [
        click.Option(["--limit"], metavar="N", type=click.IntRange(1), help=say("problems.option.limit")),
        click.Option(["--all", "everything"], is_flag=True, help=say("option.all")),
    ]


def list_problems(
    database: str,
    query: Query,
    kind: str,
    columns: list[Column],
    *,
    format: str | None,
    output: str | None,
    limit: int | None,
    everything: bool,
    say: Messages,
) -> int:
    """Writes the rows of a query, each with the sentence of its code; `kind`: `notes` or `rejects`."""
    import saidao

    chosen = format_of(format, output)
    if limit is None and chosen == "table" and not everything:
        limit = SHOWN
    with saidao.open(database) as opened:
        rows = opened.sql(query.sql, query.parameters).rows()
    if not rows:
        print(say(f"{kind}.none"), file=sys.stderr)
        return NOTHING
    shown = rows if limit is None else rows[:limit]
    write(
        (
            row
            | {
                "explanation": say.reason(kind, row["code"], row["detail"]),
                "advice": say.advice(kind, row["code"]),
            }
            for row in shown
        ),
        columns, chosen, output, say, name=kind,
    )  # fmt: skip
    if output not in (None, "-"):
        print(say("output.written", count=f"{len(shown):,}", path=output), file=sys.stderr)
    elif chosen == "table":
        # One line has no room for what to do; it is told once for each kind.
        print(f"\n{say('problems.advice')}")
        for code, count in sorted(Counter(row["code"] for row in shown).items()):
            print(f"  {count:>6,}  {say.explained(kind, code, '…')}")
        sys.stdout.flush()
        print(say("problems.under", shown=f"{len(shown):,}", total=f"{len(rows):,}"), file=sys.stderr)
    return 0
