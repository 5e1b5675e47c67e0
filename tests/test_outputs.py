"""Tables in six formats: exact numbers, aligned columns, cells that are never formulas."""

from __future__ import annotations

import csv
import datetime
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from saidao.errors import LexiconError, UsageError
from saidao.lexicon import load
from saidao.outputs import terminal, texts
from saidao.outputs.messages import LANGUAGES, Messages
from saidao.outputs.tables import Column, format_of, write

COLUMNS = [
    Column("indicator", width=16),
    Column("low", "decimal", width=20),
    Column("kind", "code"),
    Column("year", "integer"),
    Column("date", "date"),
    Column("categories", "list"),
    Column("sentence", "sentence", width=60),
]

RECORDS: list[dict[str, Any]] = [
    {
        "indicator": "地区生产总值", "low": Decimal("5530000000000.000000000000"), "kind": "level", "year": 2026,
        "date": datetime.date(2026, 2, 3), "categories": ["a", "b"], "sentence": "地区生产总值达到5.53万亿元。",
        "quote": "5.53万亿元", "quote_start": 8,
    },
    {
        "indicator": "=HYPERLINK(\"http://x\")", "low": Decimal("-0.100000000000"), "kind": "growth", "year": None,
        "date": None, "categories": [], "sentence": None,
    },
    {"indicator": "+1", "low": Decimal("12345678901234567890.123456789012"), "kind": "@", "year": 1954},
]  # fmt: skip

ZH, EN = Messages("zh"), Messages("en")


def written(format: str, target: Path, say: Messages = ZH, records: list[dict[str, Any]] = RECORDS) -> Path:
    write(records, COLUMNS, format, str(target), say, name="carriers")
    return target


def test_csv_keeps_text_and_every_digit(tmp_path: Path) -> None:
    content = written("csv", tmp_path / "a.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "Excel reads the Chinese of a file without this mark as garbage"
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["low"] for row in rows] == ["5530000000000", "-0.1", "12345678901234567890.123456789012"]
    assert rows[0] | {"low": ""} == {
        "indicator": "地区生产总值", "low": "", "kind": "level", "year": "2026", "date": "2026-02-03",
        "categories": "a;b", "sentence": "地区生产总值达到5.53万亿元。",
    }  # fmt: skip
    assert rows[1]["indicator"] == '=HYPERLINK("http://x")'


def test_json_lines_have_exact_numbers(tmp_path: Path) -> None:
    lines = written("jsonl", tmp_path / "a.jsonl").read_text("utf-8").splitlines()
    records = [json.loads(line, parse_float=Decimal) for line in lines]
    assert [record["low"] for record in records] == [5530000000000, Decimal("-0.1"), RECORDS[2]["low"]]
    assert '"low": 5530000000000,' in lines[0]
    assert records[0]["date"] == "2026-02-03"
    assert records[0]["categories"] == ["a", "b"]
    assert "地区生产总值" in lines[0]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=12, min_value=-(10**25), max_value=10**25))
def test_a_number_survives_being_written(number: Decimal) -> None:
    assert Decimal(texts.plain_number(number)) == number
    assert json.loads(texts.json_value(number), parse_float=Decimal) == number
    assert Decimal(terminal.grouped(number).replace(",", "")) == number
    assert "E" not in texts.plain_number(number)


