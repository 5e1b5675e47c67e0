"""Codes of sentences: each tool, theme and kind of carrier by an example of our own, and what must hold for any text."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import saidao
from saidao.cli import main
from saidao.coding import code, code_each
from saidao.errors import LexiconError
from saidao.lexicon import Lexicon, load
from saidao.measures import known
from saidao.measures.candidates import candidates
from saidao.measures.records import Coding
from saidao.models import Section


def coded(text: str) -> Coding:
    [coding] = code(text)
    return coding


TOOLS = [
    ("对首次入库的企业给予50万元奖励。", "fiscal_subsidy"),
    ("落实研发费用加计扣除政策，切实为企业减负。", "tax_relief"),
    ("扩大制造业中长期贷款规模。", "credit_finance"),
    ("推动5家企业在北交所上市。", "equity_support"),
    ("设立100亿元生物制造产业基金。", "industrial_fund"),
    ("新培育专精特新中小企业200家。", "entrepreneurship"),
    ("开展产业链招商，大力吸引外资。", "investment_attraction"),
    ("深化“高效办成一件事”改革，清理拖欠企业账款。", "business_environment"),
    ("综合整治光伏行业“内卷式”竞争。", "market_regulation"),
    ("依法实施稀土出口管制。", "trade_control"),
    ("引进高层次人才，开展职业技能培训。", "talent_labor"),
    ("推行工业用地“标准地”出让，盘活低效用地。", "land_factor"),
    ("加快建设沿江高速公路和内河港口。", "infrastructure"),
    ("以揭榜挂帅方式开展关键核心技术攻关。", "rd_tech"),
    ("推进钢铁企业超低排放改造，创建绿色工厂。", "environment"),
    ("发放消费券，支持汽车以旧换新。", "consumer_subsidy"),
    ("支持首台（套）装备首购首用，加大政府采购力度。", "procurement"),
    ("开放低空应用场景，办好装备博览会。", "market_promotion"),
    ("打造千亿级工程机械产业集群。", "cluster_park"),
    ("深入推行链长制，推动补链强链延链。", "chain_localization"),
    ("布局建设中试平台和全国重点实验室。", "innovation_platform"),
    ("主导制定国际标准，提升计量检测能力。", "standards_quality"),
    ("提升自贸试验区能级，发展跨境电商。", "opening_export"),
    ("大力发展银发经济。", "plan_target"),
]


@pytest.mark.parametrize(("text", "tool"), TOOLS, ids=[tool for _, tool in TOOLS])
def test_each_tool_is_told(text: str, tool: str) -> None:
    coding = coded(text)
    assert tool in coding.tools
    assert coding.why(tool), "the words that gave the code are named"


def test_the_cases_are_about_every_tool() -> None:
    assert {tool for _, tool in TOOLS} == {row["id"] for row in load().rows("tools")}


@pytest.mark.parametrize(
    "text",
    [
        "完善基本养老保险制度，稳步提高低保标准。",
        "弘扬工匠精神和企业家精神。",
        "全面从严治党，驰而不息纠治“四风”。",
        "工业增加值增长6.1%，粮食总产量再创新高。",
        "天更蓝、山更绿、水更清。",
    ],
)
def test_no_tool_where_none_is_named(text: str) -> None:
    assert coded(text).tools == ()


def test_a_priority_is_coded_only_without_a_tool_for_the_same_object() -> None:
    assert coded("培育壮大量子科技产业。").tools == ("plan_target",)
    assert coded("设立量子科技产业基金，支持其发展壮大。").tools == ("industrial_fund",)
    assert coded("推进传统产业技术改造、未来产业前瞻布局。").tools == ("rd_tech", "plan_target")


def test_an_industry_that_merely_develops_is_no_priority() -> None:
    assert coded("全省咖啡产业快速发展。").tools == ()
    assert coded("推动咖啡产业快速发展。").tools == ("plan_target",)


def test_folding() -> None:
    [coding] = code("建设中试平台，制定行业标准，大力发展跨境电商。", fold=True)
    assert coding.tools == ("rd_tech", "market_regulation", "market_promotion")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("新建5G基站1.2万个，工业互联网平台建成投用。", "done"),
        ("去年新增高新技术企业300家。", "done"),
        ("船舶工业规模跃居全国第2位。", "done"),
        ("加快建设国家算力枢纽。", "planned"),
        ("到2030年，低空经济规模突破500亿元。", "planned"),
        ("坚持把先进制造业作为主攻方向。", "planned"),
        ("产业链还存在不少短板，创新能力不足。", "context"),
        ("本规范适用于动力电池回收企业。", "context"),
        ("（三）推进算力设施建设", "context"),
        ("3.算力券：企业租用算力时抵扣费用的凭证。", "context"),
        ("座谈会3日在省城举行。", "done"),
        ("算力服务体系加快完善。", "done"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert coded(text).status == status


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("集中力量突破一批“卡脖子”技术。", {"shore_up"}),
        ("加快补齐产业链短板。", {"shore_up"}),
        ("加快补齐农村公路短板。", set()),
        ("做大做强优势产业，打造世界级产业集群。", {"build_strength"}),
        ("提升产业链供应链韧性和安全水平。", {"resilience"}),
        ("牢牢守住粮食安全底线。", {"resilience"}),
        ("促进优势产业锻长板。", {"build_strength"}),
        ("加大关键核心技术攻关，实现自主可控。", {"shore_up", "resilience"}),
        ("守住不发生系统性金融风险的底线。", set()),
    ],
)
def test_themes(text: str, themes: set[str]) -> None:
    assert set(coded(text).themes) == themes


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("大力发展新能源汽车、集成电路和工业母机产业。", ["新能源汽车", "集成电路", "工业母机"]),
        ("壮大蓝莓产业。", ["蓝莓"]),
        ("引导绞股蓝产业健康发展。", ["绞股蓝"]),
        ("推动浆纸、竹编、香料等产业提质升级。", ["浆纸", "竹编", "香料"]),
        ("完善养老保险制度。", []),
        ("大力发展养老产业。", ["养老产业"]),
        ("推进农村公路和水利工程建设。", []),
        ("利用人工智能、大数据等技术加强城市管理。", []),
        ("推进标准化工作。", []),
        ("推动产业发展。", []),
        ("降低交通、石化、建材等行业成本。", ["交通", "石化", "建材"]),
        ("加强交通和教育工作。", []),
        ("发挥省畜牧局作用。", []),
        ("建设船舶工业基地，支持船舶企业。", ["船舶工业"]),
        ("发展化工行业，推进人工智能等数字技术应用。", ["化工", "人工智能"]),
        ("把能源作为命脉。", ["能源"]),
    ],
)
def test_industries(text: str, names: list[str]) -> None:
    assert [industry.text for industry in coded(text).industries] == names


def test_classes_of_industries_are_generic() -> None:
    coding = coded("推动传统产业焕新、未来产业起势，壮大商业航天。")
    assert [(i.id, i.generic) for i in coding.industries] == [
        ("traditional", True),
        ("future", True),
        ("commercial_space", False),
    ]


@pytest.mark.parametrize(
    ("text", "type", "words", "count"),
    [
        ("建成3个国家先进制造业集群。", "cluster", "3个国家先进制造业集群", 3),
        ("全力打造集成电路产业集群。", "cluster", "集成电路产业集群", None),
        ("建强12条重点产业链。", "chain", "12条重点产业链", 12),
        ("高水平建设岳麓山实验室。", "innovation_centre", "岳麓山实验室", None),
        ("实施产业基础再造工程。", "project", "产业基础再造工程", None),
        ("开工建设重大产业项目120个。", "project", "项目120个", 120),
        ("加快建设湘江国家级新材料产业示范区。", "park", "湘江国家级新材料产业示范区", None),
        ("培育独角兽企业5家。", "enterprise", "独角兽企业5家", 5),
        ("设立种业振兴基金。", "fund", "种业振兴基金", None),
        ("开展制造业数字化转型专项行动。", "action", "制造业数字化转型专项行动", None),
        ("启动特色镇建设计划。", "action", "特色镇建设计划", None),
        ("创建国家先进制造业集群。", "cluster", "国家先进制造业集群", None),
        ("高新技术企业净增60户。", "enterprise", "高新技术企业净增60户", 60),
    ],
)
def test_carriers(text: str, type: str, words: str, count: int | None) -> None:
    found = [carrier for carrier in coded(text).carriers if carrier.type == type]
    assert [(words in carrier.text, carrier.number) for carrier in found] == [(True, count)]


def test_vague_nouns_are_no_carriers() -> None:
    assert coded("谋划一批重大项目，搭建重要平台，培育产业集群。").carriers == ()


def test_wording() -> None:
    firm = coded("必须在2027年底前建成20个中试平台，安排专项资金3亿元，纳入年度考核。")
    assert firm.strength == 4
    assert set(firm.commits) == {"money", "quota", "deadline"}
    assert {"assessment", "deadline", "budget"} <= set(firm.mechanisms)
    assert coded("鼓励企业设立研发中心。").strength == 2
    assert "national_pilot" in coded("获批国家低空经济试点。").relations


def assert_sound(text: str, codings: list[Coding]) -> None:
    tools = {row["id"] for row in load().rows("tools")}
    for coding in codings:
        assert 0 <= coding.start <= coding.end <= len(text)
        assert set(coding.tools) <= tools
        assert coding.status in ("done", "planned", "context")
        for spans in (coding.industries, coding.carriers, coding.cues):
            for span in spans:
                assert coding.start <= span.start < span.end <= coding.end
                assert text[span.start : span.end] == span.text
            starts = [span.start for span in spans]
            if spans is not coding.cues:
                assert all(a <= b for a, b in pairwise(starts))
        for tool in coding.tools:
            assert coding.why(tool)


PIECES = st.lists(
    st.sampled_from([text for text, _ in TOOLS] + list("，、。；“”（）等和的业链园AI5%\n")), max_size=12
).map("".join)


@given(st.lists(PIECES | st.text(max_size=60), max_size=5))
def test_many_texts_are_coded_as_each_alone(texts: list[str]) -> None:
    assert code_each(texts) == [coding for text in texts for coding in code(text)]
    assert code_each(texts, fold=True) == [coding for text in texts for coding in code(text, fold=True)]


@given(PIECES | st.text(max_size=200))
def test_whatever_the_text(text: str) -> None:
    for whole in (True, False):
        found = code(text, whole=whole)
        assert_sound(text, found)
        assert found == code(text, whole=whole), "the same text is coded the same way"


@pytest.mark.parametrize("text", ["", " ", "。", "plain English, no Chinese at all.", "\ud800", "１２３", "產業鏈"])
def test_odd_texts(text: str) -> None:
    assert_sound(text, code(text))


@pytest.mark.parametrize("unit", ["推动人工智能产业集群建设", "产业、", "“（", "等产业", "，"])
def test_a_sentence_of_a_megabyte(unit: str) -> None:
    text = unit * (350_000 // len(unit))
    assert_sound(text, code(text))


def test_traditional_characters_keep_their_spelling() -> None:
    coding = coded("推動產業鏈補鏈強鏈。")
    assert "chain_localization" in coding.tools
    assert all(cue.text in "推動產業鏈補鏈強鏈。" for cue in coding.cues)


def test_sentences_of_a_text() -> None:
    text = "各位代表！去年专精特新企业达到300家。\n今年设立低空经济产业基金。"
    first, second = saidao.code(text, whole=False)
    assert (first.status, second.status) == ("done", "planned")
    assert text[second.start : second.end] == "今年设立低空经济产业基金。"
    assert second.tools == ("industrial_fund",)


def test_a_section_tells_the_status() -> None:
    text = "培育低空经济产业。加快发展低空经济。"
    sections = [Section(0, 9, "review_year"), Section(9, len(text), "plan_year")]
    assert [c.status for c in code(text, whole=False, sections=sections)] == ["done", "planned"]


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        (
            "tool_cues",
            "tool,words,with,without,weight,inside,note\nmagic,魔法,,,,,\n",
            "2: tool: tools.csv has no row magic",
        ),
        ("tool_cues", "tool,words,with,without,weight,inside,note\nrd_tech,攻,,,,,\n", "2: 攻: too short"),
        (
            "tool_cues",
            "tool,words,with,without,weight,inside,note\nrd_tech,攻关,(,,,,\n",
            "2: with: no regular expression",
        ),
        ("tool_cues", "tool,words,with,without,weight,inside,note\nrd_tech,攻关,,,x,,\n", "2: weight: x is no number"),
        ("theme_cues", "theme,words,with,without,note\nx,补链,,,\n", "2: theme: x is none of"),
        (
            "carrier_heads",
            "type,words,need,name,without,not_before,note\npark,园区,may,,,,\n",
            "2: need: may is none of",
        ),
        (
            "carrier_heads",
            "type,words,need,name,without,not_before,note\nx,园区,name,,,,\n",
            "2: type: carrier_types.csv has no row x",
        ),
        ("measure_status", "status,weight,pattern,note\nsoon,1,今年,\n", "2: status: soon is none of"),
        ("measure_wording", "axis,code,pattern,note\nstrength,9,必须,\n", "2: code: 9 is none of"),
        (
            "industry_names",
            "id,label,english,variants,parent,level,gbt,sei,generic,weak,means,unless,note\nx,猫,Cats,猫,,1,,,,,,,\n",
            "2: 猫: too short",
        ),
    ],
)
def test_mistakes_in_data_files_are_named(tmp_path: Path, file: str, content: str, message: str) -> None:
    (tmp_path / f"{file}.csv").write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=f"{file}.csv:{message}"):
        known(Lexicon(tmp_path))


def test_rows_of_a_users_own(tmp_path: Path) -> None:
    header = "tool,words,with,without,weight,inside,note\n"
    (tmp_path / "tool_cues.csv").write_text(header + "business_environment,企业宁静日,,,,,\n", encoding="utf-8")
    [coding] = code("推行企业宁静日制度。", lexicon=Lexicon(tmp_path))
    assert coding.tools == ("business_environment",)


def test_the_list_of_industries_is_sound(shared: Path) -> None:
    rows = load().rows("industry_names")
    by_id = {row["id"]: row for row in rows}
    standard = (shared / "data" / "gbt4754-2017" / "gbt4754-2017.csv").read_text("utf-8").splitlines()
    codes = {line.split(",", 1)[0] for line in standard}
    names: dict[str, str] = {}
    for row in rows:
        assert not row["parent"] or row["parent"] in by_id
        assert int(row["level"]) == 1 + (int(by_id[row["parent"]]["level"]) if row["parent"] else 0)
        assert {c for c in row["gbt"].split("|") if c} <= codes, row["id"]
        for name in row["variants"].split("|"):
            assert names.setdefault(name, row["id"]) == row["id"], f"{name} stands for two industries"


def test_candidates_are_proposed() -> None:
    texts = ["大力发展灯影产业，做强灯影产业，发展人工智能产业。"] * 2
    [candidate] = candidates(texts, load())
    assert (candidate.name, candidate.uses, candidate.texts) == ("灯影产业", 4, 2)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": 1, "text": "设立稀土产业基金。"}\nno json\n\n', encoding="utf-8")
    assert main(["code", str(source), "-o", str(target)]) == 1
    assert "2" in capsys.readouterr().err
    [record] = map(json.loads, target.read_text("utf-8").splitlines())
    assert record["tools"] == ["industrial_fund"]
    assert record["industries"] == [{"start": 2, "end": 4, "text": "稀土", "id": "rare_earths", "generic": False}]
    assert record["carriers"][0] == {"start": 2, "end": 8, "text": "稀土产业基金", "type": "fund", "count": None}


def test_figures_on_labels(shared: Path, tmp_path: Path) -> None:
    """The figures of the evaluation hold their floors, and its scorer counts as the one beside the labels does."""
    from evaluation import measures as evaluation

    found = evaluation.run(shared / "gold")
    figures = evaluation.score(evaluation.labels(shared / "gold"), found)
    assert not evaluation.failures(figures)
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text("".join(json.dumps(record) + "\n" for record in found.values()), encoding="utf-8")
    scorer = shared / "gold" / "score_measures.py"
    printed = subprocess.run(
        [sys.executable, str(scorer), str(shared / "gold" / "measures.jsonl"), str(predicted)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    said = {line.split()[0]: line.split()[-1] for line in printed.splitlines()}
    assert said["status"] == f"{figures['status']:.4f}"
    for name in ("tools", "themes", "industries", "carriers"):
        assert said[name] == f"{figures[f'{name}_f1']:.4f}"


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("补齐集成电路短板。", ("shore_up",)),
        ("补短板、锻长板、强韧性。", ("shore_up", "build_strength", "resilience")),
        ("补齐农村基础设施短板。", ()),
        ("补上养老服务短板。", ()),
    ],
)
def test_an_industry_is_the_object_of_a_theme(text: str, themes: tuple[str, ...]) -> None:
    [coded] = saidao.code(text)
    assert coded.themes == themes


@pytest.mark.parametrize(
    ("text", "industries"),
    [
        ("大力发展养老服务。", ["elder_care_industry"]),
        ("做强总部经济、楼宇经济。", ["business_services", "building_economy"]),
        ("做强工业设计、检验检测、演艺等产业。", ["industrial_design", "inspection_testing", "performing_arts"]),
        ("扩大家电数码商品销售。", ["home_appliances"]),
        ("规范化药品采购流程。", []),
        ("以良好营商环境服务外来投资者。", []),
        ("新开航线3条，新增通航城市2个。", []),
        ("加强与邻近省份产业合作。", []),
        ("紧盯矿山、消防、燃气等领域。", []),
        ("做大矿山装备和化工产业。", ["mining_machinery", "petrochemicals"]),
        ("更新老旧电梯200部。", []),
        ("发展电梯产业。", ["elevators"]),
    ],
)
def test_names_across_words_and_in_lists_of_dangers(text: str, industries: list[str]) -> None:
    assert [i.id for i in coded(text).industries] == industries


def test_a_carrier_that_was_cut_has_its_own_count() -> None:
    borne = coded("培育8条重点产业链和“3+3”先进制造业集群。").carriers
    assert [(c.text, c.number) for c in borne] == [("8条重点产业链", 8), ("“3+3”先进制造业集群", None)]


@pytest.mark.parametrize(("text", "number"), [("建成省级科学中心7个。", 7), ("建成滨海科学中心7个装置。", None)])
def test_a_count_behind_a_carrier_stands_alone(text: str, number: int | None) -> None:
    assert [c.number for c in coded(text).carriers] == [number]


@pytest.mark.parametrize(
    ("text", "told"),
    [("降低化工企业库存。", False), ("建立化工企业库。", True), ("加固水库大坝，发展化工产业。", False)],
)
def test_a_store_is_no_list(text: str, told: bool) -> None:
    assert ("list" in coded(text).mechanisms) is told


@pytest.mark.parametrize(
    ("text", "tools"),
    [
        ("对新认定的基地，于次年分别给予90万元、40万元的奖励。", ("fiscal_subsidy",)),
        ("叫响“投资云州”品牌。", ()),
        ("做靓陶瓷品牌。", ("standards_quality",)),
        ("培育壮大陶瓷企业群体。", ("entrepreneurship",)),
        ("组建云州国控集团。", ("equity_support",)),
        ("促进数字消费、绿色消费。", ("market_promotion",)),
        ("困扰企业的难题逐一销号。", ("business_environment",)),
        ("建成全国最大的花椒加工、销售基地。", ("cluster_park",)),
        ("陶瓷全产业链产值突破90亿元。", ()),
    ],
)
def test_families_of_cues(text: str, tools: tuple[str, ...]) -> None:
    assert code(text)[0].tools == tools


@pytest.mark.parametrize(
    ("text", "industries", "carriers"),
    [
        ("云州地铁湖滨快线建成。", None, ["云州地铁湖滨快线"]),
        ("2条高速公路建成通车。", None, ["2条高速公路"]),
        ("实施8个重大科技专项。", None, ["8个重大科技专项"]),
        ("推进国家级服务型制造示范城市建设。", None, ["国家级服务型制造示范城市"]),
        ("新增国家临床重点专科项目6个。", None, []),
        ("自动编制调度计划。", None, []),
        ("建设电动垂直起降飞行器基地，布局未来航空。", ["电动垂直起降飞行器", "未来航空"], None),
        ("做好重大活动保障。", [], None),
        ("健全农村物流体系，推进快递进村。", ["物流", "快递"], None),
        ("发展体验式旅游业态。", ["旅游业态"], None),
        ("带动陶瓷、铜、锂等新型合金产业转型。", ["陶瓷", "铜", "锂", "新型合金"], None),
        ("在云州、青州等地举办产业大会。", [], None),
        ("推广“云州好瓷”品牌，开展陶瓷出海“百日行动”。", ["陶瓷"], ["“百日行动”"]),
        ("新增省级创新型企业孵化平台（基地）5家。", None, ["省级创新型企业孵化平台（基地）5家"]),
    ],
)
def test_families_of_names(text: str, industries: list[str] | None, carriers: list[str] | None) -> None:
    [coding] = code(text)
    assert industries is None or [industry.text for industry in coding.industries] == industries
    assert carriers is None or [carrier.text for carrier in coding.carriers] == carriers
