"""What the samples say, read by hand from their texts, and what a build makes of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import saidao
from saidao.cli import main

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
EXCERPT = "（样例摘编）"

FEED = "feed-2022-02-18-industrial-clusters.md"
HUNAN_2025 = "2025年湖南省政府工作报告.docx"
HUNAN_2026 = "hunan-2026-work-report.html"
HEFEI = "hefei-2025-work-report.pdf"
NATIONAL = "国务院-2024年政府工作报告.txt"
PLAN = "smart-manufacturing-plan-2021.md"
KUNSHAN = "县市报告.zip"
POLICIES = "policies.xlsx"
CSV = "provinces-2026.csv"
JSONL = "provinces-2026-more.jsonl"


class Head(NamedTuple):
    """What is known of a document as a whole."""

    title: str
    issuer: str | None
    level: str | None
    adcode: str | None
    type: str
    year: int
    date: date | None
    roles: str
    """Of its sections in order; empty where readers could differ."""


PROVINCE = "other review_year plan_year main_targets"


def province(issuer: str, adcode: str, month: int, day: int, roles: str = PROVINCE) -> Head:
    title = f"2026年{issuer}政府工作报告{EXCERPT}"
    return Head(title, f"{issuer}人民政府", "province", adcode, "work_report", 2026, date(2026, month, day), roles)


# A sample that holds several documents has one entry a record: (file, sheet, row).
HEADS: dict[tuple[str, str | None, int | None], Head] = {
    (HUNAN_2025, None, None): Head(
        f"2025年湖南省政府工作报告{EXCERPT}", "湖南省人民政府", "province", "430000", "work_report", 2025, date(2025, 1, 14),
        "other review_year problems plan_year main_targets plan_year",
    ),
    (HEFEI, None, None): Head(
        f"2025年合肥市政府工作报告{EXCERPT}", "合肥市人民政府", "prefecture", "340100", "work_report", 2025,
        date(2025, 1, 15), "other review_year plan_year main_targets plan_year",
    ),
    (NATIONAL, None, None): Head(
        f"2024年国务院政府工作报告{EXCERPT}", "国务院", "central", "100000", "work_report", 2024, date(2024, 3, 5),
        "other review_year plan_year main_targets plan_year plan_year",
    ),
    (PLAN, None, None): Head(
        f"“十四五”智能制造发展规划{EXCERPT}", "工业和信息化部", "central", "100000", "plan", 2021, date(2021, 12, 28),
        "other main_targets other",
    ),
    (KUNSHAN, None, None): Head(
        f"昆山市2023年政府工作报告{EXCERPT}", "昆山市人民政府", "county", "320583", "work_report", 2023, None,
        "other review_year other",
    ),
    (POLICIES, "中央文件", 1): Head(
        f"推动大规模设备更新和消费品以旧换新行动方案{EXCERPT}", "国务院", "central", "100000", "action_plan", 2024,
        date(2024, 3, 13), "other main_targets other",
    ),
    (POLICIES, "历年报告", 1): Head(
        f"一九八三年国务院政府工作报告{EXCERPT}", "国务院", "central", "100000", "work_report", 1983, date(1983, 6, 6),
        "other review_five_years other",
    ),
    (CSV, None, 1): province(
        "广东省", "440000", 1, 31,
        "other review_year review_five_years review_year plan_year main_targets plan_year",
    ),
    (CSV, None, 2): province("江苏省", "320000", 2, 9, "other review_year review_five_years plan_year main_targets"),
    (CSV, None, 3): province("山东省", "370000", 2, 1, "other review_year review_five_years plan_year main_targets"),
    (CSV, None, 4): province("福建省", "350000", 2, 6),
    (CSV, None, 5): province("云南省", "530000", 2, 3),
    (CSV, None, 6): province("陕西省", "610000", 2, 2, "other review_five_years plan_year main_targets"),
    (JSONL, None, 1): province("上海市", "310000", 2, 9),
    (JSONL, None, 2): province("北京市", "110000", 2, 2, f"{PROVINCE} outlook_five_years"),
    (JSONL, None, 3): province("青海省", "630000", 1, 31, "other review_year review_five_years plan_year main_targets"),
    (JSONL, None, 4): province("宁夏回族自治区", "640000", 2, 9),
}  # fmt: skip

# quote, indicator, kind, value (a span as low..high), unit, bound, status, period; - where there is none
STATEMENTS: dict[tuple[str, str | None, int | None], str] = {
    (FEED, None, None): """
        22 条 | 优势产业链 | level | 22 | 条 | eq | target | 2022
        568 个 | 高新技术与产业项目 | level | 568 | 个 | eq | target | 2022
        千亿级 | 集群规模 | level | 100000000000 | 元 | ge | target | 2025
    """,
    (HUNAN_2025, None, None): """
        5.3万亿元 | 地区生产总值 | level | 5300000000000 | 元 | eq | achieved | 2024
        1.5个百分点 | 规模工业增加值 | delta | 1.5 | 百分点 | eq | achieved | 2024
        8500亿元以上 | 绿色智能计算产业产值 | level | 850000000000 | 元 | ge | achieved | 2024
        近100万辆 | 新能源汽车产量 | level | 1000000 | 辆 | approx | achieved | 2024
        5.5%左右 | 地区生产总值 | growth | 5.5 | % | approx | target | 2025
        616亿斤左右 | 粮食产量 | level | 61600000000 | 斤 | approx | target | 2025
        居民消费价格涨幅与全国一致 | 居民消费价格 | relation | - | - | - | target | 2025
        完成国家下达的节能减排任务 | 节能减排 | delegated | - | - | - | target | 2025
    """,
    (HUNAN_2026, None, None): """
        5.53万亿元 | 地区生产总值 | level | 5530000000000 | 元 | eq | achieved | 2025
        前十 | 地区生产总值总量 | rank | 10 | 位 | le | achieved | 2025
        110万辆以上 | 新能源汽车 | level | 1100000 | 辆 | ge | achieved | 2025
        22家 | 国家级制造业单项冠军企业 | delta | 22 | 家 | eq | achieved | 2025
        11.6% | 全社会研发投入 | growth | 11.6 | % | eq | achieved | 2021-2025
        4.5%以上 | 社会消费品零售总额 | growth | 4.5 | % | ge | target | 2026
        固定资产投资实现正增长 | 固定资产投资 | text | - | - | - | target | 2026
        居民收入增速高于经济增速 | 居民收入 | relation | - | - | - | target | 2026
        1.8万家 | 高新技术企业 | level | 18000 | 家 | eq | achieved | 2025
        4397万亩 | 高标准农田 | level | 43970000 | 亩 | eq | achieved | 2025
        8.2% | 新能源产业产值 | growth | 8.2 | % | eq | achieved | 2025
        超过2.5% | 地方一般公共预算收入 | growth | 2.5 | % | ge | achieved | 2025
    """,
    (HEFEI, None, None): """
        5.8%左右 | 地区生产总值 | growth | 5.8 | % | approx | achieved | 2024
        第2位 | 全社会研发投入强度 | rank | 2 | 位 | eq | achieved | 2024
        1600户以上 | 国家高新技术企业 | delta | 1600 | 户 | ge | achieved | 2024
        40座 | 新型储能电站 | level | 40 | 座 | eq | achieved | 2024
        210万千瓦以上 | 新能源装机 | delta | 2100000 | 千瓦 | ge | target | 2025
        15% | 新能源发电量占全社会用电量的比重 | share | 15 | % | eq | target | 2025
        3.2%左右 | 规上工业单位增加值能耗 | growth | -3.2 | % | approx | target | 2025
        城镇新增就业完成省定目标 | 城镇新增就业 | delegated | - | - | - | target | 2025
        248户 | 国家专精特新“小巨人”企业总数 | level | 248 | 户 | eq | achieved | 2024
        46万千瓦 | 新型储能电站装机规模 | level | 460000 | 千瓦 | eq | achieved | 2024
        翻了一番 | 国家高新技术企业总数 | multiple | 2 | 倍 | eq | achieved | 2022-2024
        翻两番 | 国家专精特新“小巨人”企业总数 | multiple | 4 | 倍 | eq | achieved | 2022-2024
    """,
    (NATIONAL, None, None): """
        突破126万亿元 | 国内生产总值 | level | 126000000000000 | 元 | ge | achieved | 2023
        1244万人 | 城镇新增就业 | delta | 12440000 | 人 | eq | achieved | 2023
        六成以上 | 新能源汽车产销量占全球 | share | 60 | % | ge | achieved | 2023
        近30% | 新三样”出口 | growth | 30 | % | approx | achieved | 2023
        2.5%左右 | 单位国内生产总值能耗 | growth | -2.5 | % | approx | target | 2024
        4.06万亿元 | 赤字规模 | level | 4060000000000 | 元 | eq | target | 2024
        1000亿元 | 地方政府专项债券 | delta | 100000000000 | 元 | eq | target | 2024
        30元 | 居民医保人均财政补助标准 | delta | 30 | 元 | eq | target | 2024
    """,
    (PLAN, None, None): """
        500个以上 | 智能制造示范工厂 | level | 500 | 个 | ge | target | 2025
        150家以上 | 系统解决方案供应商 | level | 150 | 家 | ge | target | 2025
        200项以上 | 国家、行业标准 | level | 200 | 项 | ge | target | 2025
        120个以上 | 工业互联网平台 | level | 120 | 个 | ge | target | 2025
        超过70% | 智能制造装备市场满足率 | share | 70 | % | ge | target | 2025
        50% | 工业软件的市场满足率 | share | 50 | % | ge | target | 2025
        70% | 规模以上制造业企业 | share | 70 | % | eq | target | 2025
    """,
    (KUNSHAN, None, None): """
        5006.7亿元 | 地区生产总值 | level | 500670000000 | 元 | eq | achieved | 2022
        2361.3亿元 | 第三产业增加值 | level | 236130000000 | 元 | eq | achieved | 2022
        8.4% | 工业投资 | growth | 8.4 | % | eq | achieved | 2022
        超过6000亿元 | 战略性新兴产业产值 | level | 600000000000 | 元 | ge | achieved | 2022
        436家 | 高新技术企业 | delta | 436 | 家 | eq | achieved | 2022
        31亿元 | 第一产业增加值 | level | 3100000000 | 元 | eq | achieved | 2022
        1.8% | 地区生产总值 | growth | 1.8 | % | eq | achieved | 2022
        突破5000亿元 | 地区生产总值 | level | 500000000000 | 元 | ge | achieved | 2022
        超2700家 | 高新技术企业总数 | level | 2700 | 家 | ge | achieved | 2022
        46家 | 上市企业 | level | 46 | 家 | eq | achieved | 2022
    """,
    (POLICIES, "中央文件", 1): """
        25%以上 | 设备投资规模 | growth | 25 | % | ge | target | 2027
        超过90% | 数字化研发设计工具普及率 | share | 90 | % | ge | target | 2027
        75% | 关键工序数控化率 | share | 75 | % | ge | target | 2027
        30% | 废旧家电回收量 | growth | 30 | % | eq | target | 2027
    """,
    (POLICIES, "历年报告", 1): """
        八千二百九十一亿元 | 工农业总产值 | level | 829100000000 | 元 | eq | achieved | 1982
        百分之六十六 | 棉花 | growth | 66 | % | eq | achieved | 1978-1982
        百分之二十九 | 积累率 | share | 29 | % | eq | achieved | 1982
        一点二六倍 | 油料 | growth | 126 | % | eq | achieved | 1978-1982
        翻两番 | 工农业年总产值 | multiple | 4 | 倍 | eq | target | 2000
        百分之三十六点五 | 积累率 | share | 36.5 | % | eq | achieved | 1978
        百分之七点三 | 工农业总产值 | growth | 7.3 | % | eq | achieved | 1982
    """,
    (CSV, None, 1): """
        11.37万亿元 | 地区生产总值 | level | 11370000000000 | 元 | eq | achieved | 2020
        九成 | 无人机产量 | share | 90 | % | eq | achieved | 2025
        4.5%—5% | 地区生产总值 | growth | 4.5..5 | % | eq | target | 2026
        居民收入增长与经济增长同步 | 居民收入 | relation | - | - | - | target | 2026
        50万个以上 | 新能源汽车充电设施 | delta | 500000 | 个 | ge | target | 2026
        14.58万亿元 | 地区生产总值 | level | 14580000000000 | 元 | eq | achieved | 2025
        11万元 | 人均地区生产总值 | level | 110000 | 元 | eq | achieved | 2025
    """,
    (CSV, None, 2): """
        5.95万亿元 | 进出口总额 | level | 5950000000000 | 元 | eq | achieved | 2025
        5.7% | 地区生产总值 | growth | 5.7 | % | eq | achieved | 2021-2025
        3.42%左右 | 全社会研发投入强度 | share | 3.42 | % | approx | target | 2026
        粮食产量保持稳定 | 粮食产量 | text | - | - | - | target | 2026
        14.2万亿元 | 地区生产总值 | level | 14200000000000 | 元 | eq | achieved | 2025
    """,
    (CSV, None, 3): """
        7.34万元 | 人均生产总值 | level | 73400 | 元 | eq | achieved | 2020
        10.26万元 | 人均生产总值 | level | 102600 | 元 | eq | achieved | 2025
        110万人以上 | 城镇新增就业 | delta | 1100000 | 人 | ge | target | 2026
        居民消费价格保持合理水平 | 居民消费价格 | text | - | - | - | target | 2026
    """,
    (CSV, None, 4): """
        60199.45亿元 | 地区生产总值 | level | 6019945000000 | 元 | eq | achieved | 2025
        5.4% | 进出口 | growth | -5.4 | % | eq | achieved | 2025
        513万吨以上 | 粮食产量 | level | 5130000 | 吨 | ge | target | 2026
    """,
    (CSV, None, 5): """
        3.1% | 第一产业增加值 | growth | 3.1 | % | eq | achieved | 2025
        5.1% | 第三产业增加值 | growth | 5.1 | % | eq | achieved | 2025
        5.5%以内 | 城镇调查失业率 | share | 5.5 | % | le | target | 2026
        1955万吨以上 | 粮食总产量 | level | 19550000 | 吨 | ge | target | 2026
    """,
    (CSV, None, 6): """
        5.2% | 生产总值 | growth | 5.2 | % | eq | achieved | 2021-2025
        第12位 | 人均生产总值 | rank | 12 | 位 | eq | achieved | 2025
        固定资产投资增速不低于全国平均水平 | 固定资产投资 | relation | - | - | - | target | 2026
        突破3万亿元 | 生产总值 | level | 3000000000000 | 元 | ge | achieved | 2025
    """,
    (JSONL, None, 1): """
        5.67万亿元 | 生产总值 | level | 5670000000000 | 元 | eq | achieved | 2025
        214万千瓦 | 光伏装机 | delta | 2140000 | 千瓦 | eq | achieved | 2025
        4.6%左右 | 全社会研发经费支出与全市生产总值之比 | share | 4.6 | % | approx | target | 2026
        5%以内 | 城镇调查失业率 | share | 5 | % | le | target | 2026
        45% | 占规上工业总产值的比重 | share | 45 | % | eq | achieved | 2025
    """,
    (JSONL, None, 2): """
        0.4个百分点 | 地区生产总值 | delta | 0.4 | 百分点 | eq | achieved | 2025
        29微克/立方米左右 | 细颗粒物年均浓度 | level | 29 | 微克/立方米 | approx | target | 2026
        4.5%-5% | 地区生产总值 | growth | 4.5..5 | % | eq | target | 2026-2030
    """,
    (JSONL, None, 3): """
        超过4000亿元 | 地区生产总值 | level | 400000000000 | 元 | ge | achieved | 2025
        不少于110万吨 | 粮食总产量 | level | 1100000 | 吨 | ge | target | 2026
        完成国家下达的碳排放双控目标 | 碳排放 | delegated | - | - | - | target | 2026
    """,
    (JSONL, None, 4): """
        5696亿元 | 地区生产总值 | level | 569600000000 | 元 | eq | achieved | 2025
        5%左右 | 地区生产总值 | growth | 5 | % | approx | target | 2026
        5.7% | 地区生产总值 | growth | 5.7 | % | eq | achieved | 2021-2025
    """,
}  # fmt: skip


def key_name(value: object) -> str:
    return "-".join(str(part) for part in value if part is not None) if isinstance(value, tuple) else ""


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    saidao.build(str(SAMPLES), str(folder / "samples.duckdb"), jobs=1)
    return folder / "samples.duckdb"


@pytest.fixture(scope="session")
def found(database: Path) -> dict[tuple[str, str | None, int | None], dict[str, Any]]:
    """Each document by the file, sheet and row it came from, with its parts."""
    with saidao.open(str(database)) as opened:
        documents = {}
        for row in opened.documents().rows():
            whole = dict(opened.document(row["id"]))
            for part in ("sources", "sections", "images", "noise", "notes", "statements"):
                query = f"SELECT * FROM {part} WHERE document_id = '{row['id']}' ORDER BY ALL"
                whole[part] = opened.sql(query).rows()
            documents[Path(whole["path"]).name, whole["sheet"], whole["row"]] = whole
        return documents


def test_every_sample_is_a_document_or_a_reject(found: dict[Any, dict[str, Any]], database: Path) -> None:
    assert set(found) == {*HEADS, (FEED, None, None), (HUNAN_2026, None, None)}
    with saidao.open(str(database)) as opened:
        rejects = {Path(r["path"]).name: (r["code"], r["format"]) for r in opened.rejects().rows()}
    assert rejects == {"old-notice-2005.doc": ("doc_not_read", None), "scanned-2019.pdf": ("scanned_pdf", "pdf")}
    assert {name for name, _, _ in found} | set(rejects) == {path.name for path in SAMPLES.iterdir()}


@pytest.mark.parametrize("key", HEADS, ids=key_name)
def test_who_speaks_and_when(key: Any, found: dict[Any, dict[str, Any]]) -> None:
    document = found[key]
    roles = " ".join(s["role"] for s in sorted(document["sections"], key=lambda s: s["n"]))
    wanted = HEADS[key]
    assert tuple(document[name] for name in Head._fields[:-1]) == wanted[:-1]
    assert not wanted.roles or roles == wanted.roles
    assert len(document["sources"]) == 1


@pytest.mark.parametrize("key", STATEMENTS, ids=key_name)
def test_chosen_statements(key: Any, found: dict[Any, dict[str, Any]]) -> None:
    document = found[key]
    for line in filter(None, map(str.strip, STATEMENTS[key].splitlines())):
        quote, indicator, kind, value, unit, bound, status, period = line.split(" | ")
        low, _, high = ("", "", "") if value == "-" else value.partition("..")
        wanted = (
            kind, Decimal(low) if low else None, Decimal(high or low) if low else None,
            None if unit == "-" else unit, None if bound == "-" else bound, status, period,
        )  # fmt: skip
        rows = [
            s for s in document["statements"] if s["quote"] == quote and indicator in (s["indicator"] or "")
        ]  # what is measured may be named with more words
        names = ("kind", "low", "high", "unit", "bound", "status", "period")
        assert wanted in [tuple(s[name] for name in names) for s in rows], line
        assert all(document["text"][s["start"] : s["end"]] == quote for s in rows)


def test_the_feed_article(found: dict[Any, dict[str, Any]]) -> None:
    document = found[FEED, None, None]
    assert document["title"] == "【开年看产业】三个千亿级集群、22条优势链：各地亮出制造业新目标"
    assert (document["type"], document["year"], document["date"]) == ("news", 2022, date(2022, 2, 18))
    assert document["publisher"] == "赛道观察网"
    assert [n["reason"] for n in sorted(document["noise"], key=lambda n: n["position"])] == ["dateline", "source_line"]
    assert document["aggregator"] == "样例聚合"
    assert document["url"] == "https://news.example.org/2022-02-18/clusters.html"
    assert document["categories"] == ["新媒体", "样例聚合", "source"]
    lines = document["text"].splitlines()
    for beginning in ("开年以来", "江苏省张家港市", "省级层面", "工业和信息化部表示"):
        assert any(beginning in line for line in lines), "paragraphs are kept"
    # The real address, not the proxy's; the size and the paragraph it stands before.
    base = "http://img.example.org/202202/"
    images = [
        (i["url"], i["width"], i["height"], i["alt"], document["text"][i["position"] :].lstrip()[:4])
        for i in sorted(document["images"], key=lambda i: i["n"])
    ]
    assert images == [
        (f"{base}clusters-01_1024.jpg", 877, 372, None, "江苏省张"),
        (f"{base}chains-02_1024.jpg", 872, 370, None, "省级层面"),
        (f"{base}factory-03_1024.jpg", 879, 384, "装配车间", "工业和信"),
    ]
    assert all(i["given"].startswith("https://proxy.example.net/?") for i in document["images"])
    places = {s["quote"]: s["region"] for s in document["statements"]}
    assert places["22 条"] == "湖南"
    assert places["568 个"] == "浙江"
    indicators = {s["quote"]: s["indicator"] for s in document["statements"]}
    assert indicators["22 条"] == "培育壮大优势产业链"
    assert sum(s["quote"] == "三个" and s["status"] == "target" for s in document["statements"]) >= 1


def test_the_web_page(found: dict[Any, dict[str, Any]]) -> None:
    document = found[HUNAN_2026, None, None]
    head = ("title", "issuer", "level", "adcode", "type", "year", "date", "publisher", "session", "url")
    assert tuple(document[name] for name in head) == (
        f"2026年湖南省政府工作报告{EXCERPT}", "湖南省人民政府", "province", "430000", "work_report", 2026,
        date(2026, 2, 3), "湖南省人民政府", "湖南省第十四届人民代表大会第四次会议", "https://www.hunan.gov.cn/",
    )  # fmt: skip
    assert [(n["code"], n["detail"]) for n in document["notes"]] == [("date_disagrees", "2026-02-03 ≠ 2026-02-24")]
    roles = [s["role"] for s in sorted(document["sections"], key=lambda s: s["n"])]
    assert roles == [
        "other", "review_year", "review_five_years", "problems", "plan_year", "main_targets", "plan_year",
    ]  # fmt: skip
    assert "指标 2025年实际 2026年目标" in " ".join(
        document["text"][s["start"] : s["end"]] for s in document["sections"] if s["role"] == "main_targets"
    )
    [image] = document["images"]
    assert image["url"] == "https://www.hunan.gov.cn/images/2026/hall.jpg"
    assert (image["width"], image["height"], image["alt"]) == (900, 600, "会场")
    for noise in ("政务服务", "要闻动态", "2025年12月", "当前位置", "打印", "字号", "备案序号", "相关链接", "123456"):
        assert noise not in document["text"]
    pieces = " ".join(n["text"] for n in document["noise"])
    for noise in ("政务服务", "要闻动态", "当前位置", "打印", "字号", "备案序号", "相关链接"):
        assert noise in pieces
    assert {(n["reason"], n["text"][:5]) for n in document["noise"]} >= {
        ("caption", "2月3日，"), ("byline", "责任编辑："), ("source_line", "来源：湖南"),
    }  # fmt: skip


def test_furniture_of_pages_is_cut_out(found: dict[Any, dict[str, Any]]) -> None:
    pdf = found[HEFEI, None, None]
    assert {(n["reason"], n["text"]) for n in pdf["noise"]} >= {
        ("header", f"政府工作报告{EXCERPT}"), ("footer", "— 1 —"), ("footer", "— 2 —"),
    }  # fmt: skip
    assert EXCERPT not in pdf["text"]
    assert "— 2 —" not in pdf["text"]
    assert ("byline", "国务院总理　李强") in {(n["reason"], n["text"]) for n in found[NATIONAL, None, None]["noise"]}


@pytest.mark.parametrize(
    ("key", "publisher"),
    [
        ((HUNAN_2025, None, None), "湖南省人民政府"), ((HEFEI, None, None), "合肥市人民政府"),
        ((NATIONAL, None, None), "中国政府网"), ((KUNSHAN, None, None), "昆山市政府办公室"),
        ((POLICIES, "中央文件", 1), "国务院"),
    ],
    ids=key_name,
)  # fmt: skip
def test_the_source_that_closes_a_document_is_its_publisher(
    key: Any, publisher: str, found: dict[Any, dict[str, Any]]
) -> None:
    document = found[key]
    assert document["publisher"] == publisher
    assert "来源" not in document["text"]
    assert "https://" not in document["text"]
    assert "source_line" in {n["reason"] for n in document["noise"]}


def test_forms_and_encodings(found: dict[Any, dict[str, Any]]) -> None:
    forms = {key[0]: {(s["format"], s["encoding"]) for s in d["sources"]} for key, d in found.items()}
    assert forms == {
        FEED: {("markdown", "utf-8")}, PLAN: {("markdown", "utf-8")}, HUNAN_2025: {("docx", None)},
        HUNAN_2026: {("html", "utf-8")}, HEFEI: {("pdf", None)}, NATIONAL: {("text", "gb18030")},
        KUNSHAN: {("text", "utf-8")}, POLICIES: {("xlsx", None)}, CSV: {("csv", "utf-8")},
        JSONL: {("jsonl", "utf-8")},
    }  # fmt: skip
    assert found[KUNSHAN, None, None]["member"] == "县市/昆山市2023年政府工作报告.txt"  # its name is GBK in the archive


def test_the_table_that_demo_prints(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    [command] = [
        line for line in (ROOT / "demo").read_text("utf-8").splitlines() if line.startswith("saidao statement")
    ]
    monkeypatch.setenv("COLUMNS", "130")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    arguments = [str(database) if word == '"$database"' else word for word in command.split()[1:]]
    assert main(arguments) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    for name in ("year", "indicator", "quote", "status", "period", "sentence"):
        assert name in head
    rows = [row for row in rows if " target " in row]
    assert len(rows) == 24
    assert any("翻两番" in row and "2000" in row for row in rows)
    assert any("国内生产总值" in row and "5%左右" in row and "2024" in row for row in rows)
