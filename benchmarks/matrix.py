"""How long the matrix takes as reports grow in number: 31 provinces × 2 years, 300 cities × 10, beside pandas.

The databases are filled with generated mentions, the same in every run. pandas reads the mentions and the documents, and
makes the same counts, shares, quotients, Herfindahl indices and cosines with its own means; it gives no change on last year,
no commitments, carriers, tools, nor gaps.

`to CSV` is the whole command, from the database to a file with all cells.

usage: python benchmarks/matrix.py [--size 31x2 --size 300x10 …]
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import saidao
from saidao import store
from saidao.lexicon import load

SIZES = ("31x2", "300x10")
PROVINCES = 34
"""More regions than there are provinces are prefectures."""
EACH = 180
"""Mentions of a report, as in the provinces' reports of 2026."""


def main() -> None:
    """Prints a table, a line a size; seconds are processor time, the best of three runs, of the command one."""
    made = argparse.ArgumentParser(description=__doc__)
    made.add_argument("--size", action="append", metavar="REGIONSxYEARS", help="by default 31x2 and 300x10")
    print(
        "| regions | years | mentions | cells | matrix, s | pandas, s | ratio | one year with evidence, s | to CSV, s |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in made.parse_args().size or SIZES:
        regions, years = (int(number) for number in size.split("x"))
        level = "province" if regions <= PROVINCES else "prefecture"
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "observatory.duckdb"
            fill(path, regions, years, level)
            with saidao.open(path) as database:
                cells = len(database.matrix_report(level=level).cells)
                own = best(partial(database.matrix_report, level=level))
                peer = best(partial(with_pandas, database))
                whole = best(partial(database.matrix_report, level=level, year=2026, evidence=True))
            started = spent()
            subprocess.run(
                [sys.executable, "-m", "saidao", "matrix", path, "--level", level, "-o", f"{name}/cells.csv"],
                check=True, capture_output=True,
            )  # fmt: skip
            command = spent() - started
            count = regions * years * EACH
            print(
                f"| {regions} | {years} | {count:,} | {cells:,} | {own:.2f} | {peer:.2f} | {own / peer:.1f} |"
                f" {whole:.2f} | {command:.1f} |",
                flush=True,
            )


def spent() -> float:
    """Seconds of processor time that commands have taken so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def best(run: Callable[[], Any]) -> float:
    """Seconds of processor time of the fastest of three runs."""
    times = []
    for _ in range(3):
        started = time.process_time()
        run()
        times.append(time.process_time() - started)
    return min(times)


def fill(path: Path, regions: int, years: int, level: str) -> None:
    """Writes reports with mentions into a new database; a mention in three stands in a sentence of its own."""
    rows = [row for row in load().rows("regions") if row["level"] == level][:regions]
    industries = [row["id"] for row in load().rows("industry_names") if row["generic"] != "yes"]
    tools = [row["id"] for row in load().rows("tools")]
    connection = store.create_or_open(path)
    connection.execute("CREATE TEMP TABLE places AS SELECT unnest(?::VARCHAR[]) AS adcode, unnest(?::VARCHAR[]) AS region",
                       [[row["id"] for row in rows], [row["name"] for row in rows]])  # fmt: skip
    connection.execute(
        "INSERT INTO documents (id, title, level, adcode, region, type, year, categories, characters, text, path, extractor,"
        " reading, digest) SELECT adcode || y, region || y, ?, adcode, region, 'work_report', y, [], 20000, '', adcode || y, '', '', ''"
        " FROM places, range(?, 2027) t(y)",
        [level, 2027 - years],
    )
    connection.execute(
        'INSERT INTO measures (id, document_id, sentence_id, "start", "end", status, tools, themes, strength, commits,'
        " mechanisms, relations, regions) SELECT d.id || '-' || n, d.id, d.id || ':' || n, n * 60, n * 60 + 59,"
        " ['done', 'planned', 'planned'][1 + n % 3], [(?::VARCHAR[])[1 + (hash(d.id || n || 't') % 24)::INTEGER]], [], 2, [], [], [], []"
        " FROM documents d, range(0, ?) t(n)",
        [tools, EACH // 3],
    )
    # Zipf-like: the square of a uniform number makes the first industries frequent
    connection.execute(
        'INSERT INTO mentions (id, document_id, sentence_id, measure_id, "start", "end", quote, industry_id, generic, status)'
        " SELECT d.id || 'i' || n, d.id, d.id || ':' || n // 3, d.id || '-' || n // 3, n * 20, n * 20 + 4, '产业',"
        " (?::VARCHAR[])[1 + floor(power((hash(d.id || n) % 100000) / 100000.0, 2.5) * ?)::INTEGER], false,"
        " ['done', 'planned', 'planned'][1 + (n // 3) % 3] FROM documents d, range(0, ?) t(n)",
        [industries, len(industries), EACH],
    )
    connection.close()


def with_pandas(database: saidao.Database) -> Any:
    """The peer: a cross table for each year, its shares, quotients, Herfindahl indices and cosines."""
    import numpy as np

    query = "SELECT d.adcode, d.year, i.industry_id FROM mentions i JOIN documents d ON d.id = i.document_id WHERE NOT i.generic"
    frame = database.sql(query).pandas()
    found = []
    for _, part in frame.groupby("year"):
        table = part.groupby(["adcode", "industry_id"]).size().unstack(fill_value=0)
        share = table.div(table.sum(axis=1), axis=0)
        quotient = share / (table.sum() / table.to_numpy().sum())
        index = ((table / table.sum()) ** 2).sum()
        unit = table.to_numpy() / np.linalg.norm(table.to_numpy(), axis=1, keepdims=True)
        found.append((quotient.stack(), index, np.sort(unit @ unit.T, axis=1)[:, -6:]))
    return found


if __name__ == "__main__":
    sys.exit(main())
