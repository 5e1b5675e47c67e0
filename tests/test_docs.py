"""The documentation: its links lead somewhere, it names every command, and what it shows can be run."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import duckdb
import pytest

import saidao
from saidao.cli import main
from web_server import browser

ROOT = Path(__file__).resolve().parents[1]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`python -m mkdocs build`: strict, so that a link that leads nowhere is an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert not [line for line in done.stderr.splitlines() if line.startswith("WARNING")], done.stderr
    assert "not included in the" not in done.stderr, f"a page is missing in the contents: {done.stderr}"
    return folder


def test_the_site_needs_nothing_from_the_network(site: Path) -> None:
    assert r"\u200b" in (site / "search" / "search_index.json").read_text("utf-8"), "Chinese text is not cut into words"
    for page in site.rglob("*.html"):
        loaded = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="(https?:[^"]+)"', page.read_text("utf-8"))
        assert not loaded, f"{page.name} needs the network: {loaded}"


@pytest.mark.skipif(browser() is None, reason="there is no browser (Debian: apt-get install chromium)")
def test_the_site_opened_from_the_disk_finds_words(site: Path) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        chromium = play.chromium.launch(executable_path=browser(), args=arguments)
        page = chromium.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("requestfailed", lambda request: wrong.append(request.url))
        for place, word in (("index.html", "ledger"), ("evaluation/phrases.html", "目标")):
            page.goto((site / place).as_uri())
            page.click("input.md-search__input")
            page.keyboard.insert_text(word)
            page.keyboard.press("End")  # the theme listens to keys
            page.locator(".md-search-result__item h1").first.wait_for(timeout=60_000)
        chromium.close()
    assert not wrong


def test_every_command_is_described() -> None:
    from saidao.cli import COMMANDS

    text = (ROOT / "docs" / "cli.md").read_text("utf-8")
    for command in COMMANDS:
        assert f"saidao {command}" in text


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_runs(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    [code] = re.findall(r"```python\n(.*?)```", (ROOT / name).read_text("utf-8"), flags=re.S)
    exec(compile(code, name, "exec"), {})  # the page's own example
    printed = capsys.readouterr().out.splitlines()
    assert printed == [line[2:] for line in code.splitlines() if line.startswith("# ")]


QUALITY = {
    "statements found, F1": "detection F1",
    "value right": "value",
    "achieved or target": "status",
    "full record right": "full record",
}
"""Rows of the README's table of quality, and of the table in docs/evaluation.md that they are taken from."""


def test_the_readme_gives_the_figures_of_the_evaluation() -> None:
    evaluation = (ROOT / "docs" / "evaluation.md").read_text("utf-8")
    quality = (ROOT / "README.md").read_text("utf-8").partition("<!-- quality")[2].partition("## Limits")[0]
    shown = dict(re.findall(r"^\| (.+?) \| ([0-9.]+) \|$", quality, flags=re.M))
    first = {row: re.findall(rf"^\| {row} \| ([0-9.]+) \|", evaluation, flags=re.M) for row in QUALITY.values()}
    assert {name: shown[name] for name in QUALITY} == {name: first[row][0] for name, row in QUALITY.items()}
    cells = re.findall(r"^\| all \|.*\| ([0-9.]+) \|$", evaluation, flags=re.M)
    assert shown["cells of the round-up, F1"] == cells[0]
    for name, row in (("tools of policy", "tools"), ("industries", "industries"), ("carriers", "carriers")):
        [figure] = re.findall(rf"^\| {row} \| [0-9.]+ \| [0-9.]+ \| ([0-9.]+) \|$", evaluation, flags=re.M)
        assert shown[f"{name}, F1"] == figure


def test_the_chinese_readme_gives_the_same_figures() -> None:
    english, chinese = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md"))
    table = r"^\| .+? \| ([0-9.]+) \|$"
    assert re.findall(table, chinese, flags=re.M) == re.findall(table, english.partition("<!-- quality")[2], flags=re.M)
    blind = re.findall(r"0\.\d+", english.partition("On new text")[2].partition("All figures")[0])
    assert re.findall(r"0\.\d+", chinese.partition("新文本上")[2].partition("全部数字")[0]) == blind


