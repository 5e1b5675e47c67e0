"""Builds: equal whatever the way, incremental, and undisturbed by workers that die."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from conftest import check_whole, contents, report_text
from saidao.errors import UsageError
from saidao.lexicon import load
from saidao.models import Reject, Source
from saidao.pipeline import build
from saidao.pipeline import pool as pools
from saidao.pipeline.pool import Pool, Ticket
from saidao.pipeline.work import ReadUnits, Settings, TakeRaws

Reports = Callable[..., Path]


def rows(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def write_jsonl(path: Path, numbers: list[int], paragraphs: int = 6) -> None:
    with path.open("w", encoding="utf-8") as file:
        for n in numbers:
            record = {"text": report_text(n, paragraphs=paragraphs), "title": f"报告{n}", "year": 2026}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def test_a_build_writes_documents_with_all_their_parts(reports: Reports, tmp_path: Path) -> None:
    summary = build(reports(5), tmp_path / "a.duckdb", jobs=1)
    assert (summary.files_read, summary.documents_new, summary.documents) == (5, 5, 5)
    assert summary.statements > 20
    assert summary.rejects == {}
    check_whole(tmp_path / "a.duckdb")
    [run] = rows(tmp_path / "a.duckdb", "SELECT state, files_read, documents_new FROM runs")
    assert run == ("done", 5, 5)


def test_an_unchanged_folder_is_passed_over(reports: Reports, tmp_path: Path) -> None:
    folder, database = reports(5), tmp_path / "a.duckdb"
    build(folder, database, jobs=1)
    before = contents(database)
    again = build(folder, database, jobs=1)
    assert (again.files_read, again.files_skipped, again.characters) == (0, 5, 0)
    assert contents(database) == before


def test_a_new_time_alone_does_not_make_a_file_new(reports: Reports, tmp_path: Path) -> None:
    folder, database = reports(2), tmp_path / "a.duckdb"
    build(folder, database, jobs=1)
    os.utime(folder / "report-0000.txt", (1, 1))
    again = build(folder, database, jobs=1)
    assert (again.files_read, again.files_skipped) == (0, 2)
    assert rows(database, "SELECT mtime FROM inputs ORDER BY path LIMIT 1") == [(1_000_000_000,)]


def test_the_number_of_jobs_does_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "WORTHWHILE", 0)
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(40):
        (folder / f"r{n:03}.txt").write_text(report_text(n), encoding="utf-8")
    write_jsonl(folder / "m.jsonl", list(range(30, 330)), paragraphs=12)
    (folder / "z.bin").write_bytes(bytes(range(256)))
    one = build(folder, tmp_path / "one.duckdb", jobs=1)
    two = build(folder, tmp_path / "two.duckdb", jobs=2)
    assert one.documents == two.documents == 340
    assert one.rejects == two.rejects != {}
    first, second = contents(tmp_path / "one.duckdb"), contents(tmp_path / "two.duckdb")
    for name in first:
        assert first[name] == second[name], name
    # Not only the same rows: the same order of writing.
    order = "SELECT id, path FROM documents"
    assert rows(tmp_path / "one.duckdb", order) == rows(tmp_path / "two.duckdb", order)


def test_two_steps_are_as_good_as_one(reports: Reports, tmp_path: Path) -> None:
    folder = reports(4, first=4)
    build(folder, tmp_path / "steps.duckdb", jobs=1)
    reports(4, first=0)
    (folder / "a-copy.txt").write_text(report_text(6), encoding="utf-8")
    build(folder, tmp_path / "steps.duckdb", jobs=1)
    build(folder, tmp_path / "once.duckdb", jobs=1)
    steps, once = contents(tmp_path / "steps.duckdb"), contents(tmp_path / "once.duckdb")
    for name in once:
        assert steps[name] == once[name], name
    [(path,)] = rows(tmp_path / "steps.duckdb", "SELECT path FROM documents WHERE path LIKE '%copy%'")
    assert path.endswith("a-copy.txt"), "the smallest source is the primary one, whenever it came"


def test_one_text_in_two_files_is_one_document_with_two_sources(reports: Reports, tmp_path: Path) -> None:
    folder = reports(2)
    (folder / "copy.txt").write_bytes((folder / "report-0001.txt").read_bytes())
    summary = build(folder, tmp_path / "a.duckdb", jobs=1)
    assert (summary.documents, summary.documents_same) == (2, 1)
    found = rows(tmp_path / "a.duckdb", "SELECT path FROM sources WHERE document_id IN (SELECT id FROM documents"
                 " WHERE path LIKE '%copy%') ORDER BY 1")  # fmt: skip
    assert [Path(path).name for (path,) in found] == ["copy.txt", "report-0001.txt"]


def test_a_changed_file_replaces_what_it_gave(reports: Reports, tmp_path: Path) -> None:
    folder, database = reports(3), tmp_path / "a.duckdb"
    build(folder, database, jobs=1)
    (folder / "report-0001.txt").write_text(report_text(77), encoding="utf-8")
    again = build(folder, database, jobs=1)
    assert (again.files_read, again.documents_new, again.documents_removed, again.documents) == (1, 1, 1, 3)
    build(folder, tmp_path / "once.duckdb", jobs=1)
    assert contents(database) == contents(tmp_path / "once.duckdb")


def test_rows_that_move_in_a_data_set_are_not_extracted_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, database = tmp_path / "set.jsonl", tmp_path / "a.duckdb"
    write_jsonl(file, list(range(10, 20)))
    build(file, database, jobs=1)
    write_jsonl(file, [99, *range(10, 19)])
    extracted = []
    from saidao.pipeline import stages

    real = stages.find
    monkeypatch.setattr(stages, "find", lambda text, *rest: extracted.append(text) or real(text, *rest))
    again = build(file, database, jobs=1)
    assert len(extracted) == 1
    assert (again.documents_new, again.documents_removed) == (1, 1)
    build(file, tmp_path / "once.duckdb", jobs=1)
    assert contents(database) == contents(tmp_path / "once.duckdb")


def test_a_file_gone_is_kept_and_named_until_it_is_pruned(reports: Reports, tmp_path: Path) -> None:
    folder, database = reports(3), tmp_path / "a.duckdb"
    build(folder, database, jobs=1)
    (folder / "report-0002.txt").unlink()
    kept = build(folder, database, jobs=1)
    assert [Path(path).name for path in kept.files_gone] == ["report-0002.txt"]
    assert kept.documents == 3
    pruned = build(folder, database, jobs=1, prune=True)
    assert (pruned.documents_removed, pruned.documents) == (1, 2)
    build(folder, tmp_path / "once.duckdb", jobs=1)
    assert contents(database) == contents(tmp_path / "once.duckdb")


def test_other_folders_are_not_gone(reports: Reports, tmp_path: Path) -> None:
    first, second = reports(2, folder="one"), reports(2, first=5, folder="two")
    build(first, tmp_path / "a.duckdb", jobs=1)
    summary = build(second, tmp_path / "a.duckdb", jobs=1, prune=True)
    assert (summary.files_gone, summary.documents) == ([], 4)
    build([first, second], tmp_path / "once.duckdb", jobs=1)
    assert contents(tmp_path / "a.duckdb") == contents(tmp_path / "once.duckdb")


def test_when_the_primary_source_goes_the_next_takes_its_place(reports: Reports, tmp_path: Path) -> None:
    folder, database = reports(2), tmp_path / "a.duckdb"
    (folder / "a.txt").write_text(report_text(1), encoding="utf-8")
    build(folder, database, jobs=1)
    (folder / "a.txt").write_text(report_text(50), encoding="utf-8")
    build(folder, database, jobs=1)
    build(folder, tmp_path / "once.duckdb", jobs=1)
    assert contents(database) == contents(tmp_path / "once.duckdb")
    assert rows(database, "SELECT count(*) FROM documents WHERE digest = ''") == [(0,)]


def test_a_new_lexicon_reads_again(reports: Reports, tmp_path: Path) -> None:
    folder, database = reports(2), tmp_path / "a.duckdb"
    build(folder, database, jobs=1)
    overlay = tmp_path / "own"
    overlay.mkdir()
    (overlay / "labels.csv").write_text("id,zh,en\nlevel.county,县,county\n", encoding="utf-8")
    same = build(folder, database, jobs=1, lexicon=load(overlay))
    assert (same.files_read, same.documents_changed) == (0, 0)  # a label changes nothing of what a document yields
    load.cache_clear()
    (overlay / "adverbs.csv").write_text("id,class,note\n暂且,all,\n", encoding="utf-8")
    again = build(folder, database, jobs=1, lexicon=load(overlay))
    assert (again.files_read, again.documents_changed) == (2, 2)


def test_a_mapping_reads_a_data_set_again(tmp_path: Path) -> None:
    file, database = tmp_path / "set.csv", tmp_path / "a.duckdb"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["甲", "乙"])
        writer.writerow([report_text(1), report_text(2)])
    build(file, database, jobs=1, mapping={"text": "甲"})
    again = build(file, database, jobs=1, mapping={"text": "乙"})
    assert again.files_read == 1
    assert rows(database, "SELECT count(*) FROM documents") == [(1,)]
    assert "粮食总产量202亿斤" in rows(database, "SELECT text FROM documents")[0][0]


def test_a_path_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.txt"):
        build(tmp_path / "nowhere.txt", tmp_path / "a.duckdb")
    with pytest.raises(UsageError, match="farbe"):
        build(tmp_path, tmp_path / "a.duckdb", mapping={"farbe": "x"})


def test_paths_that_overlap_are_read_once(reports: Reports, tmp_path: Path) -> None:
    folder = reports(3)
    summary = build([folder, folder / "report-0001.txt"], tmp_path / "a.duckdb", jobs=1)
    assert summary.files_read == 3
    assert rows(tmp_path / "a.duckdb", "SELECT count(*) FROM sources") == [(3,)]


class Deadly:
    """A unit that ends the process which receives it."""

    source, size = Source("deadly.txt"), 10

    def __reduce__(self) -> tuple[Any, ...]:
        return (os._exit, (3,))


class Endless(Deadly):
    """A unit that blocks the process which receives it."""

    source = Source("endless.txt")

    def __reduce__(self) -> tuple[Any, ...]:
        return (time.sleep, (1000,))


@pytest.mark.parametrize("bad", [Deadly(), Endless()])
def test_a_unit_that_kills_its_worker_is_a_reject_and_the_others_are_read(
    bad: Deadly, reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    from saidao import sources

    monkeypatch.setattr(pools, "WORTHWHILE", 0)
    # Longer than the start of a worker takes on a busy machine, so that only the endless one runs out of time.
    monkeypatch.setattr(pools, "PATIENCE", 8.0 if isinstance(bad, Endless) else 60.0)
    units = list(sources.discover([str(reports(3))]))
    settings = Settings(load(), None, "x", array("Q"))
    pool = Pool(2, settings)
    tickets = [Ticket(ReadUnits((units[0],))), Ticket(ReadUnits((bad, units[1]))), Ticket(ReadUnits((units[2],)))]  # type: ignore[arg-type]
    try:
        for ticket in tickets:
            pool.submit(ticket)
        found = [pool.results(ticket) for ticket in tickets]
    finally:
        pool.close(kill=True)
    assert [len(results) for results in found] == [1, 2, 1]
    [reject] = found[1][0] or []
    assert isinstance(reject, Reject)
    assert (reject.code, reject.source.path) == ("reader_crashed", bad.source.path)
    for entries in (found[0][0], found[1][1], found[2][0]):
        assert entries is not None
        assert not isinstance(entries[0], Reject)


def test_where_no_process_can_start_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "WORTHWHILE", 0)
    monkeypatch.setattr(pools, "prepare", _refuse)
    pool = Pool(2, Settings(load(), None, "x", array("Q")))
    tickets = [Ticket(TakeRaws(())) for _ in range(3)]
    try:
        for ticket in tickets:
            pool.submit(ticket)
        assert [pool.results(ticket) for ticket in tickets] == [[[]], [[]], [[]]]
    finally:
        pool.close(kill=True)


def _refuse(_: Settings) -> None:
    raise OSError("no processes here")


def test_the_data_files_that_reading_uses_decide_what_is_read_again(
    reports: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from saidao.lexicon import Lexicon
    from saidao.pipeline.version import data_files

    asked: set[str] = set()
    rows = Lexicon.rows

    def noted(self: Lexicon, name: str) -> list[dict[str, str]]:
        asked.add(name)
        return rows(self, name)

    monkeypatch.setattr(Lexicon, "rows", noted)
    folder = reports(2)
    samples = Path(__file__).resolve().parents[1] / "samples"
    build([folder, samples], folder.parent / "a.duckdb", jobs=1, lexicon=Lexicon(folder))
    shown = {"messages", "labels", "notes", "rejects"}  # the store's views speak to people
    assert {"cues", "units", "noise", "regions"} <= asked
    assert asked - shown <= data_files()
    assert not data_files() & {"messages", "labels", "round_up", "tolerances"}


def test_a_script_without_a_guard_is_not_run_again_by_the_workers(reports: Callable[..., Path], tmp_path: Path) -> None:
    folder = reports(6)
    script = tmp_path / "script.py"
    script.write_text(
        "import saidao\nfrom saidao.pipeline import pool\n\nprint('once')\npool.WORTHWHILE = 1\n"
        f"print(saidao.build({str(folder)!r}, {str(tmp_path / 'a.duckdb')!r}, jobs=2).documents_new)\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout.split(), done.stderr, done.returncode) == (["once", "6"], "", 0)
