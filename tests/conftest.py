"""What several test files share: the real material where it is present, small reports, and databases to compare."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from starlette.testclient import TestClient

settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=3000, deadline=None)
settings.load_profile(os.environ.get("SAIDAO_HYPOTHESIS", "fixed"))

SHARED = Path(__file__).resolve().parents[2] / "shared"

Rows = list[tuple[Any, ...]]

TIMES = {"inputs": {"mtime"}}
"""Columns that tell when something happened, left out of comparisons; the table of runs is left out whole."""


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real material beside the checkout."""
    if not (SHARED / "corpus").is_dir():
        pytest.skip("the real material (../shared) is not there")
    return SHARED


@pytest.fixture(scope="session")
def observatory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the samples, of reports of two years from ten places, and of documents that mean harm."""
    import saidao

    folder = tmp_path_factory.mktemp("observatory")
    for year in (2025, 2026):
        for n in range(10):
            (folder / f"{year}-{n:02}.txt").write_text(report_text(n + year % 2, year=year), encoding="utf-8")
    for name, text in HOSTILE.items():
        (folder / name).write_text(text, encoding="utf-8")
    file = folder / "observatory.duckdb"
    saidao.build([SAMPLES, folder], file, jobs=1)
    return file


SAMPLES = Path(__file__).resolve().parents[1] / "samples"
HOSTILE = {
    "script.md": "---\ntitle: <script>window.hurt = 1</script>坏标题\nurl: javascript:window.hurt=2\ndate: 2026-01-02\n---\n"
    '文本里有<img src=x onerror="window.hurt=3">和</article></p><script>window.hurt=4</script>，投资增长5%。\n\n'
    "[点这里](javascript:window.hurt=5)可看到\"引号\"与'单引号'和`反引号`{{ 7*7 }}{% raw %}，新增就业3万人。\n",
    "harm.jsonl": '{"title": "坏正文", "text": "文本里有<img src=x onerror=window.hurt=6>和</article><script>window.hurt=7</script>，投资增长5%。"}\n',
    "long.txt": "很长的一行没有标点" * 20_000 + "增长6%" + "x" * 50_000 + "\n第二段。\n",
}
"""Documents that try to run scripts in a page, or to break it."""

PLACES = ["湖南省", "四川省", "浙江省", "甘肃省", "海南省", "贵州省", "青海省", "吉林省", "江西省", "云南省"]


@pytest.fixture(scope="module")
def client(observatory: Path) -> TestClient:
    """The page over that database, asked without a network."""
    from starlette.testclient import TestClient

    from saidao.web.app import create
    from web_pages import HERE

    return TestClient(create(observatory), base_url=HERE, follow_redirects=False, raise_server_exceptions=True)


def report_text(n: int, year: int = 2026, paragraphs: int = 6) -> str:
    """A small work report; two with different numbers differ in their figures and places."""
    place = PLACES[n % len(PLACES)]
    body = [
        f"{year}年{place}政府工作报告",
        "各位代表：",
        "现在，我代表省人民政府向大会报告工作，请予审议。",
        f"一、{year - 1}年工作回顾",
        f"过去一年，全省地区生产总值达到{3 + n % 50}.{n % 10}万亿元，增长{4 + n % 3}.{n % 9 + 1}%。",
        f"规模以上工业增加值增长{5 + n % 4}.{n % 7}%，粮食总产量{200 + n}亿斤。",
        f"二、{year}年工作安排",
        f"今年发展主要预期目标是：地区生产总值增长{5 + n % 2}%左右；城镇新增就业{40 + n}万人以上。",
    ]
    body += [
        f"我们要办好第{k}类实事，新建改建农村公路{1000 + 10 * n + k}公里，培育产业集群{k + 2}个，确保按期完成。"
        for k in range(1, paragraphs + 1)
    ]
    return "\n".join(body)


@pytest.fixture
def reports(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder with `count` reports as text files, numbered from `first`."""

    def make(count: int, *, first: int = 0, folder: str = "reports", paragraphs: int = 6) -> Path:
        place = tmp_path / folder
        place.mkdir(exist_ok=True)
        for n in range(first, first + count):
            (place / f"report-{n:04}.txt").write_text(report_text(n, paragraphs=paragraphs), encoding="utf-8")
        return place

    return make


def contents(database: Path) -> dict[str, Rows]:
    """Everything that two builds of the same input must have in common, in one order."""
    with duckdb.connect(str(database), read_only=True) as connection:
        found: dict[str, Rows] = {}
        names = connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()
        for (name,) in names:
            if name == "runs":
                continue
            described = connection.execute(f"DESCRIBE {name}").fetchall()
            columns = [row[0] for row in described if row[0] not in TIMES.get(name, set())]
            chosen = ", ".join(f'"{column}"' for column in columns)
            found[name] = connection.execute(f"SELECT {chosen} FROM {name} ORDER BY ALL").fetchall()
        return found


QUOTING = ("statements", "cues", "mentions", "carriers")
"""Tables whose rows quote the text."""


def check_whole(database: Path) -> None:
    """No half document, no wrong quote, no row without its document."""
    with duckdb.connect(str(database), read_only=True) as connection:
        run = connection.execute
        assert run("SELECT id, count(*) FROM documents GROUP BY 1 HAVING count(*) > 1").fetchall() == []
        for table in ("sections", "sentences", *QUOTING, "measures", "images", "noise", "notes"):
            stray = run(f"SELECT count(*) FROM {table} WHERE document_id NOT IN (SELECT id FROM documents)").fetchall()
            assert stray == [(0,)], table
        for table in ("sections", "sentences"):
            bare = run(f"SELECT id FROM documents WHERE id NOT IN (SELECT document_id FROM {table})").fetchall()
            assert bare == [], table
        for table in QUOTING:
            wrong = run(
                f"SELECT q.document_id FROM {table} q JOIN documents d ON d.id = q.document_id WHERE"
                ' substr(d.text, q."start" + 1, q."end" - q."start") <> q.quote'
            ).fetchall()
            assert wrong == [], table
        for table in ("cues", "mentions", "carriers"):
            loose = run(f"SELECT count(*) FROM {table} WHERE measure_id NOT IN (SELECT id FROM measures)").fetchall()
            assert loose == [(0,)], table
