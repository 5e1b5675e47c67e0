"""`saidao dictionaries`: the lists of terms that come with Saidao, and what is in one."""

from __future__ import annotations

import sys

import click

from saidao.cli.framework import Command
from saidao.cli.options import output_options
from saidao.outputs.messages import Messages
from saidao.outputs.tables import Column, format_of, write

WIDE = 100
"""Columns of a terminal from which on the sources are shown as well."""

LIST = [
    Column("id", width=30, label="dictionaries.id"),
    Column("name", width=24, label="dictionaries.name"),
    Column("version", width=8),
    Column("terms", "decimal", width=8, label="dictionaries.terms"),
    Column("groups", "decimal", width=8, label="dictionaries.groups"),
    Column("source", "sentence", width=60),
    Column("licence", width=12, label="dictionaries.licence", terminal=False),
    Column("note", width=60, label="dictionaries.note", terminal=False),
]
TERMS = [
    Column("group", width=24),
    Column("term", width=24),
    Column("not_in", "list", width=40, label="dictionaries.not_in"),
]


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(dictionary: str | None, format: str | None, output: str | None) -> int:
        from saidao.outputs.terminal import console
        from saidao.terms import load, shipped

        chosen = format_of(format, output)
        if dictionary is None:
            rows = [
                {
                    "id": each.id, "name": (each.english if say.language == "en" else "") or each.name,
                    "version": each.version, "terms": len(each.terms), "groups": len(each.groups),
                    "source": each.source, "licence": each.licence, "note": each.note,
                }
                for each in shipped().values()
            ]  # fmt: skip
            columns = (
                LIST
                if chosen != "table" or console().width >= WIDE
                else [column for column in LIST if column.kind != "sentence"]
            )
        else:
            found = load(dictionary)
            rows = [{"group": term.group, "term": term.text, "not_in": list(term.not_in)} for term in found.terms]
            columns = TERMS
            if chosen == "table":
                english = f" / {found.english}" if found.english else ""
                print(f"{found.name}{english}  {found.version}".rstrip())
                for label, text in (("source", found.source), ("licence", found.licence), ("note", found.note)):
                    if text:
                        print(f"{say.label(f'dictionaries.{label}')}{say('dictionaries.colon')}{text}")
                print()
        write(rows, columns, chosen, output, say, name="dictionaries")
        if output not in (None, "-"):
            print(say("output.written", count=f"{len(rows):,}", path=output), file=sys.stderr)
        return 0

    return Command(
        name="dictionaries",
        say=say,
        callback=run,
        params=[click.Argument(["dictionary"], metavar="FILE|NAME", required=False), *output_options(say)],
    )
