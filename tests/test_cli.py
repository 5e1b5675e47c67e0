"""The command line, as a person or a script meets it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from conftest import report_text
from saidao.cli import COMMANDS, main
from saidao.cli.framework import width_of, wrap
from saidao.cli.language import language_of


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "in").mkdir()
    for n in range(6):
        (folder / "in" / f"r{n}.txt").write_text(report_text(n), encoding="utf-8")
    (folder / "in" / "x.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert main(["build", str(folder / "in"), "-o", str(folder / "a.duckdb"), "--jobs", "1", "--quiet"]) == 0
    return folder / "a.duckdb"


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "110")


def run(*arguments: str | Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main([str(argument) for argument in arguments])
    out, error = capsys.readouterr()
    return code, out, error


def program(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[Any]:
    command = [sys.executable, "-m", "saidao", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=60, check=False, **options)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_every_command_has_help_with_examples(name: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(*([name] if name else []), "--help", "--lang", language, capsys=capsys)
    assert code == 0
    assert ("用法" in out) == (language == "zh")
    assert ("Examples" in out) == (language == "en")
    assert "saidao " + (name or "build") in out
    assert max(width_of(line) for line in out.splitlines()) <= 110
    if language == "zh":
        for english in ("Usage", "Options", "Commands", "Show this", "required"):
            assert english not in out


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_are_calls_that_parse(name: str) -> None:
    import shlex

    from saidao.cli import program as made
    from saidao.cli.framework import Context, examples
    from saidao.outputs.messages import Messages

    for language in ("zh", "en"):
        say = Messages(language)
        group = made(say)
        for line in examples(say, name):
            words = shlex.split(line.partition("<")[0])
            assert words[:2] == ["saidao", name]
            context = Context(group)
            command = group.get_command(context, name)
            assert command is not None
            command.make_context(name, words[2:], parent=context)


def test_help_comes_fast() -> None:
    program("--help")
    begun = time.perf_counter()
    assert program("--help").returncode == 0
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, saidao.cli; saidao.cli.main(['--help']); print(sorted(sys.modules))"],
        capture_output=True, text=True, timeout=60, check=True,
    ).stdout  # fmt: skip
    # What takes long is not loaded; the clock itself depends on how busy the machine is.
    for heavy in ("'duckdb'", "'pyarrow'", "'rich.table'", "'saidao.pipeline'", "'lxml'"):
        assert heavy not in loaded
    assert time.perf_counter() - begun < 20


def test_the_language_is_the_users() -> None:
    assert language_of([], {"LANG": "zh_CN.UTF-8"}) == "zh"
    assert language_of([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}) == "en"
    assert language_of(["info", "--lang", "zh"], {"LANG": "C"}) == "zh"
    assert language_of(["--lang=en"], {"LANG": "zh_TW"}) == "en"
    assert language_of(["--", "--lang", "zh"], {}) == "en"
    assert language_of([], {}) == "en"


def test_chinese_wraps_by_width_and_not_before_punctuation() -> None:
    lines = wrap("读取给出的文件和文件夹里的全部文件，抽取其中的量化事项，写入一个数据库。", 20)
    assert "".join(lines) == "读取给出的文件和文件夹里的全部文件，抽取其中的量化事项，写入一个数据库。"
    assert all(width_of(line) <= 20 for line in lines)
    assert not any(line[0] in "，。" for line in lines)


@pytest.mark.parametrize(
    ("arguments", "said_en", "said_zh"),
    [
        (["nonsense"], "no command nonsense", "没有命令"),
        (["info"], "DB is missing", "缺少 DB"),
        (["info", "x", "--colour"], "no option --colour", "没有选项 --colour"),
        (["build", "x"], "is missing", "缺少"),
        (["statements", "x", "--format", "sav"], "--format", "的值不对"),
        (["info", "/nowhere/x.duckdb"], "no such database", "没有这个数据库"),
        (["build", "/nowhere/in", "-o", "/tmp/never.duckdb"], "no such file", "没有这个文件"),
    ],
)
def test_wrong_usage_is_said_in_the_language(
    arguments: list[str], said_en: str, said_zh: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for language, said in (("en", said_en), ("zh", said_zh)):
        code, out, error = run(*arguments, "--lang", language, capsys=capsys)
        assert code == 2
        assert said in error
        assert out == ""


def test_build_tells_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(report_text(1), encoding="utf-8")
    (tmp_path / "b.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    code, out, error = run("build", tmp_path, "-o", tmp_path / "out.duckdb", "--jobs", "1", capsys=capsys)
    # The database lies below the path that is read; it must not be read itself.
    assert (code, out) == (0, "")
    assert "1 new" in error
    assert ".docx" in error
    code, _, error = run("build", tmp_path / "a.txt", "-o", tmp_path / "out.duckdb", "--lang", "zh", capsys=capsys)
    assert "未变而跳过 1 个" in error
    code, _, error = run("build", tmp_path / "a.txt", "-o", tmp_path / "out.duckdb", "--quiet", capsys=capsys)
    assert (code, error) == (0, "")


def test_build_from_nothing_readable_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert run("build", tmp_path / "in", "-o", tmp_path / "o.duckdb", capsys=capsys)[0] == 1


def test_build_maps_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["甲", "乙"], ["x", report_text(1)]])
    given = ["build", tmp_path / "a.csv", "-o", tmp_path / "o.duckdb", "--jobs", "1"]
    assert run(*given, "--mapping", "text=乙", capsys=capsys)[0] == 0
    code, _, error = run(*given, "--mapping", "farbe=乙", capsys=capsys)
    assert code == 2
    assert "farbe" in error


def test_a_table_shows_sentences_and_how_many_more(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, error = run("statements", database, "--lang", "zh", "--limit", "3", capsys=capsys)
    assert code == 0
    lines = out.splitlines()
    assert len(lines) == 4
    assert "所在句子" in lines[0]
    assert all(width_of(line.rstrip()) <= 110 for line in lines)
    assert "--all" in error
    code, out, error = run("statements", database, "--all", capsys=capsys)
    assert (code, error) == (0, "")
    assert len(out.splitlines()) > 21


def test_nothing_found_is_one(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, error = run("statements", database, "--words", "火星", capsys=capsys)
    assert (code, out) == (1, "")
    assert "No statement" in error


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("statements", "--region", "长杀市"), "regions.csv; near it are: 长治市, 长沙市"),
        (("targets", "--indicator", "GDPP"), "indicators.csv; near it are: GDP"),
        (("carriers", "--industry", "糖果业"), "industry_names.csv; near it are: 糖果"),
        (("ledger", "--region", "火星"), "火星 is no name in regions.csv"),
    ],
)
def test_a_name_that_nobody_knows_is_told_where_nothing_is_found(
    database: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], said: str
) -> None:
    command, *filters = asked
    assert main(["--lang", "en", command, str(database), *filters]) != 0
    assert said in capsys.readouterr().err


def test_csv_and_json_lines_go_to_scripts(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("statements", database, "--region", "湖南", "--format", "csv", capsys=capsys)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert rows
    assert {"id", "quote", "low", "sentence", "title", "path", "url"} <= set(rows[0])
    code, out, _ = run("statements", database, "--region", "湖南", "--format", "jsonl", capsys=capsys)
    records = [json.loads(line, parse_float=Decimal) for line in out.splitlines()]
    assert [record["id"] for record in records] == [row["id"] for row in rows]
    for record, row in zip(records, rows, strict=True):
        assert record["sentence"].count(record["quote"])
        if record["low"] is not None:
            assert Decimal(row["low"]) == record["low"]


def test_files_of_every_format(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for suffix in ("csv", "jsonl", "parquet", "xlsx", "dta"):
        target = tmp_path / f"out.{suffix}"
        code, out, error = run("statements", database, "-o", target, capsys=capsys)
        assert (code, out) == (0, "")
        assert target.name in error
        assert target.stat().st_size > 1000
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    assert sheet.max_row == duckdb.sql(f"SELECT count(*) FROM '{tmp_path / 'out.parquet'}'").fetchall()[0][0] + 1
    code, _, error = run("statements", database, "-o", tmp_path / "out.sav", capsys=capsys)
    assert code == 2


def test_show_a_statement_and_its_document(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with duckdb.connect(str(database), read_only=True) as connection:
        sql = "SELECT s.id, s.quote, x.text, s.document_id FROM statements s JOIN sentences x ON x.id = s.sentence_id"
        found = connection.execute(f'{sql} ORDER BY s.document_id, s."start"').fetchall()
    key, quote, sentence, document = found[0]
    code, out, _ = run("show", database, key, "--lang", "zh", capsys=capsys)
    assert code == 0
    assert sentence in out.replace("\n", "")
    assert quote in out
    assert "来源文件" in out
    code, out, _ = run("show", database, document[:12], capsys=capsys)
    assert code == 0
    assert "农村公路" in out
    for wrong in ("zzz", "0123456789abcdef"):
        code, _, error = run("show", database, wrong, capsys=capsys)
        assert code == 2
        assert wrong in error


def test_figures_are_marked_where_there_are_colours(database: Path) -> None:
    with duckdb.connect(str(database), read_only=True) as connection:
        [(key, quote)] = connection.execute("SELECT id, quote FROM statements ORDER BY id LIMIT 1").fetchall()
    done = program("show", database, key, env=os.environ | {"FORCE_COLOR": "1"}, text=True)
    assert f"\x1b[1;31m{quote}\x1b[0m" in done.stdout


def test_info_tells_coverage_and_rejects(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("info", database, "--lang", "zh", capsys=capsys)
    assert code == 0
    for said in ("6 篇文件", "湖南省", "2026", "x.doc", "[doc_not_read]", "性质："):
        assert said in out
    code, out, _ = run("info", database, "--lang", "en", capsys=capsys)
    assert "6 documents" in out


PASSAGES = [
    {"id": "a", "issuer": "湖南省", "doc": "政府工作报告", "year": 2026, "text": "今年地区生产总值增长5%左右。"},
    {"id": 2, "issuer": None, "doc": None, "year": None, "text": "没有数字的话。"},
    {
        "id": "c",
        "issuer": "湖南省",
        "doc": "政府工作报告",
        "year": "2026",
        "text": "投资0.30亿元，居民收入增长与经济增长同步。",
    },
]


def write_passages(path: Path, *broken: bytes) -> Path:
    lines = [json.dumps(passage, ensure_ascii=False).encode() for passage in PASSAGES]
    path.write_bytes(b"\n".join([*lines[:1], *broken, b"", *lines[1:]]) + b"\n")
    return path


def test_extract_writes_a_record_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out.jsonl"
    code, out, error = run("extract", write_passages(tmp_path / "in.jsonl"), "-o", target, capsys=capsys)
    assert (code, out, error) == (0, "", "")
    records = [json.loads(line, parse_float=Decimal) for line in target.read_text("utf-8").splitlines()]
    assert [(record["id"], record["quote"], record["low"]) for record in records] == [
        ("a", "5%左右", 5), ("c", "0.30亿元", 30_000_000),
    ]  # fmt: skip
    first = records[0]
    assert PASSAGES[0]["text"][first["start"] : first["end"]] == first["quote"]  # type: ignore[index]
    assert set(first) >= {"indicator", "kind", "high", "unit", "bound", "status", "period", "region", "industry"}
    code, out, _ = run("extract", tmp_path / "in.jsonl", "--qualitative", capsys=capsys)
    assert "relation" in {json.loads(line)["kind"] for line in out.splitlines()}


@pytest.mark.parametrize(
    "broken",
    [b"{", b"[]", b'{"id": 1}', b'{"text": "x"}', b'{"id": 1, "text": "x", "year": 1.5}', b"\xff\xfe", b"[" * 99999],
)
def test_a_bad_line_is_named_and_the_rest_is_done(
    broken: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, error = run("extract", write_passages(tmp_path / "in.jsonl", broken), capsys=capsys)
    assert code == 1
    assert "line 2 " in error
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["a", "c"]


def test_extract_reads_standard_input() -> None:
    given = "\n".join(json.dumps(passage, ensure_ascii=False) for passage in PASSAGES).encode()
    done = program("extract", "-", input=given)
    assert done.returncode == 0
    assert len(done.stdout.decode("utf-8").splitlines()) == 2


def test_a_reader_that_has_seen_enough_is_no_error(database: Path) -> None:
    command = (
        f"'{sys.executable}' -m saidao statements '{database}' --all --format csv | head -n 1; exit ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_the_reference_of_commands_is_current() -> None:
    from saidao.cli.reference import reference

    page = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
    if not page.is_file():
        pytest.skip("docs/cli.md is not written yet")
    assert page.read_text("utf-8") == reference(), "run: python -m saidao.cli.reference > docs/cli.md"


def test_the_page_of_tables_is_current_and_its_queries_run(database: Path, tmp_path: Path) -> None:
    import re

    from saidao.store.reference import replaced

    page = (Path(__file__).resolve().parents[1] / "docs" / "schema.md").read_text("utf-8")
    assert replaced(page) == page, "run: python -m saidao.store.reference docs/schema.md"
    queries = re.findall(r"```sql\n(.*?)```", page, re.S)
    assert len(queries) >= 6
    with duckdb.connect(str(database), read_only=True) as connection:
        for query in queries:
            connection.execute(query.replace("'statements.parquet'", f"'{tmp_path / 's.parquet'}'")).fetchall()
