"""`saidao show`: a document with its figures marked, or a record in its sentence."""

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

FIELDS = {
    "statements": (
        "indicator", "indicator_id", "kind", "low", "high", "unit", "bound", "status", "period", "region", "industry",
        "industry_id", "scope", "hedge", "wording", "section",
    ),
    "measures": (
        "status", "tools", "themes", "strength", "commits", "mechanisms", "relations", "industries", "regions", "cues",
        "section",
    ),
    "mentions": ("quote", "industry_id", "generic", "status", "tools", "themes", "section"),
    "carriers": (
        "type", "quote", "name", "number", "scale", "measured", "deadline", "status", "region", "industries", "tools",
        "section",
    ),
}  # fmt: skip
"""What is shown of a record, by table."""
SOURCE_FIELDS = ("title", "issuer", "document_type", "report_year", "date", "url", "path", "member", "sheet", "row")
DOCUMENT_FIELDS = (
    "id", "title", "issuer", "level", "region", "adcode", "type", "year", "date", "session", "publisher", "aggregator",
    "url", "categories", "characters",
)  # fmt: skip
CODES = {
    "tools": "tool", "themes": "theme", "mechanisms": "mechanism", "relations": "relation", "industries": "industry",
    "industry_id": "industry", "document_type": "type",
} | {name: name for name in ("kind", "bound", "status", "section", "type", "level", "commits")}  # fmt: skip
"""Fields whose values are codes, and whose labels they have."""


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(database: str, id: str) -> int:
        import saidao

        with saidao.open(database) as opened:
            if not re.fullmatch(r"[0-9a-f]{4,16}", id):
                raise UsageError("show.bad_id", id=id)
            table = next((table for table in (*FIELDS, "documents") if _holds(opened, table, id)), None)
            if table is None:
                raise UsageError("show.none", id=id, database=database)
            if table == "documents":
                show_document(opened, id, say)
            else:
                show_record(opened, table, id, say)
        return 0

    return Command(
        name="show", say=say, callback=run, params=[database_argument(), click.Argument(["id"], metavar="ID")]
    )


def _holds(database: Database, table: str, id: str) -> bool:
    return bool(database.sql(f"SELECT 1 FROM {table} WHERE starts_with(id, ?) LIMIT 1", [id]).rows())


def show_record(database: Database, table: str, id: str, say: Messages) -> None:
    """A record: its sentence with the quote marked, its fields, its source."""
    from saidao.outputs.terminal import console, marked

    screen = console()
    record = database.record(table, id)
    # A carrier has a type of its own; a statement's is its document's.
    record.setdefault("document_type", record.get("type"))
    quotes = _quotes(database, record) if table == "measures" else [(record["quote_start"] or 0, record["quote"])]
    screen.print(marked(record["sentence"] or record["quote"], [(at, at + len(quote)) for at, quote in quotes]))
    screen.print()
    _fields(("id", *FIELDS[table]), record, say, table)
    screen.print()
    _fields(("document_id", *SOURCE_FIELDS, "start", "end"), record, say, "documents")


def _quotes(database: Database, measure: dict[str, Any]) -> list[tuple[int, str]]:
    """The words that gave a measure its codes, and where they stand in its sentence."""
    cues = database.sql('SELECT "start", quote FROM cues WHERE measure_id = ? ORDER BY 1', [measure["id"]])
    return [(cue["start"] - measure["start"], cue["quote"]) for cue in cues]


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
        codes = "carrier" if (table, name) == ("carriers", "type") else CODES.get(name)
        if isinstance(value, bool):
            shown = say("yes" if value else "no")
        elif codes is not None and isinstance(value, list):
            shown = "、".join(say.value(codes, each) for each in value)
        elif codes is not None:
            shown = say.value(codes, value)
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
