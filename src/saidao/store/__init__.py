"""Stage 5: the database file. Writes documents in groups and reads them back; the tables stand in `schema.sql`."""

from saidao.store.entries import Entry, flatten, statement_id, statement_rows
from saidao.store.files import create_or_open, open_existing
from saidao.store.problems import DatabaseError
from saidao.store.writer import Counts, Input, Writer

__all__ = [
    "Counts",
    "DatabaseError",
    "Entry",
    "Input",
    "Writer",
    "create_or_open",
    "flatten",
    "open_existing",
    "statement_id",
    "statement_rows",
]
