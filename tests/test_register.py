"""The register: what was found in a sentence, joined; and the questions that a database answers about it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import saidao
from saidao.cli import main
from saidao.coding import code, units
from saidao.errors import UsageError
from saidao.lexicon import load
from saidao.models import Carrier, Context
from saidao.register import register
from saidao.statements import find

ROOT = Path(__file__).resolve().parents[1]
FEED = ROOT / "samples" / "feed-2022-02-18-industrial-clusters.md"
CONTEXT = Context("湖南省人民政府", "work_report", 2026, "湖南省")


def carriers(text: str, context: Context = CONTEXT) -> list[Carrier]:
    lexicon = load()
    found = register(text, context, code(text, whole=False), find(text, context, lexicon), lexicon)
    for carrier in found.carriers:
        assert text[carrier.start : carrier.end] == carrier.quote
    return found.carriers


CASES: list[tuple[str, list[dict[str, Any]]]] = [
    (
        "聚焦13条重点产业链，梯次培育企业。",
        [{"type": "chain", "quote": "13条重点产业链", "name": "重点产业链", "number": 13, "low": None}],
    ),
    (
        "“415X”集群营收突破13万亿元。",
        [{"type": "cluster", "name": "“415X”集群", "low": Decimal(13 * 10**12), "bound": "ge", "unit": "元"}],
    ),
    (
        "省重点项目304个、完成投资4608亿元。",
        [{"type": "project", "number": 304, "name": "重点项目", "low": Decimal(4608 * 10**8), "bound": "eq"}],
    ),
    (
        "设立总规模500亿元的低空经济产业基金。",
        [{"type": "fund", "low": Decimal(500 * 10**8), "industries": ("low_altitude",), "status": "planned"}],
    ),
    (
        "开工建设茶叶灌溉二期、东平高铁等项目。",
        [{"type": "project", "quote": "东平高铁", "industries": ()}],
    ),
    (
        "推广稀土功能材料，建设稀土产业创新中心和跨境电商综合试验区，实施通关便利化工程。",
        [
            {"type": "innovation_centre", "industries": ("rare_earths",)},
            {"type": "park", "industries": ("cross_border",)},
            {"type": "project", "name": "通关便利化工程", "industries": ()},
        ],
    ),
    (
        "开工建设长沙新机场、衡永高速、湘阴水库，推进长沙轴承制造创新中心建设。",
        [
            {"quote": "长沙新机场", "region": "长沙"},
            {"quote": "衡永高速", "region": None},
            {"quote": "湘阴水库", "region": None},
            {"type": "innovation_centre", "region": "长沙"},
        ],
    ),
    (
        "建设国家枢纽和林格尔集群，发布“湘江走廊”“低空走廊”。",
        [{"name": "和林格尔集群"}, {"name": "“湘江走廊”"}, {"name": "“低空走廊”"}],
    ),
    (
        "到2027年，打造3个千亿级产业集群。",
        [{"type": "cluster", "number": 3, "low": Decimal(10**11), "deadline": 2027}],
    ),
    (
        "围绕新能源、高端装备、新材料打造三个产业集群，到2027年三个集群规模都达到1000亿元。",
        [
            {
                "type": "cluster",
                "number": 3,
                "low": Decimal(10**11),
                "deadline": 2027,
                "industries": ("new_energy", "advanced_equipment", "new_materials"),
            }
        ],
    ),
    (
        "建成200个智能车间，数字经济规模2.5万亿元。",
        [{"number": 200, "low": None}],
    ),
    (
        "做强八大产业集群，全产业链产值超过6500亿元。",
        [{"type": "cluster", "number": 8, "low": Decimal(6500 * 10**8), "bound": "ge"}],
    ),
    (
        "建成5个产业集群，开工200个重大项目，完成投资900亿元。",
        [
            {"type": "cluster", "number": 5, "low": None},
            {"type": "project", "number": 200, "low": Decimal(900 * 10**8)},
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_a_carrier_gets_count_scale_and_deadline(text: str, expected: list[dict[str, Any]]) -> None:
    found = carriers(text)
    assert [{name: getattr(c, name) for name in want} for c, want in zip(found, expected, strict=True)] == expected


def test_a_reported_carrier_has_no_deadline() -> None:
    [carrier] = carriers("去年建成3个千亿级产业集群。")
    assert (carrier.status, carrier.deadline) == ("done", None)


def test_the_place_is_the_one_named_last_and_never_the_issuers_own() -> None:
    assert [c.region for c in carriers("湖南打造22条优势产业链。")] == [None]
    assert [c.region for c in carriers("长沙打造2个产业集群，株洲打造1个产业集群。")] == ["长沙", "株洲"]


def test_units_end_at_semicolons_and_tile_their_sentences() -> None:
    text = "甲；乙；\n丙。丁；；戊"
    assert [text[start:end] for start, end in units(text)] == ["甲；", "乙；", "丙。", "丁；；", "戊"]


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("news") / "news.duckdb"
    saidao.build(FEED, database, jobs=1)
    return database


def test_the_news_article_is_understood_without_hand_work(news: Path) -> None:
    with saidao.open(news) as database:
        [cluster] = database.carriers(carrier="cluster").rows()
        assert (cluster["number"], cluster["region"]) == (3, "张家港市")
        assert cluster["industries"] == ["new_energy", "semiconductors", "smart_equipment"]
        assert (cluster["low"], cluster["unit"], cluster["bound"]) == (Decimal(10**11), "元", "ge")
        assert cluster["deadline"] == 2025

        [chain] = database.carriers(carrier="chain", region="湖南").rows()
        assert (chain["number"], chain["quote"]) == (22, "22 条优势产业链")

        [resilience] = database.measures(region="四川", theme="resilience").rows()
        assert "产业链供应链" in resilience["sentence"]

        [projects] = database.carriers(carrier="project", region="浙江").rows()
        assert projects["number"] == 568

        ministry = database.carriers(words="工业和信息化部").rows()
        assert [c["type"] for c in ministry] == ["innovation_centre", "action", "action", "action"]
        for name, carrier in zip(("制造业创新中心", "集群", "改造提升行动", "质量提升行动"), ministry, strict=True):
            assert name in carrier["quote"]

        frequent = {row["phrase"] for row in database.phrases(uses=2)}
        assert "提升制造业核心竞争力" in frequent


def test_statements_carry_the_industry(news: Path, tmp_path: Path) -> None:
    text = tmp_path / "2026年湖南省政府工作报告.txt"
    text.write_text("湖南省政府工作报告\n今年，新能源汽车产量增长20%，粮食产量615亿斤。\n" * 3, "utf-8")
    saidao.build(text, tmp_path / "a.duckdb", jobs=1)
    with saidao.open(tmp_path / "a.duckdb") as database:
        found = {s["quote"]: s["industry_id"] for s in database.statements()}
        assert found == {"20%": "new_energy_vehicles", "615亿斤": found["615亿斤"]}
        above = database.statements(industry="汽车").rows()
        assert {s["quote"] for s in above} == {"20%"}


def test_names_in_either_language_are_taken_and_wrong_ones_refused(news: Path) -> None:
    with saidao.open(news) as database:
        counts = {len(database.carriers(carrier=name)) for name in ("cluster", "产业集群", "Cluster", "集群")}
        assert counts == {1}
        assert len(database.industries(industry="半导体")) == len(database.industries(industry="semiconductors")) > 0
        with pytest.raises(UsageError, match="no such code or name"):
            database.measures(tool="magic").rows()


@pytest.mark.parametrize("command", ["industries", "measures", "carriers"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_commands_list_and_write(
    news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, language: str
) -> None:
    assert main([command, str(news), "--lang", language]) == 0
    assert "产业" in capsys.readouterr().out
    for suffix in ("csv", "jsonl", "parquet", "xlsx", "dta"):
        target = tmp_path / f"{command}.{suffix}"
        assert main([command, str(news), "-o", str(target), "--lang", language]) == 0
        assert target.stat().st_size > 0
    assert main([command, str(news), "--year", "1999", "--lang", language]) == 1


def test_the_views_speak_chinese(news: Path) -> None:
    with saidao.open(news) as database:
        [row] = database.sql("SELECT 载体类型, 产业, 性质 FROM 载体名录 WHERE 数量 = 3").rows()
        assert row == {"载体类型": "产业集群", "产业": ["新能源", "半导体", "智能装备"], "性质": "要做"}


def test_unknown_industries_are_proposed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "a.txt"
    text.write_text(
        "大力发展绞股蓝产业。\n培育壮大苔藓经济，发展绞股蓝产业。\n经济运行平稳，全年经济增长5%。\n", "utf-8"
    )
    saidao.build(text, tmp_path / "a.duckdb", jobs=1)
    with saidao.open(tmp_path / "a.duckdb") as database:
        found = [(row["name"], row["uses"]) for row in database.industry_candidates(uses=1)]
        assert found == [("绞股蓝产业", 2), ("苔藓经济", 1)]
        unlisted = {row["quote"] for row in database.industries() if row["industry_id"] is None}
        assert "绞股蓝" in unlisted
    assert main(["candidates", str(tmp_path / "a.duckdb"), "--uses", "2", "--lang", "zh"]) == 0
    assert "绞股蓝产业" in capsys.readouterr().out
    assert main(["candidates", str(tmp_path / "a.duckdb"), "--uses", "9", "--lang", "zh"]) == 1


@pytest.mark.parametrize(
    ("table", "label"), [("measures", "编码依据"), ("mentions", "标准产业"), ("carriers", "载体类型")]
)
def test_show_leads_to_each_record(news: Path, capsys: pytest.CaptureFixture[str], table: str, label: str) -> None:
    with saidao.open(news) as database:
        ids = [row["id"] for row in database.sql(f"SELECT id FROM {table} ORDER BY id LIMIT 3")]
        assert len(ids) == 3
        for id in ids:
            record = database.record(table, id[:12])
            assert main(["show", str(news), id, "--lang", "zh"]) == 0
            shown = capsys.readouterr().out
            assert label in shown
            # A line may be broken at a blank.
            assert "".join(record["sentence"][:20].split()) in "".join(shown.split())
