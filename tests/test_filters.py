"""The filters of lists are stated once: whoever takes them takes the same, and refuses the same."""

from __future__ import annotations

import inspect
import unicodedata
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

import saidao
from saidao import filters
from saidao.errors import UsageError
from saidao.filters import Filters, about
from saidao.filters.spellings import finder, spelled
from saidao.lexicon import load
from saidao.outputs.messages import Messages

LISTS: dict[str, type[Filters]] = {
    "documents": filters.Documents, "statements": filters.Statements, "industries": filters.Mentions,
    "measures": filters.Measures, "carriers": filters.Carriers, "matrix": filters.Matrix, "targets": filters.Targets,
    "ledger": filters.Ledger,
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_filter_says_what_it_means(language: str) -> None:
    say = Messages(language)
    for made in LISTS.values():
        for name, (_, filter) in about(made).items():
            assert say(filter.message), name


@pytest.mark.parametrize("name", LISTS)
def test_methods_commands_and_addresses_take_the_same_filters(name: str) -> None:
    from saidao.cli import COMMANDS
    from saidao.web.api import SOURCES

    names = set(about(LISTS[name]))
    method = getattr(saidao.Database, name)
    assert set(inspect.signature(method).parameters) == {"self", *names}
    assert all(f"    {each}: " in method.__doc__ for each in names)
    assert set(SOURCES[name].question.model_fields) == names - {"limit"}
    if name in COMMANDS:
        options = {parameter.name for parameter in _command(name).params}
        assert names - {"document"} <= options, name


def _command(name: str) -> Any:
    import importlib

    return importlib.import_module(f"saidao.cli.{name}").command(Messages("en"))


@pytest.mark.parametrize(
    ("made", "given"),
    [
        (filters.Statements, {"status": "wished"}), (filters.Statements, {"kind": ["level", "depth"]}),
        (filters.Statements, {"period": "soon"}), (filters.Statements, {"section": "preface"}),
        (filters.Measures, {"tool": "magic"}), (filters.Measures, {"strength": 5}),
        (filters.Measures, {"status": "target"}), (filters.Carriers, {"limit": -1}), (filters.Mentions, {"year": "last"}),
        (filters.Ledger, {"outcome": "forgotten"}), (filters.Matrix, {"by": "region"}), (filters.Bets, {"depth": 0}),
        (filters.Reports, {"level": "street"}),
    ],
)  # fmt: skip
def test_what_a_filter_does_not_take_is_refused(made: Any, given: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        made(**given)


def test_names_in_either_language_become_codes() -> None:
    asked = filters.Statements(
        status="目标", kind=["增速", "level"], type="政府工作报告", region=[], section="plan_year"
    )
    assert asked.given() == {
        "status": ["target"], "kind": ["growth", "level"], "type": ["work_report"], "section": ["plan_year"],
    }  # fmt: skip
    assert filters.Measures(tool="产业基金", year=2026).given() == {"tool": ["industrial_fund"], "year": 2026}


SPELLINGS = st.sampled_from("产產业業经經济AaＡａ5５%％.[]^-\\后後乾干 　𠮷")


def plain(text: str) -> str:
    """One character for one: narrow, simplified, small."""
    table = {ord(row["id"]): row["fold"] for row in load().rows("characters")}
    return "".join(unicodedata.normalize("NFKC", c) for c in text).translate(table).lower()


@given(st.text(SPELLINGS, max_size=30), st.text(SPELLINGS, min_size=1, max_size=4))
def test_words_are_found_in_any_spelling_at_their_true_places(text: str, word: str) -> None:
    found = [match.start() for match in finder([word]).finditer(text)]
    expected, at = [], plain(text).find(plain(word))
    while at >= 0:
        expected.append(at)
        at = plain(text).find(plain(word), at + len(word))
    assert found == expected
    [(held,)] = duckdb.execute("SELECT regexp_matches(?, ?)", [text, spelled(word)]).fetchall()
    assert held == bool(found), "DuckDB reads the pattern alike"


def test_search_and_words_find_any_spelling(tmp_path: Path) -> None:
    written = (
        "发展ＡＩ产业，投资５亿元。",
        "發展AI產業，投資5億元。",
        "发展ai产业，投资5亿元。",
        "发展农业，投资6亿元。",
    )
    for n, sentence in enumerate(written):
        (tmp_path / f"{n}.txt").write_text(f"2026年湖南省政府工作报告\n各位代表：\n{sentence}\n", encoding="utf-8")
    saidao.build(tmp_path, tmp_path / "it.duckdb", jobs=1)
    with saidao.open(tmp_path / "it.duckdb") as database:
        for words in (["ai", "产业"], ["ＡＩ產業"], ["投资５亿"]):
            rows = database.search(words).rows()
            assert {row["sentence"] for row in rows} == set(written[:3]), words
            texts = {row["id"]: row["text"] for row in database.sql("SELECT id, text FROM documents")}
            for row in rows:
                assert texts[row["document_id"]][row["start"] : row["end"]] == row["sentence"]
        assert len(database.statements(words="AI产业")) == 3
