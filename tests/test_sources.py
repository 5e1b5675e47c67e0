"""Finding inputs, and reading each format: what becomes text, what becomes metadata, headings, pictures and noise."""

from __future__ import annotations

import io
import json
import pickle
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import forms
from saidao import lexicon, sources
from saidao.models import Raw, Reject
from saidao.sources import encodings, images
from saidao.sources.paragraphs import paragraphs
from saidao.sources.plain import unwrapped


def put(folder: Path, name: str, content: bytes | str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def load(path: Path, mapping: Mapping[str, str] | None = None) -> list[Raw | Reject]:
    found: list[Raw | Reject] = []
    for unit in sources.discover([path]):
        found.extend([unit] if isinstance(unit, Reject) else sources.read(unit, mapping))
    return found


def one(path: Path, mapping: Mapping[str, str] | None = None) -> Raw:
    (raw,) = load(path, mapping)
    assert isinstance(raw, Raw), raw
    return raw


def short(found: list[Raw | Reject]) -> list[str]:
    """Texts, and codes of rejects."""
    return [each.text if isinstance(each, Raw) else f"!{each.code}" for each in found]


# --- every format ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in forms.FORMS if not name.endswith(".zip")])
def test_the_same_report_from_every_format(tmp_path: Path, name: str) -> None:
    raw = one(put(tmp_path, name, forms.FORMS[name]()))
    assert raw.text == forms.TEXT
    assert raw.source.format in sources.FORMATS
    assert raw.source.path.endswith(name)
    if name.startswith("reports."):
        assert (raw.source.row, raw.region, raw.year, raw.date) == (1, "青岚县", "2026", "2026-01-20")
        assert raw.title == forms.ROW["标题"]
    if name in ("report.md", "report.html", "report.docx"):
        assert {raw.text[h.start : h.end] for h in raw.headings} == forms.HEADINGS


@pytest.mark.parametrize("name", forms.FORMS)
def test_every_format_within_a_zip(tmp_path: Path, name: str) -> None:
    plain = load(put(tmp_path, name, forms.FORMS[name]()))
    packed = load(put(tmp_path, "all.zip", forms.zipped({f"文件/{name}": forms.FORMS[name]()})))
    assert short(packed) == short(plain)
    assert all((each.source.member or "").startswith(f"文件/{name}") for each in packed)


def test_the_codes_of_formats_and_rejects_are_explained() -> None:
    rows = lexicon.load().rows("rejects")
    assert all(row["zh"] and row["en"] and ("{detail}" in row["zh"]) == ("{detail}" in row["en"]) for row in rows)


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    program = "import sys, saidao.sources; print([m for m in ('pyarrow', 'pypdfium2', 'lxml', 'selectolax') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- discovery ------------------------------------------------------------------------------------------------------


def test_folders_are_walked_in_order_and_nothing_is_passed_over_silently(tmp_path: Path) -> None:
    for name in ["b.txt", "a/2.txt", "a/10.txt", ".hidden.txt", ".git/config", "~$b.docx", "Thumbs.db", "c.png"]:
        put(tmp_path, name, forms.TEXT if name.endswith("txt") else b"\x89PNG\r\n\x1a\n")
    found = list(sources.discover([tmp_path]))
    names = [(u.path if isinstance(u, sources.Unit) else u.source.path).removeprefix(f"{tmp_path}/") for u in found]
    codes = ["" if isinstance(u, sources.Unit) else u.code for u in found]
    assert dict(zip(names, codes, strict=True)) == {
        ".git": "ignored_hidden", ".hidden.txt": "ignored_hidden", "Thumbs.db": "ignored_system_file",
        "a/10.txt": "", "a/2.txt": "", "b.txt": "", "c.png": "media_not_read", "~$b.docx": "ignored_lock_file",
    }  # fmt: skip
    assert names == sorted(names)


def test_a_path_given_twice_is_read_once(tmp_path: Path) -> None:
    file = put(tmp_path, "a/x.txt", forms.TEXT)
    assert len(list(sources.discover([tmp_path, file, tmp_path / "a", str(file)]))) == 1


def test_a_hidden_file_given_by_name_is_read(tmp_path: Path) -> None:
    assert one(put(tmp_path, ".report.txt", forms.TEXT)).text == forms.TEXT


def test_units_can_be_sent_to_another_process(tmp_path: Path) -> None:
    put(tmp_path, "a.zip", forms.FORMS["reports.zip"]())
    units = list(sources.discover([tmp_path]))
    assert len(units) == 2
    for unit in units:
        assert isinstance(unit, sources.Unit)
        again = pickle.loads(pickle.dumps(unit))
        assert again == unit
        assert short(list(sources.read(again))) == [forms.TEXT]


def test_a_file_name_that_is_not_utf_8(tmp_path: Path) -> None:
    name = bytes(tmp_path) + b"/" + "报告.txt".encode("gb18030")
    with open(name, "wb") as out:  # noqa: PTH123
        out.write(forms.text())
    (raw,) = load(tmp_path)
    assert isinstance(raw, Raw)
    assert raw.source.path.endswith("/报告.txt")


def renamed(archive: bytes, old: bytes, new: bytes) -> bytes:
    assert len(old) == len(new)
    return archive.replace(old, new)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_member_names_without_the_flag(tmp_path: Path, encoding: str) -> None:
    raw = "湖南省报告.txt".encode(encoding)
    placeholder = b"x" * (len(raw) - 4) + b".txt"
    archive = renamed(forms.zipped({placeholder.decode(): forms.text()}), placeholder, raw)
    assert one(put(tmp_path, "a.zip", archive)).source.member == "湖南省报告.txt"


def test_members_are_told_apart_and_ordered(tmp_path: Path) -> None:
    inner = forms.zipped({"x.txt": forms.text()})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the name that stands twice is the point here
        for name, content in [("b/", b""), ("b/报告.txt", forms.text()), ("a.txt", b"one"), ("a.txt", b"two"),
                              ("__MACOSX/._a.txt", b"\x00"), ("n.zip", inner), (".DS_Store", b"x")]:  # fmt: skip
            archive.writestr(name, content)
    found = load(put(tmp_path, "a.zip", out.getvalue()))
    shown = [(each.source.member, getattr(each, "code", None) or each.text[:3]) for each in found]
    assert shown == [
        (".DS_Store", "ignored_hidden"),
        ("__MACOSX/._a.txt", "ignored_system_file"),
        ("a#2.txt", "two"),
        ("a.txt", "one"),
        ("b/报告.txt", "202"),
        ("n.zip!/x.txt", "202"),
    ]


# --- encodings ------------------------------------------------------------------------------------------------------

TRADITIONAL = "各位代表：去年我縣國內生產總值增長百分之五，工業與農業發展都很好，人民生活水平繼續提高。"
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv", "a.json", "a.jsonl", "a.html"])
def test_encodings_of_every_text_format(tmp_path: Path, name: str, encoding: str) -> None:
    content = {
        "a.csv": f'标题,正文\n报告,"{forms.TEXT}"\n',
        "a.json": json.dumps([{"正文": forms.TEXT}], ensure_ascii=False),
        "a.jsonl": json.dumps({"正文": forms.TEXT}, ensure_ascii=False) + "\n",
        "a.html": "<html><body>" + "".join(f"<p>{line}</p>" for line in forms.PARAGRAPHS) + "</body></html>",
    }.get(name, forms.TEXT)
    raw = one(put(tmp_path, name, content.encode(encoding)))
    assert raw.text == forms.TEXT
    assert (raw.source.encoding or "").split("-")[0] == encoding.split("-")[0]


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-16-be"])
def test_traditional_text(encoding: str) -> None:
    assert encodings.decode(TRADITIONAL.encode(encoding))[0] == TRADITIONAL


COMMON = "国的新业中全发化和人展动大建年一进实加力产高会推工地设在民行等持强区生务增体政成家提能作平重开文以出为长合个要保市日"


@settings(deadline=None)
@given(
    text=st.text(alphabet=COMMON + "，。0123456789%", min_size=8, max_size=60).filter(
        lambda t: any(c in COMMON for c in t)
    ),
    encoding=st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be"]),
)
def test_short_texts_are_told_by_their_commonest_characters(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assume(encoding == "utf-8" or not data.isascii() or any(byte < 0x20 for byte in data))  # else it is ASCII as well
    assert encodings.decode(data)[0] == text


@pytest.mark.parametrize("text", ["000。。业业业", "业业业业业业业业"])
def test_utf_16_that_is_valid_utf_8_by_chance(text: str) -> None:
    assert encodings.decode(text.encode("utf-16-le")) == (text, "utf-16")


def test_the_encoding_that_a_page_declares_counts_where_plausible(tmp_path: Path) -> None:
    assert one(put(tmp_path, "a.html", forms.html("gb2312"))).source.encoding == "gb18030"
    wrong = forms.html().replace(b'charset="utf-8"', b'charset="gb2312"')
    raw = one(put(tmp_path, "b.html", wrong))
    assert (raw.text, raw.source.encoding) == (forms.TEXT, "utf-8")


def test_a_long_ascii_beginning_does_not_hide_the_encoding(tmp_path: Path) -> None:
    rows = "".join(f"{i},filler\n" for i in range(30_000)) + f'9,"{forms.TEXT}"\n'
    found = load(put(tmp_path, "a.csv", ("id,正文\n" + rows).encode("gb18030")))
    assert len(found) == 30_001
    assert short(found[-1:]) == [forms.TEXT]


# --- paragraphs -----------------------------------------------------------------------------------------------------


def test_paragraphs() -> None:
    given_text = "\ufeff　　第一段\u200b话 \r\n\r\n\t第\xa0二段\u2028第三段\x00　\x0b\n　\n４９４．５亿元"
    assert paragraphs(given_text) == "第一段话\n第 二段\n第三段\n４９４．５亿元"


@given(st.text())
def test_paragraphs_hold_for_any_text(text: str) -> None:
    made = paragraphs(text)
    assert paragraphs(made) == made
    assert all(line and line == line.strip() for line in made.split("\n")) or made == ""
    made.encode()


def test_lines_broken_at_a_width_are_joined() -> None:
    long = "过去一年全县地区生产总值和规模以上工业增加值都保持了较快的增长势头并且结构继续优化，" * 4 + "成绩来之不易。"
    indented = "　　" + long
    wrapped = "\n".join(indented[i : i + 30] for i in range(0, len(indented), 30))
    assert paragraphs(unwrapped(f"{wrapped}\n{wrapped}")) == f"{long}\n{long}"
    assert unwrapped(forms.TEXT) == forms.TEXT
    poem = "\n".join(["一句话到这里就结束了。"] * 20)
    assert unwrapped(poem) == poem


# --- data sets ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_delimiters(tmp_path: Path, delimiter: str, name: str) -> None:
    assert one(put(tmp_path, name, forms.csv(delimiter))).year == "2026"


def test_rows_that_cannot_be_used_are_named_and_others_read(tmp_path: Path) -> None:
    table = '标题,年份,正文\n甲,2024,"文一\n文二"\n乙,2025,\n丙,2025,文,字,多\n,,\n丁,2026,nan\n戊,2026,"引""号"\n己\n'
    found = load(put(tmp_path, "a.csv", table))
    assert short(found) == [
        "文一\n文二",
        "!row_without_text",
        "!broken_row",
        "!row_without_text",
        '引"号',
        "!row_without_text",
    ]
    assert [each.source.row for each in found] == [1, 2, 3, 4, 5, 6]


def test_a_header_below_a_title(tmp_path: Path) -> None:
    raw = one(put(tmp_path, "a.csv", f'各地报告汇编\n单位：份\n标题,正文\n报告,"{forms.TEXT}"\n'))
    assert (raw.title, raw.text) == ("报告", forms.TEXT)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "编号,甲列\n1,文\n"),
        ("a.json", '[{"编号": 1, "甲列": "文"}, {"编号": 2, "甲列": "字"}]'),
        ("a.jsonl", '{"编号": 1, "甲列": "文"}\n{"编号": 2, "甲列": "字"}\n'),
        ("a.xlsx", forms.xlsx([["编号", "甲列"], [1, "文"]])),
    ],
)
def test_a_missing_text_column_names_the_columns_and_a_mapping_helps(
    tmp_path: Path, name: str, content: str | bytes
) -> None:
    (reject,) = load(put(tmp_path, name, content))
    assert isinstance(reject, Reject)
    assert (reject.code, reject.detail) == ("no_text_column", "编号、甲列")
    assert short(load(tmp_path / name, {"text": "甲列", "title": "编号"}))[0] == "文"


