"""Builds that are cut off: nothing written is lost, no document is half there, and the next build goes on."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

import kills
from conftest import check_whole, contents, report_text
from kills import committed, kill_builds
from saidao.pipeline import build

LAST = 60.0
"""Seconds after which a build that hangs fails the test."""

SLOW = """
import sys, time
from saidao.pipeline import build
from saidao.store import writer

# Small groups with a pause: many moments at which a kill can strike.
writer.GROUP_DOCUMENTS = 8

if __name__ == "__main__":
    build(sys.argv[2], sys.argv[1], jobs=int(sys.argv[3]), progress=lambda _: time.sleep(0.004))
"""


def material(folder: Path, reports: int = 60, rows: int = 150) -> Path:
    folder.mkdir()
    for n in range(reports):
        (folder / f"r{n:03}.txt").write_text(report_text(n, paragraphs=10), encoding="utf-8")
    with (folder / "set.jsonl").open("w", encoding="utf-8") as file:
        for n in range(rows):
            text = report_text(n + 20, paragraphs=10)
            file.write(json.dumps({"text": text, "title": f"第{n}篇"}, ensure_ascii=False) + "\n")
    (folder / "zz.bin").write_bytes(bytes(range(256)) * 4)
    return folder


def start(script: Path, database: Path, folder: Path, jobs: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(script), str(database), str(folder), str(jobs)]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


def test_builds_killed_at_thirty_moments_end_up_like_one_left_alone(tmp_path: Path) -> None:
    tally = kill_builds(kills.material(tmp_path / "in"), tmp_path, count=30, seed=1)
    assert tally.kills == 30
    assert tally.complete >= 1
    assert len(set(tally.left)) >= 3, "the moments all fell into one step"


def test_a_build_with_workers_that_is_killed_ends_up_like_one_left_alone(tmp_path: Path) -> None:
    folder = material(tmp_path / "in")
    build(folder, tmp_path / "calm.duckdb", jobs=1)
    script, database = tmp_path / "slow.py", tmp_path / "killed.duckdb"
    script.write_text(SLOW)
    chance = random.Random("kills")
    killed, progress = 0, []
    for _ in range(3):
        process = start(script, database, folder, 2)
        # Not before the file is there: a start that writes nothing would test nothing.
        deadline = time.monotonic() + LAST
        while not database.exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(chance.uniform(0.05, 0.7))
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.wait(LAST)
        progress.append(committed(database))
        if progress[-1]:
            check_whole(database)
    assert killed >= 1
    assert progress == sorted(progress), "a later build lost what an earlier one had written"
    assert start(script, database, folder, 2).wait(LAST) == 0
    check_whole(database)
    calm, resumed = contents(tmp_path / "calm.duckdb"), contents(database)
    for name in calm:
        assert resumed[name] == calm[name], name


def test_workers_die_with_a_killed_build(tmp_path: Path) -> None:
    folder = material(tmp_path / "in", reports=5, rows=1500)
    script, database = tmp_path / "slow.py", tmp_path / "a.duckdb"
    script.write_text(SLOW)
    process = start(script, database, folder, 2)
    deadline = time.monotonic() + LAST
    children: list[int] = []
    while len(children) < 2 and process.poll() is None and time.monotonic() < deadline:
        children = workers_of(process.pid)
        time.sleep(0.02)
    if not children:
        process.kill()
        process.wait(LAST)
        pytest.skip("this system does not list child processes, or the build was over before it could be killed")
    process.kill()
    process.wait(LAST)
    while any(alive(child) for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [child for child in children if alive(child)]


def workers_of(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_ctrl_c_ends_a_build_cleanly(tmp_path: Path) -> None:
    folder = material(tmp_path / "in", reports=5, rows=3000)
    database = tmp_path / "a.duckdb"
    command = [sys.executable, "-m", "saidao", "build", str(folder), "-o", str(database), "--jobs", "2", "--lang", "en"]
    # Who runs the tests in the background of a shell has it ignore Ctrl-C, and a child would inherit that.
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    deadline = time.monotonic() + LAST
    while len(workers_of(process.pid)) < 2 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.3)
    if process.poll() is not None:
        pytest.skip("the build was over before it could be interrupted")
    # As a terminal does it: to the whole group, workers included.
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=LAST)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert "interrupted" in said
    check_whole(database)
    with duckdb.connect(str(database), read_only=True) as connection:
        assert connection.execute("SELECT state FROM runs").fetchall() == [("interrupted",)]


def test_a_full_disk_is_said_and_what_was_written_stays(tmp_path: Path) -> None:
    folder = material(tmp_path / "in", reports=20, rows=250)
    database = tmp_path / "a.duckdb"
    build(folder / "r000.txt", database, jobs=1)
    before = contents(database)
    # No file of the process may grow beyond 600 kB, which is what a full disk looks like from inside.
    limited = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))\n"
        "from saidao.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    command = [sys.executable, "-c", limited, "build", str(folder), "-o", str(database), "--jobs", "1", "--lang", "en"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LAST, check=False)
    assert done.returncode == 2, done.stderr
    assert "disk" in done.stderr
    assert "Traceback" not in done.stderr
    check_whole(database)
    after = contents(database)
    assert all(row in after["documents"] for row in before["documents"])
    assert build(folder, database, jobs=1).documents > 1
    build(folder, tmp_path / "calm.duckdb", jobs=1)
    assert contents(database) == contents(tmp_path / "calm.duckdb")
