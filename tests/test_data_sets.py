"""Data sets: CSV, JSON, workbooks and Parquet, a document a row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import forms
from readers import load, one, put, short
from saidao.models import Raw, Reject
from saidao.sources.paragraphs import paragraphs


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
