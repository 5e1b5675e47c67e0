"""The Python interface: extract, open, filters, frames."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pandas
import polars
import pyarrow
import pytest

import saidao
from conftest import report_text
from saidao.errors import StoreError, UsageError


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("api")
    (folder / "in").mkdir()
    for n in (0, 1, 2, 10):
        (folder / "in" / f"r{n}.txt").write_text(report_text(n), encoding="utf-8")
    (folder / "in" / "older.txt").write_text(report_text(20, year=2025), encoding="utf-8")
    (folder / "in" / "x.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    saidao.build(folder / "in", folder / "a.duckdb", jobs=1)
    return folder / "a.duckdb"


def test_extract_gives_statements_in_order() -> None:
    text = "今年地区生产总值增长5%左右，粮食产量600亿斤以上。"
    found = saidao.extract(text, issuer="湖南省人民政府", year=2026, type="政府工作报告")
    assert [text[s.start : s.end] for s in found] == [s.quote for s in found]
    assert [s.start for s in found] == sorted(s.start for s in found)
    [growth, grain] = found
    assert (growth.quote, growth.low, growth.unit, growth.bound, growth.status) == (
        "5%左右", Decimal(5), "%", "approx", "target",
    )  # fmt: skip
    assert (grain.low, grain.unit, grain.bound) == (Decimal(60_000_000_000), "斤", "ge")
    assert all(isinstance(s, saidao.Statement) for s in found)


def test_targets_in_words_can_be_left_out() -> None:
    text = "居民收入增长与经济增长同步，粮食产量600亿斤以上。"
    everything = saidao.extract(text, issuer="湖南省人民政府", year=2026, type="work_report")
    figures = saidao.extract(text, issuer="湖南省人民政府", year=2026, type="work_report", qualitative=False)
    assert {s.kind for s in everything} - {s.kind for s in figures} == {"relation"}
    assert all(s.low is not None for s in figures)


def test_a_frame_comes_in_every_form(database: Path) -> None:
    with saidao.open(database) as opened:
        frame = opened.statements(status="target")
        assert isinstance(frame, saidao.Frame)
        count = len(frame)
        assert count > 10
        assert isinstance(frame.arrow(), pyarrow.Table)
        assert isinstance(frame.polars(), polars.DataFrame)
        assert isinstance(frame.pandas(), pandas.DataFrame)
        assert frame.arrow().num_rows == len(frame.polars()) == len(frame.pandas()) == len(frame.rows()) == count
        assert sum(batch.num_rows for batch in frame.batches(3)) == count
        assert str(frame.arrow().schema.field("low").type) == "decimal128(38, 12)"
        assert frame.columns == frame.arrow().column_names == list(frame.rows()[0])


def test_every_row_has_its_sentence_and_source(database: Path) -> None:
    with saidao.open(database) as opened:
        for row in opened.statements():
            assert row["sentence"][row["quote_start"] :].startswith(row["quote"])
            assert row["path"].endswith(".txt")
            assert row["issuer"]
            assert row["title"]


def test_rows_that_are_there_are_given_as_a_table_gives_them() -> None:
    records = [
        {"n": 1, "gap": Decimal("-0.0"), "names": ["甲"], "day": datetime.date(2026, 1, 1), "sure": True, "none": None},
        {"n": None, "gap": Decimal("123456789012345678901234.5"), "names": [], "day": None, "sure": None, "more": "x"},
        {"n": 2, "gap": 3, "names": None, "day": None, "sure": False},
    ]
    names = ("n", "gap", "names", "day", "sure", "none")
    frame = saidao.Frame.of(records, names)
    table = frame.arrow().to_pylist()
    assert [repr(row) for row in frame.rows()] == [repr(row) for row in table]
    assert frame.page(1, 1) == table[1:2]
    assert (len(frame), frame.columns, frame.sizes("n")) == (3, list(names), (3, 2))
    frame.rows()[0]["n"] = 7
    assert frame.rows() == table


def test_a_notebook_shows_a_frame(database: Path) -> None:
    with saidao.open(database) as opened:
        shown = opened.sql("SELECT '<b>' AS a, 1.50::DECIMAL(38, 12) AS b")._repr_html_()
    assert "&lt;b&gt;" in shown
    assert "<td>1.5</td>" in shown


@pytest.mark.parametrize("name", ["湖南", "湖南省", "430000"])
def test_a_region_has_three_names(database: Path, name: str) -> None:
    with saidao.open(database) as opened:
        rows = opened.statements(region=name).rows()
        assert rows
        assert {row["issuer_region"] for row in rows} == {"湖南省"}
        assert len(opened.documents(region=name)) == 3


def test_filters_narrow(database: Path) -> None:
    with saidao.open(database) as opened:
        everything = len(opened.statements())
        assert 0 < len(opened.statements(year=2025)) < everything
        assert len(opened.statements(year="2025-2026")) == everything
        assert len(opened.statements(region=["湖南", "四川"])) > len(opened.statements(region="湖南"))
        words = opened.statements(words=["农村公路", "集群"]).rows()
        assert words
        assert all("农村公路" in row["sentence"] and "集群" in row["sentence"] for row in words)
        growth = opened.statements(indicator="生产总值", kind="growth").rows()
        assert growth
        assert all("生产总值" in row["indicator"] for row in growth)
        assert len(opened.statements(indicator="生产总值", status=["achieved", "target"], limit=2)) == 2
        assert {row["type"] for row in opened.statements(type="政府工作报告")} == {"work_report"}
        inside = opened.statements(period="2026").rows()
        assert inside
        assert all("2026" in row["period"] for row in inside)
        sections = {row["section"] for row in opened.statements(section="main_targets")}
        assert sections == {"main_targets"}


@pytest.mark.parametrize("year", ["26", "2026-2025", "abc"])
def test_a_year_that_is_none_is_said(database: Path, year: str) -> None:
    with saidao.open(database) as opened, pytest.raises(UsageError, match=year):
        opened.statements(year=year)


def test_words_of_sql_are_words(database: Path) -> None:
    with saidao.open(database) as opened:
        assert len(opened.statements(words="'; DROP TABLE statements; --")) == 0
        assert len(opened.statements(region="' OR 1=1")) == 0


def test_documents_and_their_parts(database: Path) -> None:
    with saidao.open(database) as opened:
        rows = opened.documents(year=2026, region="湖南").rows()
        assert len(rows) == 2
        assert "text" not in rows[0]
        whole = opened.document(rows[0]["id"][:8])
        assert whole["characters"] == len(whole["text"])
        key = whole["id"]
        text = "".join(whole["text"][r["start"] : r["end"]] for r in opened.sections(key))
        assert text == whole["text"]
        sentences = opened.sentences(key).rows()
        assert all(whole["text"][r["start"] : r["end"]] == r["text"] for r in sentences)
        assert [row["path"] for row in opened.sources(key)] == [whole["path"]]
        for frame in (opened.images(), opened.noise(key), opened.notes(), opened.runs()):
            assert isinstance(frame.rows(), list)
        [reject] = opened.rejects().rows()
        assert reject["path"].endswith("x.doc")
        one = opened.statements(document=key).rows()[0]
        assert opened.statement(one["id"][:10]) == one


def test_an_id_that_is_none_is_said(database: Path) -> None:
    with saidao.open(database) as opened:
        for lookup in (opened.document, opened.statement):
            with pytest.raises(UsageError):
                lookup("zzzz")
            with pytest.raises(UsageError):
                lookup("")


def test_measures_that_are_chosen_are_those_of_all(database: Path) -> None:
    with saidao.open(database) as opened:
        every = opened.measures().rows()
        cues = opened.sql('SELECT measure_id, list(quote ORDER BY "start", "end") AS cues FROM cues GROUP BY 1')
        of = {row["measure_id"]: row["cues"] for row in cues}
        assert every
        assert [row["cues"] for row in every] == [of.get(row["id"], []) for row in every]
        assert any(row["industries"] for row in every)
        for year in {row["report_year"] for row in every}:
            own = [row for row in every if row["report_year"] == year]
            assert opened.measures(year=year).rows() == own
            assert len(opened.measures(year=year)) == len(own)
            assert opened.measures(year=year).page(2, 1) == own[1:3]
        assert opened.measures(limit=3).rows() == every[:3]
        assert opened.record("measures", every[-1]["id"]) == every[-1]


def test_info_counts(database: Path) -> None:
    with saidao.open(database) as opened:
        info = opened.info()
    assert info.counts["documents"] == 5
    assert (info.first_year, info.last_year) == (2025, 2026)
    assert sum(documents for _, _, _, documents, _ in info.coverage) == 5
    assert sum(statements for *_, statements in info.coverage) == info.counts["statements"]
    assert [count for _, count, _ in info.rejects] == [1]
    assert info.runs[0]["state"] == "done"
    assert isinstance(info.runs[0]["started"], datetime.datetime)


def test_a_database_opened_to_read_is_not_written(database: Path) -> None:
    with saidao.open(database) as opened, pytest.raises(StoreError):
        opened.sql("DELETE FROM documents").rows()


def test_names_that_do_not_exist_are_no_attributes() -> None:
    with pytest.raises(AttributeError):
        saidao.nonsense  # noqa: B018
