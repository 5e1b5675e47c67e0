"""What a person asks when something is odd: `saidao doctor`, `saidao notes`, `saidao rejects`."""

from __future__ import annotations

import csv
import io
from importlib import metadata
from pathlib import Path

import duckdb
import pytest

from conftest import report_text
from saidao import lexicon
from saidao.cli import main
from saidao.outputs.messages import Messages
from saidao.pipeline import build


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Two reports, one of which has a doubt in it, and two inputs that are rejected."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(report_text(0), encoding="utf-8")
    row = {"标题": "政府工作报告", "年份": "2019", "正文": report_text(1).replace("\n", "\n\n")}
    (folder / "b.csv").write_text(",".join(row) + "\n" + ",".join(f'"{v}"' for v in row.values()) + "\n", "utf-8")
    (folder / "c.bin").write_bytes(bytes(range(256)))
    (folder / "d.txt").write_bytes(b"")
    build(folder, tmp_path / "a.duckdb", jobs=1)
    return tmp_path / "a.duckdb"


def printed(capsys: pytest.CaptureFixture[str], code: int, *command: str) -> str:
    capsys.readouterr()
    assert main(list(command)) == code
    return capsys.readouterr().out


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_notes_and_rejects_are_listed_with_their_sentences(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "240")
    rows = table(printed(capsys, 0, "rejects", str(database), "--format", "csv", "--lang", "en"))
    assert [(row["code"], Path(row["path"]).name) for row in rows] == [
        ("unknown_binary", "c.bin"),
        ("empty_file", "d.txt"),
    ]
    assert all(row["explanation"] for row in rows)
    assert [row["advice"] for row in rows] == [
        "save it as DOCX, PDF, TXT or another format that is read",
        "download it again or delete it",
    ]
    rows = table(
        printed(capsys, 0, "rejects", str(database), "--format", "csv", "--code", "empty_file", "--file", "d.")
    )
    assert [Path(row["path"]).name for row in rows] == ["d.txt"]
    printed(capsys, 1, "rejects", str(database), "--file", "nothing")

    rows = table(
        printed(capsys, 0, "notes", str(database), "--format", "csv", "--lang", "zh", "--code", "year_disagrees")
    )
    assert [(row["year"], Path(row["path"]).name) for row in rows] == [("2026", "b.csv")]
    assert rows[0]["explanation"].startswith("年份不一致")
    assert "2019" in rows[0]["explanation"]
    printed(capsys, 1, "notes", str(database), "--year", "1999")
    shown = printed(capsys, 0, "rejects", str(database), "--lang", "zh")
    assert "二进制文件，不是所支持的格式" in shown
    assert "       1  空文件；请重新下载或删除" in shown.partition("怎么办：")[2]


def test_the_doctor_says_what_is_installed(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, 0, "doctor", "--lang", "en")
    for name in ("duckdb", "pyarrow", "matplotlib"):
        assert f"{name} {metadata.version(name)}" in said
    assert f"Data files: {len(lexicon.names())}" in said
    assert "No problem found." in said
    assert "没有发现问题。" in printed(capsys, 0, "doctor", "--lang", "zh")


def test_an_extra_that_is_missing_comes_with_its_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    version = metadata.version

    def without(name: str) -> str:
        if name == "pyreadstat":
            raise metadata.PackageNotFoundError(name)
        return "1.0" if name == "lxml" else version(name)

    monkeypatch.setattr(metadata, "version", without)
    said = printed(capsys, 1, "doctor", "--lang", "en")
    assert "pip install 'saidao[stata]'" in said
    assert "[problem] Dependencies are missing or too old: lxml" in said


def test_the_doctor_holds_every_record_against_its_text(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, 0, "doctor", str(database), "--lang", "en")
    with duckdb.connect(str(database)) as connection:
        [(count,)] = connection.execute("SELECT count(*) FROM statements").fetchall()
        [(id,)] = connection.execute("SELECT min(id) FROM statements").fetchall()
        assert f"statements: {count} records, each at its place" in said
        connection.execute('UPDATE statements SET "start" = "start" + 1 WHERE id = ?', [id])
        connection.execute("UPDATE runs SET state = 'running'")
    said = printed(capsys, 1, "doctor", str(database), "--lang", "en")
    assert f"[problem] statements: 1 of {count} records do not stand at their place in the text (such as {id})" in said
    assert "saidao build goes on from there" in said
    assert "Problems found: 1." in said


def test_the_doctor_names_a_broken_data_file_and_a_file_that_is_no_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = lexicon._shipped
    monkeypatch.setattr(lexicon, "_shipped", lambda name: b"id,family\nx,y\n" if name == "fonts" else shipped(name))
    monkeypatch.setattr(lexicon, "load", lambda overlay=None: lexicon.Lexicon())
    (tmp_path / "x.duckdb").write_text("no database " * 1000)
    said = printed(capsys, 1, "doctor", str(tmp_path / "x.duckdb"), "--lang", "en")
    assert "[problem] A data file is wrong: fonts.csv:1: the column files is missing" in said
    assert "this file is no DuckDB database" in said


@pytest.mark.parametrize("name", ["messages", "rejects", "notes"])
def test_every_message_fills_the_same_places_in_both_languages(name: str) -> None:
    import string

    for row in lexicon.load().rows(name):
        places = [
            {field for _, field, _, _ in string.Formatter().parse(row[column]) if field} for column in ("zh", "en")
        ]
        assert places[0] == places[1], row["id"]
    assert Messages("zh")("doctor.well") != Messages("en")("doctor.well")
