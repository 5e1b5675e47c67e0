"""Phrases: whole ones are found, counted exactly, compared and followed; words; the commands in both languages."""

from __future__ import annotations

import itertools
import json
import math
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import saidao
from saidao.cli import main
from saidao.errors import UsageError
from saidao.lexicon import load
from saidao.phrases.bursts import Burst, bursts
from saidao.phrases.choose import Phrase, folded
from saidao.phrases.codes import Codes, hashes
from saidao.phrases.comparison import class_of, log_odds
from saidao.phrases.finding import find
from saidao.phrases.matching import Matcher
from saidao.phrases.spread import occurrences
from saidao.phrases.table import Table

PLANTED = ("新质生产力", "补短板锻长板", "提升制造业核心竞争力", "因地制宜发展新质生产力", "投资于人", "人工智能+")

_STARTS = ("我们要", "坚持", "大力推进", "继续", "必须重视", "全省上下", "今年")
_VERBS = ("做好", "抓好", "扩大", "支持", "完善", "重视", "研究")
_NOUNS = ("农村公路", "职业教育", "水库", "医院", "粮食", "港口", "学校", "渔业", "森林", "博物馆", "电网", "住房", "旅游", "体育",
          "邮政", "气象", "档案", "蔬菜", "桥梁", "图书馆")  # fmt: skip


def sentences(seed: int, count: int, planted: dict[str, float]) -> list[str]:
    """Sentences of common words; each planted phrase stands in the share of them that is given."""
    draw = random.Random(seed)
    found = []
    for _ in range(count):
        parts = [draw.choice(_STARTS) + draw.choice(_VERBS) + draw.choice(_NOUNS)]
        for phrase, share in planted.items():
            if draw.random() < share:
                form = draw.choice(("{v}{p}", "{p}", "把{p}放在首位", "{v}{p}和{n}", "“{p}”的{n}"))
                parts.append(form.format(v=draw.choice(_VERBS), p=phrase, n=draw.choice(_NOUNS)))
        parts.append(draw.choice(_VERBS) + draw.choice(_NOUNS) + "和" + draw.choice(_NOUNS))
        found.append("，".join(parts) + "。")
    return found


OLD = {"一带一路建设": 0.15, "互联网金融": 0.15, "新质生产力": 0.05}
NEW = dict.fromkeys(PLANTED, 0.12) | {"一带一路建设": 0.15}
PLACES = ("湖南省", "四川省", "浙江省", "甘肃省", "海南省")


def texts_of(year: int) -> Iterator[tuple[str, str]]:
    for n, place in enumerate(PLACES):
        body = "\n".join(sentences(100 * year + n, 60, NEW if year == 2026 else OLD))
        yield place, f"{year}年{place}政府工作报告\n各位代表：\n一、{year - 1}年工作回顾\n{body}"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("phrases")
    for year in (2025, 2026):
        for place, text in texts_of(year):
            (folder / f"{place}-{year}.txt").write_text(text, encoding="utf-8")
    report = "2024年政府工作报告\n各位代表：\n现在，我代表国务院，向大会报告政府工作。\n要发展新质生产力，做好粮食。"
    (folder / "2024年中华人民共和国国务院政府工作报告.txt").write_text(report, encoding="utf-8")
    saidao.build(folder, folder / "made.duckdb", jobs=1)
    return folder / "made.duckdb"


def texts(database: Path, where: str = "true") -> dict[str, str]:
    with saidao.open(database) as opened:
        return {row["id"]: row["text"] for row in opened.sql(f"SELECT id, text FROM documents WHERE {where}")}


def compared(database: Path, **more: Any) -> list[dict[str, Any]]:
    with saidao.open(database) as opened:
        return opened.phrases(year=2026, against=2025, level="province", **more).rows()


