"""Statistics as they are downloaded: every form, exact numbers, nothing lost silently, nothing disturbed by a build."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import saidao
from conftest import contents
from saidao.cli import main
from saidao.errors import UsageError
from saidao.lexicon import load
from saidao.models import Statistic, StatisticReject
from saidao.statistics import Given, Reader
from saidao.statistics.measures import measure_of
from saidao.statistics.numbers import number, unit_of
from saidao.statistics.words import words

BUREAU = """\
数据库：分省年度数据
指标：地区生产总值(亿元)
时间：最近20年
地区,2024年,2023年
北京市,49670.2,47353.7
湖南省,53084.7,50667.5
注：按照我国国民经济核算数据修订制度，对历史数据进行了修订。
数据来源：国家统计局
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file, as the reader then finds it."""

    def make(text: str, name: str = "a.csv", encoding: str = "utf-8") -> Path:
        (tmp_path / name).write_bytes(text.encode(encoding))
        return tmp_path / name

    return make


def read(file: Path, **said: object) -> tuple[list[Statistic], list[StatisticReject]]:
    found = list(Reader(Given(**said), load()).read(file, file.name))  # type: ignore[arg-type]
    return [x for x in found if isinstance(x, Statistic)], [x for x in found if isinstance(x, StatisticReject)]


def short(rows: list[Statistic]) -> list[tuple[str, int, str | None, str, str, str | None]]:
    return [(r.region, r.year, r.indicator_id, r.measure, f"{r.value.normalize():f}", r.unit) for r in rows]


def test_the_real_export_is_read_whole(shared: Path, tmp_path: Path) -> None:
    [file] = (shared / "data" / "statistics").glob("*.csv")
    summary = saidao.import_statistics(tmp_path / "a.duckdb", file)
    assert (summary.figures, summary.regions, summary.years) == (31 * 19, 31, (2006, 2024))
    assert summary.rejects == []
    lines = list(csv.reader(io.StringIO(file.read_bytes().decode("gbk"))))
    with saidao.open(tmp_path / "a.duckdb") as database:
        rows = database.statistics().rows()
        for row in rows:
            cells = lines[row["row"] - 1]
            assert cells[0] == row["region"]
            assert cells[lines[3].index(row["column"])] == row["text"]
            assert row["column"] == f"{row['year']}年"
            assert row["value"] == Decimal(row["text"]) * 10**8
            assert (row["indicator_id"], row["measure"], row["unit"]) == ("gdp", "level", "元")
            assert (row["indicator"], row["source"]) == ("地区生产总值(亿元)", "国家统计局")
        [hunan] = database.statistics(region="湖南", year=2024, indicator="地区生产总值")
        assert hunan["value"] == 5_308_470_000_000
        assert len(database.statistics(region=["湖南", "110000"], year="2020-2024", indicator="gdp")) == 10


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"])
def test_encodings(write: Write, encoding: str) -> None:
    rows, rejects = read(write(BUREAU, encoding=encoding))
    assert rejects == []
    assert short(rows)[0] == ("北京市", 2024, "gdp", "level", "4967020000000", "元")
    assert len(rows) == 4
    assert {row.source for row in rows} == {"国家统计局"}


def test_one_region_indicators_by_years(write: Write) -> None:
    text = "地区：湖南省\n时间：最近10年\n指标,2024年,2023年\n地区生产总值(亿元),53084.7,-\n\
地区生产总值指数(上年=100),104.8,99.4\n年末常住人口(万人),6539,\n注：一，二，a,b\n又一行\n数据来源：国家统计局\n"
    rows, rejects = read(write(text, encoding="gbk"))
    assert rejects == []
    assert short(rows) == [
        ("湖南省", 2024, "gdp", "level", "5308470000000", "元"),
        ("湖南省", 2024, "gdp", "growth", "4.8", "%"),
        ("湖南省", 2023, "gdp", "growth", "-0.6", "%"),
        ("湖南省", 2024, None, "level", "65390000", "人"),
    ]
    assert [(r.indicator, r.row, r.text, r.basis) for r in rows][1] == (
        "地区生产总值指数(上年=100)",
        5,
        "104.8",
        "上年=100",
    )


def test_regions_by_indicators_of_one_year(write: Write) -> None:
    text = '2024年各省主要指标\n单位：亿元\n地区,地区生产总值,增速,进出口总额(亿美元)\n北  京,"49,670.2",5.2%,—\n43,1,2,3\n'
    rows, rejects = read(write(text))
    assert short(rows) == [
        ("北京市", 2024, "gdp", "level", "4967020000000", "元"),
        ("北京市", 2024, "gdp", "growth", "5.2", "%"),
    ]
    assert rows[0].text == "49,670.2"
    assert [(r.row, r.code, r.detail) for r in rejects] == [(5, "statistics_unknown_region", "43")]


def test_long_tables_with_chinese_and_english_names(write: Write) -> None:
    chinese = "省份,年份,指标,数值,单位\n湖南,2024年,地区生产总值,5.30847,万亿元\n全国,2024,居民消费价格指数(上年=100),100.2,\n"
    rows, rejects = read(write(chinese))
    assert rejects == []
    assert short(rows) == [
        ("湖南省", 2024, "gdp", "level", "5308470000000", "元"),
        ("全国", 2024, "cpi", "growth", "0.2", "%"),
    ]
    english = "region\tyear\tvariable\tvalue\tunit\nHunan Province\t2024\tgdp\t53084.7\t100 million yuan\n\
Beijing\t2024\tGross regional product\t5\t亿元\n"
    rows, rejects = read(write(english, "a.tsv"))
    assert rejects == []
    assert short(rows) == [
        ("湖南省", 2024, "gdp", "level", "5308470000000", "元"),
        ("北京市", 2024, "gdp", "level", "500000000", "元"),
    ]


def test_codes_instead_of_names(write: Write) -> None:
    text = "行政区划代码,年份,地区生产总值(亿元)\n430000,2024,1\n43,2023,2\n430100,2024,3\n999999,2024,4\n"
    rows, rejects = read(write(text))
    assert [(r.region, r.adcode) for r in rows] == [("湖南省", "430000"), ("湖南省", "430000"), ("长沙市", "430100")]
    assert [(r.row, r.code) for r in rejects] == [(5, "statistics_unknown_region")]


def test_cities_under_their_provinces(write: Write) -> None:
    text = "省份,城市,年份,人均地区生产总值(元/人)\n湖南,长沙,2024,150000\n吉林省,吉林市,2024,1\n北京,长沙,2024,2\n"
    rows, rejects = read(write(text))
    assert [(r.region, r.indicator_id, r.unit) for r in rows] == [
        ("长沙市", "gdp_per_capita", "元"),
        ("吉林市", "gdp_per_capita", "元"),
    ]
    assert [(r.row, r.code) for r in rejects] == [(4, "statistics_region_disagrees")]


def test_years_by_regions_without_a_corner(write: Write) -> None:
    rows, rejects = read(write(",北京市,湖南省\n2024年,1,2\n2023年,3,4\n"), indicator="地区生产总值", unit="亿元")
    assert rejects == []
    assert [(r.region, r.year, int(r.value / 10**8)) for r in rows] == [
        ("北京市", 2024, 1), ("湖南省", 2024, 2), ("北京市", 2023, 3), ("湖南省", 2023, 4),
    ]  # fmt: skip


def test_a_word_that_is_also_a_county_is_no_region_in_a_heading(write: Write) -> None:
    rows, rejects = read(write("地区,年份,合作(项)\n湖南,2024,5\n注1：某注\n注2：某注\n"))
    assert rejects == []
    assert [(r.region, r.indicator, r.unit) for r in rows] == [("湖南省", "合作(项)", "项")]


def test_headers_of_two_lines(write: Write) -> None:
    text = "地区,2024年,,2023年,\n,地区生产总值(亿元),增速(%),地区生产总值(亿元),增速(%)\n湖南省,1,2,3,4\n"
    rows, rejects = read(write(text))
    assert rejects == []
    assert [(r.year, r.indicator_id, r.measure, r.text) for r in rows] == [
        (2024, "gdp", "level", "1"), (2024, "gdp", "growth", "2"),
        (2023, "gdp", "level", "3"), (2023, "gdp", "growth", "4"),
    ]  # fmt: skip


def test_several_tables_in_one_file(write: Write) -> None:
    rows, rejects = read(write(BUREAU + BUREAU.replace("地区生产总值(亿元)", "年末人口(万人)").replace("国家", "省")))
    assert rejects == []
    assert [(r.indicator, r.source) for r in rows[::4]] == [
        ("地区生产总值(亿元)", "国家统计局"),
        ("年末人口(万人)", "省统计局"),
    ]


def test_workbooks_give_the_numbers_that_are_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "主要指标"
    for row in (
        ["2024年统计表"], [], ["地区", "地区生产总值(亿元)", "地区生产总值增速", "城镇化率(%)"],
        ["湖南", 49670.2, 0.048, 61.2], ["湖北", "12.5", None, "x"], ["北京", 7, 0.0525, 1],
    ):  # fmt: skip
        sheet.append(row)
    for cell in ("C4", "C6"):
        sheet[cell].number_format = "0.0%"
    book.create_sheet("空")
    other = book.create_sheet("长")
    other.append(["地区", "年份", "指标", "数值", "单位"])
    other.append(["湖南", 2024, "粮食产量", 3078.5, "万吨"])
    book.save(tmp_path / "a.xlsx")
    rows, rejects = read(tmp_path / "a.xlsx")
    assert [(r.sheet, r.row, r.indicator_id, f"{r.value.normalize():f}", r.text) for r in rows] == [
        ("主要指标", 4, "gdp", "4967020000000", "49670.2"),
        ("主要指标", 4, "gdp", "4.8", "4.8%"),
        ("主要指标", 4, "urbanisation", "61.2", "61.2"),
        ("主要指标", 5, "gdp", "1250000000", "12.5"),
        ("主要指标", 6, "gdp", "700000000", "7"),
        ("主要指标", 6, "gdp", "5.25", "5.25%"),
        ("主要指标", 6, "urbanisation", "1", "1"),
        ("长", 2, "grain_output", "30785000", "3078.5"),
    ]
    assert [(r.sheet, r.row, r.column, r.code) for r in rejects] == [
        ("主要指标", 5, "城镇化率(%)", "statistics_not_a_number")
    ]


def test_names_are_mapped(write: Write) -> None:
    file = write("省份名,产值,年\n湖南,53084.7,2024\n")
    _, [reject] = read(file)
    assert reject.code == "statistics_no_region"
    rows, rejects = read(file, mapping={"省份名": "region", "产值": "gdp"}, unit="亿元")
    assert rejects == []
    assert short(rows) == [("湖南省", 2024, "gdp", "level", "5308470000000", "元")]
    assert rows[0].indicator == "产值"
    with pytest.raises(UsageError, match="regoin"):
        read(file, mapping={"省份名": "regoin"})


def test_broken_rows_are_named(write: Write) -> None:
    text = BUREAU.replace(
        "湖南省,",
        '湖北省,1\n湖南省,1,2,3\n合计,1,2\n江西省,三万,5\n西藏,…,缺失\n山西省,NA,\n"安徽省,1,2\n甘肃省,1e400,1\n湖南省,',
    )
    rows, rejects = read(write(text))
    assert [(r.row, r.column, r.code) for r in rejects] == [
        (6, None, "broken_row"),
        (7, None, "broken_row"),
        (8, None, "statistics_unknown_region"),
        (9, "2024年", "statistics_not_a_number"),
        (12, None, "statistics_unknown_region"),
        (13, "2024年", "statistics_too_large"),
    ]
    assert len(rows) == 4 + 2  # 江西 2023, 甘肃 2023


def test_what_is_no_year_is_not_taken_for_one(write: Write) -> None:
    rows, rejects = read(write("地区,年份,地区生产总值(亿元)\n湖南,24,1\n湖南,2024年1月,2\n湖南,2024年度,3\n湖南,,4\n"))
    assert [r.year for r in rows] == [2024]
    assert [r.code for r in rejects] == ["statistics_bad_year", "statistics_not_yearly", "statistics_bad_year"]
    rows, rejects = read(write("地区,2024年一季度,2024年\n湖南,1,2\n"), indicator="地区生产总值")
    assert [(r.year, r.text) for r in rows] == [(2024, "2")]
    assert [(r.row, r.code) for r in rejects] == [(1, "statistics_not_yearly")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty_file"),
        ("\n\n", "no_text"),
        ("指标：地区生产总值\n地区,2024年\n湖南,—\n", "statistics_no_figures"),
        ("一段文字\n又一段\n", "statistics_no_table"),
        ("地区,地区生产总值(亿元)\n湖南,1\n", "statistics_no_year"),
        ("地区,2024年\n湖南,1\n", "statistics_no_indicator"),
        ("年份,地区生产总值(亿元)\n2024,1\n", "statistics_no_region"),
    ],
)
def test_a_table_that_lacks_something_says_what(write: Write, text: str, code: str) -> None:
    rows, rejects = read(write(text))
    assert rows == []
    assert [r.code for r in rejects] == [code]


def test_no_text_makes_the_reader_fail(write: Write) -> None:
    for text in (
        "地区,2024年\n",
        "：\n:\n",
        "指标：\n地区：\n",
        "\x00地区",
        "地区\n湖南",
        '"',
        "地区,地区,年份,年份\n湖南,湖北,2024,2023",
    ):
        _, rejects = read(write(text))
        assert "reader_failed" not in {r.code for r in rejects}, text


MEASURES = [
    ("地区生产总值(亿元)", "gdp", "level", "元", 10**8, 0),
    ("地区生产总值增长速度(%)", "gdp", "growth", "%", 1, 0),
    ("地区生产总值指数(上年=100)", "gdp", "growth", "%", 1, 100),
    ("国内生产总值指数（1978年=100）", None, "level", None, 1, 0),
    ("居民消费价格指数", None, "level", None, 1, 0),
    ("固定资产投资（不含农户）增速(%)", "fixed_investment", "growth", "%", 1, 0),
    ("地区生产总值（现价，亿元）", "gdp", "level", "元", 10**8, 0),
    ("城镇新增就业(万人)", "urban_new_jobs", "delta", "人", 10**4, 0),
    ("城镇登记失业率(%)", "registered_unemployment", "share", "%", 1, 0),
    ("粮食播种面积(千公顷)", "grain_area", "level", "公顷", 1000, 0),
    ("单位地区生产总值能耗降低率(%)", None, "growth", "%", 1, 0),
    ("人均地区生产总值(元/人)", "gdp_per_capita", "level", "元", 1, 0),
    ("Gross regional product (100 million yuan)", "gdp", "level", "元", 10**8, 0),
]


@pytest.mark.parametrize(("name", "id", "kind", "unit", "factor", "less"), MEASURES, ids=[m[0] for m in MEASURES])
def test_measures(name: str, id: str | None, kind: str, unit: str | None, factor: int, less: int) -> None:
    found = measure_of(name, None, None, words(load()), load())
    assert (found.name, found.indicator_id, found.measure, found.less) == (name, id, kind, less)
    assert (found.unit.base if found.unit else None, found.unit.factor if found.unit else 1) == (unit, factor)


def test_numbers_are_read_exactly_or_not_at_all() -> None:
    read = {"53,084.7": "53084.7", "５．１": "5.1", "−3.2": "-3.2", "53 084.7": "53084.7", "+3": "3", "1e3": "1000"}
    for text, value in read.items():
        found = number(text)
        assert found is not None, text
        assert found == (Decimal(value), None)
    assert number("5.0%") == (Decimal("5.0"), "%")
    for text in ("5.0①", "1,23", "三万", "-", "", ".", "inf", "nan", "0x1", "1_000", "１①"):
        assert number(text) is None, text
    for text, base, factor in (
        ("亿元", "元", 10**8),
        ("万人", "人", 10**4),
        ("千瓦", "千瓦", 1),
        ("个百分点", "百分点", 1),
    ):
        unit = unit_of(text, words(load()), load())
        assert unit is not None
        assert (unit.base, unit.factor) == (base, factor)


REGIONS = ["北京市", "湖南省", "长沙市", "全国"]
YEARS = [2020, 2021, 2024]
NAMES = ["地区生产总值(亿元)", "地区生产总值指数(上年=100)", "年末常住人口(万人)", "城镇化率(%)"]


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(REGIONS), st.sampled_from(YEARS), st.sampled_from(NAMES)),
        st.one_of(
            st.decimals(-(10**9), 10**9, places=4).map(str), st.sampled_from(["", "-", "…", "x", "1,234.5", "三"])
        ),
        min_size=1,
    )
)
def test_long_and_wide_tables_give_the_same(
    tmp_path_factory: pytest.TempPathFactory, cells: dict[tuple[str, int, str], str]
) -> None:
    folder = tmp_path_factory.mktemp("forms")
    header = ["地区", "年份", "指标", "数值"]
    long = [header, *([r, y, n, text] for (r, y, n), text in cells.items())]
    panel = [["地区", "年份", *NAMES]] + [
        [r, y, *(cells.get((r, y, n), "") for n in NAMES)] for r in REGIONS for y in YEARS
    ]
    by_year: list[list[object]] = []
    for n in NAMES:
        by_year += [[f"指标：{n}"], ["地区", *(f"{y}年" for y in YEARS)]]
        by_year += [[r, *(cells.get((r, y, n), "") for y in YEARS)] for r in REGIONS] + [["数据来源：局"]]
    by_region: list[list[object]] = []
    for r in REGIONS:
        by_region += [[f"地区：{r}"], ["指标", *(f"{y}年" for y in YEARS)]]
        by_region += [[n, *(cells.get((r, y, n), "") for y in YEARS)] for n in NAMES]
    found = []
    for name, table in (("long", long), ("panel", panel), ("years", by_year), ("regions", by_region)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(table)
        rows, rejects = read(folder / f"{name}.csv")
        kept = sorted(
            (r.region, r.year, r.indicator, r.indicator_id or "", r.measure, r.value, r.unit or "", r.text)
            for r in rows
        )
        found.append((kept, sorted((r.code, r.detail) for r in rejects if r.code != "statistics_no_figures")))
    assert found[0] == found[1] == found[2] == found[3]
    told = {"", "-", "…"}
    assert len(found[0][0]) + len(found[0][1]) == sum(1 for text in cells.values() if text not in told)


def statistics_of(database: Path) -> object:
    found = contents(database)
    return found["statistics"], found["statistics_rejects"]


def test_an_import_replaces_what_the_file_gave(write: Write, tmp_path: Path) -> None:
    database = tmp_path / "a.duckdb"
    file = write(BUREAU + "湖北,x,1\n")
    other = write(BUREAU.replace("53084.7", "53000"), "b.csv")
    saidao.import_statistics(database, [file, other])
    first = statistics_of(database)
    again = saidao.import_statistics(database, file)
    assert statistics_of(database) == first
    assert (again.repeated_same, again.repeated_different) == (3, 1)
    assert len(again.rejects) == 1
    file.write_text("地区,2024年\n", encoding="utf-8")
    assert saidao.import_statistics(database, file).figures == 0
    with saidao.open(database) as opened:
        assert {row["path"] for row in opened.statistics()} == {str(other)}


def test_several_values_are_all_kept(write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(BUREAU.replace("数据来源", "湖南,53084.8,50667.5\n数据来源"))
    assert main(["import-statistics", str(tmp_path / "a.duckdb"), str(file), "--lang", "en"]) == 0
    said = capsys.readouterr().err
    assert "1 figures (one region, year and indicator) have several different values" in said
    assert "1 figures are given more than once" in said
    with saidao.open(tmp_path / "a.duckdb") as opened:
        rows = opened.statistics(region="湖南", year=2024).rows()
    assert [(row["row"], row["text"]) for row in rows] == [(6, "53084.7"), (8, "53084.8")]


def test_a_build_leaves_statistics_alone(write: Write, reports: Callable[..., Path], tmp_path: Path) -> None:
    database, folder = tmp_path / "a.duckdb", reports(3)
    file = write(BUREAU + "湖北,x,1\n", "reports/数据.csv")
    saidao.import_statistics(database, file)
    before = statistics_of(database)
    saidao.build(folder, database, jobs=1)
    assert statistics_of(database) == before
    file.unlink()
    (folder / "report-0001.txt").unlink()
    saidao.build(folder, database, jobs=1, prune=True)
    assert statistics_of(database) == before
    built = contents(database)
    saidao.import_statistics(database, write(BUREAU, "b.csv"))
    after = contents(database)
    assert {n: r for n, r in after.items() if n != "statistics"} == {
        n: r for n, r in built.items() if n != "statistics"
    }


def test_what_could_not_be_read_is_in_the_summary_and_in_info(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = str(tmp_path / "a.duckdb")
    file = write(BUREAU.replace("湖南省,53084.7", "湖南省,abc"), encoding="gbk")
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + bytes(600))
    assert main(["import-statistics", database, str(file), str(old), "--lang", "zh"]) == 0
    said = capsys.readouterr().err
    assert "a.csv · 第 6 行 · 2024年: 不是数字：abc" in said
    assert ".xls" in said
    assert main(["info", database, "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "3 statistics:" in out
    assert "2 not read of statistics:" in out
    assert "a.csv · row 6 · 2024年: not a number: abc" in out
    with duckdb.connect(database, read_only=True) as connection:
        found = connection.execute("SELECT 行号, 说明 FROM 统计数据未收录 WHERE 行号 IS NOT NULL").fetchall()
        assert found == [(6, "不是数字：abc；请改为数字，或留空")]
        found = connection.execute(
            "SELECT 地区, 年份, 计量方式, 数值, 单位, 原文 FROM 统计数据 ORDER BY ALL LIMIT 1"
        ).fetchall()
        assert found == [("北京市", 2023, "规模", Decimal(4735370000000), "元", "47353.7")]


def test_wrong_usage_is_said(write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database, file = str(tmp_path / "a.duckdb"), str(write(BUREAU))
    assert main(["import-statistics", database, "nowhere.csv", "--lang", "en"]) == 2
    assert main(["import-statistics", database, file, "--map", "region", "--lang", "en"]) == 2
    assert main(["import-statistics", database, file, "--map", "省份名=region", "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert "nowhere.csv: no such file" in said
    assert "write COLUMN=FIELD" in said
    assert "省份名: no file has such a column" in said
    assert not Path(database).exists()
