"""The page in a real browser, in both languages: open, filter, click to the sentence, download, share an address."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from web_server import browser, serving

pytestmark = pytest.mark.skipif(browser() is None, reason="there is no browser (Debian: apt-get install chromium)")

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def site(observatory: Path) -> Iterator[str]:
    with serving(observatory) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        # as root, as in a container, Chromium starts only without its sandbox
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        started = play.chromium.launch(executable_path=browser(), args=arguments)
        yield started
        started.close()


@pytest.fixture
def page(chromium: Any, site: str) -> Iterator[Open]:
    """Opens an address; at the end nothing may have gone wrong, nothing may have been refused or fetched from elsewhere."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def open_page(address: str, **how: Any) -> Any:
        context = chromium.new_context(base_url=site, accept_downloads=True, **how)
        context.set_default_timeout(60_000)  # on a busy machine
        contexts.append(context)
        made = context.new_page()
        made.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        made.on("pageerror", lambda error: wrong.append(str(error)))
        made.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
        made.on(
            "request",
            lambda request: None if request.url.startswith((site, "data:", "blob:")) else wrong.append(request.url),
        )
        made.goto(address)
        made.wait_for_load_state("networkidle")
        return made

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong


LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


@LANGUAGES
def test_from_the_overview_to_a_sentence(lang: str, page: Open) -> None:
    found = page(f"/{lang}/")
    assert found.locator("html").get_attribute("lang") == ("zh-CN" if lang == "zh" else "en")
    assert found.locator("#coverage tbody tr").count() >= 31
    assert found.locator("#coverage tr.absent").count() > 0, "regions without documents are shown"
    found.locator("[data-part] a").first.wait_for()
    found.locator("#gdp-tiles a").first.click()
    mark = found.locator("#at")
    mark.wait_for()
    assert "%" in mark.inner_text()
    box = mark.bounding_box()
    assert 0 < box["y"] < found.viewport_size["height"], "the mark is in view"


@LANGUAGES
def test_targets_are_sorted_filtered_and_clicked(lang: str, page: Open) -> None:
    found = page(f"/{lang}/targets")
    found.select_option("select[name=year]", "2025")
    found.wait_for_url("**year=2025**")
    found.select_option("select[name=year]", "2026")
    found.wait_for_url("**year=2026**")
    found.locator("#round-up thead th a").nth(1).click()
    found.wait_for_url("**sort=gdp**")
    first = [float(re.sub(r"[^\d.].*", "", re.sub(r"^[^\d]*", "", cell)))
             for cell in found.locator("#round-up tbody tr td:nth-child(2)").all_inner_texts() if re.search(r"\d", cell)]  # fmt: skip
    assert first == sorted(first, reverse=True)
    cell = found.locator("#round-up tbody td a.figure").first
    told = cell.get_attribute("title")
    cell.click()
    found.locator("#at").wait_for()
    marked = "".join(found.locator(".m.place").all_inner_texts())
    assert marked == told
    shared = found.url
    other = page(shared[shared.index("/", 8) :])
    assert "".join(other.locator(".m.place").all_inner_texts()) == told


@LANGUAGES
def test_the_state_of_a_view_is_in_its_address(lang: str, page: Open) -> None:
    found = page(f"/{lang}/targets?year=2026&level=province&indicator=grain_output&figure=result")
    assert found.input_value("select[name=indicator]") == "grain_output"
    assert found.input_value("select[name=figure]") == "result"
    found.locator("a.lang").click()
    found.wait_for_url(f"**/{'en' if lang == 'zh' else 'zh'}/targets**")
    assert found.input_value("select[name=indicator]") == "grain_output"


@LANGUAGES
def test_the_ledger(lang: str, page: Open) -> None:
    found = page(f"/{lang}/ledger?year=2025")
    assert found.locator("#matrix tbody tr").count() >= 8
    found.locator("#counts tbody td a").first.click()
    found.wait_for_url("**outcome=**")
    found.locator("#list td.both a.sentence").first.click()
    found.locator("#at").wait_for()
    for part in ("commitments", "record"):
        again = page(f"/{lang}/ledger?part={part}")
        assert again.locator("#list tbody tr").count() > 0


