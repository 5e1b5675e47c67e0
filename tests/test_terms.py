"""Counting terms: what a plain loop over the text counts, in every split; dictionaries, panels, lines, commands."""

from __future__ import annotations

import csv
import random
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

import saidao
from saidao import terms
from saidao.cli import main
from saidao.errors import UsageError
from saidao.lexicon import load
from saidao.terms import Dictionary, DictionaryError, Matcher, Term, files, reading

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def plain(text: str, terms: tuple[Term, ...]) -> list[tuple[int, int, int]]:
    """The hits as the definition says: every place where a term stands, unless inside a context."""
    found = []
    for n, term in enumerate(terms):
        for at in range(len(text) - len(term.text) + 1):
            if text.startswith(term.text, at) and not forbidden(text, at, term):
                found.append((at, at + len(term.text), n))
    return sorted(found)


def forbidden(text: str, at: int, term: Term) -> bool:
    for context in term.not_in:
        for first in range(max(at + len(term.text) - len(context), 0), at + 1):
            inside = first <= at and at + len(term.text) <= first + len(context)
            if inside and text.startswith(context, first):
                return True
    return False


LETTERS = st.sampled_from("甲乙产业A１😀𠮷")
TEXTS = st.text(LETTERS, max_size=60)


@st.composite
def lists_of_terms(draw: st.DrawFn) -> tuple[Term, ...]:
    words = draw(st.lists(st.text(LETTERS, min_size=1, max_size=4), min_size=1, max_size=12, unique=True))
    made = []
    for word in words:
        around = draw(st.lists(st.tuples(st.text(LETTERS, max_size=2), st.text(LETTERS, max_size=2)), max_size=2))
        contexts = dict.fromkeys(before + word + behind for before, behind in around if before or behind)
        made.append(Term(word, draw(st.sampled_from("gh")), tuple(contexts)))
    return tuple(made)


@given(TEXTS, lists_of_terms())
def test_hits_are_those_of_a_plain_search(text: str, chosen: tuple[Term, ...]) -> None:
    found = Matcher(chosen).find(text)
    assert sorted(found) == plain(text, chosen)
    for start, end, n in found:
        assert text[start:end] == chosen[n].text


def test_nested_overlapping_and_excluded_hits() -> None:
    chosen = terms.of_words(["产业", "第三产业", "三产", "产业园"], ["第三产业园"]).terms
    text = "第三产业园、第三产业、产业园"
    found = [(start, chosen[n].text) for start, _, n in Matcher(chosen).find(text)]
    assert found == [(6, "第三产业"), (7, "三产"), (8, "产业"), (11, "产业"), (11, "产业园")]


def test_full_and_half_width_are_different() -> None:
    assert Matcher(terms.of_words(["AI", "ＡＩ"]).terms).find("AIＡＩA I") == [(0, 2, 0), (2, 4, 1)]


# -- counts over a database -------------------------------------------------------------------------------------------

TEXT = """{year}年{place}政府工作报告
各位代表：现在报告工作。
一、{past}年工作回顾
过去一年，{place}地区生产总值增长5%，{past}年发展人工智能和产业集群，人工智能产业壮大。
二、{year}年工作安排
今年经济社会发展主要预期目标是：地区生产总值增长5%左右。
我们要发展低空经济{extra}，建设第三产业园，促进第三产业发展。😀人工智能
"""
REPORTS = [
    ("湖南省", 2024, ""),
    ("湖南省", 2026, "、数字经济"),
    ("四川省", 2024, "和人工智能"),
    ("四川省", 2025, ""),
    ("浙江省", 2026, ""),
]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("terms")
    for place, year, extra in REPORTS:
        text = TEXT.format(place=place, year=year, past=year - 1, extra=extra)
        (folder / f"{year}年{place}政府工作报告.txt").write_text(text, encoding="utf-8")
    saidao.build(folder, folder / "a.duckdb", jobs=1)
    return folder / "a.duckdb"


