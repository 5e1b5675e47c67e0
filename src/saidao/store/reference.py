"""Prints the tables of the database as Markdown, from the comments of `schema.sql`.

`python -m saidao.store.reference docs/schema.md` replaces what stands between the two marks of that file.
"""

from __future__ import annotations

import sys
from pathlib import Path

from saidao.lexicon import Lexicon, load
from saidao.store import schema

BEGIN, END = "<!-- tables: generated from schema.sql -->", "<!-- end of tables -->"


def reference(lexicon: Lexicon | None = None) -> str:
    """A section for each table, with its columns and the Chinese names in its view."""
    labels = {row["id"]: row["zh"] for row in (lexicon or load()).rows("labels")}
    parts = []
    for table in schema.tables().values():
        view = labels.get(f"table.{table.name}")
        parts.append(f"### {table.name}" + (f" · {view}" if view else "") + "\n")
        parts.append(f"{table.meaning}\n")
        parts.append("| column | type | 中文 | meaning |\n| --- | --- | --- | --- |")
        for column in table.columns:
            label = labels.get(f"{table.name}.{column.name}") or labels.get(f"column.{column.name}", "")
            kind = column.type + ("" if column.required else ", may be empty")
            parts.append(f"| `{column.name}` | {kind} | {label if view else ''} | {column.meaning} |")
        parts.append("")
    return "\n".join(parts)


def replaced(page: str) -> str:
    """A page with its block of tables made anew.

    Raises:
        ValueError: the page lacks the marks.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page lacks {BEGIN} or {END}")
    return f"{before}{BEGIN}\n\nSchema version {schema.VERSION}.\n\n{reference()}\n{END}{after}"


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(replaced(target.read_text("utf-8")), "utf-8")