def test_planted_phrases_are_found_whole(database: Path) -> None:
    found = {row["phrase"]: row for row in compared(database)}
    assert set(PLANTED) <= set(found)
    # nothing that is only a part of one
    fragments = {p[i:j] for p in PLANTED for i, j in itertools.combinations(range(len(p) + 1), 2)}
    assert not (fragments - set(PLANTED)) & set(found)
    assert found["补短板锻长板"]["class"] == "new"
    assert found["新质生产力"]["class"] == "rising"
    assert found["互联网金融"]["class"] == "vanished"
    assert found["一带一路建设"]["class"] == "frequent"
    assert "各位代表" not in found


def test_counts_equal_a_plain_count(database: Path) -> None:
    new, old = texts(database, "year = 2026"), texts(database, "year = 2025")
    rows = compared(database)
    assert rows
    for row in rows:
        for name, group in (("", new), ("_against", old)):
            uses = [occurrences(text, row["phrase"]) for text in group.values()]
            assert row[f"uses{name}"] == sum(uses), row["phrase"]
            assert row[f"documents{name}"] == sum(map(bool, uses))
            assert row[f"regions{name}"] == sum(map(bool, uses))  # one report a region


def test_examples_stand_where_they_say(database: Path) -> None:
    every = texts(database)
    for row in compared(database):
        assert every[row["document"]][row["start"] : row["end"]] == row["phrase"]
        at = row["quote_start"]
        assert row["sentence"][at : at + len(row["phrase"])] == row["phrase"]
        for place in row["more"]:
            document, start = place.split(":")
            assert every[document].startswith(row["phrase"], int(start))


def test_the_answer_is_the_same_each_time(database: Path) -> None:
    assert compared(database) == compared(database)


def test_groups_are_exchanged(database: Path) -> None:
    there = {row["phrase"]: row for row in compared(database)}
    with saidao.open(database) as opened:
        back = {row["phrase"]: row for row in opened.phrases(year=2025, against=2026, level="province")}
    mirrored = {"new": "vanished", "rising": "fading", "frequent": "frequent", "fading": "rising", "vanished": "new"}
    assert there.keys() == back.keys()
    for phrase, row in there.items():
        assert back[phrase]["class"] == mirrored[row["class"]]
        assert back[phrase]["z"] == -row["z"]
        assert (back[phrase]["uses"], back[phrase]["uses_against"]) == (row["uses_against"], row["uses"])


def test_the_rest_and_the_centre(database: Path) -> None:
    with saidao.open(database) as opened:
        report = opened.phrase_report(year=2026, region="湖南", against_region="rest")
        assert (report.documents, report.documents_against) == (1, 4)
        report = opened.phrase_report(level="province", against_level="central")
        assert (report.documents, report.documents_against) == (10, 1)
        assert opened.phrase_report(year=1999).records == []
        with pytest.raises(UsageError, match="classes are"):
            opened.phrases(classes="unknown")
        with pytest.raises(UsageError, match="compare with"):
            opened.phrases(classes="new")


@given(
    st.lists(st.text("甲乙丙丁，\n", max_size=40), min_size=1, max_size=5),
    st.sets(st.text("甲乙丙丁", min_size=1, max_size=5), min_size=1, max_size=8),
)
def test_every_place_is_matched(documents: list[str], wanted: set[str]) -> None:
    phrases = sorted(wanted)
    codes = Codes(documents)
    found = {
        (int(n), int(at))
        for _, places, numbers in Matcher.of(phrases).find(codes)
        for n, at in zip(numbers, places, strict=True)
    }
    whole = "\n".join(documents) + "\n"
    assert found == {
        (n, at) for n, phrase in enumerate(phrases) for at in range(len(whole)) if whole.startswith(phrase, at)
    }


@given(st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=20))
def test_a_text_and_a_stretch_have_the_same_hash(some: list[str]) -> None:
    codes = Codes(some)
    ends = codes.starts + np.array([len(text) for text in some])
    assert codes.hashes(codes.starts, ends).tolist() == hashes(some).tolist()


