"""Understanding a document: who speaks, when, which parts it has, and what of it is no content."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidao import store
from saidao.documents import Structured, structure
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
