"""Every use in its line: in the order that is asked for, on a terminal and in files."""

from __future__ import annotations

import csv
import importlib
from pathlib import Path

import pytest

import saidao
from saidao.errors import UsageError
from word_reports import build, run


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("terms"))


def test_every_line_stands_in_its_document(database: Path) -> None:
    with saidao.open(database) as opened:
        lines = opened.concordance("人工智能", context=12).rows()
        total = opened.term_counts("人工智能").total["hits"]
        texts = {row["id"]: row["text"] for row in opened.sql("SELECT id, text FROM documents").rows()}
        left = opened.concordance("人工智能", sort="left").rows()
        right = opened.concordance("人工智能", sort="right", limit=3).rows()
        years = opened.concordance("人工智能", sort="year").rows()
        section = opened.concordance("人工智能", section="review_year", region="湖南").rows()
        either = opened.concordance("人工智能|低空经济", not_in="发展低空经济").rows()
        with pytest.raises(UsageError):
            opened.concordance("人工智能", sort="nonsense")
    assert len(lines) == total == 16
    for line in lines:
        text = texts[line["document_id"]]
        assert text[line["start"] : line["end"]] == line["term"] == "人工智能"
        assert text[max(line["start"] - 12, 0) : line["end"] + 12] == line["left"] + line["term"] + line["right"]
    assert [line["left"][::-1] for line in left] == sorted(line["left"][::-1] for line in left)
    assert len(right) == 3
    assert [line["right"] for line in right] == sorted(line["right"] for line in right)
    assert [line["year"] for line in years] == sorted((line["year"] for line in years), reverse=True)
    assert {line["section"] for line in section} == {"review_year"}
    assert len(section) == 4
    assert len(either) == 16


def test_lines_do_not_depend_on_how_many_texts_are_read_at_once(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with saidao.open(database) as opened:
        whole = opened.concordance("人工智能").rows()
        documents = [(5,), (3,), (9,), (1,), (1,)]
        concordances = importlib.import_module("saidao.terms.concordance")  # the name is that of a function, too
        assert list(concordances._parts(documents, 8)) == [[(5,), (3,)], [(9,)], [(1,), (1,)]]
        assert list(concordances._parts([])) == []
        monkeypatch.setattr(concordances._parts, "__defaults__", (1,))
        assert opened.concordance("人工智能").rows() == whole == opened.uses("人工智能")


def test_the_lines_of_a_terminal(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from rich.cells import cell_len

    monkeypatch.setenv("COLUMNS", "90")
    code, out, error = run("concordance", database, "人工智能", "--sort", "right", "--lang", "zh", capsys=capsys)
    assert code == 0
    lines = out.splitlines()
    assert len(lines) == 17
    places = [{cell_len(line[:at]) for at in range(len(line)) if line.startswith("人工智能", at)} for line in lines[1:]]
    assert set.intersection(*places), "the term stands in one column"
    assert max(map(cell_len, lines)) <= 90
    assert "16 处，见于 5 篇" in error
    code, _, error = run("concordance", database, "元宇宙", "--lang", "en", capsys=capsys)
    assert (code, error) == (1, "No use of 元宇宙.\n")


def test_the_lines_of_a_file(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "lines.csv"
    assert run("concordance", database, "人工智能", "-o", target, "--lang", "zh", capsys=capsys)[0] == 0
    rows = list(csv.DictReader(target.open(encoding="utf-8-sig")))
    assert len(rows) == 16
    assert all(row["link"].endswith(".txt") and row["document_id"] and row["section"] for row in rows)