def test_usual_and_mapped_columns(tmp_path: Path) -> None:
    header = "Policy Release Department,Release Time,Policy Content,说明,来源"
    raw = one(put(tmp_path, "a.csv", f"{header}\n某厅,2016-01-02,正文一段,别的,某网\n"))
    assert (raw.issuer, raw.date, raw.text, raw.publisher) == ("某厅", "2016-01-02", "正文一段", "某网")
    raw = one(tmp_path / "a.csv", {"text": "说明", "publisher": "没有的列"})
    assert (raw.text, raw.publisher) == ("别的", "某网")


def test_html_in_a_cell_is_read_as_html(tmp_path: Path) -> None:
    raw = one(put(tmp_path, "a.jsonl", json.dumps({"content": "<p>一段，a &lt; b。</p><p>二段<br>三段</p>"})))
    assert raw.text == "一段，a < b。\n二段\n三段"
    assert (
        one(put(tmp_path, "b.jsonl", json.dumps({"content": "若 a<b 且 b>c，则成立"}))).text == "若 a<b 且 b>c，则成立"
    )


@pytest.mark.parametrize(
    "value",
    [
        [forms.ROW, forms.ROW],
        {"total": 2, "data": [forms.ROW, forms.ROW]},
        {"code": 0, "result": {"page": 1, "items": [forms.ROW, forms.ROW]}},
        {name: {"0": cell, "1": cell} for name, cell in forms.ROW.items()},
    ],
)
def test_shapes_of_json(tmp_path: Path, value: object) -> None:
    found = load(put(tmp_path, "a.json", json.dumps(value)))
    assert short(found) == [forms.TEXT, forms.TEXT]
    assert [each.source.row for each in found] == [1, 2]


