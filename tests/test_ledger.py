"""The ledger: what a bound promises, what can be compared, how commitments of several years stand."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

import saidao
from saidao.analyses import commitments, coverage, series
from saidao.analyses.evidence import Evidence, Report
from saidao.analyses.judge import OUTCOMES, REASONS, Value, judge, rules
from saidao.analyses.lines import lines
from saidao.cli import main
from saidao.lexicon import load
from saidao.web.app import create
from test_round_up import built, write

LINES = lines(load())
RULES = rules(load())
PLACE = Report("d", "work_report", "湖南省", "430000", "province", 2025, datetime.date(2025, 1, 20), None)


def target(
    low: Any, high: Any = None, bound: str | None = "eq", wording: str | None = None, unit: str = "%"
) -> Evidence:
    numbers = (None, None) if low is None else (Decimal(str(low)), Decimal(str(low if high is None else high)))
    return Evidence(PLACE, "s", 0, 1, "q", "指标", "gdp", "growth", *numbers, unit, bound, "target", "2025", None, None,
                    wording, "main_targets", None)  # fmt: skip


def outcome(promise: Evidence, result: Any, indicator: str = "gdp", bound: str = "eq", other: Any = None) -> str:
    value = None if result is None else Value(Decimal(str(result)), Decimal(str(result)), bound, "%")
    figure = None if other is None else Decimal(str(other))
    return judge(promise, value, LINES[indicator], "growth", RULES, lambda _: figure).outcome


@pytest.mark.parametrize(
    ("promise", "result", "expected"),
    [
        (target(5, bound="approx"), 4.9, "met"),
        (target(5, bound="approx"), 4.7, "missed"),
        (target(5, bound="approx"), 5.3, "beaten"),
        (target(5, bound="ge"), 5, "met"),
        (target(5, bound="ge"), 4.9, "missed"),
        (target(5, bound="ge"), 5.1, "beaten"),
        (target(4.5, 5), 4.8, "met"),
        (target(4.5, 5), 5.1, "beaten"),
        (target(4.5, 5), 4.4, "missed"),
        (target(5), 5, "met"),
        (target(5), None, "not_comparable"),
    ],
)
def test_more_is_better(promise: Evidence, result: Any, expected: str) -> None:
    assert outcome(promise, result) == expected


@pytest.mark.parametrize(
    ("promise", "result", "indicator", "expected"),
    [
        (target(5.5, bound="le"), 5.2, "surveyed_unemployment", "met"),
        (target(5.5, bound="le"), 5.6, "surveyed_unemployment", "missed"),
        (target(5.5, bound="approx"), 5.2, "surveyed_unemployment", "beaten"),
        (target(2, bound="approx"), 0.1, "cpi", "met"),
        (target(2, bound="approx"), 2.5, "cpi", "missed"),
        (target(-3, bound="ge"), -3.5, "energy_intensity", "beaten"),
        (target(-3), -2.5, "energy_intensity", "missed"),
    ],
)
def test_less_is_better(promise: Evidence, result: Any, indicator: str, expected: str) -> None:
    assert outcome(promise, result, indicator) == expected


@pytest.mark.parametrize(
    ("wording", "result", "other", "expected"),
    [
        ("与经济增长同步", 5.2, 5.0, "met"),
        ("与经济增长同步", 4.2, 5.0, "missed"),
        ("高于经济增速", 5.2, 5.0, "met"),
        ("高于经济增速", 5.0, 5.0, "missed"),
        ("高于全国平均水平", 5.2, None, "not_comparable"),
        ("实现正增长", 0.3, None, "met"),
        ("实现正增长", -0.3, None, "missed"),
        ("保持在合理区间", 0.3, None, "not_comparable"),
    ],
)
def test_relations_are_judged_with_the_other_figure(wording: str, result: Any, other: Any, expected: str) -> None:
    assert outcome(target(None, bound=None, wording=wording), result, "resident_income", other=other) == expected


def test_a_result_that_is_only_a_bound() -> None:
    assert outcome(target(5, bound="ge"), 6, bound="ge") == "beaten"
    assert outcome(target(5, bound="ge"), 4, bound="ge") == "not_comparable"


numbers = st.decimals(min_value=-20, max_value=20, places=1)


@given(low=numbers, width=st.decimals(min_value=0, max_value=3, places=1), a=numbers, b=numbers,
       bound=st.sampled_from(["eq", "ge", "le", "approx"]), name=st.sampled_from(["gdp", "surveyed_unemployment", "cpi"]))  # fmt: skip
def test_a_better_result_is_never_judged_worse(
    low: Decimal, width: Decimal, a: Decimal, b: Decimal, bound: str, name: str
) -> None:
    order = ["missed", "met", "beaten"]
    promise = target(low, low + width, bound if width == 0 else "eq")
    better, worse = (max(a, b), min(a, b)) if LINES[name].better == "more" else (min(a, b), max(a, b))
    assert order.index(outcome(promise, better, name)) >= order.index(outcome(promise, worse, name))


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger") / "reports"
    write(
        folder, "湖南省", 2025,
        targets="今年主要预期目标是：地区生产总值增长5.5%左右；一般公共预算收入同口径增长3%；居民收入增长与经济增长同步；"
        "粮食产量完成国家下达任务；进出口总额增长3%；城镇新增就业40万人以上。",
        outlook="到2027年，全省研发投入强度达到3%。",
    )  # fmt: skip
    write(
        folder, "湖南省", 2026,
        review="全省地区生产总值增长4.8%，一般公共预算收入增长3.2%，居民人均可支配收入增长5%，城镇新增就业45万人，"
        "进出口总额5600亿元，研发投入强度达到2.6%。",
    )  # fmt: skip
    return built(folder)


def promises(database: Path, **choice: Any) -> dict[str, dict[str, Any]]:
    with saidao.open(database) as opened:
        return {row["indicator_id"]: row for row in opened.ledger(**choice)}


def test_each_target_beside_its_result(database: Path) -> None:
    found = promises(database, year=2025)
    told = {id: (row["outcome"], row["reason"]) for id, row in found.items()}
    assert told["gdp"] == ("missed", None)
    assert told["budget_revenue"] == ("not_comparable", "scope_differs")
    assert told["resident_income"] == ("met", None)
    assert told["grain_output"] == ("not_comparable", "in_words")
    assert told["trade"] == ("not_comparable", "other_measure")
    assert told["urban_new_jobs"] == ("beaten", None)
    assert found["gdp"]["gap"] == Decimal("-0.7")
    assert found["resident_income"]["other"] == Decimal("4.8")
    assert {"5.5%左右", "4.8%"} == {found["gdp"]["target_quote"], found["gdp"]["result_quote"]}


def test_targets_of_the_latest_year_are_open(database: Path) -> None:
    assert {row["outcome"] for row in promises(database, year=2026).values()} == {"open"}


def test_commitments_are_followed(database: Path) -> None:
    with saidao.open(database) as opened:
        rows = opened.ledger(part="commitments", indicator="rd_intensity").rows()
        texts = {row["id"]: row["text"] for row in opened.sql("SELECT id, text FROM documents")}
    [row] = [row for row in rows if row["due"] == 2027]
    assert (row["made"], row["low"], row["latest"], row["latest_year"]) == (2025, 3, Decimal("2.6"), 2025)
    assert row["pace_needed"] == Decimal("0.2")
    for prefix in ("", "latest_"):
        quoted = texts[row[f"{prefix}document"]][row[f"{prefix}start"] : row[f"{prefix}end"]]
        assert quoted == row[f"{prefix}quote"]


def test_statistics_stand_beside_what_was_reported(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "ledger.duckdb"
    copy.write_bytes(database.read_bytes())
    file = tmp_path / "growth.csv"
    file.write_text("地区,年份,地区生产总值增长速度(%),进出口总额增长速度(%)\n湖南省,2025,4.2,2.5\n", encoding="utf-8")
    assert main(["import-statistics", str(copy), str(file)]) == 0
    found = promises(copy, year=2025)
    assert (found["gdp"]["outcome"], found["gdp"]["statistic"], found["gdp"]["agrees"]) == (
        "missed",
        Decimal("4.2"),
        False,
    )
    assert (found["trade"]["outcome"], found["trade"]["result_from"]) == ("missed", "statistics")


def test_a_table_of_statistics_with_a_broken_row(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "broken.duckdb"
    copy.write_bytes(database.read_bytes())
    file = tmp_path / "broken.csv"
    file.write_text("地区,年份,地区生产总值增长速度(%)\n湖南省,2025,四点八\n湖南省,2025,4.8\n", encoding="utf-8")
    main(["import-statistics", str(copy), str(file)])
    assert promises(copy, year=2025)["gdp"]["agrees"] is True
    with saidao.open(copy) as opened:
        assert len(opened.sql("SELECT * FROM statistics_rejects")) == 1


def test_the_record_over_the_years(database: Path) -> None:
    with saidao.open(database) as opened:
        [gdp] = opened.ledger(part="record", indicator="gdp").rows()
    assert (gdp["judged"], gdp["kept"], gdp["missed"], gdp["open"]) == (1, 0, 1, 1)


@pytest.mark.parametrize("choice", [{}, {"region": "湖南"}, {"indicator": ["resident_income", "trade"]}])
def test_a_year_or_an_indicator_alone_is_as_in_the_whole_ledger(database: Path, choice: dict[str, Any]) -> None:
    with saidao.open(database) as opened:
        whole = opened.ledger(**choice).rows()
        assert whole
        for year in sorted({row["year"] for row in whole}):
            own = [row for row in whole if row["year"] == year]
            assert opened.ledger(year=year, **choice).rows() == own
            told = opened.promises(year=year, **choice)
            assert told.promises == opened.promises(year=year, commitments=False, **choice).promises
        every = [row for row in opened.ledger() if row["indicator_id"] == "gdp"]
        assert opened.ledger(indicator="gdp").rows() == every


@pytest.mark.parametrize("part", ["promises", "commitments", "record"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_part_can_be_read(
    database: Path, part: str, language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    assert main(["ledger", str(database), "--part", part, "--lang", language]) == 0
    assert "湖南省" in capsys.readouterr().out


def test_one_indicator_and_chosen_outcomes(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", str(database), "--outcome", "missed", "--format", "csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert main(["ledger", str(database), "--indicator", "cpi"]) == 1


def test_units_of_one_thing_are_compared() -> None:
    promise = target(500 * 10**8, bound="ge", unit="斤")
    told = judge(promise, Value(Decimal(2_600_0000), Decimal(2_600_0000), "eq", "吨"), LINES["grain_output"], "level", RULES,
                 lambda _: None)  # fmt: skip
    assert (told.outcome, told.gap) == ("beaten", 20 * 10**8)
    other = judge(
        promise, Value(Decimal(5), Decimal(5), "eq", "亩"), LINES["grain_output"], "level", RULES, lambda _: None
    )
    assert (other.outcome, other.reason) == ("not_comparable", "other_unit")


def test_every_outcome_and_reason_can_be_said() -> None:
    labels = {row["id"] for row in load().rows("labels")}
    wanted = {f"outcome.{name}" for name in OUTCOMES} | {f"why.{name}" for name in REASONS}
    wanted |= {f"commitment.{name}" for name in commitments.STATES} | {f"reason.{name}" for name in coverage.REASONS}
    assert wanted <= labels


def test_what_is_given_is_among_what_is_declared(database: Path) -> None:
    with saidao.open(database) as opened:
        rows = opened.ledger().rows()
        assert {row["outcome"] for row in rows} <= set(OUTCOMES)
        assert {row["reason"] for row in rows} - {None} <= set(REASONS)
        assert {row["state"] for row in opened.ledger(part="commitments")} <= set(commitments.STATES)
        assert {row["reason"] for row in opened.targets(part="coverage")} <= set(coverage.REASONS)
        told = opened.series(indicator="gdp", region="湖南").rows()
        assert {row[name] for row in told for name in ("target_reason", "result_reason")} - {None} <= set(
            series.REASONS
        )


REVIEWS = {
    "湖南省": (
        "全省地区生产总值增长5.3%，城镇新增就业45万人、超额完成年度任务。全力实现全年目标，主要指标好于预期。",
        {"gdp": None, "urban_new_jobs": ("beaten", "城镇新增就业45万人、超额完成年度任务"), "trade": None},
    ),
    "四川省": (
        "地区生产总值增长4.1%，增速低于预期目标。投资、进出口等预期性指标未达到年初目标。民间投资不及预期。",
        {
            "gdp": ("missed", "地区生产总值增长4.1%，增速低于预期目标"),
            "fixed_investment": ("missed", "投资、进出口等预期性指标未达到年初目标"),
            "trade": ("missed", "投资、进出口等预期性指标未达到年初目标"),
            "urban_new_jobs": None,
        },
    ),
    "贵州省": (
        "地区生产总值增长5.6%，好于预期，城镇新增就业60万人。居民消费价格涨幅低于预期目标。",
        {"gdp": ("beaten", "地区生产总值增长5.6%，好于预期"), "cpi": None, "urban_new_jobs": None},
    ),
}


def test_what_a_report_says_itself_stands_beside_the_outcome(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    for place, (review, _) in REVIEWS.items():
        write(
            folder, place, 2025,
            targets="今年主要预期目标是：地区生产总值增长5%左右；固定资产投资增长4%；进出口总额增长3%；城镇新增就业40万人以上；"
            "居民消费价格涨幅2%左右。",
        )  # fmt: skip
        write(
            folder, place, 2026, review=review, five="去年我们完成年度任务。地区生产总值年均增长6%，没有达到规划预期。"
        )
    with saidao.open(built(folder)) as database:
        rows = database.promises(year=2025).promises
        for place, (_, expected) in REVIEWS.items():
            for id, said in expected.items():
                [row] = [r for r in rows if r["region"] == place and r["indicator_id"] == id]
                assert (row["said"] and (row["said"], row["said_quote"])) == said, (place, id)
                if said is not None:
                    text = database.document(row["said_document"])["text"]
                    assert text[row["said_start"] : row["said_end"]] == row["said_quote"]
                    assert row["said_quote"] in row["said_sentence"]
        page = TestClient(create(database.path), base_url="http://127.0.0.1").get("/zh/ledger?year=2025&region=510000")
        assert page.text.count("自认未达目标") == 3
        assert "<mark>投资、进出口等预期性指标未达到年初目标</mark>" in page.text
