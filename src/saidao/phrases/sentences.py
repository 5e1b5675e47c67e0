"""The sentences that examples stand in."""

from __future__ import annotations

from typing import Any

import duckdb


def sentences(connection: duckdb.DuckDBPyConnection, records: list[dict[str, Any]]) -> None:
    """Fills in `sentence` and `quote_start`, where in the sentence it stands, for records with `document` and `start`."""
    wanted = [(n, record) for n, record in enumerate(records) if record.get("document") is not None]
    for begin in range(0, len(wanted), 5000):
        some = wanted[begin : begin + 5000]
        rows = connection.execute(
            'SELECT w.n, s.text, w.at - s."start" FROM (SELECT unnest(?::BIGINT[]) AS n, unnest(?::VARCHAR[]) AS document,'
            " unnest(?::BIGINT[]) AS at) w JOIN sentences s ON s.document_id = w.document"
            ' WHERE w.at >= s."start" AND w.at < s."end"',
            [[n for n, _ in some], [r["document"] for _, r in some], [r["start"] for _, r in some]],
        ).fetchall()
        for n, text, at in rows:
            records[n] |= {"sentence": text, "quote_start": at}