@LANGUAGES
def test_terms_from_a_pasted_list(lang: str, page: Open) -> None:
    found = page(f"/{lang}/terms")
    found.fill("textarea[name=words]", "增长\n投资|就业")
    found.locator("form.words button").click()
    found.locator("#line canvas").wait_for()
    assert "增长" in unquote(found.url)
    assert found.locator("#counts tbody tr").count() == 2
    assert found.locator("#line canvas").count() == 1
    assert found.locator("#tiles .tile").count() == 34
    use = found.locator("#concordance a.figure").first
    term = use.inner_text()
    use.click()
    found.locator("#at").wait_for()
    assert "".join(found.locator(".m.place").all_inner_texts()) == term


@LANGUAGES
def test_phrases_and_series(lang: str, page: Open) -> None:
    found = page(f"/{lang}/phrases?year=2026&against=2025")
    assert found.locator("ul.tabs a").count() == 5
    series = page(f"/{lang}/series?indicator=gdp&region=430000")
    assert series.locator("#line canvas").count() == 1
    assert series.locator("#list tbody tr").count() >= 2


@LANGUAGES
def test_industries_and_measures(lang: str, page: Open) -> None:
    found = page(f"/{lang}/industries?year=2026")
    assert found.locator("#heat tbody tr").count() >= 8
    found.locator("#heat td.heat a").first.click()
    found.locator("#list a.sentence").first.click()
    found.locator("#at").wait_for()
    assert found.locator(".m.place.industry, .m.industry.place").count() > 0
    for part in ("region", "industry"):
        assert page(f"/{lang}/industries?part={part}").locator("#profile tbody tr").count() > 0
    for part in ("measures", "carriers"):
        again = page(f"/{lang}/measures?part={part}")
        assert again.locator("#list tbody tr").count() > 0


@LANGUAGES
def test_search_and_reader(lang: str, page: Open) -> None:
    found = page(f"/{lang}/")
    found.fill("header input[name=q]", "就业")
    found.press("header input[name=q]", "Enter")
    found.locator(".hits .hit").first.wait_for()
    hits = found.locator(".hits .hit mark")
    assert hits.count() > 3
    assert set(hits.all_inner_texts()) == {"就业"}
    found.locator(".hits .hit a").first.click()
    found.locator("#at").wait_for()
    switch = found.locator("[data-switch=statement]")
    before = found.evaluate("getComputedStyle(document.querySelector('.m.statement:not(.place)')).boxShadow")
    switch.click()
    assert switch.get_attribute("aria-pressed") == "false"
    assert "hide=statement" in found.url
    after = found.evaluate("getComputedStyle(document.querySelector('.m.statement:not(.place)')).boxShadow")
    assert before != after == "none"
    shared = page(found.url[found.url.index("/", 8) :])
    assert shared.locator("[data-switch=statement]").get_attribute("aria-pressed") == "false"
    found.locator("a.m.statement").first.click()
    found.wait_for_url("**/statements/**")
    assert found.locator(".whole mark").count() == 1


@LANGUAGES
def test_downloads(lang: str, page: Open, tmp_path: Path) -> None:
    found = page(f"/{lang}/targets?year=2026")

    def saved(selector: str) -> Path:
        with found.expect_download() as waiting:
            found.locator(selector).first.click()
        place = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(place)
        return place

    shown = saved("[data-save-table=round-up]")
    rows = list(csv.reader(shown.read_text("utf-8-sig").splitlines()))
    assert len(rows) == 1 + found.locator("#round-up tbody tr").count()
    assert saved("[data-of=tiles][data-save=png]").read_bytes().startswith(b"\x89PNG")
    drawing = saved("[data-of=tiles][data-save=svg]").read_text("utf-8")
    assert drawing.startswith("<svg")
    assert "class=" not in drawing
    assert "fill=" in drawing
    assert saved("a[href*='targets.xlsx']").read_bytes().startswith(b"PK")
    assert saved("a[href*='targets.csv']").stat().st_size > 1000
    found = page(f"/{lang}/terms?words=增长")
    assert saved("[data-of=line][data-save=png]").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in saved("[data-of=line][data-save=svg]").read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_runs_over_the_edge(scheme: str, width: int, page: Open) -> None:
    for address in (
        "",
        "targets",
        "ledger",
        "terms?words=增长",
        "phrases",
        "industries",
        "measures",
        "documents?q=增长",
        "series",
    ):
        found = page(f"/zh/{address}", viewport={"width": width, "height": 800}, color_scheme=scheme)
        assert found.evaluate("document.documentElement.scrollWidth") <= width, address
        ground, text = found.evaluate(
            "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
        )
        assert contrast(ground, text) > 7
        found.context.close()


