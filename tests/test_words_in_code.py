"""Words stand in data files. What is left of them in code is named here, and may only become less."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import saidao

PACKAGE = Path(saidao.__path__[0])
_CLASS = re.compile(r"\[[^\]]*\]")
"""A class of a pattern: characters, not words."""
_WORD = re.compile("[\u4e00-\u9fff]{2,}")
_NUMERAL = re.compile("[零一二两三四五六七八九十百千万亿]+")

STAY: dict[str, tuple[str, frozenset[str]]] = {
    "assistant/__init__.py": ("the name of the project", frozenset({"赛道"})),
    "assistant/analyses.py": ("an example to a reader", frozenset({"人工智能"})),
    "assistant/desk.py": ("an example to a reader", frozenset({"湖南", "湖南省"})),
    "assistant/scopes.py": ("an example to a reader", frozenset({"湖南", "湖南省"})),
    "cli/doctor.py": ("the sentence of the self-test", frozenset({"今年地区生产总值增长", "左右"})),
    "documents/sections.py": ("numbering: 第一部分", frozenset({"部分"})),
    "models.py": ("a unit", frozenset({"百分点"})),
    "outputs/docx.py": ("a font", frozenset({"微软雅黑"})),
    "phrases/codes.py": ("single characters", frozenset({"和与及或等"})),
    "sources/docx.py": ("Word's own name of a style", frozenset({"标题"})),
    "statistics/headings.py": ("grammar of years", frozenset({"年度"})),
    "statistics/words.py": ("grammar of years and their parts", frozenset({"年度", "季度", "半年"})),
    "store/reference.py": ("the language that a column of a page is in", frozenset({"中文"})),
}
"""Words that are no knowledge about documents, by file, with the reason."""

LEFT: dict[str, int] = {
    "analyses/ledger.py": 1, "measures/carriers.py": 3, "measures/industries.py": 15,
    "statements/__init__.py": 1, "statements/behind.py": 2, "statements/clause_cues.py": 8, "statements/clauses.py": 4,
    "statements/counting.py": 2, "statements/groups.py": 3, "statements/kinds.py": 2, "statements/lists.py": 9,
    "statements/meaning.py": 7, "statements/periods.py": 22, "statements/quantities.py": 12,
    "statements/quantity_cues.py": 2, "statements/ranks.py": 11, "statements/standards.py": 1, "statements/status.py": 5,
    "statements/wording.py": 9, "statistics/measures.py": 2,
}  # fmt: skip
"""Words that should stand in a data file and do not yet: how many each file may hold at most."""


def words_of(file: Path) -> Iterator[str]:
    """The Chinese words, two characters and more, in the strings of a module that are no docstrings."""
    tree = ast.parse(file.read_text("utf-8"))
    docs = {
        id(statement.value)
        for node in ast.walk(tree)
        for statement in (getattr(node, "body", None) if isinstance(getattr(node, "body", None), list) else []) or []
        if isinstance(statement, ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield from (word for word in _WORD.findall(_CLASS.sub(" ", node.value)) if not _NUMERAL.fullmatch(word))


FILES = sorted(file.relative_to(PACKAGE).as_posix() for file in PACKAGE.rglob("*.py"))


def found(name: str) -> list[str]:
    return [word for word in words_of(PACKAGE / name) if word not in STAY.get(name, ("", frozenset()))[1]]


def test_words_stand_in_data_files() -> None:
    more = {name: words for name in FILES if len(words := found(name)) > LEFT.get(name, 0)}
    assert not more, f"move these words into a data file (docs/extend-the-data-files.md): {more}"


def test_the_lists_of_exceptions_hold_nothing_that_is_gone() -> None:
    assert {name: len(found(name)) for name in LEFT} == LEFT, "fewer words are left: lower the number"
    for name, (reason, words) in STAY.items():
        assert reason
        assert words <= set(words_of(PACKAGE / name)), name


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ('X = "增长|下降"', ["增长", "下降"]), ('"""增长"""\n# 下降', []), ('def f():\n    """增长"""\n    return "产业"', ["产业"]),
        ('X = f"{y}增长"', ["增长"]), ('X = "[增长下降]的"', []), ('X = "三十|百分点"', ["百分点"]),
    ],
)  # fmt: skip
def test_words_are_told_from_docstrings_and_characters(code: str, words: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(code, encoding="utf-8")
    assert list(words_of(tmp_path / "a.py")) == words
