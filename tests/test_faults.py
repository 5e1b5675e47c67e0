"""What can be wrong with a database and the disk under it: each is told in both languages, with what to do, and harms nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from conftest import check_whole, contents, report_text
from kills import material
from saidao.cli import main
from saidao.pipeline import build
from saidao.store import schema

LAST = 60.0
"""Seconds after which a command that hangs fails the test."""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() != 0 or not _mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)):
        pytest.skip("only the superuser may mount a small disk, and not in every container")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def _mount(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database of a few reports."""
    (tmp_path / "in").mkdir()
    for n in range(3):
        (tmp_path / "in" / f"r{n}.txt").write_text(report_text(n), encoding="utf-8")
    build(tmp_path / "in", tmp_path / "a.duckdb", jobs=1)
    return tmp_path / "a.duckdb"


def told(capsys: pytest.CaptureFixture[str], *command: str) -> dict[str, str]:
    """What a command that fails says in each language; it must end with exit code 2 and name the problem on one line."""
    said = {}
    for language in ("zh", "en"):
        capsys.readouterr()
        assert main([*command, "--lang", language]) == 2
        said[language] = capsys.readouterr().err
        assert said[language].startswith("saidao: ")
        assert "Traceback" not in said[language]
    return said


def test_a_full_disk_is_told_and_the_build_goes_on_when_there_is_room(
    small_disk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = material(tmp_path / "in", reports=30, rows=350)
    database = small_disk / "a.duckdb"
    said = told(capsys, "build", str(folder), "-o", str(database), "--jobs", "1", "--quiet")
    assert "磁盘空间不足" in said["zh"]
    assert "free some space and run build again" in said["en"]
    if database.exists() and committed_tables(database):
        check_whole(database)
    assert _mount("-o", "remount,size=200m", str(small_disk))
    assert main(["build", str(folder), "-o", str(database), "--jobs", "1", "--quiet"]) == 0
    build(folder, tmp_path / "calm.duckdb", jobs=1)
    assert contents(database) == contents(tmp_path / "calm.duckdb")


def committed_tables(database: Path) -> bool:
    with duckdb.connect(str(database)) as connection:
        return bool(connection.execute("SELECT 1 FROM duckdb_tables() LIMIT 1").fetchall())


def test_a_read_only_disk_is_told_and_can_be_read(
    small_disk: Path, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _mount("-o", "remount,size=64m", str(small_disk))
    there = small_disk / "a.duckdb"
    there.write_bytes(database.read_bytes())
    assert _mount("-o", "remount,ro", str(small_disk))
    for name in ("a.duckdb", "new.duckdb"):
        said = told(capsys, "build", str(database.parent / "in"), "-o", str(small_disk / name), "--quiet")
        assert "没有权限" in said["zh"]
        assert "no permission to open or write it" in said["en"]
    assert main(["statements", str(there), "--format", "csv"]) == 0
    said = told(capsys, "statements", str(there), "-o", str(small_disk / "x.csv"))
    assert str(small_disk) in said["en"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_without_permission_is_told(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    closed = database.parent / "closed"
    closed.mkdir(mode=0o500)
    said = told(capsys, "build", str(database.parent / "in"), "-o", str(closed / "a.duckdb"), "--quiet")
    assert "no permission to open or write it" in said["en"]


def test_two_builds_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, database = material(tmp_path / "in", reports=10, rows=250), tmp_path / "a.duckdb"
    command = [sys.executable, "-m", "saidao", "build", str(folder), "-o", str(database), "--jobs", "1", "--quiet"]
    first = subprocess.Popen(command)
    deadline = time.monotonic() + LAST
    while not database.exists() and first.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.2)
    if first.poll() is not None:
        pytest.skip("the first build was over before a second could begin")
    for other, zh, en in (
        (["build", str(folder), "-o", str(database), "--quiet"], "正打开着这个数据库", "or build beside the file"),
        (["info", str(database)], "正在写这个数据库；请等它结束", "is writing this database; wait for it to end"),
    ):
        said = told(capsys, *other)
        assert zh in said["zh"]
        assert en in said["en"]
        assert f"PID {first.pid}" in said["zh"], "who has it open"
    assert first.wait(LAST) == 0
    build(folder, tmp_path / "calm.duckdb", jobs=1)
    assert contents(database) == contents(tmp_path / "calm.duckdb")


@pytest.mark.parametrize(
    ("version", "zh", "en"),
    [
        (str(schema.VERSION + 1), "请升级 Saidao", "upgrade Saidao"),
        ("0", "重新建立", "build a new file with saidao build"),
    ],
)
def test_another_version(database: Path, version: str, zh: str, en: str, capsys: pytest.CaptureFixture[str]) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", [version])
    before = database.read_bytes()
    for command in (["info", str(database)], ["build", str(database.parent / "in"), "-o", str(database), "--quiet"]):
        said = told(capsys, *command)
        assert zh in said["zh"]
        assert en in said["en"]
        assert version in said["en"]
    with duckdb.connect(str(database), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(3,)]
    assert len(before) == database.stat().st_size


READ = """
import sys
from saidao.cli import main
content = open(sys.argv[1], "rb").read()
for share in (0, 5, 30, 60, 90, 99.9, 100):
    with open(sys.argv[2], "wb") as file:
        file.write(content[: max(100, int(len(content) * share / 100))])
    for command in (["info"], ["statements", "--all", "--format", "csv"], ["terms", "增长"]):
        code = main([command[0], sys.argv[2], *command[1:], "--lang", "en"])
        print("exit", share, code, file=sys.stderr)
"""


def test_a_truncated_database_is_told_at_whatever_place_it_is_cut(tmp_path: Path) -> None:
    whole = tmp_path / "whole.duckdb"
    build(material(tmp_path / "in"), whole, jobs=1)
    done = subprocess.run(
        [sys.executable, "-c", READ, str(whole), str(tmp_path / "cut.duckdb")],
        capture_output=True, text=True, timeout=LAST, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-300:]
    assert "Traceback" not in done.stderr, done.stderr[-600:]
    codes = [line.split()[1:] for line in done.stderr.splitlines() if line.startswith("exit ")]
    assert len(codes) == 7 * 3
    assert [code for share, code in codes if share == "100"] == ["0"] * 3
    assert {code for share, code in codes if float(share) <= 60} == {"2"}
    complaints = [line for line in done.stderr.splitlines() if line.startswith("saidao: ")]
    assert len(complaints) == [code for _, code in codes].count("2")
    assert all("cut off, perhaps copied incompletely" in line for line in complaints), complaints
