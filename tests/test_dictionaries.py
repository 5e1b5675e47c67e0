"""Dictionaries as people save them; their mistakes named by line; the shipped ones."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from saidao import terms
from saidao.terms import DictionaryError, Term, files
from word_reports import build, run


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("terms"))


HEAD = "# name: 测试\n# version: 1\n# source: 自编\n# licence: CC0\n"


@pytest.mark.parametrize(
    ("content", "where", "code"),
    [
        (HEAD + "group,term,not_in\n数,数字,\n数,数字,\n", ":7", "twice_in"),
        (HEAD + "group,term,not_in\n数,,\n", ":6", "empty_term"),
        (HEAD + "group,term,not_in\n数,数字,数字\n", ":6", "excludes_itself"),
        (HEAD + "group,term,not_in\n数,数字,数学\n", ":6", "foreign_context"),
        (HEAD + "group,term,not_in\n数,数字,数字化|数字化\n", ":6", "context_twice"),
        (HEAD + "group,term,colour\n数,数字,红\n", ":5", "column"),
        (HEAD + "group,term,term\n数,数字,红\n", ":5", "column_twice"),
        (HEAD + "group,term\n数,数字,红\n", ":6", "cells"),
        (HEAD + 'group,term\n数,"数\n字"\n', ":6", "line_break"),
        (HEAD + "# name: 又一个\ngroup,term\n数,数字\n", ":5", "head_twice"),
        (HEAD + "group,term\n", "", "no_terms"),
        (HEAD.replace("# licence: CC0\n", "") + "group,term\n数,数字\n", "", "no_head"),
        ("group,term\n数,数字\n", "", "no_head"),
        ("# version: 2\n数字\n", "", "no_head"),
        ("数字,智能\n", ":1", "no_columns"),
        ("数字\n智能\n\n数字\n", ":4", "twice_in"),
        ("", "", "no_terms"),
        ("# 只有说明\n", "", "no_terms"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, content: str, where: str, code: str) -> None:
    path = tmp_path / "我的词典.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DictionaryError) as caught:
        terms.read(path)
    assert caught.value.code == code
    for language in ("zh", "en"):
        assert caught.value.text(language).startswith(f"{path}{where}: ")
    assert str(caught.value) == caught.value.text("en")


def test_dictionaries_as_people_save_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("# 我的词\n人工智能\r\n\r\n 低空经济 \r\n".encode("gb18030"))
    assert [term.text for term in terms.read(tmp_path / "a.txt").terms] == ["人工智能", "低空经济"]
    (tmp_path / "e.TXT").write_text('"人工智能\n5,000\n', encoding="utf-8")
    assert [term.text for term in terms.read(tmp_path / "e.TXT").terms] == ['"人工智能', "5,000"]
    (tmp_path / "b.csv").write_bytes("\ufeff词\n人工智能\n".encode())
    with pytest.raises(DictionaryError):
        terms.read(tmp_path / "b.csv")  # a table needs its head
    saved = '# name: 测试,,\n"# source: 甲, 乙",,\n# version: 1,,\n# licence: CC0,,\n组,词,排除\n服务业,第三产业,第三产业园\n,,\n,金融,\n'
    (tmp_path / "c.csv").write_text(saved, encoding="utf-8-sig")
    found = terms.read(tmp_path / "c.csv")
    assert (found.name, found.source, found.version, found.licence) == ("测试", "甲, 乙", "1", "CC0")
    assert found.terms == (Term("第三产业", "服务业", ("第三产业园",)), Term("金融", "金融"))
    assert found.groups == ("服务业", "金融")
    (tmp_path / "d.csv").write_bytes(b"\xff\xff\xff")
    with pytest.raises(DictionaryError, match="neither UTF-8"):
        terms.read(tmp_path / "d.csv")
    with pytest.raises(DictionaryError, match="no such dictionary; there are artificial_intelligence"):
        terms.load("nonsense")


def test_the_shipped_dictionaries_are_whole() -> None:
    known = terms.shipped()
    assert len(known) >= 10
    for name, dictionary in known.items():
        assert dictionary.id == name
        assert all((dictionary.name, dictionary.english, dictionary.version, dictionary.source, dictionary.licence))
        assert len(dictionary.terms) >= 6
        for term in dictionary.terms:
            assert len(term.text) >= 2, f"{name}: {term.text}"
            assert term.text == term.text.strip()
            assert len(term.group) >= 2
        for one in dictionary.terms:
            for other in dictionary.terms:
                nested = one is not other and one.text in other.text
                assert not nested or other.text in one.not_in, f"{name} counts {other.text} and the {one.text} in it"


def test_words_as_they_are_typed() -> None:
    found = terms.of_words(["人工智能|AI", "产业"], ["产业园"])
    assert found.groups == ("人工智能", "产业")
    assert found.terms[2].not_in == ("产业园",)
    for words, not_in, code in (([], [], "no_terms"), (["a", "a"], [], "twice"), ([" "], [], "empty_term"),
                                (["a"], ["b"], "idle_context"), (["a"], ["a"], "idle_context")):  # fmt: skip
        with pytest.raises(DictionaryError) as caught:
            terms.of_words(words, not_in)
        assert caught.value.code == code


def test_dictionaries_are_listed_and_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    for language, name in (("zh", "数字经济（短表）"), ("en", "Digital economy, short")):
        code, out, _ = run("dictionaries", "--lang", language, capsys=capsys)
        assert code == 0
        assert name in out
        code, out, _ = run("dictionaries", "risk", "--lang", language, capsys=capsys)
        assert code == 0
        assert "影子银行" in out
    target = tmp_path / "opening.csv"
    assert run("dictionaries", "opening", "-o", target, capsys=capsys)[0] == 0
    rows = list(csv.DictReader(target.open(encoding="utf-8-sig")))
    assert {row["group"] for row in rows} == set(terms.load("opening").groups)
    assert run("dictionaries", "nonsense", capsys=capsys)[0] == 2
    assert files.load("opening").id == "opening"