@given(st.lists(st.lists(st.integers(0, 30), max_size=30), max_size=12))
def test_a_table_counts_what_it_keeps(batches: list[list[int]]) -> None:
    whole, small = Table(1, 1000), Table(1, 8)
    for batch in batches:
        keys, counts = np.unique(np.array(batch, np.uint64), return_counts=True)
        whole.add(keys, counts)
        small.add(keys, counts)
        len(small)  # merges
    true = {n: sum(batch.count(n) for batch in batches) for n in range(31)}
    assert dict(zip(whole.keys.tolist(), whole.counts[0].tolist(), strict=True)) == {n: c for n, c in true.items() if c}
    assert len(small) <= 8
    for key, count in zip(small.keys.tolist(), small.counts[0].tolist(), strict=True):
        assert true[key] - small.dropped <= count <= true[key]
    kept = set(small.keys.tolist())
    assert all(count <= small.dropped for key, count in true.items() if key not in kept)


def test_bounded_memory_finds_what_is_frequent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("saidao.phrases.table.WAITING", 500)
    monkeypatch.setattr("saidao.phrases.finding.KEPT", 3000)
    documents = ["\n".join(sentences(n, 60, NEW)) for n in range(20)]
    found = find(lambda: iter([([n], [text]) for n, text in enumerate(documents)]), len(documents), load(), 3, 3)
    assert found.missed > 0
    by_text = {phrase.text: phrase for phrase in found.phrases}
    assert set(PLANTED) <= set(by_text)
    for phrase in PLANTED:
        assert by_text[phrase].uses == sum(occurrences(text, phrase) for text in documents)


def test_folding() -> None:
    def phrase(text: str, uses: int) -> Phrase:
        return Phrase(text, uses, 1.0, 1.0, 0.0, 1.0)

    kept = folded([phrase("核心竞争力", 10), phrase("制造业核心竞争力", 9), phrase("提升制造业核心竞争力", 4)])
    assert [each.text for each in kept] == ["制造业核心竞争力", "提升制造业核心竞争力"]


def test_nothing_kept_stands_always_in_a_longer_one(database: Path) -> None:
    rows = compared(database)
    uses = {row["phrase"]: row["uses"] + row["uses_against"] for row in rows}
    for long, short in itertools.permutations(uses, 2):
        if short in long:
            assert uses[long] * occurrences(long, short) < 0.8 * uses[short], (short, long)


def test_log_odds_by_hand() -> None:
    # 30 of 1000 words against 10 of 2000, prior 0.1: 4 of 300 words in each
    delta, z = log_odds(30, 1000, 10, 2000, 0.1)
    expected = math.log(34 / (1000 + 300 - 34)) - math.log(14 / (2000 + 300 - 14))
    assert delta == pytest.approx(expected)
    assert delta == pytest.approx(1.47826, abs=1e-4)
    assert z == pytest.approx(expected / math.sqrt(1 / 34 + 1 / 14))
    assert log_odds(0, 10, 0, 10) == (0.0, 0.0)
    assert [class_of(*case) for case in ((3, 0, 1.0), (0, 3, -1.0), (3, 3, 2.0), (3, 3, 0.0), (3, 3, -2.0))] == [
        "new", "vanished", "rising", "frequent", "fading",
    ]  # fmt: skip


def kleinberg(uses: list[int], totals: list[int], scaling: float, gamma: float) -> list[int]:
    """All sequences of states tried: the cheapest by the formulas of the paper, binomial coefficients and all."""
    usual = sum(uses) / sum(totals)
    shares = (usual, scaling * usual)
    enter = gamma * math.log(len(uses))

    def cost(states: tuple[int, ...]) -> float:
        whole, before = 0.0, 0
        for state, r, d in zip(states, uses, totals, strict=True):
            p = shares[state]
            whole += enter if state > before else 0.0
            whole -= math.log(math.comb(d, r) * p**r * (1 - p) ** (d - r))
            before = state
        return whole

    return list(min(itertools.product((0, 1), repeat=len(uses)), key=lambda states: (cost(states), states)))