WORDS = ["人工智能", "人工", "产业", "第三产业", "低空经济", "元宇宙"]


def measured(database: Path, dictionary: Dictionary, by: tuple[str, ...]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Every measure by a plain loop over documents, sentences and terms."""
    with duckdb.connect(str(database), read_only=True) as connection:
        documents = connection.execute("SELECT id, region, year, type, level, date, text FROM documents").fetchall()
        sentences = connection.execute('SELECT document_id, "start", section FROM sentences ORDER BY 1, 2').fetchall()
    parts: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for id, start, role in sentences:
        parts[id].append((start, role))
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    whole = len(dictionary.terms)
    for id, region, year, type, level, _, text in documents:
        starts = [0, *(start for start, _ in parts[id][1:])]
        roles = [role for _, role in parts[id]]
        hits = plain(text, dictionary.terms)
        for role in sorted(set(roles)) if "section" in by else [None]:
            labels = range(whole) if "term" in by else dictionary.groups if "group" in by else [None]
            for label in labels:
                values = {"region": region, "year": year, "type": type, "level": level, "section": role}
                if "term" in by:
                    values |= {"term": dictionary.terms[label].text}  # type: ignore[index]
                elif "group" in by:
                    values |= {"group": label}
                cell = found.setdefault(
                    tuple(values[name] for name in by if name in values),
                    {
                        "documents": 0,
                        "characters": 0,
                        "sentences": 0,
                        "hits": 0,
                        "documents_with": 0,
                        "sentences_with": 0,
                    },
                )
                mine = [n for n, each in enumerate(roles) if role is None or each == role]
                ends = [*starts[1:], len(text)]
                cell["documents"] += 1
                cell["characters"] += sum(ends[n] - starts[n] for n in mine)
                cell["sentences"] += len(mine)
                places = [
                    max(n for n, start in enumerate(starts) if start <= at)
                    for at, _, t in hits
                    if label is None or label in (t, dictionary.terms[t].group)
                ]
                places = [n for n in places if n in mine]
                cell["hits"] += len(places)
                cell["documents_with"] += bool(places)
                cell["sentences_with"] += len(set(places))
    return found


@pytest.mark.parametrize(
    "by",
    [("term",), ("group",), ("region", "year"), ("year", "term"), ("region", "section", "term"), ("section",), ("type", "group")],
    ids=",".join,
)  # fmt: skip
@pytest.mark.parametrize("characters", [1 << 17, 300])
def test_measures_are_those_of_a_plain_loop(
    database: Path, by: tuple[str, ...], characters: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading.batches, "__defaults__", (characters,))
    monkeypatch.setattr(reading, "_SORTED", 10 * characters)
    dictionary = Dictionary("", tuple(Term(w, w[-2:], ("第三产业园",) if "产业" in w else ()) for w in WORDS))
    with saidao.open(database) as opened:
        counts = terms.count(opened.connection, load(), dictionary, by=by)
    expected = measured(database, dictionary, by)
    keys = [name for name in by if name != "group" or "term" not in by]
    assert len(counts.rows) == len(expected)
    for row in counts.rows:
        wanted = expected[tuple(row[key] for key in keys)]
        assert {name: row[name] for name in wanted} == wanted
        assert (row["first_start"] is None) == (row["hits"] == 0)
    assert counts.total["hits"] == sum(row["hits"] for row in counts.rows), "totals over groups add up"
    assert counts.total["documents"] == len(REPORTS)


@given(st.lists(st.sampled_from(WORDS), min_size=1, unique=True), st.randoms(use_true_random=False))
def test_totals_do_not_depend_on_the_split(database: Path, words: list[str], chance: random.Random) -> None:
    by = chance.sample(["region", "year", "type", "section", "term"], chance.randint(1, 4))
    with saidao.open(database) as opened:
        counts = opened.term_counts(words, by=by)
        whole = opened.term_counts(words)
    assert counts.total == whole.total
    assert sum(row["hits"] for row in counts.rows) == whole.total["hits"]


def test_first_use_is_exact(database: Path) -> None:
    with saidao.open(database) as opened:
        [row] = opened.terms("数字经济").rows()
        text = opened.document(row["first_document"])["text"]
        assert (row["first_year"], row["first_region"]) == (2026, "湖南省")
        assert text[row["first_start"] :].startswith("数字经济")
        for row in opened.terms(WORDS, by=["region", "year", "section", "term"]).rows():
            if row["hits"]:
                text = opened.document(row["first_document"])["text"]
                assert text[row["first_start"] :].startswith(row["term"])
                assert text.find(row["term"]) <= row["first_start"]


def test_rates(database: Path) -> None:
    with saidao.open(database) as opened:
        [row] = opened.terms("人工智能", tokens=True).rows()
    assert (row["documents"], row["documents_with"], row["document_share"]) == (5, 5, 1)
    assert row["per_10000"] == (Decimal(row["hits"]) * 10_000 / row["characters"]).quantize(Decimal("1e-8"))
    assert row["sentence_share"] == (Decimal(row["sentences_with"]) / row["sentences"]).quantize(Decimal("1e-8"))
    assert 0 < row["tokens"] < row["characters"]
    assert row["per_100_tokens"] == (Decimal(row["hits"]) * 100 / row["tokens"]).quantize(Decimal("1e-8"))


def test_a_panel_is_balanced_and_its_gaps_are_gaps(database: Path) -> None:
    with saidao.open(database) as opened:
        counts = opened.term_counts(["低空经济", "元宇宙"], by=["region", "year", "term"], panel=True)
        wider = opened.term_counts("元宇宙", panel=True, year="2023-2026", region=["湖南", "广东"])
        provinces = opened.term_counts("元宇宙", panel=True, level="province")
    rows = {(row["region"], row["year"], row["term"]): row for row in counts.rows}
    assert len(rows) == 3 * 3 * 2
    with_report = {(place, year) for place, year, _ in REPORTS}
    for (place, year, term), row in rows.items():
        assert row["adcode"] in ("430000", "510000", "330000")
        if (place, year) in with_report:
            assert row["documents"] == 1
            assert row["hits"] == (term == "低空经济")
        else:
            assert row["documents"] == 0
            gaps = set(counts.columns) - {"region", "adcode", "year", "group", "term", "documents"}
            assert {row[name] for name in gaps} == {None}, "no document is not zero"
    assert [(row["region"], row["year"], row["hits"]) for row in wider.rows] == [
        *(("湖南省", year, 0 if year in (2024, 2026) else None) for year in range(2023, 2027)),
        *(("广东省", year, None) for year in range(2023, 2027)),
    ]
    assert len(provinces.rows) == 31 * 3
    assert len({row["adcode"] for row in provinces.rows}) == 31


def test_documents_without_a_place(database: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("某处的消息\n人工智能产业发展得很快，大家都很高兴。", encoding="utf-8")
    (folder / "2026年湖南省政府工作报告.txt").write_text(
        TEXT.format(place="湖南省", year=2026, past=2025, extra=""), encoding="utf-8"
    )
    saidao.build(folder, tmp_path / "a.duckdb", jobs=1)
    with saidao.open(tmp_path / "a.duckdb") as opened:
        rows = opened.terms("人工智能", by="region").rows()
        panel = opened.term_counts("人工智能", panel=True)
    assert [(row["region"], row["adcode"], row["hits"]) for row in rows] == [("湖南省", "430000", 3), (None, None, 1)]
    assert (panel.left_out, [row["hits"] for row in panel.rows]) == (1, [3])


def test_sections_filter_documents_characters_and_hits(database: Path) -> None:
    with saidao.open(database) as opened:
        [row] = opened.terms("人工智能", section="review_year").rows()
        every = opened.terms("人工智能", by=["section", "term"]).rows()
        with pytest.raises(UsageError):
            opened.terms("人工智能", section="nonsense")
        with pytest.raises(UsageError):
            opened.terms("人工智能", by="nonsense")
    [same] = [each for each in every if each["section"] == "review_year"]
    assert {name: same[name] for name in row} == row


def test_real_texts_are_counted_like_a_plain_search(shared: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("provincial-2026", "news"):
        (folder / name).symlink_to(shared / "corpus" / name)
    saidao.build([shared / "corpus" / "provincial-2026", shared / "corpus" / "news"], tmp_path / "a.duckdb", jobs=1)
    with duckdb.connect(str(tmp_path / "a.duckdb")) as connection:
        texts = [row[0] for row in connection.execute("SELECT text FROM documents").fetchall()]
    chance = random.Random(4)
    words: dict[str, None] = {}
    while len(words) < 300:
        text = chance.choice(texts)
        length = chance.randint(1, 9)
        at = chance.randrange(max(len(text) - length, 1))
        word = text[at : at + length].strip()
        if word and not any(c in word for c in "\n|"):
            words[word] = None
    expected = {word: sum(overlapping(text, word) for text in texts) for word in words}
    with saidao.open(tmp_path / "a.duckdb") as opened:
        by_term = opened.term_counts(list(words))
        by_region = opened.term_counts(list(words), by=["region", "year", "section", "term"])
        line = opened.concordance(next(iter(words))).rows()
    assert {row["term"]: row["hits"] for row in by_term.rows} == expected
    added = Counter[str]()
    for row in by_region.rows:
        added[row["term"]] += row["hits"]
    assert dict(added) == expected
    assert len(line) == expected[next(iter(words))]
    assert by_term.total["characters"] == sum(map(len, texts))


def overlapping(text: str, term: str) -> int:
    count, at = 0, text.find(term)
    while at >= 0:
        count, at = count + 1, text.find(term, at + 1)
    return count


# -- lines ------------------------------------------------------------------------------------------------------------


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


# -- dictionaries -----------------------------------------------------------------------------------------------------

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


def test_fifty_thousand_terms(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "many.txt"
    words = [
        f"{a}{b}{c}"
        for a in "甲乙丙丁戊己庚辛壬癸"
        for b in map(chr, range(0x4E00, 0x4E64))
        for c in map(chr, range(0x5000, 0x5032))
    ]
    path.write_text("\n".join(["人工智能", *words]), encoding="utf-8")
    assert len(terms.read(path).terms) == 50_001
    with saidao.open(database) as opened:
        found = opened.term_counts(dictionary=path)
    assert found.rows[0]["hits"] == found.total["hits"] == 16


# -- commands ---------------------------------------------------------------------------------------------------------


def run(*arguments: str | Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main([str(argument) for argument in arguments])
    out, error = capsys.readouterr()
    return code, out, error


def test_the_table_in_both_languages(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    code, out, _ = run("terms", database, "人工智能", "低空经济", "--lang", "zh", capsys=capsys)
    assert code == 0
    head, first, second, _, below, all_terms = out.splitlines()
    assert head.split() == ["词", "次数", "文件数", "每万字", "句子占比", "最早使用"]
    assert first.split()[:3] == ["人工智能", "16", "5/5"]
    assert second.split()[:3] == ["低空经济", "5", "5/5"]
    assert below.startswith("5 篇文件")
    assert "21 次" in all_terms
    code, out, _ = run("terms", database, "人工智能", "--tokens", "--by", "region,year", "--lang", "en", capsys=capsys)
    assert code == 0
    assert out.splitlines()[0].split("  ")[0] == "region"
    assert "per 100 words" in out
    code, out, error = run("terms", database, "元宇宙", "--lang", "zh", capsys=capsys)
    assert (code, error) == (1, "没有一处。\n")
    assert "0/5" in out
    code, out, error = run("terms", database, "元宇宙", "--year", "1999", "--lang", "en", capsys=capsys)
    assert (code, out, error) == (1, "", "No document fits.\n")


def test_a_panel_on_the_terminal_and_in_files(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run("terms", database, "人工智能", "--panel", "--lang", "en", capsys=capsys)
    assert code == 0
    assert "no document, which is not zero" in out
    assert len([line for line in out.splitlines() if "—" in line and "省" in line]) == 4
    for suffix in ("csv", "jsonl", "parquet", "xlsx", "dta"):
        target = tmp_path / f"panel.{suffix}"
        arguments = (
            "terms",
            database,
            "--dictionary",
            "digital_economy_short",
            "--panel",
            "-o",
            target,
            "--lang",
            "zh",
        )
        code, out, error = run(*arguments, capsys=capsys)
        assert (code, out) == (0, ""), error
        assert "9 行" in error
    rows = list(csv.DictReader((tmp_path / "panel.csv").open(encoding="utf-8-sig")))
    assert len(rows) == 9
    assert [row["hits"] for row in rows if row["documents"] == "0"] == [""] * 4
    book = openpyxl.load_workbook(tmp_path / "panel.xlsx").active
    assert book is not None
    assert [cell.value for cell in book[1]][:5] == ["地区", "行政区划代码", "年份", "文件数", "出现该词的文件数"]
    frame, about = pyreadstat.read_dta(str(tmp_path / "panel.dta"))
    assert about.column_names_to_labels["per_10000"] == "每万字次数"
    assert about.variable_value_labels["adcode"][430000] == "湖南省"
    assert frame["hits"].isna().sum() == (frame["documents"] == 0).sum() == 4
    assert frame["adcode"].tolist()[:3] == [330000] * 3
    read = pandas.read_stata(tmp_path / "panel.dta")
    assert read["adcode"].tolist()[0] == "浙江省"
    assert read["hits"].sum() == duckdb.sql(f"SELECT sum(hits) FROM '{tmp_path}/panel.parquet'").fetchall()[0][0]


def test_files_keep_labels_in_the_language(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "panel.dta"
    run(
        "terms",
        database,
        "人工智能",
        "--by",
        "region,year,section",
        "--panel",
        "-o",
        target,
        "--lang",
        "en",
        capsys=capsys,
    )
    _, about = pyreadstat.read_dta(str(target))
    assert about.column_names_to_labels["hits"] == "hits"
    assert "Hunan" in about.variable_value_labels["adcode"][430000]
    assert "plan of the year" in about.variable_value_labels["section"].values()


def test_charts_of_regions_and_terms(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("matplotlib")
    for name, arguments in (("a.svg", ["--by", "region"]), ("b.svg", []), ("c.png", ["--measure", "document_share"])):
        arguments = [
            "terms",
            str(database),
            "人工智能",
            "低空经济",
            *arguments,
            "--chart",
            str(tmp_path / name),
            "--lang",
            "zh",
        ]
        code, _, error = run(*arguments, capsys=capsys)
        assert code == 0, error
        assert name in error
    assert "湖南省" in (tmp_path / "a.svg").read_text("utf-8")
    assert "低空经济" in (tmp_path / "b.svg").read_text("utf-8")
    assert (tmp_path / "c.png").read_bytes().startswith(b"\x89PNG")


def test_wrong_calls_are_said(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_text(HEAD + "group,term\n数,数字\n数,数字\n", encoding="utf-8")
    for arguments, said in (
        ([], "--dictionary"),
        (["人工智能", "--by", "colour"], "region, year"),
        (["人工智能", "--section", "nonsense"], "plan_year"),
        (["人工智能", "--dictionary", "risk"], "not both"),
        (["--dictionary", "nonsense"], "digital_economy_short"),
        (["--dictionary", str(tmp_path / "a.csv")], "a.csv:7"),
        (["人工智能", "人工智能"], "twice"),
        (["人工智能", "--chart", "a.pdf"], ".svg"),
    ):
        code, _, error = run("terms", database, *arguments, "--lang", "en", capsys=capsys)
        assert code == 2
        assert said in error
    code, _, error = run("terms", database, "--dictionary", tmp_path / "a.csv", "--lang", "zh", capsys=capsys)
    assert "第 6 行已有" in error


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