def test_one_object_and_its_values(tmp_path: Path) -> None:
    value = {"title": None, "content": ["一段", "二段"], "year": 2024.0, "tags": ["甲", "乙"], "url": {"x": 1}}
    raw = one(put(tmp_path, "a.json", json.dumps(value)))
    assert (raw.text, raw.title, raw.year, raw.categories, raw.url) == ("一段\n二段", None, "2024", ("甲", "乙"), None)


def test_a_broken_line_is_one_reject(tmp_path: Path) -> None:
    good = json.dumps({"text": "文"}, ensure_ascii=False)
    found = load(put(tmp_path, "a.jsonl", f"{good}\n\n{{broken\n[1]\n{good}\n"))
    assert short(found) == ["文", "!broken_line", "!broken_row", "文"]
    assert [each.source.row for each in found] == [1, 2, 3, 4]
    assert short(load(put(tmp_path, "a.json", f"{good}\n{good}\n"))) == ["文", "文"]
    assert short(load(put(tmp_path, "b.json", f"[{good}, {good}, {{"))) == ["文", "文", "!broken_json"]


def test_a_workbook(tmp_path: Path) -> None:
    from datetime import datetime

    import openpyxl
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    book = openpyxl.Workbook()
    first = book.active
    first.title = "中央"
    first.append(["政策汇编", None, None])
    first.append(["编号", "发布日期", "年份", None, "正文"])
    first.append([1, datetime(2013, 8, 21), 2013, "没有列名", "一段\n二段"])
    first.append([None, None, None, None, None])
    first.append([2, "2014年", 2014.0, None, CellRichText("粗", TextBlock(InlineFont(b=True), "体"))])
    first.append([3, datetime(2013, 8, 21, 9, 30), None, None, None])
    book.create_sheet("空")
    book.create_sheet("说明").append(["甲", "乙"])
    book.save(tmp_path / "a.xlsx")
    found = load(tmp_path / "a.xlsx")
    assert short(found) == ["一段\n二段", "粗体", "!row_without_text", "!empty_sheet", "!no_text_column"]
    assert [(r.date, r.year) for r in found if isinstance(r, Raw)] == [("2013-08-21", "2013"), ("2014年", "2014")]
    assert [(r.source.sheet, r.source.row) for r in found] == [
        ("中央", 1),
        ("中央", 2),
        ("中央", 3),
        ("空", None),
        ("说明", None),
    ]