def test_kleinberg_on_a_small_case() -> None:
    uses, totals = [1, 1, 8, 9, 1, 1], [100] * 6
    assert kleinberg(uses, totals, 2.0, 1.0) == [0, 0, 1, 1, 0, 0]
    [burst] = bursts(uses, totals)
    assert (burst.first, burst.last) == (2, 3)
    usual = 21 / 600
    weight = sum(r * math.log(2) + (100 - r) * math.log((1 - 2 * usual) / (1 - usual)) for r in (8, 9))
    assert burst.weight == pytest.approx(weight)
    assert bursts([5, 5, 5], [100] * 3) == []
    assert bursts([0, 0], [10, 10]) == []
    assert bursts([], []) == []


@given(st.lists(st.integers(0, 12), min_size=2, max_size=8))
def test_bursts_are_the_cheapest_states(uses: list[int]) -> None:
    totals = [60] * len(uses)
    found: list[Burst] = bursts(uses, totals)
    states = [int(any(burst.first <= k <= burst.last for burst in found)) for k in range(len(uses))]
    if sum(uses):
        best = kleinberg(uses, totals, 2.0, 1.0)
        # two sequences may cost the same
        assert states == best or all(burst.weight >= math.log(len(uses)) - 1e-9 for burst in found)
    else:
        assert states == [0] * len(uses)


def test_spread(database: Path) -> None:
    with saidao.open(database) as opened:
        rows = opened.spread("新质生产力").rows()
        curve = opened.spread("新质生产力", part="curve").rows()
    assert rows[0]["level"] == "central"
    every = texts(database)
    for row in rows:
        assert row["lag_years"] == row["first_year"] - 2024
        assert every[row["document"]][row["start"] : row["end"]] == "新质生产力"
        assert row["censored"] == (row["first_year"] == row["known_from"])
    assert sum(row["uses"] for row in rows) == sum(occurrences(text, "新质生产力") for text in every.values())
    assert [c["adopted"] for c in curve if c["level"] == "province"][-1] == len(rows) - 1
    assert sum(c["uses"] for c in curve) == sum(row["uses"] for row in rows)


