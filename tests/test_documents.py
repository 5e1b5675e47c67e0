"""Understanding a document: who speaks, when, which parts it has, and what of it is no content."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidao import store
from saidao.documents import Structured, structure
from saidao.documents.identify import Identity
from saidao.documents.noise import patterns, phrase_cuts
from saidao.documents.sections import sections as parted
from saidao.lexicon import load
from saidao.models import Image, Raw, Reject, Source
from saidao.pipeline import build

LEXICON = load()
REPORT = """下载
打印
【字号：
加大
】
2026年湖南省政府工作报告
——2026年2月3日在湖南省第十四届人民代表大会第四次会议上
来源：湖南日报
各位代表：
现在，我代表省人民政府，向大会报告工作，请予审议。
一、2025年和“十四五”时期工作回顾
过去的一年，全省上下齐心协力。地区生产总值增长4.8%。
“十四五”时期，发展迈上新台阶。水利投资翻番。
同时，我们也清醒看到，前进路上还有不少困难，财政收支矛盾突出。
二、“十五五”时期主要目标任务
今后五年，地区生产总值年均增长5%左右。
三、2026年重点工作
做好今年工作，要稳中求进。今年主要预期目标是：地区生产总值增长5%左右；居民收入与经济增长同步。围绕这些目标，抓好以下工作。
（一）建设现代化产业体系。新建绿色工厂50家。
"""


def raw(text: str, path: str = "a.txt", **fields: object) -> Raw:
    return Raw(source=Source(path=path, format="text"), text=text, **fields)  # type: ignore[arg-type]


def understood(text: str, **fields: object) -> Structured:
    found = structure(raw(text, **fields), LEXICON)  # type: ignore[arg-type]
    assert isinstance(found, Structured)
    return found


def test_a_report_tells_who_speaks_and_when() -> None:
    document = understood(REPORT).document
    assert (document.issuer, document.level, document.adcode) == ("湖南省人民政府", "province", "430000")
    assert (document.type, document.year, document.date) == ("work_report", 2026, "2026-02-03")
    assert document.session == "湖南省第十四届人民代表大会第四次会议"


def test_page_furniture_is_kept_apart_from_the_text() -> None:
    found = understood(REPORT)
    for piece in ("下载", "打印", "字号", "来源："):
        assert piece not in found.document.text
        assert any(piece in noise.text for noise in found.noise)
    assert found.document.text.startswith("各位代表：")


def test_sections_have_their_roles() -> None:
    found = understood(REPORT)
    text = found.document.text

    def role(words: str) -> str:
        at = text.index(words)
        return next(s.role for s in found.sections if s.start <= at < s.end)

    assert role("地区生产总值增长4.8%") == "review_year"
    assert role("水利投资翻番") == "review_five_years"
    assert role("清醒看到") == "problems"
    assert role("年均增长5%左右") == "outlook_five_years"
    assert role("今年主要预期目标") == "main_targets"
    assert role("居民收入与经济增长同步") == "main_targets"
    assert role("新建绿色工厂") == "plan_year"


def test_every_pattern_of_noise_knows_its_example() -> None:
    known = patterns(LEXICON)
    missed = []
    for row in LEXICON.rows("noise"):
        if row["where"] in ("start", "inline"):
            found = [text[cut.start : cut.end] for text in [row["example"]] for cut in phrase_cuts(text, known)]
            hit = bool(found)
        else:
            hit = known.reason(row["where"], row["example"]) == row["reason"]
        if not hit:
            missed.append(row["id"])
    assert missed == []


@pytest.mark.parametrize(
    ("line", "reason", "publisher"),
    [
        ("来源：中国政府网 https://www.gov.cn/", "source_line", "中国政府网"),
        ("来源：昆山市政府办公室 https://www.jiangsu.gov.cn/art/2023/1/29/art_33718.html", "source_line", "昆山市政府办公室"),
        ("来源：湖南省人民政府　　时间：2026-02-24 09:30　　【字号：大 中 小】", "source_line", "湖南省人民政府"),
        ("来源：https://www.gov.cn/", "source_line", None),
        ("责任编辑：样例编辑", "byline", None),
        ("2月3日，大会在长沙开幕。样例通讯员 摄", "caption", None),
        ("省长作政府工作报告。本报全媒体记者 林 君摄", "caption", None),
        ("扫一扫在手机打开当前页", "button", None),
        ("— 12 —", "page_number", None),
    ],
)  # fmt: skip
def test_lines_of_the_page_are_noise_wherever_they_stand(line: str, reason: str, publisher: str | None) -> None:
    bare = REPORT.replace("来源：湖南日报\n", "")
    for text in (f"{bare}{line}\n", REPORT.replace("来源：湖南日报", line)):
        found = understood(text)
        assert line not in found.document.text
        assert (reason, line) in {(noise.reason, noise.text) for noise in found.noise}
        assert found.document.publisher == publisher


@pytest.mark.parametrize(
    "line",
    [
        "位置，坚持改革创新和系统推进，建立强有力的组织推进机制，",  # a line broken in two
        "（一） 影视拍摄",
        "▲到2025年，建成绿色工厂50家。",
        "设计：突破工业设计软件50项",
        "记者站建设",
        "ICP备案号",
        "相关政策",
        "据央视网消息：全市新建工厂50家。",
        "本市消息：全市新建工厂50家。",
    ],
)
def test_content_that_looks_like_noise_stays(line: str) -> None:
    after = "各级各部门要抓好上述工作的落实，新建绿色工厂50家，确保全年任务全面完成。"
    assert line in understood(f"{REPORT}{line}\n{after}").document.text


def test_a_list_of_links_ends_a_page_unless_prose_follows() -> None:
    links = "相关政策\n关于工厂的通知\n关于园区的通知"
    assert "关于园区" not in understood(f"{REPORT}{links}").document.text
    assert understood(f"{REPORT}相关报道：").document.text == understood(REPORT).document.text


def test_a_dateline_names_the_publisher_and_makes_an_article_news() -> None:
    text = "赛道观察网消息：开年以来，制造业成了主角，全市新建工厂50家。\n来源：样例市人民政府、样例省人民政府公开信息"
    found = understood(text, title="三个千亿级集群：各地亮出新目标")
    assert (found.document.type, found.document.publisher) == ("news", "赛道观察网")
    assert found.document.text == "开年以来，制造业成了主角，全市新建工厂50家。"
    long = "样例省召开会议，强调要增强责任感和使命感，以实际行动把决策部署落到实处，推动实现产业发展目标任务和良好开局的工作安排"
    assert understood(f"{long}\n央视网消息：新建工厂50家。").document.text == f"{long}\n新建工厂50家。"
    # What an agency passes on keeps its own type.
    plan = understood(f"新华社北京3月12日电 {text[8:]}", title="样例产业发展规划")
    assert (plan.document.type, plan.document.publisher) == ("plan", "新华社")
    quoted = understood("全市新建工厂50家。\n央视网消息：外地新建工厂20家。", title="新建工厂50家")
    assert (quoted.document.type, quoted.document.publisher) == ("other", "央视网")


def test_the_day_of_delivery_wins_over_that_of_publication() -> None:
    found = understood(REPORT, date="2026-02-24 09:30")
    assert found.document.date == "2026-02-03"
    assert ("date_disagrees", "2026-02-03 ≠ 2026-02-24") in {(note.code, note.detail) for note in found.notes}
    assert not {n.code for n in understood(REPORT, date="2026年2月3日").notes} & {"date_disagrees", "date_unreadable"}


def test_roles_within_the_parts_of_a_report() -> None:
    head, _, rest = REPORT.partition("一、2025年")
    review = """一、“十四五”时期和2025年工作回顾
