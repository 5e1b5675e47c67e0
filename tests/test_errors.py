"""Errors are one family that speaks Chinese and English: every id that is raised is a row, every place of it is filled."""

from __future__ import annotations

import ast
import pickle
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import saidao
from saidao import errors, lexicon
from saidao.analyses.series import SeriesError
from saidao.cli import main
from saidao.errors import LexiconError, Said, SaidaoError, SourceError, UsageError
from saidao.store.problems import _SIGNS, DatabaseError
from saidao.terms.dictionary import DictionaryError

PACKAGE = Path(saidao.__path__[0])

PREFIX = {
    "Said": "", "SaidaoError": "", "LexiconError": "", "StoreError": "", "UsageError": "",
    "DictionaryError": "dictionary.", "DatabaseError": "store.", "SeriesError": "series.",
}  # fmt: skip
"""What stands before the id that each is raised with."""

SAID = {row["id"]: row for row in lexicon.load().rows("messages")}


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every place in the program where an error, or a sentence of one, is made."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield f"{file.relative_to(PACKAGE)}:{node.lineno}", node.func.id, node


def ids(node: ast.expr) -> list[str] | None:
    """The ids that a first argument may be; None where it comes from elsewhere."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return [*(ids(node.body) or []), *(ids(node.orelse) or [])]
    return None if isinstance(node, ast.Name | ast.Attribute) else []


def places(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


def test_every_error_is_raised_with_a_message_of_both_languages() -> None:
    seen = 0
    for place, name, call in calls():
        if name not in PREFIX or not call.args or place.startswith("errors.py"):
            continue
        raised = ids(call.args[0])
        if raised is None:
            assert PREFIX[name], f"{place}: the id is not written where the error is raised"
            continue
        assert raised, f"{place}: a sentence in one language; write it into messages.csv and raise its id"
        if name == "Said":
            values = call.args[1] if len(call.args) > 1 else ast.Dict([], [])
            assert isinstance(values, ast.Dict), place
            given = {str(key.value) for key in values.keys if isinstance(key, ast.Constant)}
        else:
            given = {word.arg for word in call.keywords if word.arg}
        open_ended = any(word.arg is None for word in call.keywords)
        for id in raised:
            row = SAID.get(PREFIX[name] + id)
            assert row is not None, f"{place}: messages.csv has no row {PREFIX[name]}{id}"
            seen += 1
            assert re.search("[一-鿿]", row["zh"]) or places(row["zh"]) & {"fault"}, row
            for language in ("zh", "en"):
                missing = places(row[language]) - given
                assert open_ended or not missing, f"{place}: {id} has no {', '.join(missing)}"
    assert seen > 100


def test_problems_of_a_file_have_their_sentences() -> None:
    for _, code in _SIGNS:
        assert f"store.{code}" in SAID


def test_every_reason_of_a_reject_is_known_and_told_with_what_to_do() -> None:
    rows = {row["id"]: row for row in lexicon.load().rows("rejects")}
    for place, name, call in calls():
        at = {"SourceError": 0, "Reject": 1}.get(name)
        if at is None or len(call.args) <= at:
            continue
        for code in ids(call.args[at]) or []:
            assert code in rows, f"{place}: rejects.csv has no row {code}"
    for row in [*rows.values(), *lexicon.load().rows("notes")]:
        assert all(row[column].strip() for column in ("zh", "en", "advice_zh", "advice_en")), row["id"]
        for language in ("zh", "en"):
            assert row[f"advice_{language}"] in errors.with_advice(row, language)
    assert SourceError("broken_pdf", "x").text("zh").endswith(rows["broken_pdf"]["advice_zh"])


@pytest.mark.parametrize(
    "error",
    [
        UsageError("usage.no_region", name="湖"),
        LexiconError("lexicon.at", place="a.csv:2", fault=Said("lexicon.no_set", {"name": "x"})),
        SourceError("broken_docx", "word/document.xml"),
        DatabaseError("missing", path="a.duckdb"),
        DictionaryError("twice_in", "a.csv:3", term="词", line=2),
        SeriesError("no_region", name="湖"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_come_whole_out_of_another_process(error: SaidaoError) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error)
    assert str(back) == str(error)
    assert vars(back) == vars(error)
    assert back.text("zh") == error.text("zh") != error.text("en")
    assert "{" not in error.text("zh") + error.text("en")


@pytest.mark.parametrize(
    ("command", "zh", "en"),
    [
        ("build nowhere -o x.duckdb", "没有这个文件或文件夹；请检查路径", "no such file or folder; check the path"),
        ("matrix x.duckdb --by foo", "--by 的值不对：应为 region-industry,", "choose one of region-industry"),
        ("statements x.duckdb --limit 0", "应为不小于 1 的整数", "a whole number from 1 on"),
        ("statements x.duckdb --limit", "--limit 后面缺少值", "--limit needs a value"),
        ("info x.duckdb y", "多余的参数：y", "not expected: y"),
        ("info", "缺少", "is missing"),
        ("info x.duckdb --limt", "--limt", "--limt"),
        ("inof", "没有命令“inof”", "no command inof"),
    ],
)
def test_the_command_line_tells_what_is_wrong_in_its_language(
    command: str, zh: str, en: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for language, said in (("zh", zh), ("en", en)):
        name, *rest = command.split()
        assert main([name, "--lang", language, *rest]) == 2
        printed = capsys.readouterr().err
        assert said in printed
        if language == "zh":
            assert not re.search("[a-z]+ [a-z]+ [a-z]+", printed.replace(command, "")), printed


def test_a_mistake_within_a_mistake_is_told_in_one_language() -> None:
    error = LexiconError("lexicon.at", place="c.csv:2", fault=Said("lexicon.no_set", {"name": "x"}))
    assert error.text("zh") == "c.csv:2：没有名为 x 的词组；请用已有的 set"
    assert error.text("en") == str(error) == "c.csv:2: no set is called x; use one that there is"
