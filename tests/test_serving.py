"""One file served to many readers: replaced, damaged or being written; answers that are made once."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import duckdb
import pytest
from starlette.testclient import TestClient

import saidao
from saidao.store import schema
from saidao.store.problems import DatabaseError
from saidao.web.app import create
from saidao.web.holder import Answers, Holder
from web_pages import HERE


def test_another_file_in_its_place_is_read(observatory: Path, tmp_path: Path, reports) -> None:  # type: ignore[no-untyped-def]
    served = tmp_path / "served.duckdb"
    shutil.copy(observatory, served)
    client = TestClient(create(served), base_url=HERE)
    before = client.get("/api/documents?limit=1").json()["total"]
    saidao.build(reports(3), tmp_path / "new.duckdb", jobs=1)
    (tmp_path / "new.duckdb").replace(served)
    assert client.get("/api/documents?limit=1").json()["total"] == 3 != before
    assert client.get("/zh/").status_code == 200
    served.write_bytes(b"no database")
    answer = client.get("/zh/targets")
    assert answer.status_code == 503
    assert "served.duckdb" in answer.text
    assert client.get("/api/info").status_code == 503
    served.unlink()
    assert client.get("/zh/targets").status_code == 503
    shutil.copy(observatory, served)
    assert client.get("/api/documents?limit=1").json()["total"] == before


@pytest.mark.parametrize("language", ["zh", "en"])
def test_files_that_cannot_be_served_are_explained(
    language: str, observatory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from saidao.cli import main

    (tmp_path / "broken.duckdb").write_bytes(b"\0" * 20_000)
    shutil.copy(observatory, tmp_path / "newer.duckdb")
    with duckdb.connect(str(tmp_path / "newer.duckdb")) as connection:
        connection.execute(f"UPDATE meta SET value = '{schema.VERSION + 1}' WHERE key = 'schema_version'")
    with duckdb.connect(str(tmp_path / "foreign.duckdb")) as connection:
        connection.execute("CREATE TABLE t (x INT)")
    for name in ("broken.duckdb", "newer.duckdb", "foreign.duckdb", "missing.duckdb"):
        assert main(["serve", str(tmp_path / name), "--lang", language]) == 2
        told = capsys.readouterr().err
        assert name in told
        assert "Traceback" not in told


def test_a_file_that_a_build_writes_is_explained(observatory: Path, tmp_path: Path) -> None:
    file = tmp_path / "busy.duckdb"
    shutil.copy(observatory, file)
    code = f"import duckdb, sys; c = duckdb.connect({str(file)!r}); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        with pytest.raises(DatabaseError) as error:
            Holder(file)
        assert error.value.code == "locked"
        writer.communicate()


@pytest.mark.parametrize(("language", "word"), [("zh", "已就绪"), ("en", "is served at")])
def test_the_command_says_where_and_serves(language: str, word: str, observatory: Path) -> None:
    command = [sys.executable, "-m", "saidao", "serve", str(observatory), "--port", "0", "--lang", language]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server:
        assert server.stdout is not None
        told = server.stdout.readline()
        try:
            assert word in told
            [address] = re.findall(r"http://127\.0\.0\.1:\d+/", told)
            with urllib.request.urlopen(f"{address}{language}/", timeout=60) as answer:
                assert answer.status == 200
                assert "coverage" in answer.read().decode()
        finally:
            server.send_signal(signal.SIGINT)
            assert server.wait(30) == 0


def test_an_answer_is_made_once() -> None:
    answers = Answers(kept=2)
    made: list[int] = []
    gate = threading.Event()

    def make() -> int:
        gate.wait(5)
        made.append(1)
        return 7

    found: list[int] = []
    readers = [threading.Thread(target=lambda: found.append(answers.get("x", make))) for _ in range(8)]
    for reader in readers:
        reader.start()
    gate.set()
    for reader in readers:
        reader.join()
    assert found == [7] * 8
    assert made == [1]
    for key in "abc":
        answers.get(key, lambda: 1)
    assert not answers.has("x")
    with pytest.raises(ValueError, match="wrong"):
        answers.get("y", _fail)
    assert answers.get("y", lambda: 3) == 3


def _fail() -> int:
    raise ValueError("wrong")


def test_readers_are_many(observatory: Path) -> None:
    client = TestClient(create(observatory), base_url=HERE)
    wrong: list[str] = []
    expected = {
        address: client.get(address).text for address in ("/zh/targets", "/en/ledger", "/api/statements?limit=50")
    }

    def read() -> None:
        for address, text in expected.items():
            if client.get(address).text != text:
                wrong.append(address)

    threads = [threading.Thread(target=read) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