def test_a_workbook_agrees_with_another_reader(shared: Path) -> None:
    import python_calamine

    file = shared / "corpus" / "policy-documents" / "Policies Data.xlsx"
    book = python_calamine.CalamineWorkbook.from_path(str(file))
    theirs = [(str(row[1])[:10], paragraphs(str(row[5]))) for name in book.sheet_names
              for row in book.get_sheet_by_name(name).to_python()[1:] if str(row[5]).strip()]  # fmt: skip
    assert [((raw.date or "")[:10], raw.text) for raw in load(file) if isinstance(raw, Raw)] == theirs


def test_parquet_types(tmp_path: Path) -> None:
    from datetime import date, datetime

    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({
        "text": pa.array(["一", None, "三"], pa.large_string()).dictionary_encode(), "year": [2024, 2025, None],
        "date": [datetime(2024, 1, 2), datetime(2024, 1, 2, 3, 4), None], "tags": [["甲", "乙"], None, []],
        "发布时间": [date(2024, 1, 1)] * 3,
    })  # fmt: skip
    pq.write_table(table, tmp_path / "a.parquet")
    found = load(tmp_path / "a.parquet")
    assert short(found) == ["一", "!row_without_text", "三"]
    first = found[0]
    assert isinstance(first, Raw)
    assert (first.year, first.date, first.categories) == ("2024", "2024-01-02", ("甲", "乙"))