def last_round(evaluation: str, heading: str) -> dict[str, str]:
    """The cells of the last numbered round of the table of blind rounds below a heading, by column."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in evaluation.partition(f"\n## {heading}\n")[2].partition("\n## ")[0].splitlines()
        if line.startswith("|")
    ]
    at = next(n for n, row in enumerate(rows) if row[0] == "round")
    numbered = [row for row in rows[at + 2 :] if re.match(r"\d", row[0])]
    return dict(zip(rows[at], numbered[-1], strict=True))


BLIND = {
    "README.md": r"in the last blind rounds (?P<full>[0-9.]+) of the records were right in full, tools reached (?P<tools>[0-9.]+), "
    r"industries (?P<industries>[0-9.]+), carriers (?P<carriers>[0-9.]+), and the status of a coded sentence "
    r"(?P<status>[0-9.]+)\. ",
    "README.zh-CN.md": r"最近一轮盲测，记录全对 (?P<full>[0-9.]+)，政策工具 (?P<tools>[0-9.]+)，产业 (?P<industries>[0-9.]+)，"
    r"载体 (?P<carriers>[0-9.]+)，句子的状态 (?P<status>[0-9.]+)。",
}
"""Where each README gives the figures of the last blind rounds."""


@pytest.mark.parametrize("name", BLIND)
def test_the_readme_gives_the_figures_of_the_last_blind_rounds(name: str) -> None:
    evaluation = (ROOT / "docs" / "evaluation.md").read_text("utf-8")
    shown = re.search(BLIND[name], " ".join((ROOT / name).read_text("utf-8").split()))
    assert shown is not None
    statements = last_round(evaluation, "Passages labelled blind")
    coding = last_round(evaluation, "The coding of sentences")
    first_run = re.match(r"[0-9.]+", statements["full record"])
    assert first_run is not None
    expected = {column: coding[column] for column in ("status", "tools", "industries", "carriers")}
    assert shown.groupdict() == expected | {"full": f"{float(first_run[0]):.2f}"}


SETTING_UP = {
    "./demo",
    "./test",
    "git clone",
    "pip install",
    "python -m evaluation",
    "saidao serve",
    "python -m mkdocs",
    "python tests/",
    "python3.11 -m venv ../peers",
    "../peers/bin/",
    "PYTHONPATH=src:. ../peers/bin/python -m evaluation",
}
"""Beginnings of commands that set up a machine or take long; other tests, and people, run those."""

BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^ *```", flags=re.S | re.M)


def blocks_of(page: Path) -> list[tuple[str, str]]:
    """The language and text of each block, in order; blocks in lists are indented."""
    return [(kind, textwrap.dedent(code)) for _, kind, code in BLOCK.findall(page.read_text("utf-8"))]


RUNNABLE = [page for page in PAGES if {"sh", "console", "sql", "stata", "r"} & {kind for kind, _ in blocks_of(page)}]


RUNNABLE_PYTHON = [page for page in PAGES if "python" in {kind for kind, _ in blocks_of(page)}]


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the pages speak of, and a database of the samples."""
    folder = tmp_path_factory.mktemp("docs")
    (folder / "samples").symlink_to(ROOT / "samples")
    (folder / "reports").mkdir()
    for name in ("hunan-2026-work-report.html", "provinces-2026.csv"):
        shutil.copy(ROOT / "samples" / name, folder / "reports" / name)
    shutil.copy(ROOT / "samples" / "县市报告.zip", folder / "news.zip")
    text = "今年主要预期目标是：地区生产总值增长5%左右。"
    (folder / "data.csv").write_text(f"标题,全部文字,届次年份\n某省政府工作报告,{text},2026\n", encoding="utf-8")
    table = "指标：地区生产总值(亿元)\n地区,2024年,2023年\n湖南省,53084.7,50667.5\n数据来源：国家统计局\n"
    (folder / "分省年度数据.csv").write_bytes(table.encode("gbk"))
    (folder / "sentences.jsonl").write_text('{"id": 1, "text": "设立稀土产业基金。"}\n', encoding="utf-8")
    (folder / "各省产值.csv").write_text("省份名,产值\n湖南,53084.7\n", encoding="utf-8")
    [(_, rows)] = [b for b in blocks_of(ROOT / "docs" / "extend-the-data-files.md") if b[0] == "csv"][:1]
    (folder / "my-lists").mkdir()
    (folder / "my-lists" / "indicators.csv").write_text(rows, encoding="utf-8")
    [(_, terms)] = [b for b in blocks_of(ROOT / "docs" / "add-a-dictionary.md") if b[0] == "csv"]
    (folder / "smart.csv").write_text(terms, encoding="utf-8")
    with contextlib.chdir(folder):
        saidao.build("samples", "observatory.duckdb", jobs=1)
    return folder


WITH_PYTHON = [page for page in RUNNABLE_PYTHON if page.name not in ("README.md", "README.zh-CN.md")]


@pytest.mark.parametrize("page", WITH_PYTHON, ids=lambda page: page.name)
def test_the_python_of_the_pages_runs(page: Path, ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ready, tmp_path / "here", symlinks=True)
    monkeypatch.chdir(tmp_path / "here")
    code = "\n".join(code for kind, code in blocks_of(page) if kind == "python")
    exec(compile("import saidao\n" + code, page.name, "exec"), {})  # the page's own examples


def call(line: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run one line of a shell block; what it prints."""
    if line.startswith(tuple(SETTING_UP)):
        return ""
    [program, *arguments] = shlex.split(line, comments=True)
    assert program == "saidao", f"{line}: neither run nor in the list of what is not"
    capsys.readouterr()
    assert main(arguments) == 0, line
    return capsys.readouterr().out


@pytest.mark.parametrize("page", RUNNABLE, ids=lambda page: page.name)
def test_commands_and_queries_run(
    page: Path, ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ready, tmp_path / "here", symlinks=True)
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8" if "zh" in page.name else "C.UTF-8")
    monkeypatch.delenv("COLUMNS", raising=False)
    for kind, code in blocks_of(page):
        if kind == "sh":
            for line in filter(None, map(str.strip, code.splitlines())):
                call(line, capsys)
        elif kind == "console":
            printed = ""
            for line in code.splitlines():
                if line.startswith("$ "):
                    printed = call(line[2:], capsys)
                elif line.endswith("；…"):  # a sentence that the page cuts short
                    assert line[:-1] in printed.replace("\n", ""), line
                else:
                    assert line.rstrip() in [row.rstrip() for row in printed.splitlines()], line
        elif kind == "sql":
            with duckdb.connect("observatory.duckdb") as connection:
                rows = connection.execute(code).fetchall()
            if "<> s.quote" in code:  # the proof that every quote stands at its place
                assert rows == [(0,)]
            else:
                assert rows, code
        elif kind == "stata":  # Stata is not here: the file it reads must be
            assert all(Path(name).is_file() for name in re.findall(r"using (\S+?),", code))
        elif kind == "r":  # nor is R: its file must be there and its query hold
            [(file, query)] = re.findall(r'"(\S+\.duckdb)".*?"(SELECT .*?)"', code, flags=re.S)
            with duckdb.connect(file, read_only=True) as connection:
                assert connection.execute(query).fetchall()
