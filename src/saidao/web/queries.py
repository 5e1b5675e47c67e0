"""Queries in SQL, where they are allowed: one SELECT at a time, over this file alone, so many rows and so long."""

from __future__ import annotations

import threading
from typing import Any

import duckdb

from saidao.api import Database
from saidao.errors import UsageError

ROWS = 1000
SECONDS = 10.0


def select(database: Database, query: str) -> dict[str, Any]:
    """The columns and the first `ROWS` rows of one SELECT.

    The file is open read-only, and no query may touch another (see `holder`); what is left to refuse is settings.

    Raises:
        UsageError: it is no single SELECT, is wrong, or takes longer than `SECONDS`.
    """
    connection = database.connection
    try:
        statements = connection.extract_statements(query)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise UsageError("web.sql.one")
        timer = threading.Timer(SECONDS, connection.interrupt)
        timer.start()
        try:
            cursor = connection.execute(statements[0])
            names = [column[0] for column in cursor.description or []]
            rows = cursor.fetchmany(ROWS + 1)
        finally:
            timer.cancel()
    except duckdb.InterruptException:
        raise UsageError("web.sql.slow", seconds=f"{SECONDS:.0f}") from None
    except duckdb.Error as error:
        raise UsageError("web.sql.wrong", detail=str(error).splitlines()[0]) from None
    return {"columns": names, "rows": [list(row) for row in rows[:ROWS]], "more": len(rows) > ROWS}
