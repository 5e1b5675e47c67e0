"""The reading of statements: cases as data, and what must hold for any text."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidao import statements
from saidao.errors import LexiconError
from saidao.lexicon import Lexicon, load
from saidao.models import Context, Section
from saidao.statements import find
from saidao.statements.fold import fold
from saidao.statements.numerals import arabic, chinese

LEXICON = load()
REPORT = Context(issuer="湖南省人民政府", type="work_report", year=2026)
CASES = [
    line.split(" | ")
    for line in (Path(__file__).parent / "cases" / "statements.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
PIECES = st.sampled_from(
    [
        "今年", "去年", "地区生产总值", "增长", "下降", "达到", "5%", "左右", "以上", "超", "近", "3000亿元", "百分之八",
        "三百余个", "、", "，", "。", "；", "（", "）", "“", "”", "其中", "分别", "第9位", "翻一番", "1.5倍", "个百分点",
        "到2030年", "0.3", "万", "千", "新增", "22家", "企业", "8.3:41.4:50.3", "\n", " ", "１２％", "萬億元", "与经济增长同步",
    ]
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:18] for text, _ in CASES])
def test_case(text: str, expected: str) -> None:
    found = find(text, REPORT, LEXICON, qualitative=False)
    wanted = [] if expected == "-" else [part.split(", ") for part in expected.split(" ; ")]
    assert [s.quote for s in found] == [fields[0] for fields in wanted]
    for statement, (_, indicator, kind, value, unit, bound, status, period) in zip(found, wanted, strict=True):
        low, _, high = value.partition("~")
        assert (statement.kind, statement.unit, statement.bound) == (kind, unit, bound)
        assert (statement.low, statement.high) == (Decimal(low), Decimal(high or low))
        if indicator != "-":
            assert statement.indicator == indicator
        if status != "-":
            assert (statement.status, statement.period) == (status, period)


@pytest.mark.parametrize(
    ("type", "text", "wanted"),
    [
        ("measures", "对年营业收入首次突破10亿元的企业，给予50万元奖励。", [("reference", None), ("target", None)]),
        ("measures", "对新入选的国家级平台给予一次性300万元奖励。", [("target", None)]),
        ("plan", "供给能力不断提升，目前关键装备满足率超过50%。", [("achieved", None)]),
        ("plan", "到2028年，关键装备满足率超过70%，突破关键技术30项。", [("target", "2028"), ("target", "2028")]),
        ("action_plan", "年底前，网上可办率不低于90%。", [("target", "2026")]),
        ("report", "全国网上零售额达13万亿元，标识体系全面建成。", [("achieved", "2025")]),
        ("news", "据甲研究院预计，到2030年，出货量将达到60亿部以上。", [("reference", "2030")]),
        ("news", "铁路今天预计发送旅客1500万人次。", [("reference", "2026")]),
        ("news", "截至2025年底，专利达到500万件。其中，发明专利达到200万件。", [("achieved", "2025")] * 2),
        ("news", "全年安排投资290亿元。今年，甲省将实施专项行动。", [("achieved", "2025")]),
        ("news", "十年来，优良水质比例从67%提升到96%。", [("achieved", "2016"), ("achieved", "2026")]),
        ("news", "自2024年10月机制建立以来，提供贷款30万亿元。", [("achieved", "2026")]),
        ("news", "声明由85个国家发布。", [("achieved", "2026")]),
    ],
)  # fmt: skip
def test_status_and_period_by_the_kind_of_document(type: str, text: str, wanted: list[tuple[str, str | None]]) -> None:
    found = find(text, Context(issuer="湖南省人民政府", type=type, year=2026), LEXICON, qualitative=False)
    assert [(s.status, s.period) for s in found] == wanted


@given(st.lists(PIECES, max_size=30).map("".join))
@settings(max_examples=300, deadline=None)
def test_quotes_are_the_text_at_their_place(text: str) -> None:
    found = find(text, REPORT, LEXICON)
    for statement in found:
        assert text[statement.start : statement.end] == statement.quote
    figures = [s for s in found if s.low is not None]
    assert all(a.end <= b.start for a, b in pairwise(figures))
    assert all(s.low <= s.high for s in figures if s.low is not None and s.high is not None)


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_reading(text: str) -> None:
    for statement in find(text, Context(), LEXICON):
        assert text[statement.start : statement.end] == statement.quote


@given(st.text())
def test_folding_moves_nothing(text: str) -> None:
    assert len(fold(text, LEXICON)) == len(text)


@given(st.lists(PIECES, max_size=20).map("".join), st.lists(PIECES, max_size=10).map("".join))
@settings(max_examples=100, deadline=None)
def test_a_later_paragraph_changes_no_figure_before_it(text: str, more: str) -> None:
    def figures(of: str) -> list[tuple[int, int, Decimal | None]]:
        return [(s.start, s.end, s.low) for s in find(of, REPORT, LEXICON, qualitative=False) if s.end <= len(text)]

    before = [f for f in figures(text + "。\n") if f[1] <= len(text)]
    assert figures(text + "。\n" + more)[: len(before)] == before


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一万五千亿", 1500000000000), ("二十一万六千", 216000), ("一百零五", 105), ("三点五万", 35000), ("十", 10),
        ("两万", 20000), ("一万五", 15000), ("二零二六", 2026), ("五百三十七万三千二百", 5373200), ("十三万亿", 13 * 10**12),
    ],
)  # fmt: skip
def test_chinese_numerals(text: str, value: int) -> None:
    assert chinese(text) == value


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_numerals_survive_being_written(value: int) -> None:
    assert chinese(_written(value)) == value


@given(st.decimals(min_value=0, max_value=10**9, places=4))
def test_arabic_numerals_are_exact(value: Decimal) -> None:
    assert arabic(f"{value:,}") == value


def _written(value: int) -> str:
    """A number as Chinese writes it."""
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千"]

    def section(n: int) -> str:
        out = ""
        for place in (3, 2, 1, 0):
            digit = n // 10**place % 10
            out += digits[digit] + units[place] if digit else "零"
        return re.sub("零+", "零", out).strip("零")

    groups = [value // 10**8, value // 10**4 % 10**4, value % 10**4]
    text = ""
    for n, unit in zip(groups, ("亿", "万", ""), strict=True):
        if n:
            text += ("零" if text and n < 1000 else "") + section(n) + unit
        elif text and not text.endswith("零"):
            text += "零"
    return text.strip("零")


def test_a_section_decides_where_it_is_known() -> None:
    text = "完成投资300亿元。"
    for role, status, period in (("review_year", "achieved", "2025"), ("plan_year", "target", "2026")):
        context = Context("湖南省人民政府", "work_report", 2026, sections=(Section(0, len(text), role),))
        [statement] = find(text, context, LEXICON)
        assert (statement.status, statement.period, statement.section) == (status, period, role)


def test_targets_in_words() -> None:
    text = "今年主要预期目标是：居民收入增长与经济增长同步，固定资产投资实现正增长，碳排放强度完成国家下达任务。"
    found = {s.indicator_id: (s.kind, s.wording, s.status) for s in find(text, REPORT, LEXICON)}
    assert found == {
        "resident_income": ("relation", "与经济增长同步", "target"),
        "fixed_investment": ("text", "实现正增长", "target"),
        "carbon_intensity": ("delegated", "完成国家下达任务", "target"),
    }


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("油料、粮食播种面积和产量超额完成国家任务。", ["grain_area", "grain_output"]),
        ("完成国家下达的粮食生产、单位生产总值二氧化碳减排任务。", ["carbon_intensity", "grain_output"]),
        ("能源消耗、水质等任务全面完成。", ["energy_intensity"]),
        ("完成国家下达的节能减排降碳约束性指标。", ["carbon_intensity", "energy_intensity"]),
        ("完成国家经济社会发展任务。", []),
    ],
)
def test_a_task_handed_down_may_be_for_several_indicators(text: str, ids: list[str]) -> None:
    context = Context("湖南省人民政府", "work_report", 2026, sections=(Section(0, len(text), "main_targets"),))
    found = find(text, context, LEXICON)
    assert sorted(str(s.indicator_id) for s in found) == ids
    assert {s.kind for s in found} <= {"delegated"}


def test_a_growth_of_nothing_in_words() -> None:
    text = "去年失业率4.7%，居民消费价格与上年持平，粮食产量基本持平，财政收入增速与上年持平。"
    context = Context("湖南省人民政府", "work_report", 2026, sections=(Section(0, len(text), "review_year"),))
    found = [
        (s.indicator_id, s.kind, s.low, s.high, s.unit, s.bound, s.status, s.period)
        for s in find(text, context, LEXICON)
        if s.wording
    ]
    assert found == [
        ("cpi", "growth", 0, 0, "%", "eq", "achieved", "2025"),
        ("grain_output", "growth", 0, 0, "%", "approx", "achieved", "2025"),
    ]
    assert [s.quote for s in find(text, context, LEXICON, qualitative=False)] == ["4.7%"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("居民消费价格涨幅基本持平", ("cpi", "approx")),
        ("居民消费价格总水平与上年持平", ("cpi", "eq")),
        ("居民消费价格涨幅与上年持平", None),
        ("居民消费价格增速持平", None),
    ],
)
def test_what_stays_as_it_was(text: str, found: tuple[str, str] | None) -> None:
    context = Context("湖南省人民政府", "work_report", 2026, sections=(Section(0, len(text), "review_year"),))
    assert [(s.indicator_id, s.bound) for s in find(text, context, LEXICON)] == ([found] if found else [])


def test_the_object_of_a_relation_is_no_subject_of_the_next() -> None:
    text = "确保居民收入增速不低于经济增速、农村居民收入增速高于城镇居民，城镇居民收入增速高于经济增速、高于全国。"
    context = Context("湖南省人民政府", "work_report", 2026, sections=(Section(0, len(text), "main_targets"),))
    assert [(s.indicator_id, s.wording) for s in find(text, context, LEXICON)] == [
        ("resident_income", "不低于经济增速"),
        ("rural_income", "高于城镇居民"),
        ("urban_income", "高于经济增速"),
        ("urban_income", "高于全国"),
    ]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("扣除房地产开发投资后，固定资产投资增长3%。", "扣除房地产"),
        ("同口径下，财政收入增长3%。", "同口径"),
        ("按可比价格计算，地区生产总值增长3%。", "扣除价格因素"),
        ("扣除价格因素3个百分点后，财政收入增长3%。", None),
        ("规模以上企业发展很快，工业投资增长3%。", None),
        ("货物和服务进出口增长3%。", "货物和服务"),
    ],
)
def test_a_short_clause_may_narrow_the_one_behind_it(text: str, scope: str | None) -> None:
    assert find(text, REPORT, LEXICON)[-1].scope == scope


TABLES = [
    ("指标\t2025年实际\t2026年目标\n地区生产总值增速\t4.8%\t5%左右\n", ["achieved 2025", "target 2026"]),
    ("| 指标 | 上年完成 | 预期目标 |\n| 地区生产总值增长 | 4.8% | 5%左右 |\n", ["achieved 2025", "target 2026"]),
    ("序号 指标 单位 2024年 2025年 2026年\n1 地区生产总值增长 % 5.2% 4.8% 5%左右\n", ["achieved 2024", "achieved 2025", "target 2026"]),
    ("指标 单位 2025年预期 2025年执行情况\n地区生产总值增速 5%左右 4.8%\n", ["target 2025", "achieved 2025"]),
    ("2025年实际 2026年计划\n地区生产总值增速 4.8% 5%\n", ["achieved 2025", "target 2026"]),
    ("2026年目标任务\n地区生产总值增速 4.8% 5%\n", ["target 2026", "target 2026"]),
    ("指标 2025年实际 2026年目标\n说明，地区生产总值增速 4.8%。\n地区生产总值增速 5% 6%\n", ["target 2026"] * 3),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TABLES, ids=[text[:16] for text, _ in TABLES])
def test_the_heading_of_a_column_tells_result_and_target(text: str, expected: list[str]) -> None:
    context = Context("湖南省人民政府", "work_report", 2026, sections=(Section(0, len(text), "main_targets"),))
    found = find(text, context, LEXICON)
    assert [f"{s.status} {s.period}" for s in found] == expected
    assert {(s.indicator, s.indicator_id, s.kind) for s in found} == {("地区生产总值", "gdp", "growth")}


UNITS = [
    ("序号 指标 计量单位 2025年 2026年\n1 地区生产总值 亿元 53000 56,000左右\n", ["53000 元 eq 5300000000000", "56,000左右 元 approx 5600000000000"]),
    ("| 指标 | 单位 | 2025年实际 | 2026年目标 |\n| 地区生产总值 | 万亿元 | 5.3 | ≥5.6 |\n", ["5.3 元 eq 5300000000000", "≥5.6 元 ge 5600000000000"]),
    ("指标\t2025年实际\t2026年目标\t属性\n地区生产总值（亿元）\t53000\t56000以上\t预期性\n", ["53000 元 eq 5300000000000", "56000以上 元 ge 5600000000000"]),
    ("指标 单位 2025年实际 2026年目标\n地区生产总值 亿元 — 56000\n", ["56000 元 eq 5600000000000"]),
    ("指标 2025年实际 2026年目标\n地区生产总值 53000 56000\n", []),
    ("指标 单位 2025年实际\n单位数量 53000\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), UNITS, ids=[text[:16] for text, _ in UNITS])
def test_figures_of_a_table_take_the_unit_of_their_row(text: str, expected: list[str]) -> None:
    found = find(text, Context("湖南省人民政府", "plan", 2026), LEXICON)
    assert [f"{s.quote} {s.unit} {s.bound} {s.low:.0f}" for s in found] == expected
    assert all(text[s.start : s.end] == s.quote and s.indicator_id == "gdp" and s.kind == "level" for s in found)
    assert [s.period for s in found] == ["2025", "2026"][2 - len(found) :]


def test_units_of_a_table_are_no_figures_themselves() -> None:
    text = "序号 指标 单位 2025年实际 2026年目标\n5 人均预期寿命 岁 79.4 79.6\n6 粮食产量 亿斤 616 618\n"
    found = find(text, Context("湖南省人民政府", "plan", 2026), LEXICON)
    assert [(s.quote, s.indicator, s.unit) for s in found] == [
        ("79.4", "人均预期寿命", "岁"), ("79.6", "人均预期寿命", "岁"), ("616", "粮食产量", "斤"), ("618", "粮食产量", "斤"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "单位GDP能耗和碳排放完成国家下达任务",
        "能耗强度、碳排放强度完成国家下达目标",
        "单位生产总值能耗、二氧化碳排放完成国家下达任务",
        "能耗双控、碳排放双控完成国家下达任务",
        "能耗和碳排放强度完成国家下达任务",
        "完成国家下达的能耗强度和碳排放强度目标",
    ],
)
def test_a_clause_of_two_indicators_is_a_target_of_both(text: str) -> None:
    found = find(f"今年主要目标是：{text}。", REPORT, LEXICON)
    assert [s.indicator_id for s in found] == ["energy_intensity", "carbon_intensity"]


def test_a_figure_far_into_a_sentence_is_read_by_what_opens_it() -> None:
    text = "到2030年，" + "，".join(f"第{n}类企业新增{n}家" for n in range(1, 400)) + "。"
    found = find(text, REPORT, LEXICON)
    assert len(found) == 399
    assert {s.period for s in found} == {"2030"}


def test_standard_indicator_scope_hedge_region_and_industry() -> None:
    text = "今年长沙市规上工业增加值力争增长7%左右。地区生产总值增长5%，在实际工作中努力争取更好结果。新能源汽车产量增长20%。"
    industry, gdp, cars = find(text, REPORT, LEXICON, qualitative=False)
    assert (industry.indicator_id, industry.scope, industry.hedge, industry.region) == (
        "industrial_value_added", "规模以上", "力争", "长沙市",
    )  # fmt: skip
    assert (gdp.indicator_id, gdp.hedge) == ("gdp", "努力争取更好结果")
    assert cars.industry == "新能源汽车"


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("今年失业率、居民消费价格涨幅分别控制在6%和2%以内。", [None, "cpi"]),
        ("今年粮食播种面积300万亩、产量50万吨以上。", ["grain_area", "grain_output"]),
        ("去年地区生产总值连续迈上3个千亿元台阶、达9000亿元。", [None, None, "gdp"]),
        ("去年生产总值超300亿元县（区）达8个。", [None, None]),
        ("去年新增2个经济总量近百亿、3个过五十亿的县市。", [None] * 4),
        ("去年单位地区生产总值能耗约为全国平均的80%。", [None]),
        ("去年果品、粮食、蔬菜产量均稳定在百万吨以上。", ["grain_output"]),
        ("去年果品、粮食、蔬菜产量稳定在百万吨以上。", [None]),
        ("去年市属企业完成工业投资50亿元、研发投入10亿元，分别增长3%、4%。", [None] * 4),
        ("去年对海湾六国进出口增长30%，全省进出口总值创新高，达到500亿元、增长8%。", [None, "trade", "trade"]),
        ("今年实施项目300个，投资增长6%左右，进出口增长5%。", [None, "fixed_investment", "trade"]),
    ],
)
def test_which_figures_are_those_of_a_standard_indicator(text: str, ids: list[str | None]) -> None:
    assert [s.indicator_id for s in find(text, REPORT, LEXICON, qualitative=False)] == ids


def test_a_change_from_a_part_of_the_year_starts_from_no_year_s_figure() -> None:
    found = find("去年城镇调查失业率从上半年5.5%降到5.3%。", REPORT, LEXICON)
    assert [(s.quote, s.status, s.period) for s in found] == [("5.5%", "achieved", None), ("5.3%", "achieved", "2025")]


def test_the_place_that_opens_a_sentence_and_the_time_behind_it() -> None:
    text = "湖南今年要壮大9条产业链；江苏省张家港市的计划里，新产品有5种；四川加快建设。全部项目共40个。"
    found = [(s.quote, s.region, s.indicator) for s in find(text, Context(None, "news", 2022), LEXICON)]
    assert found == [("9条", "湖南", "壮大产业链"), ("5种", "张家港市", "新产品"), ("40个", None, "项目")]


def test_traditional_characters_stay_in_the_indicator() -> None:
    [statement] = find("普通中學學生數達到六十七萬人。", Context("国务院", "work_report", 1954), LEXICON)
    assert (statement.indicator, statement.quote, statement.low) == ("普通中學學生數", "六十七萬人", 670000)


def own_cues(folder: Path, rows: str) -> Lexicon:
    (folder / "cues.csv").write_text(f"set,words,not_after,not_before,note\n{rows}\n", encoding="utf-8")
    return Lexicon(folder)


def test_a_folder_of_ones_own_adds_to_a_set_of_words(tmp_path: Path) -> None:
    text = "该市绿化度30%。"
    lexicon = own_cues(tmp_path, "growth_nouns,绿化度,,,\nlist_joins,连同,大,小,")
    assert [s.kind for s in find(text, REPORT, LEXICON)] == ["share"]
    assert [s.kind for s in find(text, REPORT, lexicon)] == ["growth"]
    assert set(LEXICON.words("growth_nouns")) | {"绿化度"} == set(lexicon.words("growth_nouns"))
    joins = lexicon.pattern("{list_joins}")
    assert joins.fullmatch("连同")
    assert not joins.search("大连同小")


@pytest.mark.parametrize("row", ["growth_nouns,,,,", "growth_noun,绿化度,,,", "growth_nouns,绿化度"])
def test_a_wrong_row_of_words_is_named_by_file_and_line(tmp_path: Path, row: str) -> None:
    with pytest.raises(LexiconError, match=r"cues\.csv:2: "):
        own_cues(tmp_path, row).words("growth_nouns")


def test_every_set_of_words_is_explained_and_used() -> None:
    folder = Path(statements.__file__).parents[1]
    code = "".join(file.read_text("utf-8") for file in folder.rglob("*.py"))
    named = set(re.findall(r"{([a-z_]+)}|(?:any_of|none_before|words)\([\"']([a-z_]+)", code))
    explained = {row["set"] for row in LEXICON.rows("cues") if row["note"]}
    assert {row["set"] for row in LEXICON.rows("cues")} == explained
    assert explained <= {name for pair in named for name in pair}
    with pytest.raises(LexiconError, match=r"cues\.csv: no set"):
        LEXICON.words("no_such_set")