# --- Markdown -------------------------------------------------------------------------------------------------------

FEED = """
---
title: '某地一季度产业观察'
categories:
 - 新媒体
 - 某聚合平台
headimg: 'https://proxy.example/?http://img.example/1_1024.jpg'
author: 某聚合平台
comments: false
date: Fri, 18 Feb 2022 03:19:20 GMT
thumbnail: 'https://proxy.example/?http://img.example/0.jpg'
---

<div>
<p><strong>某视听网消息：</strong>第一段。</p><p></p><div class="img_box" onclick><div><img class="lazy" data-original="http://img.example/1_1024.jpg" data-height="372" data-width="877" src="https://proxy.example/?http://img.example/1_1024.jpg" referrerpolicy="no-referrer"></div></div>第二段，" 集群 "达 3 个。<p></p>
<img src="javascript:void(0)"><img src="data:image/gif;base64,AAAA" data-src="//img.example/2.png" alt="厂 房">第三段。<p>

</p><div id="recommend_bottom"></div>
</div>
"""


def test_a_feed_article(tmp_path: Path) -> None:
    raw = one(put(tmp_path, "a.md", FEED))
    assert raw.text == '某视听网消息：第一段。\n第二段，" 集群 "达 3 个。\n第三段。'
    assert raw.title == "某地一季度产业观察"
    assert raw.date == "Fri, 18 Feb 2022 03:19:20 GMT"
    assert (raw.aggregator, raw.publisher) == ("某聚合平台", None)
    assert raw.categories == ("新媒体", "某聚合平台")
    assert [(i.url, i.width, i.height, i.alt) for i in raw.images] == [
        ("http://img.example/0.jpg", None, None, None),
        ("http://img.example/1_1024.jpg", 877, 372, None),
        ("https://img.example/2.png", None, None, "厂 房"),
    ]
    assert raw.images[1].given == "https://proxy.example/?http://img.example/1_1024.jpg"
    assert [raw.text[i.offset : i.offset + 3] for i in raw.images] == ["某视听", "第二段", "第三段"]


def test_markdown_marks(tmp_path: Path) -> None:
    source = """# 总标题

## 一、回顾 ##
**加粗**与*斜体*、~~删除~~和`代码`，3*5*2 与 a_b_c 不变。
- 甲项
1. 乙项
> 引文
[查看原文](https://a.example/1.htm)
见[规划全文](https://a.example/2.htm "标题")。![图一](https://a.example/3.png)
小标题
---
| 指标 | 目标 |
|------|-----:|
| 增速 | 5% |

```
增长 *5*%
```
<p>段内<b>标签</b></p><p>另段</p>

***
尾\\*号 &amp; 1 < 2
"""
    raw = one(put(tmp_path, "a.md", source))
    assert raw.text.split("\n") == [
        "总标题", "一、回顾", "加粗与斜体、删除和代码，3*5*2 与 a_b_c 不变。", "甲项", "1. 乙项", "引文", "见规划全文。", "小标题",
        "指标\t目标", "增速\t5%", "增长 *5*%", "段内标签", "另段", "尾*号 & 1 < 2",
    ]  # fmt: skip
    assert [(raw.text[h.start : h.end], h.level) for h in raw.headings] == [
        ("总标题", 1),
        ("一、回顾", 2),
        ("小标题", 2),
    ]
    assert [(n.text, n.reason) for n in raw.noise] == [("查看原文 https://a.example/1.htm", "link")]
    assert raw.title == "总标题"
    (image,) = raw.images
    assert (image.url, image.alt, raw.text[: image.offset].endswith("见规划全文。")) == (
        "https://a.example/3.png",
        "图一",
        True,
    )


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    assert one(put(tmp_path, "a.md", "---\n正文第一段。\n---\n第二段。")).text.endswith("第二段。")