def contrast(first: str, second: str) -> float:
    """The contrast of two colours as WCAG has it."""

    def light(colour: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(first), light(second)))
    return (high + 0.05) / (low + 0.05)


def test_light_and_dark_are_switched_and_kept(page: Open) -> None:
    found = page("/zh/terms?words=增长", color_scheme="light")
    before = found.evaluate("getComputedStyle(document.body).backgroundColor")
    found.locator("[data-theme-switch]").click()
    assert found.evaluate("getComputedStyle(document.body).backgroundColor") != before
    found.reload()
    assert found.evaluate("document.documentElement.dataset.theme") == "dark"


def test_all_can_be_reached_by_keyboard(page: Open) -> None:
    found = page("/zh/targets?year=2026")
    found.keyboard.press("Tab")
    assert found.evaluate("document.activeElement.className") == "skip"
    found.keyboard.press("Enter")
    seen = set()
    for _ in range(60):
        found.keyboard.press("Tab")
        place = found.evaluate(
            "[document.activeElement.tagName, document.activeElement.name ?? '', document.activeElement.closest('svg')?.id ?? '']"
        )
        seen |= set(place)
    assert {"SELECT", "BUTTON", "a", "tiles"} <= seen
    reader = page("/zh/documents?q=增长")
    reader.locator(".hits .hit a").first.press("Enter")
    reader.locator("[data-switch=statement]").press(" ")
    assert reader.locator("[data-switch=statement]").get_attribute("aria-pressed") == "false"


def test_without_scripts_the_page_still_serves(page: Open) -> None:
    found = page("/zh/targets?year=2026", java_script_enabled=False)
    assert found.locator("#round-up tbody tr").count() > 8
    assert found.locator(".needs-script").first.is_hidden()
    found.locator("#round-up tbody td a.figure").first.click()
    found.wait_for_url("**/documents/**")
    assert found.locator("#at").count() == 1
    found.locator("[data-switch=statement]").click()
    found.wait_for_url("**hide=statement**")
    start = page("/zh/", java_script_enabled=False)
    start.locator("[data-part] a").first.click()
    start.wait_for_url("**/phrases**")


def test_harm_in_documents_does_not_run(page: Open) -> None:
    for title in ("坏标题", "坏正文"):
        found = page("/zh/documents")
        found.locator("td.title a", has_text=title).click()
        found.locator("article.text").wait_for()
        assert found.evaluate("typeof window.hurt") == "undefined"
        assert found.locator("article.text img, article.text script, main a[href^='javascript']").count() == 0
    assert "<img src=x" in found.locator("article.text").inner_text()
    search = page("/zh/documents?q=<script>window.hurt=1</script>")
    assert search.evaluate("typeof window.hurt") == "undefined"
    for address in (
        "/zh/terms?words=<img/src=x/onerror=window.hurt=1>",
        "/zh/series?indicator=<script>window.hurt=1</script>",
    ):
        other = page(address)
        assert other.evaluate("typeof window.hurt") == "undefined"


def test_a_very_long_line_does_not_break_the_page(page: Open) -> None:
    found = page("/zh/documents?q=很长的一行没有标点", viewport={"width": 360, "height": 800})
    found.locator(".hits .of a").first.click()
    found.locator("article.text").wait_for()
    assert found.evaluate("document.documentElement.scrollWidth") <= 360
    assert found.locator(".text .pager").count() == 1
    found.locator(".text .pager a[rel=next]").click()
    found.wait_for_url("**part=2**")
