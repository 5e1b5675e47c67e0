"""`saidao terms` in both languages: tables, panels, files, charts, wrong calls."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import openpyxl
import pandas
import pyreadstat
import pytest

from word_reports import build, run


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("terms"))


HEAD = "# name: 测试\n# version: 1\n# source: 自编\n# licence: CC0\n"
SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def test_the_table_in_both_languages(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    code, out, _ = run("terms", database, "人工智能", "低空经济", "--lang", "zh", capsys=capsys)
    assert code == 0
    head, first, second, _, below, all_terms = out.splitlines()
    assert head.split() == ["词", "次数", "文件数", "每万字", "句子占比", "最早使用"]
    assert first.split()[:3] == ["人工智能", "16", "5/5"]
    assert second.split()[:3] == ["低空经济", "5", "5/5"]
    assert below.startswith("5 篇文件")
    assert "21 次" in all_terms
    code, out, _ = run("terms", database, "人工智能", "--tokens", "--by", "region,year", "--lang", "en", capsys=capsys)
    assert code == 0
    assert out.splitlines()[0].split("  ")[0] == "region"
    assert "per 100 words" in out
    code, out, error = run("terms", database, "元宇宙", "--lang", "zh", capsys=capsys)
    assert (code, error) == (1, "没有一处。\n")
    assert "0/5" in out
    code, out, error = run("terms", database, "元宇宙", "--year", "1999", "--lang", "en", capsys=capsys)
    assert (code, out, error) == (1, "", "No document fits.\n")


def test_a_panel_on_the_terminal_and_in_files(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run("terms", database, "人工智能", "--panel", "--lang", "en", capsys=capsys)
    assert code == 0
    assert "no document, which is not zero" in out
    assert len([line for line in out.splitlines() if "—" in line and "省" in line]) == 4
    for suffix in ("csv", "jsonl", "parquet", "xlsx", "dta"):
        target = tmp_path / f"panel.{suffix}"
        arguments = (
            "terms",
            database,
            "--dictionary",
            "digital_economy_short",
            "--panel",
            "-o",
            target,
            "--lang",
            "zh",
        )
        code, out, error = run(*arguments, capsys=capsys)
        assert (code, out) == (0, ""), error
        assert "9 行" in error
    rows = list(csv.DictReader((tmp_path / "panel.csv").open(encoding="utf-8-sig")))
    assert len(rows) == 9
    assert [row["hits"] for row in rows if row["documents"] == "0"] == [""] * 4
    book = openpyxl.load_workbook(tmp_path / "panel.xlsx").active
    assert book is not None
    assert [cell.value for cell in book[1]][:5] == ["地区", "行政区划代码", "年份", "文件数", "出现该词的文件数"]
    frame, about = pyreadstat.read_dta(str(tmp_path / "panel.dta"))
    assert about.column_names_to_labels["per_10000"] == "每万字次数"
    assert about.variable_value_labels["adcode"][430000] == "湖南省"
    assert frame["hits"].isna().sum() == (frame["documents"] == 0).sum() == 4
    assert frame["adcode"].tolist()[:3] == [330000] * 3
    read = pandas.read_stata(tmp_path / "panel.dta")
    assert read["adcode"].tolist()[0] == "浙江省"
    assert read["hits"].sum() == duckdb.sql(f"SELECT sum(hits) FROM '{tmp_path}/panel.parquet'").fetchall()[0][0]


def test_files_keep_labels_in_the_language(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "panel.dta"
    run(
        "terms",
        database,
        "人工智能",
        "--by",
        "region,year,section",
        "--panel",
        "-o",
        target,
        "--lang",
        "en",
        capsys=capsys,
    )
    _, about = pyreadstat.read_dta(str(target))
    assert about.column_names_to_labels["hits"] == "hits"
    assert "Hunan" in about.variable_value_labels["adcode"][430000]
    assert "plan of the year" in about.variable_value_labels["section"].values()


def test_charts_of_regions_and_terms(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("matplotlib")
    for name, arguments in (("a.svg", ["--by", "region"]), ("b.svg", []), ("c.png", ["--measure", "document_share"])):
        arguments = [
            "terms",
            str(database),
            "人工智能",
            "低空经济",
            *arguments,
            "--chart",
            str(tmp_path / name),
            "--lang",
            "zh",
        ]
        code, _, error = run(*arguments, capsys=capsys)
        assert code == 0, error
        assert name in error
    assert "湖南省" in (tmp_path / "a.svg").read_text("utf-8")
    assert "低空经济" in (tmp_path / "b.svg").read_text("utf-8")
    assert (tmp_path / "c.png").read_bytes().startswith(b"\x89PNG")


def test_wrong_calls_are_said(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_text(HEAD + "group,term\n数,数字\n数,数字\n", encoding="utf-8")
    for arguments, said in (
        ([], "--dictionary"),
        (["人工智能", "--by", "colour"], "region, year"),
        (["人工智能", "--section", "nonsense"], "plan_year"),
        (["人工智能", "--dictionary", "risk"], "not both"),
        (["--dictionary", "nonsense"], "digital_economy_short"),
        (["--dictionary", str(tmp_path / "a.csv")], "a.csv:7"),
        (["人工智能", "人工智能"], "twice"),
        (["人工智能", "--chart", "a.pdf"], ".svg"),
    ):
        code, _, error = run("terms", database, *arguments, "--lang", "en", capsys=capsys)
        assert code == 2
        assert said in error
    code, _, error = run("terms", database, "--dictionary", tmp_path / "a.csv", "--lang", "zh", capsys=capsys)
    assert "第 6 行已有" in error