def test_an_author_who_is_a_person_is_kept_as_byline(tmp_path: Path) -> None:
    raw = one(put(tmp_path, "a.md", "---\nauthor: 张三\nsource: 某报\n---\n正文。"))
    assert (raw.aggregator, raw.publisher) == (None, "某报")
    assert [(n.text, n.reason) for n in raw.noise] == [("张三", "byline")]


# --- HTML -----------------------------------------------------------------------------------------------------------

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>2026年青岚县政府工作报告_青岚县人民政府网</title>
<meta name="ArticleTitle" content="2026年青岚县政府工作报告"><meta name="PubDate" content="2026-01-22 08:00">
<meta name="ContentSource" content="青岚日报"><meta name="SiteName" content="青岚县人民政府网">
<meta name="ColumnName" content="政府工作报告"><link rel="canonical" href="http://www.example.gov.cn/a.html">
<style>p {color: red}</style></head><body>
<div class="header">青岚县人民政府</div><nav><a href="/">首页</a> &gt; <a href="/x">报告</a></nav>
<form id="aspnet"><input type="text" value="请输入关键字"><button>搜索</button>
<div class="main"><h1>2026年青岚县政府工作报告</h1><div>来源：青岚日报　时间：2026-01-22</div>
<div class="TRS_Editor"><p>　　各位代表：</p><p>全县生产总值增长<span>5</span><b>%</b>，<br/>城镇新增就业<!-- 注 -->4200人。</p>
<p style="display:none">隐藏的2025年旧稿增长9%</p><div>裸段落<div>内层段落</div>尾段落</div>
<table><tr><th>指标</th><th>目标</th></tr><tr><td><p>生产总值</p></td><td>5%左右</td></tr></table>
<img data-original="/upload/1.jpg" src="/loading.gif" width="600" style="height: 400px">
<p>过去一年，我们坚持稳中求进，统筹发展和安全，完成了县人民代表大会确定的目标任务，各项事业取得新的进展。</p></div>
<div class="share">分享到：微信</div></div></form>
<ul><li><a href="1">2025年报告</a></li><li><a href="2">2024年报告</a></li><li><a>2023年报告</a></li><li><a>2022年报告</a></li></ul>
<script>var rate = "增长99%";</script><footer>主办：县政府办公室</footer></body></html>"""


def test_a_page_of_a_government_site(tmp_path: Path) -> None:
    raw = one(put(tmp_path, "a.html", PAGE))
    assert raw.text.split("\n")[:9] == [
        "2026年青岚县政府工作报告", "来源：青岚日报 时间：2026-01-22".replace(" ", "　"), "各位代表：", "全县生产总值增长5%，",
        "城镇新增就业4200人。", "裸段落", "内层段落", "尾段落", "指标\t目标",
    ]  # fmt: skip
    assert raw.text.split("\n")[9] == "生产总值\t5%左右"
    assert raw.text.endswith("各项事业取得新的进展。")
    assert (raw.title, raw.date, raw.publisher) == ("2026年青岚县政府工作报告", "2026-01-22 08:00", "青岚日报")
    assert raw.url == "http://www.example.gov.cn/a.html"
    assert raw.categories == ("政府工作报告",)
    noise = " ".join(n.text for n in raw.noise)
    for word in ["搜索", "隐藏的", "首页", "分享到", "2023年报告", "主办", "青岚县人民政府"]:
        assert word in noise
    assert "var rate" not in raw.text
    (image,) = raw.images
    assert (image.url, image.width, image.height) == ("http://www.example.gov.cn/upload/1.jpg", 600, 400)
    assert raw.text[image.offset :].startswith("过去一年")


def test_the_address_that_a_government_page_gives_is_that_of_its_pictures(tmp_path: Path) -> None:
    link = '<link rel="canonical" href="http://www.example.gov.cn/a.html">'
    page = PAGE.replace(link, '<meta name="Url" content="https://www.example.gov.cn/b/c.html">')
    raw = one(put(tmp_path, "a.html", page))
    assert raw.url == "https://www.example.gov.cn/b/c.html"
    assert raw.images[0].url == "https://www.example.gov.cn/upload/1.jpg"
    assert one(put(tmp_path, "b.html", PAGE.replace(link, '<meta name="Url" content="/b/c.html">'))).url is None


def test_furniture_that_holds_the_text_is_none(tmp_path: Path) -> None:
    raw = one(
        put(
            tmp_path, "a.html", f"<body><div class='nav'><p>{forms.TEXT}</p></div><div class='footer'>页脚</div></body>"
        )
    )
    assert "312.5亿元" in raw.text
    assert "页脚" not in raw.text


def test_a_page_of_nothing_but_links_keeps_its_text(tmp_path: Path) -> None:
    raw = one(
        put(
            tmp_path,
            "a.html",
            "<body><ul>" + "".join(f"<li><a>第{i}年报告</a></li>" for i in range(20)) + "</ul></body>",
        )
    )
    assert len(raw.text.split("\n")) == 20


@pytest.mark.parametrize(
    "paragraph", ["<p>{}</p>", "{}<br>", "<div>{}</div>", "<div><span>{}</span></div>", "<p>{}", "<li>{}</li>"]
)
def test_paragraphs_however_they_are_made(tmp_path: Path, paragraph: str) -> None:
    body = "\n".join(paragraph.format(line) for line in forms.PARAGRAPHS)
    assert one(put(tmp_path, "a.html", f"<html><body><div>{body}</div></body></html>")).text == forms.TEXT


@pytest.mark.parametrize(
    ("given_address", "real"),
    [
        ("https://p.example/?http://a.example/1.jpg", "http://a.example/1.jpg"),
        ("https://p.example/?url=http%3A%2F%2Fa.example%2F1.jpg%3Fx%3D1&w=100", "http://a.example/1.jpg?x=1"),
        ("https://p.example/img?w=1&src=https://a.example/1.jpg&q=2", "https://a.example/1.jpg"),
        ("https://a.example/1.jpg?x=1", "https://a.example/1.jpg?x=1"),
        ("//a.example/1.jpg", "https://a.example/1.jpg"),
        ("javascript:alert(1)", None),
        ("data:image/png;base64,AA", None),
        (" java\nscript:alert(1)", None),
    ],
)
def test_addresses_of_pictures(given_address: str, real: str | None) -> None:
    assert images.real_address(given_address) == real


def test_the_largest_of_a_srcset() -> None:
    assert images.largest("a.jpg 320w, b.jpg 1024w, c.jpg 640w") == "b.jpg"
    assert images.largest("a.jpg, b.jpg 2x") == "b.jpg"


# --- DOCX -----------------------------------------------------------------------------------------------------------

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(body: str, extra: dict[str, bytes] | None = None) -> bytes:
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return forms.repacked(forms.docx(), {"word/document.xml": document.encode(), **(extra or {})})


def test_word_paragraphs_tables_and_changes(tmp_path: Path) -> None:
    body = (
        "<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>一、回</w:t></w:r><w:r><w:t>顾</w:t></w:r></w:p>"
        "<w:p><w:r><w:t xml:space='preserve'>增长 </w:t></w:r><w:del><w:r><w:delText>4%</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>5%</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:br/><w:t>换行</w:t></w:r></w:p><w:p/>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>指标</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>目标</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:r><w:t>增速</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>5%</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>左右</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件内</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr><w:hyperlink><w:r><w:t>二、安排</w:t></w:r></w:hyperlink></w:p>"
    )
    raw = one(put(tmp_path, "a.docx", word_file(body)))
    assert raw.text.split("\n") == ["一、回顾", "增长 5%", "换行", "指标\t目标", "增速\t5% 左右", "控件内", "二、安排"]
    assert [(raw.text[h.start : h.end], h.level) for h in raw.headings] == [("一、回顾", 1), ("二、安排", 2)]


def test_word_notes_and_running_heads(tmp_path: Path) -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="r{i}" Type="http://x/{kind}" Target="{target}"/>'
            for i, (kind, target) in enumerate(
                [("footnotes", "footnotes.xml"), ("header", "header1.xml"), ("image", "media/1.png")]
            )
        )
        + "</Relationships>"
    )
    notes = f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:type="separator"><w:p/></w:footnote><w:footnote><w:p><w:r><w:t>脚注一</w:t></w:r></w:p></w:footnote></w:footnotes>'
    header = f'<w:hdr xmlns:w="{WORD}"><w:p><w:r><w:t>页眉</w:t></w:r></w:p></w:hdr>'
    picture = (
        '<w:p><w:r><w:t>图前</w:t></w:r></w:p><w:p><w:r><w:drawing xmlns:wp="http://wp" xmlns:a="http://a" xmlns:r="http://r">'
        '<wp:extent cx="952500" cy="476250"/><wp:docPr descr="厂房"/><a:blip r:embed="r2"/></w:drawing></w:r></w:p>'
        "<w:p><w:r><w:t>图后</w:t></w:r></w:p>"
    )
    extra = {
        "word/_rels/document.xml.rels": relations.encode(),
        "word/footnotes.xml": notes.encode(),
        "word/header1.xml": header.encode(),
    }
    raw = one(put(tmp_path, "a.docx", word_file(picture, extra)))
    assert raw.text == "图前\n图后\n脚注一"
    assert [(n.text, n.reason) for n in raw.noise] == [("页眉", "header")]
    (image,) = raw.images
    assert (image.url, image.width, image.height, image.alt) == ("word/media/1.png", 100, 50, "厂房")
    assert raw.text[image.offset :].startswith("图后")


def test_word_agrees_with_another_reader(shared: Path) -> None:
    import docx

    archive = zipfile.ZipFile(shared / "corpus" / "provincial-2025" / "省区市政府工作报告.zip")
    ours = [raw.text for raw in load(shared / "corpus" / "provincial-2025") if isinstance(raw, Raw)]
    theirs = {
        paragraphs("\n".join(p.text for p in docx.Document(io.BytesIO(archive.read(info))).paragraphs))
        for info in archive.infolist()[:4]
    }
    assert theirs <= set(ours)


# --- PDF ------------------------------------------------------------------------------------------------------------


def report_pdf(indent: int, space: int) -> bytes:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def running(canvas: object, document: object) -> None:
        canvas.setFont("STSong-Light", 9)  # type: ignore[attr-defined]
        canvas.drawString(72, 805, "青岚县政府工作报告汇编")  # type: ignore[attr-defined]
        canvas.drawCentredString(297, 30, f"— {document.page} —")  # type: ignore[attr-defined]

    style = ParagraphStyle("x", fontName="STSong-Light", fontSize=12, leading=20, wordWrap="CJK",
                           firstLineIndent=indent, spaceAfter=space)  # fmt: skip
    out = io.BytesIO()
    SimpleDocTemplate(out).build([Paragraph(line, style) for line in LONG], onFirstPage=running, onLaterPages=running)
    return out.getvalue()


LONG = [
    f"第{i}项工作："
    + f"全年完成投资{1000 + 37 * i}.5亿元，比上年增长{i % 9 + 1}.2%，建成“专精特新”企业{20 + i}家，" * (i % 4 + 1)
    + "进展顺利。"
    for i in range(60)
]


@pytest.mark.parametrize(("indent", "space"), [(24, 0), (0, 8)])
def test_pdf_paragraphs_are_whole_again(tmp_path: Path, indent: int, space: int) -> None:
    raw = one(put(tmp_path, "a.pdf", report_pdf(indent, space)))
    assert raw.text.split("\n") == LONG
    assert {n.reason for n in raw.noise} == {"header", "footer"}
    assert "青岚县政府工作报告汇编" in {n.text for n in raw.noise}


def test_radicals_become_characters() -> None:
    from saidao.sources import pdf

    table = pdf._radicals(lexicon.load())
    assert "".join(pdf._ordinary(c, table) for c in "⽬⼀⻓⺠⻋") == "目一长民车"


# --- the real material ----------------------------------------------------------------------------------------------

EXPECTED = {
    "provincial-2026": 20, "provincial-2025": 20, "national": 61, "policy-documents": 221, "news": 1, "broadcast-news": 59,
}  # fmt: skip


def test_the_real_material_loads_whole(shared: Path) -> None:
    counts = dict.fromkeys(EXPECTED, 0)
    for each in load(shared / "corpus"):
        assert isinstance(each, Raw), each
        counts[each.source.path.split("/corpus/")[1].split("/")[0]] += 1
        assert len(each.text) > 20
        assert all(line and line == line.strip() for line in each.text.split("\n"))
        for image in each.images:
            assert 0 <= image.offset <= len(each.text)
            assert image.url.startswith("http")
    assert counts == EXPECTED


def test_the_real_news_article(shared: Path) -> None:
    raw = one(shared / "corpus" / "news")
    assert raw.aggregator == "ZAKER"
    assert [(i.width, i.height) for i in raw.images] == [(877, 372), (872, 370), (879, 384)]
    assert all("cors" not in i.url for i in raw.images)
    assert len(raw.text.split("\n")) == 4