def test_parquet_has_exact_types(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    table = pq.read_table(written("parquet", tmp_path / "a.parquet"))
    assert str(table.schema.field("low").type) == "decimal128(38, 12)"
    assert table.column("low").to_pylist() == [record["low"] for record in RECORDS]
    assert table.column("date").to_pylist()[0] == datetime.date(2026, 2, 3)


def test_a_workbook_has_numbers_and_no_formulas(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written("xlsx", tmp_path / "a.xlsx"))
    sheet = book.active
    assert sheet is not None
    assert sheet.title == "载体名录"
    cells = list(sheet.iter_rows())
    assert [cell.value for cell in cells[0]][:3] == ["指标", "下限", "数值类型"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:G4"
    assert (cells[1][1].value, cells[1][1].data_type) == (5530000000000, "n")
    assert (cells[1][2].value, cells[2][2].value) == ("规模", "增速")
    assert [row[0].data_type for row in cells[1:]] == ["s", "s", "s"], "no cell is a formula"
    assert cells[3][1].value == "12345678901234567890.123456789012", "more digits than a spreadsheet keeps"
    assert cells[1][4].value == datetime.datetime(2026, 2, 3)


def test_every_list_has_a_name_for_its_sheet() -> None:
    from saidao.web.api import SOURCES

    names = {"candidates", "dictionaries", "words", "stop_words", "notes", "rejects"}
    for name, source in SOURCES.items():
        part = source.question.model_fields.get("part")
        names |= {f"{name}.{each}" for each in get_args(part.annotation)} if part else {name}
    for say in (ZH, EN):
        labels = [say.label(f"table.{name}", "") for name in sorted(names)]
        assert all(0 < len(label) <= 31 and not set(label) & set("[]:*?/\\'") for label in labels), labels


def test_a_workbook_is_the_same_whenever_it_is_written(tmp_path: Path) -> None:
    assert written("xlsx", tmp_path / "a.xlsx").read_bytes() == written("xlsx", tmp_path / "b.xlsx").read_bytes()


def test_a_stata_file_has_labels_and_numbers(tmp_path: Path) -> None:
    import pandas
    import pyreadstat

    columns = [*COLUMNS, Column("adcode"), Column("if")]
    records = [record | {"adcode": "430000", "if": "长" * 3000} for record in RECORDS]
    write(records, columns, "dta", str(tmp_path / "a.dta"), ZH, name="carriers")
    frame, about = pyreadstat.read_dta(str(tmp_path / "a.dta"))
    assert about.column_names_to_labels["indicator"] == "指标"
    assert about.variable_value_labels["adcode"] == {430000: "湖南省"}
    assert {"规模", "增速"} <= set(about.variable_value_labels["kind"].values())
    assert list(frame["low"]) == [float(record["low"]) for record in RECORDS]
    assert frame["date"][0] == datetime.date(2026, 2, 3)
    assert frame["year"].isna().tolist() == [False, True, False]
    assert frame["_if"][0] == "长" * 3000, "no word of Stata's own, and no text cut short"
    read = pandas.read_stata(tmp_path / "a.dta")
    assert read["kind"].tolist()[0] == "规模"
    assert read["adcode"].tolist() == ["湖南省"] * 3
    write(records, columns, "dta", str(tmp_path / "b.dta"), ZH, name="carriers")
    assert (tmp_path / "a.dta").read_bytes() == (tmp_path / "b.dta").read_bytes(), "the same, whenever it is written"
    write([], columns, "dta", str(tmp_path / "none.dta"), EN, name="carriers")
    assert len(pandas.read_stata(tmp_path / "none.dta")) == 0


def test_terminal_columns_line_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    out = io.StringIO()
    records = [
        {"indicator": name, "low": Decimal(n), "kind": "level", "sentence": f"{name}达到{n}元" * 20, "quote": str(n),
         "quote_start": len(name) + 2}
        for n, name in enumerate(["粮食", "GDP", "规模以上工业增加值", "R&D经费"], 1)
    ]  # fmt: skip
    terminal.table(records, [COLUMNS[0], COLUMNS[6]], out, ZH)
    lines = out.getvalue().splitlines()
    assert len(lines) == 5
    start = cell_len(lines[0][: lines[0].index("所在句子")])
    for line, record in zip(lines[1:], records, strict=True):
        at = line.index("达到") - len(record["indicator"])
        assert cell_len(line[:at]) in (start, start + 1), "the sentence begins where its heading does"
        assert cell_len(line.rstrip()) <= 100


@given(st.text(st.sampled_from("增长5%，abc。…"), min_size=1, max_size=80), st.data(), st.integers(24, 60))
def test_an_excerpt_fits_and_holds_its_figure(sentence: str, data: st.DataObject, width: int) -> None:
    start = data.draw(st.integers(0, len(sentence) - 1))
    end = data.draw(st.integers(start + 1, min(len(sentence), start + 8)))
    record = {"quote": sentence[start:end], "quote_start": start}
    shown = terminal.excerpt(sentence, record, width)
    assert cell_len(shown.plain) <= width
    [span] = shown.spans
    assert shown.plain[span.start : span.end] == sentence[start:end]


def test_a_file_appears_only_when_it_is_complete(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("before")

    def failing() -> Any:
        yield RECORDS[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write(failing(), COLUMNS, "csv", str(target), ZH, name="carriers")
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        write(RECORDS, COLUMNS, "csv", str(tmp_path / "no" / "a.csv"), ZH, name="carriers")


def test_the_format_follows_the_name() -> None:
    assert format_of(None, None) == format_of(None, "-") == "table"
    assert format_of(None, "A.XLSX") == "xlsx"
    assert format_of("csv", "a.xlsx") == "csv"
    assert format_of(None, "a.dta") == "dta"
    with pytest.raises(UsageError):
        format_of(None, "a.sav")


def test_every_message_and_label_speaks_both_languages() -> None:
    for name in ("messages", "labels"):
        for row in load().rows(name):
            assert all(row[language] for language in LANGUAGES), row
    for row in load().rows("messages"):
        places = [sorted(field for _, field, _, _ in _fields(row[language]) if field) for language in LANGUAGES]
        assert places[0] == places[1], row["id"]


def _fields(template: str) -> Any:
    import string

    return string.Formatter().parse(template)


def test_an_unknown_message_is_an_error() -> None:
    with pytest.raises(LexiconError):
        EN("no.such.message")
