"""Cells kept in the file: they are those that would be chosen now, follow what changes, and are not believed once stale."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

import saidao
from conftest import contents
from saidao.analyses import evidence as evidences
from saidao.analyses import kept
from saidao.analyses.cells import choose
from saidao.analyses.evidence import Choice
from saidao.analyses.lines import lines
from saidao.lexicon import load
from test_round_up import write

CHOICES = (
    Choice(),
    Choice(("湖南",)),
    Choice(("430000", "四川")),
    Choice(level="province", year="2025-2026"),
    Choice(year=2026),
    Choice(within="湖南"),
    Choice(("西藏",)),
)


def reports(folder: Path) -> Path:
    """Three divisions, two years, two reports that contradict each other, one rate for two indicators."""
    write(folder, "湖南省", 2025)
    write(folder, "湖南省", 2026)
    write(folder, "湖南省", 2026, "another", targets="今年主要预期目标是：地区生产总值增长6%左右。")
    write(folder, "四川省", 2026, targets="今年主要预期目标是：社会消费品零售总额、固定资产投资增长4%。")
    write(folder, "长沙市", 2026)
    return folder


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    saidao.build(reports(folder / "in"), folder / "kept.duckdb", jobs=1)
    return folder / "kept.duckdb"


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("row", [None, "gdp", "retail_sales"])
def test_what_is_kept_is_what_would_be_chosen(database: Path, choice: Choice, row: str | None) -> None:
    lexicon = load()
    ids = {id for id, line in lines(lexicon).items() if row == line.row}
    with saidao.open(database) as opened:
        found = kept.cells(opened.connection, choice, lexicon, {row} if row else None)
        now = choose(evidences.each(opened.connection, choice, lexicon, ids, evidences.NO_YEAR), lines(lexicon))
    assert found == now
    assert found is not None
    assert list(found) == list(now)


def test_every_kind_of_cell_is_among_them(database: Path) -> None:
    with duckdb.connect(str(database), read_only=True) as opened:
        assert opened.execute("SELECT count(*) FROM cells WHERE len(disagrees) > 0").fetchall()[0][0]
        assert opened.execute("SELECT count(*) FROM cells WHERE measure = ''").fetchall()[0][0]
        shared = "SELECT count(*) FROM cells WHERE statement_id IN (SELECT statement_id FROM cells GROUP BY 1 HAVING count(*) > 1)"
        assert opened.execute(shared).fetchall()[0][0] == 2


def test_a_database_that_grew_holds_what_one_built_at_once_holds(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(folder, "湖南省", 2025)
    write(folder, "贵州省", 2026)
    saidao.build(folder, tmp_path / "grown.duckdb", jobs=1)
    (folder / "贵州省2026.txt").unlink()
    reports(folder)
    saidao.build(folder, tmp_path / "grown.duckdb", jobs=1, prune=True)
    saidao.build(folder, tmp_path / "once.duckdb", jobs=1)
    assert contents(tmp_path / "grown.duckdb") == contents(tmp_path / "once.duckdb")


def test_only_divisions_with_other_documents_are_chosen_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, database = tmp_path / "in", tmp_path / "some.duckdb"
    done: list[int] = []
    keep = kept.keep

    def counted(*given: Any) -> int:
        done.append(keep(*given))
        return done[-1]

    monkeypatch.setattr(kept, "keep", counted)
    saidao.build(reports(folder), database, jobs=1)
    saidao.build(folder, database, jobs=1)
    write(folder, "四川省", 2025)
    saidao.build(folder, database, jobs=1)
    assert done == [3, 0, 1]


@pytest.mark.parametrize(
    "spoiled",
    ["UPDATE cell_groups SET version = 'older'", "DELETE FROM cell_groups", "UPDATE documents SET digest = 'other'"],
)
def test_cells_of_another_state_are_not_believed(tmp_path: Path, spoiled: str) -> None:
    folder, database = tmp_path / "in", tmp_path / "stale.duckdb"
    saidao.build(reports(folder), database, jobs=1)
    with saidao.open(database) as opened:
        before = opened.targets().rows()
    with duckdb.connect(str(database)) as connection:
        connection.execute(spoiled)
        connection.execute("UPDATE cells SET year = year - 1")
        assert kept.cells(connection, Choice(), load()) is None
    with saidao.open(database) as opened:
        assert opened.targets().rows() == before
    saidao.build(folder, database, jobs=1)
    with saidao.open(database) as opened:
        assert kept.cells(opened.connection, Choice(), load()) is not None
        assert opened.targets().rows() == before
