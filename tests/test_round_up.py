"""The round-up: which statement is a region's target or result, what changed, what stands under it, what is missing."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from evaluation import gate, round_up

import saidao
from saidao.cli import main

REPORT = """{year}年{place}政府工作报告
各位代表：
现在，我代表{place}人民政府向大会报告工作，请予审议。
一、{past}年工作回顾
过去一年，{review}
过去五年，{five}
二、“十五五”时期主要目标
“十五五”时期，{outlook}
三、{year}年工作安排
{targets}
{plan}
"""

PARTS = {
    "review": "全省地区生产总值增长5.3%，城镇新增就业45万人。",
    "five": "全省地区生产总值年均增长6.1%，一般公共预算收入突破5000亿元，社会消费品零售总额达到2.4万亿元。",
    "outlook": "地区生产总值年均增长5%左右，研发投入强度达到3.5%以上。",
    "targets": "今年经济社会发展主要预期目标是：地区生产总值增长5%左右，在实际工作中努力争取更好结果；居民收入增长与经济增长同步；"
    "粮食产量完成国家下达任务。",
    "plan": "着力扩大内需。社会消费品零售总额增长5.5%以上。建成高标准农田200万亩，粮食总产量稳定在500亿斤以上。",
}


def write(folder: Path, place: str, year: int, name: str | None = None, **parts: str) -> None:
    text = REPORT.format(place=place, year=year, past=year - 1, **(PARTS | parts))
    folder.mkdir(exist_ok=True)
    (folder / f"{name or place}{year}.txt").write_text(text, encoding="utf-8")


def built(folder: Path) -> Path:
    database = folder.parent / "reports.duckdb"
    saidao.build(folder, database, jobs=1)
    return database


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("round-up") / "reports"
    write(folder, "湖南省", 2026)
    write(
        folder, "湖南省", 2025,
        targets="今年主要预期目标是：地区生产总值增长5.5%以上；居民收入增长与经济增长同步；城镇新增就业40万人以上；进出口总额增长3%。",
    )  # fmt: skip
    write(folder, "四川省", 2026, targets="今年主要预期目标是：地区生产总值增长4.5%—5%；居民消费价格涨幅2%左右。")
    write(folder, "四川省", 2025, targets="今年主要预期目标是：地区生产总值增长4%左右。")
    return built(folder)


def cells(database: Path, **choice: Any) -> dict[tuple[Any, ...], dict[str, Any]]:
    with saidao.open(database) as opened:
        rows = opened.targets(**choice).rows()
    return {(r["region"], r["year"], r["role"], r["indicator_id"], r["measure"]): r for r in rows}


def test_the_sentence_of_main_targets_decides(database: Path) -> None:
    found = cells(database, year=2026)
    gdp = found["湖南省", 2026, "target", "gdp", "growth"]
    assert (gdp["low"], gdp["bound"], gdp["hedge"], gdp["where"]) == (5, "approx", "努力争取更好结果", "main_targets")
    # named in words there, so the figure in the plan does not replace it
    grain = found["湖南省", 2026, "target", "grain_output", ""]
    assert "完成国家下达任务" in grain["qualitative"]
    assert ("湖南省", 2026, "target", "grain_output", "level") not in found


def test_what_it_lacks_is_taken_from_the_plan(database: Path) -> None:
    retail = cells(database)["湖南省", 2026, "target", "retail_sales", "growth"]
    assert (retail["low"], retail["bound"], retail["where"]) == (Decimal("5.5"), "ge", "plan_year")


def test_figures_of_five_years_never_slip_in(database: Path) -> None:
    found = cells(database)
    assert found["湖南省", 2025, "result", "gdp", "growth"]["low"] == Decimal("5.3")
    assert ("湖南省", 2026, "target", "rd_intensity", "share") not in found
    assert ("湖南省", 2025, "result", "budget_revenue", "level") not in found  # a mark that was passed in five years
    retail = found["湖南省", 2025, "result", "retail_sales", "level"]
    assert retail["where"] == "review_five_years"  # it says so


def test_changes(database: Path) -> None:
    found = cells(database, year=2026)
    change = {(k[0], k[3]): r["change"] for k, r in found.items() if k[1] == 2026 and k[2] in ("target", "dropped")}
    assert change["湖南省", "gdp"] == "cut"
    assert change["四川省", "gdp"] == "raised"
    assert change["湖南省", "resident_income"] == "held"
    assert change["湖南省", "trade"] == "dropped"
    assert change["四川省", "cpi"] == "new"
    dropped = found["湖南省", 2026, "dropped", "trade", "growth"]
    assert (dropped["low"], dropped["last_low"], dropped["quote"]) == (None, 3, None)


def test_every_quote_is_where_it_says(database: Path) -> None:
    with saidao.open(database) as opened:
        texts = {row["id"]: row["text"] for row in opened.sql("SELECT id, text FROM documents")}
        rows = opened.targets().rows()
    assert rows
    for row in rows:
        for prefix in ("", "last_", "result_"):
            if row[f"{prefix}quote"] is not None:
                text = texts[row[f"{prefix}document"]]
                assert text[row[f"{prefix}start"] : row[f"{prefix}end"]] == row[f"{prefix}quote"]


def test_counts_and_means(database: Path) -> None:
    with saidao.open(database) as opened:
        [gdp] = [r for r in opened.targets(year=2026, part="summary") if r["indicator_id"] == "gdp"]
    assert {name: gdp[name] for name in ("regions", "raised", "cut", "approx", "range", "better_result")} == {
        "regions": 2, "raised": 1, "cut": 1, "approx": 1, "range": 1, "better_result": 1,
    }  # fmt: skip
    assert (gdp["mean"], gdp["median"], gdp["weighted"]) == (Decimal("4.875"), Decimal("4.875"), None)


def test_the_weighted_mean_names_its_weights(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "weighed.duckdb"
    copy.write_bytes(database.read_bytes())
    statistics = tmp_path / "gdp.csv"
    statistics.write_text("地区,年份,地区生产总值(亿元)\n湖南省,2025,30000\n四川省,2025,10000\n", encoding="utf-8")
    assert main(["import-statistics", str(copy), str(statistics)]) == 0
    with saidao.open(copy) as opened:
        [gdp] = [r for r in opened.targets(year=2026, part="summary") if r["indicator_id"] == "gdp"]
    assert gdp["weighted"] == (5 * 3 + Decimal("4.75") * 1) / 4
    assert gdp["weighted_regions"] == 2
    assert "2025" in gdp["weights"]
    assert "gdp.csv" in gdp["weights"]


def test_two_values_of_a_weight_are_not_chosen_between(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "doubtful.duckdb"
    copy.write_bytes(database.read_bytes())
    for name, value in (("a.csv", 30000), ("b.csv", 31000)):
        (tmp_path / name).write_text(
            f"地区,年份,地区生产总值(亿元)\n湖南省,2025,{value}\n四川省,2025,10000\n", encoding="utf-8"
        )
    assert main(["import-statistics", str(copy), str(tmp_path / "a.csv"), str(tmp_path / "b.csv")]) in (0, 1)
    with saidao.open(copy) as opened:
        found = opened.round_up(year=2026)
        [gdp] = [r for r in found.summary if r["indicator_id"] == "gdp"]
    assert found.weights is not None
    assert found.weights.doubtful == ("430000",)
    assert (gdp["weighted"], gdp["weighted_regions"]) == (Decimal("4.75"), 1)


def test_gaps_are_listed_with_their_reason(database: Path) -> None:
    with saidao.open(database) as opened:
        gaps = opened.targets(year=2026, part="coverage").rows()
    reasons = {(g["region"], g["role"], g["indicator_id"]): g["reason"] for g in gaps}
    assert reasons["广东省", "", None] == "no_report"
    assert reasons["湖南省", "target", "cpi"] == "not_stated"
    assert reasons["湖南省", "target", "rd_intensity"] == "stated_elsewhere"
    [elsewhere] = [
        g for g in gaps if (g["region"], g["role"], g["indicator_id"]) == ("湖南省", "target", "rd_intensity")
    ]
    assert "3.5%" in elsewhere["quote"]
    assert elsewhere["section"] == "outlook_five_years"


def test_cells_are_the_same_without_what_is_missing(database: Path) -> None:
    with saidao.open(database) as opened:
        whole, part = opened.round_up(), opened.round_up(coverage=False)
    assert (part.cells, part.summary, part.coverage) == (whole.cells, whole.summary, [])
    assert whole.coverage


def test_two_reports_of_a_year_and_what_they_contradict(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    write(folder, "湖南省", 2026, name="a")
    write(folder, "湖南省", 2026, name="b", targets="今年主要预期目标是：地区生产总值增长6%左右。")
    database = built(folder)
    gdp = cells(database)["湖南省", 2026, "target", "gdp", "growth"]
    both = {gdp["quote"], *(other.partition("@")[0] for other in gdp["disagrees"])}
    assert both == {"5%左右", "6%左右"}
    with saidao.open(database) as opened:
        gaps = opened.targets(year=2026, part="coverage").rows()
    assert len([g for g in gaps if g["reason"] == "several_reports"]) == 2


def test_a_report_without_a_sentence_of_targets(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    write(folder, "湖南省", 2026, targets="今年要干好各项工作。", plan="全力稳增长，地区生产总值增长5%左右。")
    database = built(folder)
    assert cells(database)["湖南省", 2026, "target", "gdp", "growth"]["where"] == "plan_year"
    with saidao.open(database) as opened:
        reasons = {(g["region"], g["reason"]) for g in opened.targets(part="coverage")}
    assert ("湖南省", "no_target_sentence") in reasons


def test_cities_of_a_province(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    write(folder, "长沙市", 2026)
    write(folder, "成都市", 2026)
    write(folder, "湖南省", 2026)
    database = built(folder)
    assert {key[0] for key in cells(database, within="湖南")} == {"长沙市"}
    with saidao.open(database) as opened:
        gaps = opened.targets(within="湖南", part="coverage").rows()
    missing = {g["region"] for g in gaps if g["reason"] == "no_report"}
    assert "株洲市" in missing
    assert "绵阳市" not in missing


def test_the_workbook_leads_to_the_evidence(database: Path, tmp_path: Path) -> None:
    target = tmp_path / "目标.xlsx"
    assert main(["targets", str(database), "--year", "2026", "-o", str(target), "--lang", "zh"]) == 0
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["2026年目标", "依据", "缺项"]
    reading, evidence = book["2026年目标"], book["依据"]
    links = [cell for row in reading.iter_rows() for cell in row if cell.hyperlink]
    assert links
    heads = [cell.value for cell in evidence[1]]
    quotes = heads.index("原文数值")
    for cell in links:
        row = int(cell.hyperlink.location.rpartition("!A")[2])
        figure = str(evidence.cell(row, quotes + 1).value)
        shown = str(cell.value).replace("以上", "").replace("左右", "").replace("万人", "")
        assert shown[:3] in figure or figure.endswith(str(cell.value)), (cell.value, figure)
    again = tmp_path / "again.xlsx"
    main(["targets", str(database), "--year", "2026", "-o", str(again), "--lang", "zh"])
    assert again.read_bytes() == target.read_bytes()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_to_read(
    database: Path, language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "150")
    assert main(["targets", str(database), "--lang", language]) == 0
    out = capsys.readouterr().out
    assert "湖南省" in out
    assert ("5%左右↓" if language == "zh" else "about 5%↓") in out
    assert ("没有报告（29）" if language == "zh" else "No report (29)") in out


def test_files_hold_every_year_and_part(database: Path, tmp_path: Path) -> None:
    target = tmp_path / "cells.csv"
    assert main(["targets", str(database), "-o", str(target)]) == 0
    with target.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["year"] for row in rows if row["role"] == "target"} == {"2025", "2026"}
    assert {"region", "adcode", "year", "role", "indicator", "indicator_id", "measure", "low", "high", "unit", "bound",
            "qualitative", "hedge", "scope", "quote", "document", "start", "end"} <= set(rows[0])  # fmt: skip
    assert {row["indicator"] for row in rows if row["indicator_id"] == "gdp"} == {"地区生产总值"}


def test_nothing_found_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "notice.txt").write_text(
        "关于做好春运工作的通知\n各市人民政府：\n请做好春运工作，确保安全。\n", encoding="utf-8"
    )
    database = built(folder)
    assert main(["targets", str(database)]) == 1
    assert capsys.readouterr().err


def test_the_labelled_cells(shared: Path) -> None:
    gold = round_up.labels(shared / "gold" / "targets.csv")
    figures = round_up.compare(gold, round_up.found(shared / "corpus")).figures
    passing = dict.fromkeys(("precision", "recall", "f1", "value", "kind", "bound", "status", "period", "indicator", "full_record"), 1.0)  # fmt: skip
    assert gate.failures(passing | {"misplaced": 0} | figures) == []


PLAN_REPORT = """关于湖南省2025年国民经济和社会发展计划执行情况与2026年计划草案的报告
各位代表：
受省人民政府委托，现将湖南省2025年国民经济和社会发展计划执行情况与2026年计划草案提请大会审查。
一、2025年国民经济和社会发展计划执行情况
全省固定资产投资增长4.1%，社会消费品零售总额增长5.2%。
二、2026年经济社会发展主要目标
2026年全省经济社会发展主要预期目标是：地区生产总值增长5%左右；固定资产投资增长4.5%左右；社会消费品零售总额增长6%。
三、2026年重点任务
扎实推进新型工业化，规模以上工业增加值增长6.5%左右。
"""
BUDGET_REPORT = """关于湖南省2025年预算执行情况与2026年预算草案的报告
各位代表：
受省人民政府委托，现将湖南省2025年预算执行情况与2026年预算草案提请大会审查。
一、2025年预算执行情况
全省地方一般公共预算收入3600亿元，增长2.1%。
二、2026年预算草案
2026年全省地方一般公共预算收入预期增长2.5%左右。
"""


def test_plan_and_budget_reports_stand_beside_the_work_report(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    write(folder, "湖南省", 2026)
    (folder / "plan.txt").write_text(PLAN_REPORT, encoding="utf-8")
    (folder / "budget.txt").write_text(BUDGET_REPORT, encoding="utf-8")
    database = built(folder)
    found = cells(database, year=2026)
    gdp = found["湖南省", 2026, "target", "gdp", "growth"]
    assert gdp["where"] == "main_targets"  # the work report decides
    investment = found["湖南省", 2026, "target", "fixed_investment", "growth"]
    assert (investment["low"], investment["where"]) == (Decimal("4.5"), "plan_report:main_targets")
    retail = found["湖南省", 2026, "target", "retail_sales", "growth"]
    assert (retail["low"], retail["where"]) == (Decimal("5.5"), "plan_year")  # the work report's own plan comes first
    revenue = found["湖南省", 2026, "target", "budget_revenue", "growth"]
    assert (revenue["low"], revenue["bound"]) == (Decimal("2.5"), "approx")
    assert revenue["where"].startswith("budget_report:")
    assert found["湖南省", 2025, "result", "fixed_investment", "growth"]["low"] == Decimal("4.1")
    assert found["湖南省", 2025, "result", "budget_revenue", "growth"]["low"] == Decimal("2.1")


def test_the_figure_itself_before_a_mark_that_was_passed(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    write(
        folder, "湖南省", 2026,
        review="全省一般公共预算收入突破3600亿元、达到3655亿元。社会消费品零售总额、固定资产投资均增长4%。",
        targets="今年主要预期目标是：固定资产投资增速保持在全国平均水平以上，单位地区生产总值能耗、二氧化碳排放强度进一步下降。",
    )  # fmt: skip
    found = cells(built(folder), year=2026)
    assert found["湖南省", 2025, "result", "budget_revenue", "level"]["quote"] == "达到3655亿元".removeprefix("达到")
    for row in ("retail_sales", "fixed_investment"):
        assert found["湖南省", 2025, "result", row, "growth"]["low"] == 4
    assert "全国平均水平以上" in found["湖南省", 2026, "target", "fixed_investment", ""]["qualitative"]
    for row in ("energy_intensity", "carbon_intensity"):
        assert found["湖南省", 2026, "target", row, ""]["qualitative"] == "进一步下降"
