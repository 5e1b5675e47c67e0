"""The status of a sentence: what its form, its figures and the kind of its document tell."""

from __future__ import annotations

import pytest

from saidao.coding import code, code_each


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("（六）更大力度改进作风。", "context"),
        ("（三）传感器与控制器。", "context"),
        ("（六）培育壮大稀土产业。", "context"),
        ("我们清醒认识到，创新能力依然较弱，必须直面问题。", "context"),
        ("完成旧厂房改造3.4万户。", "done"),
        ("完成旧厂房改造3万户以上。", "planned"),
        ("与邻省签订园区共建框架协议。", "done"),
        ("新获批省级实验室的企业，给予最高80万元奖励。", "planned"),
        ("传感器接口 通信协议与测试方法", "context"),
        ("本规范适用于需要远程控制的焊接机器人。", "context"),
        ("抢抓设备更新机遇，建成智能工厂37家。", "done"),
        ("稀土产业链条出现深刻复杂变化。", "context"),
        ("如今，一座座茶园不仅富了农民，更成为旅游的亮点。", "done"),
        ("稀土出口额升至三年来最高", "done"),
        ("（责任单位：省农业农村厅）", "context"),
        ("《指引》主要面向稀土企业和园区。", "context"),
        ("二、智能轴承：把传感器装进轴承、能自己报告状态的轴承。", "context"),
        ("主要用于稀土分离过程的监测。", "context"),
        ("（四）具备稀土分离的工程经验；", "context"),
        ("提升了轴承制造能力。", "done"),
        ("持续优化服务，企业诉求办结率98.6%。", "done"),
        ("提速推进厂房改造，是年度任务的1.3倍。", "done"),
        ("轴承是工业的重要标志，是推动装备发展的基础力量。", "context"),
    ],
)
def test_form_and_figures_tell_the_status(text: str, status: str) -> None:
    assert code(text)[0].status == status


@pytest.mark.parametrize(
    ("text", "status", "tools"),
    [
        ("（六）培育壮大稀土产业。", "context", ("plan_target",)),
        ("（三）健全研究生培养体系，扩大研究生培养规模。", "context", ("talent_labor",)),
        ("3.推动关键核心技术攻关", "context", ("rd_tech",)),
        ("3.建立首席专家制度，推动关键核心技术攻关。", "planned", ("rd_tech",)),
        ("（二）对认定的研发机构，给予50万元奖励。", "planned", ("fiscal_subsidy", "innovation_platform")),
        ("关键核心技术攻关能力不足，短板依然突出。", "context", ()),
    ],
)
def test_a_numbered_heading_is_context_and_tells_what_is_done_under_it(
    text: str, status: str, tools: tuple[str, ...]
) -> None:
    [coding] = code(text)
    assert (coding.status, coding.tools) == (status, tools)


SOUNDS_DONE = (
    "全面集成轴承数据系统，打通设计、制造、管理与服务的信息通道，实现关键环节的信息集成和持续优化。",
    "集中优势资源，通过专题发布会和新媒体等途径，广泛宣传轴承发展成果。",
    "积极支持若干基础好的轴承实验室创建成为国家实验室。",
)


@pytest.mark.parametrize("kind", ["opinion", "意见", "关于促进轴承产业发展的若干意见", "Opinions on Bearings"])
def test_a_plan_is_taken_for_a_plan_where_words_leave_it_open(kind: str) -> None:
    for other in (None, "政府工作报告", "什么都不是"):
        assert {code(text, type=other)[0].status for text in SOUNDS_DONE} == {"done"}
    assert {code(text, type=kind)[0].status for text in SOUNDS_DONE} == {"planned"}
    assert code("2024年建成轴承产线12条，产值增长8.3%。", type=kind)[0].status == "done"
    assert code("轴承是装备的重要基础，短板依然突出。", type=kind)[0].status == "context"


def test_many_sentences_have_each_the_kind_of_its_own_document() -> None:
    texts, types = [*SOUNDS_DONE, *SOUNDS_DONE], [None] * 3 + ["意见"] * 3
    assert [coding.status for coding in code_each(texts, types=types)] == ["done"] * 3 + ["planned"] * 3
    assert code(" ".join(SOUNDS_DONE), whole=False, type="意见")[0].status == "planned"
