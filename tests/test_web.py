"""The page over HTTP: every page answers in both languages, and its figures are the library's."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import openpyxl
import pytest
from starlette.testclient import TestClient

import saidao
from saidao.lexicon import load
from saidao.web import reading
from saidao.web.app import PAGES
from saidao.web.pages.documents import parts
from web_pages import HERE, Parts


@pytest.fixture(scope="module")
def database(observatory: Path) -> saidao.api.Database:
    return saidao.open(observatory)


ADDRESSES = [
    "", "targets", "targets?year=2026&beside=1&sort=gdp&order=up&figure=last", "targets?level=prefecture&indicator=trade",
    "targets?within=湖南&level=prefecture", "ledger", "ledger?part=commitments", "ledger?part=record&sort=share",
    "ledger?year=2025&outcome=missed&region=430000", "series", "series?indicator=gdp&region=430000&region=110000",
    "series?indicator=grain_output&measure=level", "terms", "terms?words=人工智能，增长&words=投资|就业&measure=hits",
    "terms?words=增长&level=province&sort=left&page=2", "terms?words=没有这个词", "phrases", "phrases?became=vanished&type=",
    "documents", "documents?year=2026&region=430000", "documents?q=增长 5%", "documents?q=没有这几个字", "api",
    "part/phrases?year=2026", "part/missed?year=2026", "part/missed", "industries", "industries?part=region&region=湖南&sort=share", "industries?part=industry&value=share",
    "industries?part=mentions&status=planned", "measures", "measures?part=matrix&theme=resilience", "measures?part=carriers&year=1900-2099",
]  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_answers_and_is_whole(address: str, language: str, client: TestClient) -> None:
    answer = client.get(f"/{language}/{address}")
    assert answer.status_code == 200, answer.text[:500]
    found = Parts(answer.text)
    assert not found.handlers
    assert not found.styles
    assert len(found.ids) == len(set(found.ids)), "an id stands twice"
    for script in found.scripts:
        assert script.get("type") == "application/json" or str(script.get("src")).startswith("/static/")
    if language == "en" and not address.startswith("part"):
        text = re.sub(
            r"<(script|select|textarea|svg|td|th|a|article|mark|b|li|option)\b.*?</\1>|<[^>]+>",
            "",
            answer.text,
            flags=re.S,
        )
        assert not re.search(r"[\u4e00-\u9fff]{8}", text), "Chinese where English is asked for"


def test_links_lead_somewhere(client: TestClient) -> None:
    seen: set[str] = set()
    for address in (
        "/zh/",
        "/zh/targets",
        "/zh/ledger",
        "/en/documents?q=增长",
        "/zh/terms?words=增长",
        "/zh/industries",
    ):
        links = [urlsplit(urljoin(f"{HERE}{address}", link)) for link in Parts(client.get(address).text).links]
        assert {link.hostname for link in links} == {"127.0.0.1"}
        places = dict.fromkeys(
            (link.path, link.query, link.fragment) for link in links if "/download/" not in link.path
        )
        new = [place for place in places if place[0] + place[1] not in seen]
        for path, query, fragment in new[:: max(1, len(new) // 16)]:  # a part of them, spread over the page
            seen.add(path + query)
            answer = client.get(f"{path}?{query}")
            assert answer.status_code in (200, 302), f"{path}?{query}"
            if fragment == "at":
                assert 'id="at"' in answer.text, f"{path}?{query}"
    assert len(seen) > 60


def test_pages_of_the_bar_are_those_that_there_are(client: TestClient) -> None:
    from saidao.web.site import NAVIGATION

    assert set(NAVIGATION) <= set(PAGES)
    for name in NAVIGATION:
        assert f'href="/zh/{name}"' in client.get("/zh/").text


def test_figures_are_those_of_the_library(client: TestClient, database: saidao.api.Database) -> None:
    found = database.targets(year=2026, level="province").rows()
    html = client.get("/zh/targets?year=2026&level=province").text
    for record in found:
        if record["role"] == "target" and record["indicator_id"] == "gdp" and record["year"] == 2026:
            assert f"at={record['start']}-{record['end']}#at" in html
    answer = client.get("/api/targets?year=2026&level=province&limit=1000").json()
    assert answer["total"] == len(found)
    assert [row["quote"] for row in answer["rows"]] == [row["quote"] for row in found]


def test_spellings_of_a_term_count_together(client: TestClient, database: saidao.api.Database) -> None:
    [row] = database.terms(["投资|就业"], by="group").rows()
    html = client.get("/zh/terms", params={"words": "增长\n投资|就业"}).text
    cells = re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a></th><td class="number">([\d,]+)</td>', html)
    assert dict(cells)["投资|就业"] == f"{row['hits']:,}"
    uses = len(database.concordance("投资|就业"))
    told = re.search(r"“投资\|就业”[^<]*<small>([\d,]+)", client.get("/zh/terms", params={"words": "投资|就业"}).text)
    assert told is not None
    assert told[1] == f"{uses:,}"


def test_a_figure_leads_to_its_marked_sentence(client: TestClient, database: saidao.api.Database) -> None:
    for record in database.statements(status="target", limit=40):
        place = f"/zh/documents/{record['document_id']}?at={record['start']}-{record['end']}"
        html = client.get(place).text
        marked = re.findall(r'<(?:a|span)[^>]*class="m[^"]* place[^"]*"[^>]*>([^<]*)<', html)
        assert "".join(marked).replace("&#34;", '"') == record["quote"]
        assert client.get(f"/en/statements/{record['id']}").status_code == 200


def test_the_pieces_of_a_document_are_its_text(database: saidao.api.Database) -> None:
    for row in database.documents():
        document = database.document(row["id"])
        sections = database.sections(row["id"]).rows()
        spans = [
            reading.Span(s["start"], s["end"], "statement", s["id"]) for s in database.statements(document=row["id"])
        ]
        spans.append(reading.Span(3, 9, "place"))
        shown = ""
        for start, end in reading.parts(document["text"]):
            assert end - start <= reading.LONGEST
            for block in reading.blocks(document["text"], sections, spans, start, end):
                shown += "".join(piece.text for paragraph in block.paragraphs for piece in paragraph)
        assert shown.replace("\n", "") == document["text"].replace("\n", "")


def test_downloads_hold_what_the_page_shows(client: TestClient, database: saidao.api.Database) -> None:
    answer = client.get("/zh/download/statements.csv?status=target&year=2026")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == [r["id"] for r in database.statements(status="target", year=2026)]
    for name in ("targets", "ledger", "documents", "statements"):
        book = openpyxl.load_workbook(io.BytesIO(client.get(f"/zh/download/{name}.xlsx").content), read_only=True)
        assert book.sheetnames
    for format in ("csv", "xlsx", "jsonl", "parquet"):
        assert client.get(f"/en/download/terms.{format}?words=增长&by=region").status_code == 200
    assert client.get("/en/download/terms.exe?words=增长").status_code == 404


def test_the_api_is_paged_and_keeps_digits(client: TestClient, database: saidao.api.Database) -> None:
    place, ids = "/api/statements?limit=200", list[str]()
    while place:
        answer = client.get(place)
        page = json.loads(answer.text, parse_float=str)
        ids += [row["id"] for row in page["rows"]]
        place = page["next"]
    assert ids == [row["id"] for row in database.statements()]
    one = database.statement(ids[0])
    assert client.get(f"/api/statements/{ids[0]}").json()["quote"] == one["quote"]
    document = client.get(f"/api/documents/{one['document_id']}").json()
    assert document["text"][one["start"] : one["end"]] == one["quote"]
    assert client.get(f"/api/documents/{one['document_id']}/sections").json()
    assert client.get("/api/info").json()["counts"]["documents"] == database.info().counts["documents"]


def test_search_finds_every_place(client: TestClient, database: saidao.api.Database) -> None:
    texts = {row["id"]: database.document(row["id"])["text"] for row in database.documents()}
    for words in ("增长", "长5", "总值增", "GDP", "gdp", "，", "不少"):
        found = client.get("/api/search", params={"q": words, "limit": 1000}).json()
        expected = database.sql("SELECT text FROM sentences").rows()
        assert found["total"] == sum(words.lower() in row["text"].lower() for row in expected)
        for row in found["rows"][:50]:
            assert texts[row["document_id"]][row["start"] : row["end"]] == row["sentence"]


@pytest.mark.parametrize("sentence", ["投资增长5%，就业增长3%。", "增长" * 500])
def test_hits_are_cut_without_loss(sentence: str) -> None:
    found = parts(sentence, 100, "增长 5%")
    shown = "".join(text for text, _ in found["pieces"]).strip("…")
    assert shown in sentence
    assert all(text.lower() in ("增长", "5%") for text, marked in found["pieces"] if marked)
    assert sentence[found["start"] - 100 : found["end"] - 100] in ("增长", "5%")


def test_every_word_of_the_page_is_there_in_both_languages() -> None:
    rows = {row["id"]: row for row in load().rows("web")}
    folder = Path(str(saidao.__path__[0])) / "web"
    used = set()
    for file in [*folder.rglob("*.html"), *folder.rglob("*.py")]:
        used |= set(re.findall(r'say\(["\'](web\.[a-z_.]+[a-z])["\']', file.read_text("utf-8")))
    assert used <= set(rows)
    for row in rows.values():
        assert row["zh"]
        assert row["en"]
        assert set(re.findall(r"\{(\w+)\}", row["zh"])) == set(re.findall(r"\{(\w+)\}", row["en"]))


def test_the_tiles_are_all_provinces() -> None:
    tiles = load().rows("tiles")
    provinces = {row["id"] for row in load().rows("regions") if row["level"] == "province"}
    assert {tile["id"] for tile in tiles} <= provinces
    assert provinces - {tile["id"] for tile in tiles} <= {"660000"}
    assert len({(tile["column"], tile["row"]) for tile in tiles}) == len(tiles) == 34