五年间，水利投资由100亿元增加到200亿元。
2021年，工厂增加10家。
2025年，工厂增加50家。
同时，我们也看到，有效需求不足、部分企业经营困难等问题还没有根本解决。
"""
    table = "指标\t2026年目标\n粮食产量\t615亿斤左右\n（一）建设\t产业体系\n新建绿色工厂30家。\n"
    plan = rest[rest.index("二、“十五五”") :].replace("（一）建设现代化", f"{table}（二）建设现代化")
    found = understood(head + review + plan)

    def role(words: str) -> str:
        at = found.document.text.index(words)
        return next(s.role for s in found.sections if s.start <= at < s.end)

    assert role("水利投资") == role("工厂增加10家") == "review_five_years"
    assert role("工厂增加50家") == "review_year"
    assert role("有效需求不足") == "problems"
    assert role("615亿斤") == "main_targets"
    assert role("绿色工厂30家") == "plan_year"


def test_the_name_of_a_column_is_no_part_of_the_title() -> None:
    document = understood(
        "云南要闻\n2026年政府工作报告\n省长作政府工作报告。云南日报记者 某某\n各位代表：\n新建绿色工厂50家。",
        region="云南省",
    ).document
    assert (document.title, document.issuer) == ("2026年政府工作报告", "云南省人民政府")
    assert document.text == "各位代表：\n新建绿色工厂50家。"


def test_the_goals_of_a_plan_are_main_targets() -> None:
    plan = """一、总体要求
