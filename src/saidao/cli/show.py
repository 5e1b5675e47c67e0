"""`saidao show`: a document with its figures marked, or a statement in its sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from saidao.cli.framework import Command
from saidao.cli.options import database_argument
from saidao.errors import UsageError
from saidao.outputs.messages import Messages

if TYPE_CHECKING:
    from saidao.api import Database

STATEMENT_FIELDS = (
    "indicator", "indicator_id", "kind", "low", "high", "unit", "bound", "status", "period", "region", "industry",
    "scope", "hedge", "wording", "section",
)  # fmt: skip
SOURCE_FIELDS = ("title", "issuer", "type", "report_year", "date", "url", "path", "member", "sheet", "row")
DOCUMENT_FIELDS = (
    "id", "title", "issuer", "level", "region", "adcode", "type", "year", "date", "session", "publisher", "aggregator",
    "url", "categories", "characters",
)  # fmt: skip
CODED = frozenset({"kind", "bound", "status", "section", "type", "level"})


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(database: str, id: str) -> int:
        import saidao

        with saidao.open(database) as opened:
            if not re.fullmatch(r"[0-9a-f]{4,16}", id):
                raise UsageError(say("show.bad_id", id=id))
            if _holds(opened, "statements", id):
                show_statement(opened, id, say)
            elif _holds(opened, "documents", id):
                show_document(opened, id, say)
            else:
                raise UsageError(say("show.none", id=id, database=database))
        return 0

    return Command(
        name="show", say=say, callback=run, params=[database_argument(), click.Argument(["id"], metavar="ID")]
    )


def _holds(database: Database, table: str, id: str) -> bool:
    return bool(database.sql(f"SELECT 1 FROM {table} WHERE starts_with(id, ?) LIMIT 1", [id]).rows())


def show_statement(database: Database, id: str, say: Messages) -> None:
    """A statement: its sentence with the quote marked, its fields, its source."""
    from saidao.outputs.terminal import console, marked

    screen = console()
    record = database.statement(id)
    sentence, at = record["sentence"] or record["quote"], record["quote_start"] or 0
    screen.print(marked(sentence, [(at, at + len(record["quote"]))]))
    screen.print()
    _fields(("id", *STATEMENT_FIELDS), record, say, "statements")
    screen.print()
    _fields(("document_id", *SOURCE_FIELDS, "start", "end"), record, say, "documents")


def show_document(database: Database, id: str, say: Messages) -> None:
    """A document: what is known of it, and its text with the sections' roles and the figures marked."""
    from rich.text import Text

    from saidao.outputs.terminal import console, marked

    screen = console()
    record = database.document(id)
    whole = record["id"]
    _fields(DOCUMENT_FIELDS, record, say, "documents")
    for source in database.sources(whole):
        place = "!/".join(part for part in (source["path"], source["member"], source["sheet"]) if part)
        row = f" #{source['row']}" if source["row"] is not None else ""
        _line(say.label("table.sources"), place + row)
    for note in database.notes(whole):
        _line(say.label("table.notes"), say.explained("notes", note["code"], note["detail"]))
    text = record["text"]
    spans = database.sql('SELECT "start", "end" FROM statements WHERE document_id = ? ORDER BY 1', [whole]).rows()
    _line(say.label("table.statements"), f"{len(spans):,}")
    places = [(span["start"], span["end"]) for span in spans]
    drawn = marked(text, places)
    for section in database.sections(whole):
        screen.print()
        title = f" · {section['title']}" if section["title"] else ""
        screen.print(Text(f"── {say.value('section', section['role'])}{title}", style="bold cyan"))
        screen.print(drawn[section["start"] : section["end"]])


def _fields(names: tuple[str, ...], record: dict[str, Any], say: Messages, table: str) -> None:
    from decimal import Decimal

    from saidao.outputs.terminal import grouped
    from saidao.outputs.texts import plain_cell

    for name in names:
        value = record.get(name)
        if value is None or value == []:
            continue
        if name in CODED:
            shown = say.value(name, value)
        elif isinstance(value, Decimal):
            shown = grouped(value)
        else:
            shown = plain_cell(value)
        _line(say.label(f"{table}.{name}", "") or say.label(f"column.{name}"), shown)


def _line(label: str, value: str) -> None:
    from rich.cells import set_cell_size
    from rich.text import Text

    from saidao.outputs.terminal import console

    console().print(Text.assemble((set_cell_size(label, 16), "dim"), value), soft_wrap=True)
