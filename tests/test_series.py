"""One indicator through the years: every year a row, gaps named, charts that say the same each time."""

from __future__ import annotations

import csv
import hashlib
import io
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import pytest

import saidao
from conftest import report_text
from saidao.cli import main
from saidao.errors import UsageError
from saidao.outputs import charts
from saidao.outputs.messages import Messages

ZH, EN = Messages("zh"), Messages("en")

NATION = {
    1992: "去年国民生产总值增长7%。", 1994: "去年国内生产总值增长13.4%，突破3万亿元。",
    2016: "去年国内生产总值达到67.7万亿元，增长6.9%。", 2017: "去年国内生产总值增长6.7%。",
    2019: "去年国内生产总值增长6.6%。",
}  # fmt: skip
TARGETS = {
    1992: "国民生产总值增长6%。", 1994: "国内生产总值增长9%。", 2016: "国内生产总值增长6.5%—7%。",
    2017: "国内生产总值增长6.5%左右，在实际工作中争取更好结果。", 2019: "居民消费价格涨幅3%左右。",
}  # fmt: skip


def national(year: int) -> str:
    return "\n".join(
        [
            f"{year}年国务院政府工作报告",
            f"——{year}年3月5日在全国人民代表大会会议上",
            "国务院总理",
            "各位代表：",
            "现在，我代表国务院，向大会报告政府工作，请予审议。",
            f"一、{year - 1}年工作回顾",
            NATION[year],
            f"二、{year}年工作总体部署",
            f"今年发展主要预期目标是：{TARGETS[year]}",
        ]
    )


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("series")
    (folder / "in").mkdir()
    for year in NATION:
        (folder / "in" / f"n{year}.txt").write_text(national(year), encoding="utf-8")
    for year in (2024, 2026):
        (folder / "in" / f"h{year}.txt").write_text(report_text(0, year=year), encoding="utf-8")
    saidao.build(folder / "in", folder / "a.duckdb", jobs=1)
    table = "指标：国内生产总值增速(%)\n地区,2017年,2016年\n全国,6.9,6.8\n"
    (folder / "gdp.csv").write_text(table, encoding="utf-8")
    saidao.import_statistics(folder / "a.duckdb", folder / "gdp.csv")
    return folder / "a.duckdb"


def rows(database: Path, **asked: Any) -> dict[int, dict[str, Any]]:
    with saidao.open(database) as opened:
        return {row["year"]: row for row in opened.series(**{"indicator": "gdp", **asked})}


