"""Briefs: their numbers are those of the store, every number leads to its sentence and back, hostile text stays text."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

import saidao
from conftest import report_text
from hand import Hand, Said
from saidao.cli import main
from saidao.errors import UsageError
from saidao.outputs import profile as briefs
from saidao.outputs import profile_docx, profile_html, profile_markdown
from saidao.outputs.docx import CHINESE
from saidao.outputs.messages import Messages

HUNAN, HUBEI = "430000", "420000"
HOSTILE = '湖南省<script>alert(1)</script>|"报告"*[x](javascript:y)\x0b&amp;'


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    hand = Hand(tmp_path_factory.mktemp("profile") / "hand.duckdb")
    hand.report(
        HUNAN, 2026,
        Said("做强新能源产业，到2030年装机达到500万千瓦。", ["new_energy"], ["plan_target"], targets=[("500万千瓦", "new_energy")]),
        Said("<b>新能源</b>补链，设立2支新能源基金。", ["new_energy"], ["industrial_fund"], ["shore_up"],
             carriers=[{"quote": "2支新能源基金", "type": "fund", "number": 2, "industries": ["new_energy"], "deadline": 2027}]),
        Said("新能源、光伏、新能源汽车并进。", ["new_energy", "photovoltaics"]),
        title=HOSTILE,
    )  # fmt: skip
    hand.report(HUNAN, 2025, Said("发展光伏和生物医药。", ["photovoltaics", "biomedicine"]))
    hand.report(HUBEI, 2026, Said("壮大生物医药，发展新能源。", ["biomedicine", "new_energy"], ["rd_tech"]))
    return hand.close()


def made(path: Path, language: str = "zh", base_url: str | None = None, **wanted: Any) -> briefs.Brief:
    with saidao.open(path) as database:
        return briefs.brief(database.profile(**wanted), Messages(language), base_url)


def table(brief: briefs.Brief, heading: str, n: int = 0) -> list[list[str]]:
    part = next(part for part in brief.parts if part.heading == heading)
    tables = [block for block in part.blocks if isinstance(block, briefs.Table)]
    return [[cell.text for cell in row] for row in tables[n].rows]


def text_of(brief: briefs.Brief) -> str:
    return "\n".join(
        "".join(words.text for words in block.words)
        for part in brief.parts for block in part.blocks if isinstance(block, briefs.Paragraph)
    )  # fmt: skip


def test_numbers_of_a_region(path: Path) -> None:
    brief = made(path, region="湖南")
    rows = {row[0]: row for row in table(brief, "押注哪些产业")}
    # 3 of Hunan's 4 mentions; all regions: 4 of 6
    assert rows["新能源"][1:6] == ["3", "+3", "75.0%", "1.1", "1"]
    assert rows["光伏"][1:4] == ["1", "0", "25.0%"]
    told = text_of(brief)
    assert "报告 4 次提到产业，涉及 2 个" in told
    assert "2 个有报告的地区中只有它提到的产业有 1 个：光伏" in told
    assert "去年提、今年没提 1 个产业：生物医药" in told
    assert table(brief, "集群、产业链、项目与基金") == [["基金", "2支新能源基金", "2", "—", "2027", "新能源"]]
    assert "强韧性：没有找到" in told


def test_numbers_of_an_industry(path: Path) -> None:
    brief = made(path, industry="新能源")
    told = text_of(brief)
    # 光伏 stands below 新能源: 4 of Hunan and 1 of Hubei; (4/5)² + (1/5)² = 0.68
    assert "2026 年有报告的 2 个省级地区中，2 个提到它，共 5 次；集中度（HHI）0.680，相当于 1.5 个地区平分" in told
    assert "两年都有报告的 1 个地区，提及由 2025 年的 1 次变为 4 次" in told
    assert table(brief, "谁提得最多")[0][:3] == ["湖南省", "4", "+3"]
    assert table(brief, "量化目标")[0][3] == "500万千瓦"
    assert table(brief, "谁最早") == [["湖南省", "2025", "2025"], ["湖北省", "2026", "2026"]]


def test_without_evidence_it_says_so(path: Path) -> None:
    brief = made(path, region="湖南", year=2024)
    assert "没有 2024 年政府工作报告，因此不给出任何数字" in text_of(brief)
    assert brief.notes == []
    assert [part.heading for part in brief.parts] == ["依据"]
    assert "没有提到它" in text_of(made(path, industry="咖啡"))
    hubei = made(path, region="湖北")
    assert "没有 2025 年政府工作报告" in text_of(hubei)
    assert {row[2] for row in table(hubei, "押注哪些产业")} == {"—"}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("wanted", [{"region": "湖南"}, {"industry": "new_energy"}])
def test_every_note_is_its_sentence(path: Path, language: str, wanted: dict[str, str]) -> None:
    with saidao.open(path) as database:
        profile = database.profile(**wanted)
        texts = {row["id"]: row["text"] for row in database.sql("SELECT id, text FROM documents")}
        ids = {row["id"] for name in ("mentions", "measures", "carriers", "statements")
               for row in database.sql(f"SELECT id FROM {name}")}  # fmt: skip
    brief = briefs.brief(profile, Messages(language))
    numbers = [note.number for note in brief.notes]
    assert numbers == list(range(1, len(numbers) + 1))
    used = {n for part in brief.parts for block in part.blocks for words in _words(block) for n in words.notes}
    assert used == set(numbers), "every number has its note, every note a number"
    for note in profile.notes:
        if note.command:
            continue
        assert texts[note.document][note.start :].startswith(note.sentence)
        assert note.marks
        assert set(note.ids) <= ids
        assert note.ids
        assert all(0 <= start < end <= len(note.sentence) for start, end in note.marks)
    if language == "en":
        shown = "".join(words.text for part in brief.parts for block in part.blocks for words in _words(block))
        assert not re.search(
            "[一-鿿]", re.sub(r"2支新能源基金|500万千瓦|alert.*|湖南省<.*", "", shown).replace(HOSTILE, "")
        )


def _words(block: briefs.Paragraph | briefs.Table) -> list[briefs.Words]:
    return list(block.words) if isinstance(block, briefs.Paragraph) else [cell for row in block.rows for cell in row]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a":
            self.links.append(str(given["href"]))


@pytest.mark.parametrize("base_url", [None, "https://example.org/saidao/"])
def test_html_is_one_safe_file_whose_links_meet(path: Path, base_url: str | None) -> None:
    out = io.StringIO()
    profile_html.write(made(path, base_url=base_url, region="湖南"), out)
    page = _Page()
    page.feed(out.getvalue())
    assert not {"script", "b", "img", "link"} & set(page.tags)
    assert "&lt;script&gt;alert(1)" in out.getvalue()
    inner = [link[1:] for link in page.links if link.startswith("#")]
    assert len(page.ids) == len(set(page.ids))
    assert set(inner) <= set(page.ids)
    assert any(link.startswith("r") for link in inner)
    outer = [link for link in page.links if not link.startswith("#")]
    if base_url is None:
        assert outer == []
    else:
        assert outer
        assert all(
            re.fullmatch(r"https://example\.org/saidao/zh/documents/[0-9a-f]{16}\?at=\d+-\d+#at", each)
            for each in outer
        )


def test_markdown_is_escaped_and_its_notes_meet(path: Path) -> None:
    out = io.StringIO()
    profile_markdown.write(made(path, region="湖南"), out)
    text = out.getvalue()
    assert "<script>" not in text.replace("\\<script\\>", "")
    assert "[x](javascript" not in text
    notes = set(re.findall(r"^\[\^(\d+)\]:", text, re.M))
    assert notes == set(re.findall(r"\[\^(\d+)\](?!:)", text))
    for block in text.split("\n\n"):
        if block.startswith("| "):
            bars = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
            assert len(bars) == 1, "what a cell holds does not part it"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_docx_opens_and_its_links_meet(path: Path, language: str) -> None:
    first, again = io.BytesIO(), io.BytesIO()
    brief = made(path, language, "http://127.0.0.1:8000", region="湖南")
    profile_docx.write(brief, first)
    profile_docx.write(brief, again)
    assert first.getvalue() == again.getvalue()
    document = docx.Document(io.BytesIO(first.getvalue()))
    body = document.element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))]
    assert len(names) == len(set(names))
    assert set(anchors) <= set(names)
    assert {f"n{note.number}" for note in brief.notes} == {anchor for anchor in anchors if anchor.startswith("n")}
    assert any(anchor.startswith("r") for anchor in anchors)
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == CHINESE
    assert "PAGE" in document.sections[0].footer._element.xml
    assert document.paragraphs[0].text == brief.title
    written = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "<b>" in written, "a sentence stands there as it is"


def test_the_command(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profile", str(path), "湖南", "--lang", "zh"]) == 0
    assert capsys.readouterr().out.startswith("# 湖南省 2026 年产业政策简报")
    for name in ("a.md", "a.html", "a.docx"):
        assert main(["profile", str(path), "--industry", "新能源", "-o", str(tmp_path / name), "--lang", "en"]) == 0
        assert (tmp_path / name).stat().st_size > 1000
    capsys.readouterr()
    for wrong in (
        [], ["湖南", "--industry", "光伏"], ["无此地"], ["--industry", "无此产业"], ["湖南", "-o", "a.pdf"],
        ["湖南", "--base-url", "javascript:alert(1)"],
    ):  # fmt: skip
        assert main(["profile", str(path), *wrong]) == 2
        assert capsys.readouterr().err
    with saidao.open(path) as database, pytest.raises(UsageError):
        database.profile()


def test_a_brief_of_built_reports(tmp_path: Path) -> None:
    """Targets, results, promises and phrases come in from real reading."""
    for year in (2025, 2026):
        (tmp_path / f"{year}.txt").write_text(report_text(0, year), encoding="utf-8")
    saidao.build([tmp_path / "2025.txt", tmp_path / "2026.txt"], tmp_path / "db.duckdb", jobs=1)
    brief = made(tmp_path / "db.duckdb", region="湖南")
    rows = {row[0]: row for row in table(brief, "主要目标")}
    assert rows["地区生产总值"] == ["地区生产总值", "5%左右", "持平", "5%左右", "4.1%"]
    assert "未完成" in {row[3] for row in table(brief, "去年目标的兑现")}
    assert "没有其他同级地区的报告" in text_of(brief)