（一）指导思想。坚持创新驱动。
（二）发展目标。到2030年，工厂达到50家。
1.应用。普及率超过90%。
——园区达到5个。
二、重点任务
建成平台20个。
2030年的主要目标是：
——车站达到8座。
路线达到9条。
三、保障措施
主要目标任务由各部门分解。
"""

    def roles(**fields: str) -> dict[str, str]:
        found = understood(plan, **fields)
        lines = {}
        for section in found.sections:
            lines |= dict.fromkeys(found.document.text[section.start : section.end].split("\n"), section.role)
        return lines

    said = roles(title="样例产业发展规划")
    assert {line for line, role in said.items() if role == "main_targets" and line} == {
        "（二）发展目标。到2030年，工厂达到50家。", "1.应用。普及率超过90%。", "——园区达到5个。",
        "2030年的主要目标是：", "——车站达到8座。",
    }  # fmt: skip
    assert set(said.values()) == {"main_targets", "other"}
    assert set(roles(title="样例产业发展规划解读").values()) == {"other"}


def test_a_heading_that_ends_in_a_noun_is_no_broken_sentence() -> None:
    for heading in ("二、总体要求和政策取向", "四、组织实施", "三、碳达峰碳中和"):
        assert f"{heading}\n" in understood(f"{REPORT}{heading}\n今年新建绿色工厂50家。").document.text


@pytest.mark.parametrize(
    ("title", "issuer", "level", "adcode"),
    [
        ("2025年长沙市政府工作报告", "长沙市人民政府", "prefecture", "430100"),
        ("2025年浏阳市政府工作报告", "浏阳市人民政府", "county", "430181"),
        ("2024年国务院政府工作报告", "国务院", "central", "100000"),
    ],
)
def test_issuers_at_every_level(title: str, issuer: str, level: str, adcode: str) -> None:
    document = understood(
        "各位代表：\n现在，我向大会报告政府工作，请予审议。\n地区生产总值增长5%。", title=title
    ).document
    assert (document.issuer, document.level, document.adcode, document.type) == (issuer, level, adcode, "work_report")


def test_the_text_wins_over_columns_and_the_disagreement_is_noted() -> None:
    found = understood(REPORT, year="2024", region="四川省")
    assert (found.document.year, found.document.adcode) == (2026, "430000")
    assert {note.code for note in found.notes} >= {"year_disagrees"}


def test_a_page_of_links_is_no_document() -> None:
    found = structure(
        raw(
            "\n".join(["首页", "新闻", "政务公开", "通知公告", "领导活动", "政策文件", "联系我们", "网站地图", "专题"])
        ),
        LEXICON,
    )
    assert isinstance(found, Reject)
    assert found.code in ("navigation_page", "no_content")


def test_the_same_text_is_the_same_document() -> None:
    assert understood(REPORT, path="a.txt").document.id == understood(REPORT, path="b.txt").document.id


@given(st.text(max_size=400), st.integers(min_value=0, max_value=400))
@settings(max_examples=200, deadline=None)
def test_parts_tile_any_text(text: str, offset: int) -> None:
    image = Image("https://example.org/a.jpg", min(offset, len(text)))
    found = structure(raw(text, images=(image,)), LEXICON)
    if isinstance(found, Reject):
        return
    content = found.document.text
    assert "\n\n" not in content
    assert content == content.strip()
    assert [s.start for s in found.sections] == [0, *(s.end for s in found.sections)][:-1]
    assert found.sections[-1].end == len(content)
    at = 0
    for sentence in found.sentences:
        assert content[at : sentence.start].strip() == ""
        assert sentence.start < sentence.end
        at = sentence.end
    assert content[at:].strip() == ""
    assert all(0 <= i.offset <= len(content) for i in found.images)
    assert structure(raw(text, images=(image,)), LEXICON) == found


def test_forty_provincial_reports(shared: Path, tmp_path: Path) -> None:
    database = tmp_path / "reports.duckdb"
    build([shared / "corpus" / "provincial-2025", shared / "corpus" / "provincial-2026"], database, jobs=2)
    connection = store.open_existing(database)
    documents = connection.execute(
        "SELECT adcode, year, count(*) FROM documents WHERE type = 'work_report' AND level = 'province'"
        " AND date IS NOT NULL AND session IS NOT NULL GROUP BY 1, 2"
    ).fetchall()
    assert len(documents) == 40
    assert all(count == 1 for *_, count in documents)
    without = connection.execute(
        "SELECT d.region, d.year, r.role FROM documents d, (VALUES ('review_year'), ('main_targets'), ('plan_year')) r(role)"
        " WHERE NOT EXISTS (SELECT 1 FROM sections s WHERE s.document_id = d.id AND s.role = r.role)"
    ).fetchall()
    assert without == []
    wrong = connection.execute(
        "SELECT count(*) FROM statements s JOIN documents d ON d.id = s.document_id"
        ' WHERE substr(d.text, s."start" + 1, s."end" - s."start") <> s.quote'
    ).fetchone()
    assert wrong == (0,)


@pytest.mark.parametrize("title", ["2026年政府工作报告", "关于政府工作报告的决议", None])
def test_a_resolution_on_a_report_is_no_report_whatever_the_file_calls_it(title: str | None) -> None:
    text = (
        "湖南省第十四届人民代表大会第四次会议听取和审议了省长所作的\n政府工作报告\n。"
        "会议充分肯定省人民政府过去一年的工作，同意报告提出的2026年工作安排。会议决定批准这个报告。\n"
    )
    found = understood(text, title=title)
    assert (found.document.type, found.document.year) == ("resolution", 2026)
    assert "听取和审议了省长所作的政府工作报告。会议" in found.document.text.replace("\n", "")
    assert {section.role for section in found.sections} == {"other"}
    assert understood(REPORT, title="关于政府工作报告的决议").document.type == "work_report"


OLD_REPORT = """各位代表：
我代表国务院向大会作政府工作报告。
一、1 9 9 6 年工作回顾
国内生产总值达到6 7 7 0 0 亿元，增长９．７％，物价上涨6 ．1 ％。
二、争取国民经济再上一个新台阶
今后五年是关键的五年。
各位代表！１９９７年是重要的一年。今年国内生产总值计划增长百分之八。
三、加快改革步伐
外交部门精简机构。
四、一九九七年的政府工作
１９９７年要开好局。过去一年，我们的工作取得了很大成绩。进出口增长百分之三。这为做好今年的工作打下了基础。
"""


def test_reports_with_wide_or_spread_digits() -> None:
    found = understood(OLD_REPORT, title="1997年国务院政府工作报告")
    text = found.document.text
    assert "一、1996年工作回顾" in text
    assert "达到67700亿元，增长９．７％，物价上涨6．1％" in text
    roles = {
        words: next(s.role for s in found.sections if s.start <= text.index(words) < s.end)
        for words in ("达到67700", "今后五年是", "计划增长", "精简机构", "要开好局", "进出口增长", "这为做好")
    }
    assert list(roles.values()) == [
        "review_year", "outlook_five_years", "plan_year", "outlook_five_years", "plan_year", "review_year", "plan_year",
    ]  # fmt: skip


def test_a_heading_that_names_the_year_before_is_a_review() -> None:
    found = understood(
        "各位代表：\n首先报告2025年的工作\n粮食增产。\n一、2026年的工作\n种好粮食。", title="2026年政府工作报告"
    )
    assert [s.role for s in found.sections] == ["other", "review_year", "plan_year"]


def test_the_glossary_at_the_end_of_a_report_is_no_plan() -> None:
    body = "二、2026年工作安排\n" + "加快发展化工产业，推进港口建设。\n" * 9
    text = body + "名词解释\n1.“双链”行动：\n推进产业链与创新链对接。\n"
    found = parted(text, (), Identity(type="work_report", year=2026), load())
    assert [s.role for s in found if s.start >= len(body)] == ["other"]
    assert found[0].role == "plan_year"