def run(*arguments: str | Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main([str(argument) for argument in arguments])
    out, error = capsys.readouterr()
    return code, out, error


def test_every_year_is_a_row(database: Path) -> None:
    found = rows(database)
    assert list(found) == list(range(1991, 2020)), "from the first result to the last report"
    assert {row["region"] for row in found.values()} == {"全国"}, "national reports are meant unless told"
    assert all(row["target_reason"] or row["target_quote"] for row in found.values())
    assert all(row["result_reason"] or row["result_quote"] for row in found.values())


def test_gaps_say_why(database: Path) -> None:
    found = rows(database)
    assert found[1993]["target_reason"] == "no_report"
    assert found[2019]["target_reason"] == "not_stated"
    assert found[1992]["result_reason"] == "no_report"
    assert found[2019]["result_reason"] == "not_due"
    assert found[2018]["target_reason"] == "no_report"
    assert rows(database, measure="level")[2016]["target_reason"] == "other_measure"
    assert list(rows(database, year="1988-1990")) == [1988, 1989, 1990], "years before all reports, when asked for"


def test_target_result_and_outcome(database: Path) -> None:
    found = rows(database)
    row = found[2016]
    assert (row["target_low"], row["target_high"], row["unit"]) == (Decimal("6.5"), Decimal(7), "%")
    assert (row["result_low"], row["result_bound"], row["outcome"]) == (Decimal("6.7"), "eq", "met")
    assert (row["statistic"], row["statistic_source"]) == (Decimal("6.8"), row["statistic_source"])
    assert found[2017]["hedge"] == "努力争取更好结果"
    assert (found[2017]["outcome"], found[2017]["result_from"]) == ("beaten", "statistics"), "no report of 2018"
    assert (found[1992]["outcome"], found[1992]["outcome_reason"]) == ("not_comparable", "no_report")
    assert found[2018]["outcome"] is None
    assert rows(database, measure="level")[2015]["result_low"] == Decimal(67_700_000_000_000)


def test_the_name_it_went_by(database: Path) -> None:
    found = rows(database)
    assert (found[1992]["named"], found[1991]["result_named"]) == ("国民生产总值", "国民生产总值")
    assert (found[1994]["named"], found[1993]["result_named"]) == ("国内生产总值", "国内生产总值")
    assert {row["indicator_id"] for row in found.values()} == {"gdp"}


def test_quotes_stand_at_their_places(database: Path) -> None:
    found = [*rows(database).values(), *rows(database, region="湖南").values()]
    with duckdb.connect(str(database), read_only=True) as connection:
        texts = dict(connection.execute("SELECT id, text FROM documents").fetchall())
    quotes = 0
    for row in found:
        for part in ("target", "result"):
            if row[f"{part}_document"]:
                text = texts[row[f"{part}_document"]]
                assert text[row[f"{part}_start"] : row[f"{part}_end"]] == row[f"{part}_quote"]
                assert row[f"{part}_quote"] in row[f"{part}_sentence"]
                quotes += 1
    assert quotes >= 10


def test_regions_have_the_same_years(database: Path) -> None:
    with saidao.open(database) as opened:
        found = opened.series(indicator="地区生产总值", region=["湖南", "西藏"], year="2023-2026").rows()
    assert [(row["region"], row["year"]) for row in found] == [
        (name, year) for name in ("湖南省", "西藏自治区") for year in range(2023, 2027)
    ]
    without = [row for row in found if row["region"] == "西藏自治区"]
    assert {row["target_reason"] for row in without} == {row["result_reason"] for row in without} == {"no_report"}


@pytest.mark.parametrize(
    ("asked", "zh"),
    [
        ({"indicator": "没有的指标"}, "没有这项标准指标"),
        ({"indicator": "gdp", "measure": "rank"}, "数值类型有"),
        ({"indicator": "gdp", "region": "无此地"}, "没有这个地区"),
    ],
)
def test_what_is_no_series(database: Path, asked: dict[str, str], zh: str) -> None:
    with saidao.open(database) as opened, pytest.raises(UsageError) as caught:
        opened.series(**asked)
    assert zh in caught.value.text("zh")  # type: ignore[attr-defined]
    assert asked.get("measure") or str(caught.value)


def test_the_table_to_read(database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "130")
    code, out, _ = run("series", database, "--indicator", "gdp", "--lang", "zh", capsys=capsys)
    assert code == 0
    lines = {line.split()[0]: line for line in out.splitlines() if line[:4].isdigit()}
    assert len(lines) == 29
    for year, told in (
        ("1993", "没有报告"),
        ("2019", "未提"),
        ("2016", "6.5–7%"),
        ("2016", "✓ 完成"),
        ("2017", "6.5%左右"),
    ):
        assert told in lines[year]
    assert "没有报告（24 年）：1991、1993、1995–2015、2018" in out
    code, _, error = run("series", database, "--indicator", "cpi", "--region", "西藏", "--lang", "en", capsys=capsys)
    assert (code, "No target" in error) == (1, True)


def test_files_hold_all_columns(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from saidao.analyses.series import COLUMNS

    for suffix in ("csv", "jsonl", "parquet", "xlsx"):
        target = tmp_path / f"a.{suffix}"
        assert run("series", database, "--indicator", "gdp", "-o", target, capsys=capsys)[0] == 0
        assert target.stat().st_size
    found = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"))))
    assert tuple(found[0]) == COLUMNS
    assert len(found) == 29


def drawn(database: Path, target: Path, *more: str) -> bytes:
    assert (
        main(["series", str(database), "--indicator", "gdp", "--chart", str(target), "-o", f"{target}.csv", *more]) == 0
    )
    return target.read_bytes()


def texts_of(content: bytes) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(content).iter("{http://www.w3.org/2000/svg}text")]


def test_an_svg_is_the_same_each_time_and_holds_the_figures(database: Path, tmp_path: Path) -> None:
    first = drawn(database, tmp_path / "a.svg", "--lang", "zh")
    assert first == drawn(database, tmp_path / "b.svg", "--lang", "zh")
    found = texts_of(first)
    for text in ("6.5–7", "6.7", "6.5", "13.4", "单位：%", "全国　国内生产总值（增速）：目标与结果", "目标（区间）", "目标（左右）",
                 "结果", "统计数据", "当年没有报告", "报告没有这项目标"):  # fmt: skip
        assert text in found, text
    assert any("每点对应原句，见表" in text for text in found)
    assert b"Noto Sans CJK SC" in first
    assert b"<dc:date>" not in first


def test_an_svg_in_english(database: Path, tmp_path: Path) -> None:
    found = texts_of(drawn(database, tmp_path / "a.svg", "--lang", "en", "--measure", "level"))
    assert "China, Gross domestic product (level): target and result" in found
    assert "Unit: trillion yuan" in found
    assert "≥3" in found


def test_regions_are_panels(database: Path, tmp_path: Path) -> None:
    more = ("--lang", "zh", "--region", "湖南", "--region", "全国", "--year", "2015-2026")
    found = texts_of(drawn(database, tmp_path / "a.svg", *more))
    assert [text for text in found if text.endswith("单位：%")] == ["全国  单位：%", "湖南省  单位：%"]


def test_a_picture_is_the_same_each_time(database: Path, tmp_path: Path) -> None:
    first = drawn(database, tmp_path / "a.png")
    assert first.startswith(b"\x89PNG")
    assert hashlib.sha256(first).digest() == hashlib.sha256(drawn(database, tmp_path / "b.png")).digest()


def test_without_a_chinese_font_a_picture_speaks_english(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charts, "font", lambda: None)
    drawn(database, tmp_path / "a.png", "--lang", "zh")
    assert "没有中文字体" in capsys.readouterr().err
    drawn(database, tmp_path / "b.png", "--lang", "en")
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
    drawn(database, tmp_path / "a.svg", "--lang", "zh")
    assert "没有中文字体" not in capsys.readouterr().err


@pytest.mark.parametrize(("language", "say"), [("zh", "画图需要 matplotlib"), ("en", "Charts need matplotlib")])
def test_without_the_library_the_message_names_it(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    language: str, say: str,
) -> None:  # fmt: skip
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    arguments = ("series", database, "--indicator", "gdp", "--lang", language)
    code, out, error = run(*arguments, "--chart", tmp_path / "a.svg", capsys=capsys)
    assert (code, out) == (2, "")
    assert say in error
    assert "pip install 'saidao[charts]'" in error
    assert run(*arguments, capsys=capsys)[0] == 0, "the table needs no library"


def test_a_chart_that_cannot_be(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, error = run("series", database, "--indicator", "gdp", "--chart", "a.pdf", "--lang", "en", capsys=capsys)
    assert (code, ".svg, .png" in error) == (2, True)
    panels = [charts.Panel(str(n)) for n in range(charts.PANELS + 1)]
    with pytest.raises(UsageError, match="12 regions"):
        charts.draw(charts.Chart("t", "%", "n", 2020, 2021, panels), str(tmp_path / "a.svg"), EN)
    assert list(tmp_path.iterdir()) == []


def test_figures_in_two_units_share_a_scale() -> None:
    from saidao.outputs.series import chart

    def row(year: int, value: int, unit: str) -> dict[str, Any]:
        return {
            "adcode": "100000", "region": "全国", "level": "central", "year": year, "indicator_id": "grain_output",
            "measure": "level", "unit": unit, "target_low": None, "target_high": None, "target_bound": None,
            "target_reason": "not_stated", "result_low": Decimal(value), "result_high": Decimal(value),
            "result_bound": "eq", "result_unit": unit, "statistic": None,
        }  # fmt: skip

    made = chart([row(2010, 546_000_000, "吨"), row(2011, 1_142_000_000_000, "斤"), row(2012, 3, "家")], ZH)
    [panel] = made.panels
    assert [mark.label for mark in panel.results] == ["5.46", "5.71"]
    assert made.unit == "单位：亿吨"
    assert "另有 1 个数字单位不同" in made.note
