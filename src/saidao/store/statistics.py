"""Writes statistics: what a file gives replaces what it gave before; what other files gave stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import duckdb

from saidao.models import Statistic, StatisticReject
from saidao.store.arrow import arrow_table
from saidao.store.problems import explained
from saidao.store.writer import rollback

SAME = "adcode, year, coalesce(indicator_id, indicator), measure, coalesce(unit, '')"
"""What tells figures apart; several rows that agree in it are figures of one thing."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """Figures of one region, year, indicator, measure and unit that several cells give."""

    same: int
    """Where they agree."""
    different: int
    """Where they do not."""


def replace(
    connection: duckdb.DuckDBPyConnection,
    database: str,
    paths: Sequence[str],
    figures: Sequence[Statistic],
    rejects: Sequence[StatisticReject],
) -> Repeated:
    """Writes what the files give, in place of what they gave before, in one transaction.

    Raises:
        DatabaseError: the file cannot be written; it is then as it was.
    """
    tables = {
        "statistics": [astuple(figure) for figure in figures],
        "statistics_rejects": [astuple(reject) for reject in rejects],
    }
    with explained(database):
        connection.execute("BEGIN")
        try:
            for name, rows in tables.items():
                connection.execute(f"DELETE FROM {name} WHERE path IN (SELECT unnest(?::VARCHAR[]))", [list(paths)])
                if rows:
                    connection.register("incoming", arrow_table(name, rows))
                    connection.execute(f"INSERT INTO {name} SELECT * FROM incoming")
                    connection.unregister("incoming")
            found = _repeated(connection, paths)
            connection.execute("COMMIT")
        except BaseException:
            rollback(connection)
            raise
    return found


def _repeated(connection: duckdb.DuckDBPyConnection, paths: Sequence[str]) -> Repeated:
    """How many figures that the files give stand in several cells, of these files or of others."""
    counts = connection.execute(
        "SELECT count(*) FILTER (values = 1), count(*) FILTER (values > 1) FROM (SELECT count(DISTINCT value) AS values"
        f" FROM statistics GROUP BY {SAME} HAVING count(*) > 1 AND bool_or(path IN (SELECT unnest(?::VARCHAR[]))))",
        [list(paths)],
    ).fetchall()[0]
    return Repeated(*counts)