def test_words(database: Path) -> None:
    with saidao.open(database) as opened:
        rows = opened.words(year=2026, level="province").rows()
    found = {row["word"]: row for row in rows}
    assert found["粮食"]["documents"] == found["粮食"]["regions"] == 5
    assert "我们" not in found
    assert rows == sorted(rows, key=lambda r: (-r["uses"], -r["documents"], r["word"]))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["phrases", "--year", "2026", "--against", "2025", "--class", "new"],
        ["phrases", "--level", "province"],
        ["words", "--limit", "5"],
        ["words", "--stop-words"],
        ["spread", "新质生产力"],
        ["spread", "新质生产力", "--part", "curve"],
    ],
)
def test_commands(
    database: Path, tmp_path: Path, language: str, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    [name, *rest] = arguments
    line = [name, str(database), *rest, "--lang", language]
    assert main(line) == 0
    assert capsys.readouterr().out.strip()
    for format in ("csv", "jsonl", "parquet", "xlsx"):
        assert main([*line, "-o", str(tmp_path / f"out.{format}")]) == 0
        assert (tmp_path / f"out.{format}").stat().st_size
    records = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert records
    assert main([name, "--help", "--lang", language]) == 0


def records_of(file: Path, *line: str) -> list[dict[str, Any]]:
    assert main([*line, "-o", str(file)]) == 0
    return [json.loads(row) for row in file.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    ("arguments", "key", "file", "row", "gone"),
    [
        (["phrases", "--year", "2026"], "phrase", "phrase_stops", "id,note\n补短板锻长板,\n", "补短板锻长板"),
        (["words", "--year", "2026"], "word", "stop_words", "id,note\n粮食,\n", "粮食"),
        (
            ["words", "--year", "2026"],
            "word",
            "indicators",
            "id,zh,en,kinds,units,variants\nown,新质生产力,new forces,level,元,新质生产力\n",
            "生产力",
        ),
    ],
)
def test_commands_take_data_files_of_ones_own(
    database: Path, tmp_path: Path, arguments: list[str], key: str, file: str, row: str, gone: str
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / f"{file}.csv").write_text(row, encoding="utf-8")
    line = [arguments[0], str(database), *arguments[1:]]
    without = {record[key] for record in records_of(tmp_path / "a.jsonl", *line)}
    with_own = {record[key] for record in records_of(tmp_path / "b.jsonl", *line, "--lexicon", str(own))}
    assert gone in without
    assert gone not in with_own


def test_spread_takes_data_files_of_ones_own(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "types.csv").write_text("id,zh\nwork_report,施政讲稿\n", encoding="utf-8")
    line = ["spread", str(database), "新质生产力", "--type", "施政讲稿"]
    assert main(line) == 1
    assert records_of(tmp_path / "a.jsonl", *line, "--lexicon", str(own))
    capsys.readouterr()
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    (wrong / "types.csv").write_text("id,zh\nwork_report\n", encoding="utf-8")
    for name in ("spread", "phrases", "words"):
        assert main([name, str(database), *(["新质生产力"] if name == "spread" else []), "--lexicon", str(wrong)]) == 2
        assert "types.csv:2:" in capsys.readouterr().err


def test_several_processes_find_the_same(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from saidao.phrases import jobs, report, texts

    monkeypatch.setattr(report, "WORTHWHILE", 0)
    monkeypatch.setattr(texts, "BATCH", 4000)
    started: list[int] = []
    pool = jobs.ProcessPoolExecutor

    def counted(many: int, *given: Any, **named: Any) -> Any:
        started.append(many)
        return pool(many, *given, **named)

    monkeypatch.setattr(jobs, "ProcessPoolExecutor", counted)
    line = ["phrases", str(database), "--year", "2026", "--against", "2025"]
    alone = records_of(tmp_path / "a.jsonl", *line, "--jobs", "1")
    assert not started
    assert records_of(tmp_path / "b.jsonl", *line, "--jobs", "2") == alone
    assert set(started) == {2}, "processes were at work"


def test_commands_find_nothing(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["phrases", str(database), "--year", "1999"]) == 1
    assert main(["words", str(database), "--year", "1999"]) == 1
    assert main(["spread", str(database), "没有这个说法"]) == 1
    assert "没有这个说法" in capsys.readouterr().err


def test_a_chart(database: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    assert main(["spread", str(database), "新质生产力", "--chart", str(tmp_path / "spread.svg")]) == 0
    assert "新质生产力" in (tmp_path / "spread.svg").read_text("utf-8")


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("real") / "reports.duckdb"
    saidao.build([shared / "corpus" / f"provincial-{year}" for year in (2025, 2026)], file, jobs=2)
    return file


def test_known_new_phrases_stand_where_they_should(real: Path) -> None:
    rows = compared(real)
    places = {row["phrase"]: (n, row) for n, row in enumerate(rows, 1)}
    assert places["十五五"][0] == 1
    assert places["投资于人"][0] <= 30
    assert places["人工智能+"][0] <= 150
    for phrase in ("十五五", "投资于人", "人工智能+"):
        assert places[phrase][1]["class"] == "rising"
    assert places["人工智能+"][1]["documents"] == sum(
        "人工智能+" in text for text in texts(real, "year = 2026").values()
    )
    new = texts(real, "year = 2026").values()
    for row in rows[:200]:
        assert row["uses"] == sum(occurrences(text, row["phrase"]) for text in new)


def test_the_list_that_was_read_is_the_list_that_is_found(real: Path) -> None:
    """At least 90 in 100 of the highest ranked were marked whole and meaningful when they were read."""
    import csv

    page = Path(__file__).parents[1] / "docs" / "evaluation" / "phrases-2026.csv"
    with page.open(encoding="utf-8") as file:
        marks = {row["phrase"]: row["whole"] for row in csv.DictReader(file)}
    top = [row["phrase"] for row in compared(real, limit=200)]
    assert sum(marks.get(phrase) == "yes" for phrase in top) >= 180
