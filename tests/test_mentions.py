"""What the matrix counts and what it leaves alone: names in other words, sentences about safety, places in idioms."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import saidao
from saidao.coding import code
from saidao.documents.sections import annexed
from saidao.errors import UsageError
from saidao.filters.codes import codes
from saidao.lexicon import load
from saidao.measures.records import Coding
from saidao.models import Carrier, Context, Section
from saidao.register import register
from saidao.statements import find, places

CONTEXT = Context("湖南省人民政府", "work_report", 2026, "湖南省")


def coded(text: str) -> Coding:
    [coding] = code(text)
    return coding


def carriers(text: str) -> list[Carrier]:
    lexicon = load()
    return register(text, CONTEXT, code(text, whole=False), find(text, CONTEXT, lexicon), lexicon).carriers


@pytest.mark.parametrize(
    ("text", "industries"),
    [
        ("培育种业龙头企业。", ["seed"]),
        ("完善联农带农机制。", []),
        ("推广农机制造新工艺。", ["agricultural_machinery"]),
        ("电信业务收入增长8%。", []),
        ("办好丝绸之路文化节。", []),
        ("做大丝绸产业。", ["silk"]),
        ("推动2000家企业上云上平台。", []),
        ("引进平台企业5家。", ["platform_economy"]),
        ("用好国家政策，发展家政服务。", ["domestic_services"]),
        ("做强工业母机制造业。", ["machine_tools"]),
        ("做活商贸流通服务业。", ["commerce"]),
        ("试制成功ZX300发动机。", []),
        ("发动机产业产值增长6%。", ["machinery"]),
    ],
)
def test_names_in_other_words_and_before_a_class(text: str, industries: list[str]) -> None:
    assert [i.id for i in coded(text).industries if not i.generic] == industries


@pytest.mark.parametrize(
    ("text", "industries"),
    [
        ("加强畜禽粪污资源化利用。", []),
        ("扩大畜禽养殖规模。", ["livestock"]),
        ("开展化工、冶金等领域专项整治。", []),
        ("推动化工、冶金等产业升级。", ["petrochemicals", "steel"]),
        ("化工园区地下水污染治理完成。", []),
        ("整治渔业船舶安全隐患。", []),
        ("开展疫苗接种宣传。", []),
        ("做强疫苗产业。", ["vaccines"]),
        ("抽检食品、药品3000批次。", []),
        ("统计、档案、地震、气象、广播电视等工作取得新成绩。", []),
        ("发展广播电视产业。", ["audio_video"]),
        ("扩大电子信息、安全生产、设施农业等领域的设备更新。", ["electronics", "facility_farming"]),
        ("守住粮食安全底线。", ["grain"]),
    ],
)
def test_safety_pollution_and_affairs_are_no_industry(text: str, industries: list[str]) -> None:
    assert [i.id for i in coded(text).industries] == industries


@pytest.mark.parametrize(
    ("text", "borne"),
    [
        ("力争新增省级以上专精特新企业90家。", [("省级以上专精特新企业90家", 90)]),
        ("引进一批标志性外资项目。", []),
        ("建设第二批跨境合作示范区。", [("第二批跨境合作示范区", None)]),
        ("建设滨江稀土产业基地和临湖有色金属集聚区。", [("滨江稀土产业基地", None), ("临湖有色金属集聚区", None)]),
        ("三是深化居民增收工程。", [("居民增收工程", None)]),
        ("推动东渠河至西运河全线通航。", []),
        ("发布重点产业链发展白皮书。", []),
        ("着力培育种业领军企业。", [("种业领军企业", None)]),
        ("实施好新一轮河湖治理行动。", [("河湖治理行动", None)]),
        ("推进信达码头5万吨泊位等项目。", [("信达码头5万吨泊位", None)]),
        ("这批成果应用于国家重大工程。", []),
        ("由职工医疗保险统筹基金支付。", []),
        ("布局交通设施、临港工业、滨海旅游等项目。", []),
    ],
)
def test_carriers_are_cut_where_they_begin(text: str, borne: list[tuple[str, int | None]]) -> None:
    assert [(c.text, c.number) for c in coded(text).carriers] == borne


def test_a_sum_that_narrows_the_next_noun_is_no_scale() -> None:
    [park] = carriers("滨江盐碱基地等一批百亿级项目开工。")
    assert park.low is None
    [cluster] = carriers("推动新材料产业集群规模达到百亿级。")
    assert cluster.low == 10**10


def test_a_name_begins_behind_the_list_that_leads_up_to_it() -> None:
    [action] = carriers("推进现代种业、智能农机等农业创新行动。")
    assert action.name == "农业创新行动"
    assert action.industries == ("seed", "agricultural_machinery")


def test_a_member_takes_the_industry_before_it_and_no_other_carriers() -> None:
    assert [c.industries for c in carriers("发展氢能产业、滨海示范区。")] == [("hydrogen",)]
    assert [c.industries for c in carriers("推进茶叶灌溉二期、东平高铁。") if "高铁" in c.quote] == [()]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("确保社会长治久安，整治文山会海。", None),
        ("拿出真金白银支持企业。", None),
        ("其中山东企业20家。", "山东"),
        ("长治、文山、白银三地合作。", "长治、文山、白银"),
    ],
)
def test_a_place_in_an_idiom_is_none(text: str, place: str | None) -> None:
    assert places.find(text, 0, len(text), (), places.compiled(load())) == place


def test_a_glossary_plans_nothing() -> None:
    text = "大力发展氢能产业。\n名词解释\n氢能走廊：到2030年建成加氢站50座，推动氢能产业发展。\n"
    start = text.index("名词解释")
    sections = (Section(0, start, "plan_year"), Section(start, len(text), "other", "名词解释"))
    assert [c.status for c in code(text, whole=False, sections=sections)] == ["planned", "context"]
    renamed = (sections[0], replace(sections[1], title="其他工作"))
    assert [c.status for c in code(text, whole=False, sections=renamed)] == ["planned", "planned"]


def test_a_tool_is_meant_by_its_words_too() -> None:
    assert codes("tool", "千亿级产业集群") == ["cluster_park"]
    assert codes("tool", "集群") == ["cluster_park"]
    assert codes("tool", "贴息") == ["fiscal_subsidy"]
    with pytest.raises(UsageError, match="no such code or name"):
        codes("tool", "看图写话")


def test_records_of_one_level(tmp_path: Path) -> None:
    rows = ["title,region,year,text"]
    for region, kind in (("湖南省", "省"), ("长沙市", "市")):
        rows.append(f"{region}2026年政府工作报告,{region},2026,2026年政府工作报告 今年全{kind}培育3个氢能产业集群。")
    (tmp_path / "reports.csv").write_text("\n".join(rows), "utf-8")
    saidao.build(tmp_path / "reports.csv", tmp_path / "o.duckdb", jobs=1)
    with saidao.open(tmp_path / "o.duckdb") as database:
        for listed in (database.carriers, database.measures, database.industries):
            assert {row["issuer_region"] for row in listed(level="prefecture").rows()} == {"长沙市"}
            assert len(listed().rows()) == 2 * len(listed(level="province").rows())


def test_the_heading_of_an_annex_is_known_in_many_forms() -> None:
    for title in ("名词解释", "《政府工作报告》有关内容名词注释", "附件 相关用语说明"):
        assert annexed(Section(0, 10, "other", title), load())
    assert not annexed(Section(0, 10, "other", "重点工作说明"), load())


@pytest.mark.parametrize(
    ("text", "industries"),
    [
        ("实施草畜平衡5万亩。", []),
        ("提升高等教育服务经济社会发展能力。", []),
        ("二是产业发展加快。", []),
        ("建设全国重要的新能源装备制造基地。", ["equipment"]),
        ("建成电池级氢氧化锂生产线。", []),
        ("对接数字经济伙伴关系协定。", []),
        ("配备消防装备，实施消防装备提升工程。", ["emergency_equipment"]),
        ("布局核医疗产业。", ["nuclear_isotopes"]),
    ],
)
def test_words_that_only_hold_a_name(text: str, industries: list[str]) -> None:
    assert [i.id for i in coded(text).industries] == industries
