"""Five small work reports in which words are counted, and how a plain search counts them."""

from __future__ import annotations

from pathlib import Path

import pytest

import saidao
from saidao.cli import main
from saidao.terms import Term

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


def build(folder: Path) -> Path:
    """A database of the reports."""
    for place, year, extra in REPORTS:
        text = TEXT.format(place=place, year=year, past=year - 1, extra=extra)
        (folder / f"{year}年{place}政府工作报告.txt").write_text(text, encoding="utf-8")
    saidao.build(folder, folder / "a.duckdb", jobs=1)
    return folder / "a.duckdb"


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


def run(*arguments: str | Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main([str(argument) for argument in arguments])
    out, error = capsys.readouterr()
    return code, out, error
