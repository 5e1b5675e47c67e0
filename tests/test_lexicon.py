"""The data files: each declares what its columns hold, and each kind of mistake in each of them is refused with file and line."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from saidao import lexicon, schemas
from saidao.cli import main
from saidao.errors import LexiconError
from saidao.lexicon import Lexicon, load, names
from saidao.terms import files as dictionaries

DATA = Path(lexicon.__file__).parent / "data"
Table = list[list[str]]


def table(name: str) -> Table:
    return list(csv.reader(io.StringIO((DATA / f"{name}.csv").read_text("utf-8"), newline="")))


def written(rows: Table) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def said(name: str, content: bytes, monkeypatch: pytest.MonkeyPatch) -> str:
    """What is said when a shipped file has other bytes; empty where nothing is."""
    shipped = lexicon._shipped
    monkeypatch.setattr(lexicon, "_shipped", lambda each: content if each == name else shipped(each))
    try:
        Lexicon().rows(name)
    except LexiconError as error:
        return str(error)
    finally:
        monkeypatch.undo()
    return ""


def body(rows: Table) -> list[int]:
    """The places of the rows that are no comments."""
    return [n for n, row in enumerate(rows) if n and row and not row[0].startswith("#")]


def line_of(rows: Table, at: int) -> int:
    return written(rows[: at + 1]).count(b"\n")


def with_cell(rows: Table, at: int, column: int, cell: str) -> Table:
    return [*rows[:at], [*rows[at][:column], cell, *rows[at][column + 1 :]], *rows[at + 1 :]]


def test_every_file_says_what_its_columns_hold() -> None:
    assert set(schemas.schemas()) == set(names())
    for name in names():
        rules = schemas.schemas()[name]
        assert [column for column in table(name)[0] if column not in schemas.FREE] == [
            column for column in table(name)[0] if column in rules
        ], name
        assert set(rules) <= set(table(name)[0]), name


@pytest.mark.parametrize("name", names())
def test_the_shipped_files_are_in_order(name: str) -> None:
    assert load().rows(name)


@pytest.mark.parametrize("name", names())
def test_each_file_refuses_each_mistake_by_line(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = table(name)
    header, rules = rows[0], schemas.schemas()[name]
    at = body(rows)[len(body(rows)) // 2]
    here = re.escape(f"{name}.csv:{line_of(rows, at)}: ")

    def refused(changed: Table, expected: str) -> None:
        assert re.match(expected, said(name, written(changed), monkeypatch)), (
            expected,
            said(name, written(changed), monkeypatch),
        )

    assert said(name, written(rows), monkeypatch) == ""
    refused(
        [[*header, "colour"], *([*row, ""] for row in rows[1:])], re.escape(f"{name}.csv:1: no column is called colour")
    )
    refused([row[1:] for row in rows], re.escape(f"{name}.csv:1: the column {header[0]} is missing"))
    refused([*rows[:at], [*rows[at], "more"], *rows[at + 1 :]], here + f"{len(header) + 1} cells")
    assert said(name, b"", monkeypatch).startswith(f"{name}.csv:1: empty")
    broken = written(rows[:at]) + b"\xff\xfe\n"
    assert (
        said(name, broken, monkeypatch)
        == f"{name}.csv:{line_of(rows, at - 1) + 1}: not UTF-8; save the file as CSV UTF-8"
    )
    if "id" in rules:
        refused(
            [*rows[: at + 1], rows[at], *rows[at + 1 :]],
            re.escape(f"{name}.csv:{line_of(rows, at) + line_of([rows[at]], 0)}: ") + "id .* stands in line",
        )
    for column, rule in rules.items():
        place = header.index(column)
        filled = next(n for n in body(rows) if rows[n][place])
        there = re.escape(f"{name}.csv:{line_of(rows, filled)}: ") + f"{column}"
        if not rule.empty:
            refused(with_cell(rows, filled, place, ""), there + " is empty")
        if name not in lexicon._SPACED:
            refused(with_cell(rows, filled, place, rows[filled][place] + " "), there + ": a blank before or behind")
        if rule.kind != "text":
            refused(with_cell(rows, filled, place, "３"), there + ": a full-width digit")
        wrong = {
            "one": ("elsewhere", "is none of"),
            "some": ("elsewhere", "is none of"),
            "number": ("many", "is no number"),
            "integer": ("1.5", "is no whole number"),
            "pattern": ("(甲", "no regular expression"),
            "row": ("nowhere", "has no row nowhere"),
            "rows": ("nowhere", "has no row nowhere"),
            "words": ("甲|乙|甲", "甲 stands there twice"),
        }.get(rule.kind)  # fmt: skip
        if wrong:
            refused(with_cell(rows, filled, place, wrong[0]), f"{there}: .*{wrong[1]}")
        if rule.kind == "pattern" and rule.values:
            refused(with_cell(rows, filled, place, "{no_such_set}"), f"{there}: .*has no set no_such_set")


@pytest.mark.parametrize("file", sorted((DATA / "dictionaries").glob("*.csv")), ids=lambda file: file.stem)
def test_each_dictionary_refuses_mistakes_by_line(file: Path) -> None:
    lines = file.read_text("utf-8").splitlines()
    last = len(lines)
    header = next(n for n, line in enumerate(lines, 1) if line.startswith(("group,", "term")))
    term = lines[header - 1].split(",").index("term")
    cells = next(csv.reader([lines[-1]]))
    for changed, line, expected in [
        ([*lines, lines[-1]], last + 1, "stands in line"),
        ([*lines[:-1], ",".join([*cells[:term], "", *cells[term + 1 :]])], last, "empty"),
        ([*lines[: header - 1], lines[header - 1] + ",colour", *lines[header:]], header, "unknown column colour"),
        (lines[1:], 0, "the head lacks"),
    ]:
        with pytest.raises(LexiconError) as raised:
            dictionaries.parse("\n".join(changed).encode(), file.name)
        place = f"{file.name}:{line}: " if line else f"{file.name}: "
        assert str(raised.value).startswith(place), str(raised.value)
        assert expected in str(raised.value)


def test_a_mistake_of_the_users_stops_a_build_before_it_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (tmp_path / "a.txt").write_text("今年地区生产总值增长5%左右。", encoding="utf-8")
    for content, expected in [
        ("id,zh,en,kinds,units,variants\na,甲,A,size,%,甲\n", "indicators.csv:2: kinds: size is none of growth, level"),
        ("id,zh,en,kinds,units,variants,colour\n", "indicators.csv:1: no column is called colour"),
        ("id,zh\ntons,吨数\n", "indicators.csv:2: en is empty"),
        ("zh\n吨数\n", "indicators.csv:1: the column id is missing"),
    ]:
        (own / "indicators.csv").write_text(content, encoding="utf-8")
        command = ["build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "a.duckdb"), "--lexicon", str(own)]
        assert main([*command, "--lang", "en"]) == 2
        assert expected in capsys.readouterr().err
        assert not (tmp_path / "a.duckdb").exists()
    (own / "indicators.csv").rename(own / "indicator.csv")
    assert main([*command, "--lang", "en"]) == 2
    assert "indicator.csv:1: no data file is called indicator.csv" in capsys.readouterr().err


def test_a_row_of_the_users_may_leave_columns_out(tmp_path: Path) -> None:
    (tmp_path / "indicators.csv").write_text("id,zh\ngdp,国内总产出\n", encoding="utf-8")
    found = {row["id"]: row for row in Lexicon(tmp_path).rows("indicators")}
    assert found["gdp"]["zh"] == "国内总产出"
    assert found["gdp"]["kinds"] == next(row["kinds"] for row in load().rows("indicators") if row["id"] == "gdp")


def test_the_family_of_errors_is_the_one_that_is_drawn() -> None:
    import saidao.analyses.series
    import saidao.store.problems
    import saidao.terms.dictionary
    from saidao import errors

    drawn = re.findall(r"[├└│─ ]+ (\w+Error) ", errors.__doc__ or "")

    def members(kind: type) -> list[str]:
        return [name for each in kind.__subclasses__() for name in (each.__name__, *members(each))]

    assert sorted(drawn) == sorted(members(errors.SaidaoError))
    assert saidao.terms.dictionary.DictionaryError.__mro__[1] is errors.LexiconError
    assert saidao.analyses.series.SeriesError.__mro__[1] is errors.UsageError
    assert saidao.store.problems.DatabaseError.__mro__[1] is errors.StoreError


def test_every_set_of_words_for_measures_is_asked_for() -> None:
    package = Path(lexicon.__file__).parent
    code = [*(package / "measures").glob("*.py"), package / "register.py", *package.glob("data/*.csv")]
    said = "".join(file.read_text("utf-8") for file in code)
    sets = {row["set"] for row in load().rows("measure_words")}
    assert not {name for name in sets if f"{{{name}}}" not in said and f'"{name}"' not in said}
