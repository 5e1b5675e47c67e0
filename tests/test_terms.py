"""Terms are counted as a plain search counts them, whatever they are split by; panels are balanced."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

import saidao
from saidao import terms
from saidao.errors import UsageError
from saidao.lexicon import load
from saidao.terms import Dictionary, Matcher, Term, reading
from word_reports import REPORTS, TEXT, build, plain


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("terms"))


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


@pytest.mark.parametrize("scope", [{}, {"section": "review_year"}, {"year": 2025}])
def test_several_splits_in_one_pass_are_each_as_by_itself(
    database: Path, tmp_path: Path, scope: dict[str, Any]
) -> None:
    lacking = tmp_path / "lacking.duckdb"
    lacking.write_bytes(database.read_bytes())
    with duckdb.connect(str(lacking)) as opened:
        opened.execute("UPDATE documents SET adcode = NULL, region = NULL WHERE adcode = '510000'")
        opened.execute("UPDATE documents SET year = NULL, date = NULL WHERE adcode = '330000'")
    splits = [(["group"], False), (["group", "year"], True), (["region", "year"], True), (["section", "term"], False)]
    for path in (database, lacking):
        with saidao.open(path) as read:
            found = read.term_splits(["人工智能|AI", "产业"], splits, **scope)
            alone = [read.term_counts(["人工智能|AI", "产业"], by=by, panel=panel, **scope) for by, panel in splits]
        assert found == alone


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


def test_the_memory_limit_is_given_back(database: Path) -> None:
    def limit(connection: duckdb.DuckDBPyConnection) -> str:
        return str(connection.execute("SELECT current_setting('memory_limit')").fetchall()[0][0])

    with saidao.open(database) as opened:
        connection = opened.connection
        connection.execute("SET memory_limit = '1234567890B'")
        before = limit(connection)
        for _ in range(3):
            opened.terms("产业").rows()
            assert limit(connection) == before, "it does not wear off"
        # Two that overlap and end in the order they began: the last gives back what the first found.
        first, second = reading.modest(connection), reading.modest(connection.cursor())
        first.__enter__()
        second.__enter__()
        first.__exit__(None, None, None)
        assert limit(connection) != before
        second.__exit__(None, None, None)
        assert limit(connection) == before
        with pytest.raises(ZeroDivisionError), reading.modest(connection):
            raise ZeroDivisionError
        assert limit(connection) == before
