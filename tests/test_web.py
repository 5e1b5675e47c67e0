"""The page over HTTP: every page answers, its figures are the library's, and nothing asked of it does harm."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import signal
import subprocess
import sys
import threading
import urllib.request
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import duckdb
import openpyxl
import pytest
from starlette.testclient import TestClient

import saidao
from saidao.lexicon import load
from saidao.store import schema
from saidao.store.problems import DatabaseError
from saidao.web import reading
from saidao.web.app import FILES, PAGES, create
from saidao.web.guard import name_of
from saidao.web.holder import Answers, Holder
from saidao.web.pages.documents import parts

HERE = "http://127.0.0.1"


@pytest.fixture(scope="module")
def client(observatory: Path) -> TestClient:
    return TestClient(create(observatory), base_url=HERE, follow_redirects=False, raise_server_exceptions=True)


@pytest.fixture(scope="module")
def database(observatory: Path) -> saidao.api.Database:
    return saidao.open(observatory)


class Parts(HTMLParser):
    """The elements of a page, and whether they nest."""

    EMPTY = frozenset(("meta", "link", "img", "input", "br", "hr", "rect", "line", "circle"))

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.links: list[str] = []
        self.scripts: list[dict[str, str | None]] = []
        self.handlers: list[str] = []
        self.styles: list[str] = []
        self.ids: list[str] = []
        self.feed(html)
        assert self.open == [], f"not closed: {self.open}"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag not in self.EMPTY:
            self.open.append(tag)
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag == "script":
            self.scripts.append(given)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        self.handlers += [name for name in given if name.startswith("on")]
        self.styles += [tag] if tag == "style" or "style" in given else []

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in self.EMPTY:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.EMPTY:
            assert self.open, f"</{tag}> without a beginning"
            assert self.open[-1] == tag, f"<{self.open[-1]}> ends with </{tag}>"
            self.open.pop()


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


@pytest.mark.parametrize(
    "address",
    [
        "/zh/targets?year=x", "/zh/targets?level=galaxy", "/zh/ledger?page=0", "/zh/terms?words=a&dictionary=/etc/passwd",
        "/zh/terms?words=a&dictionary=../../x", "/zh/documents?year=2026-2020", "/zh/series?region=x&indicator=gdp&measure=y",
        "/api/statements?limit=0", "/api/statements?limit=100000", "/api/statements?offset=-1", "/api/terms", "/api/search",
        "/api/series?indicator=x", "/api/targets?year=2026;DROP TABLE documents", "/api/search?q=%20",
    ],
)  # fmt: skip
def test_questions_that_make_no_sense_are_refused(address: str, client: TestClient) -> None:
    assert client.get(address).status_code in (400, 422), address


@pytest.mark.parametrize(
    "address",
    ["/zh/documents/ffffffffffffffff", "/zh/documents/x'--", "/zh/nothing", "/fr/", "/zh/statements/00", "/api/documents/zz",
     "/static/x/../app.py", "/static/x/..%2f..%2fapp.py", "/static/x/%2e%2e/%2e%2e/holder.py", "/static/x//etc/passwd",
     "/api/documents/abcd/meta", "/zh/download/meta.csv", "/api/sql?query=SELECT%201", "/docs"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(address: str, client: TestClient) -> None:
    answer = client.get(address)
    assert answer.status_code == 404, address
    assert "import" not in answer.text


def test_words_are_never_sql(client: TestClient, database: saidao.api.Database) -> None:
    before = database.info().counts
    for words in ("'; DROP TABLE documents; --", '" OR 1=1', "%", "_", "\x00", "\\", "🙂"):
        for name, parameter in (
            ("search", "q"),
            ("statements", "words"),
            ("documents", "region"),
            ("spread", "phrase"),
        ):
            assert client.get(f"/api/{name}", params={parameter: words}).status_code in (200, 400, 422)
    assert database.info().counts == before


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "", "[::2]:80", "10.0.0.1"]
)
def test_other_names_are_refused(host: str, client: TestClient) -> None:
    assert client.get("/zh/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:8000", "[::1]"])
def test_own_names_are_answered(host: str, client: TestClient) -> None:
    assert client.get("/zh/api", headers={"host": host}).status_code == 200


def test_names_are_read_out_of_host_headers() -> None:
    assert name_of("[::1]:80") == "::1"
    assert name_of("a.b:80") == "a.b"
    assert name_of("::1") == "::1"


def test_only_reading(client: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert client.request(method, "/api/statements").status_code == 405
    assert client.get("/zh/?" + "x" * 9000).status_code == 414
    head = client.head("/zh/documents")
    assert head.status_code == 200
    assert not head.content


def test_every_answer_carries_the_policy(client: TestClient) -> None:
    for address in ("/zh/", "/api/info", "/zh/nothing", "/static/x/icon.svg", "/zh/targets?year=x"):
        headers = client.get(address).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"


def test_harm_in_documents_stays_text(client: TestClient, database: saidao.api.Database) -> None:
    for row in database.documents():
        document = database.document(row["id"])
        if "hurt" not in document["text"] and "hurt" not in (row["title"] or ""):
            continue
        html = client.get(f"/zh/documents/{row['id']}").text
        found = Parts(html)
        assert not any("javascript:" in link.lower() for link in found.links)
        assert "<script>window" not in html
        assert "<img src=x" not in html
        assert "49" not in re.findall(r"\{\{.*?\}\}", html)
        return
    raise AssertionError("the harmful document is not there")


def test_a_page_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/zh/targets")
    again = client.get("/zh/targets", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert not again.content
    assert client.get("/en/targets", headers={"if-none-match": first.headers["etag"]}).status_code == 200


def test_the_first_page_follows_the_browsers_language(client: TestClient) -> None:
    assert client.get("/", headers={"accept-language": "zh-CN,zh;q=0.9"}).headers["location"] == "/zh/"
    assert client.get("/", headers={"accept-language": "en-GB"}).headers["location"] == "/en/"


def test_own_files_are_served_under_addresses_of_their_bytes(client: TestClient) -> None:
    html = client.get("/zh/series").text
    for address in set(re.findall(r'"(/static/[^"]+)"', html)):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert not any(
        re.search(rb"\beval\(|new Function\b", FILES[name])
        for name in FILES
        if name.endswith(".js") and "vendor" not in name
    )
    assert b"Apache" in FILES["vendor/echarts-LICENSE.txt"]


def test_queries_in_sql_only_where_they_are_allowed(observatory: Path) -> None:
    client = TestClient(create(observatory, sql=True), base_url=HERE)

    def ask(query: str) -> tuple[int, str]:
        answer = client.get("/api/sql", params={"query": query})
        return answer.status_code, answer.text

    assert ask("SELECT count(*) AS n FROM documents")[0] == 200
    status, text = ask("SELECT range AS n FROM range(5000)")
    assert status == 200
    assert json.loads(text)["more"] is True
    assert len(json.loads(text)["rows"]) == 1000
    for harm in (
        "DELETE FROM documents", "SELECT 1; SELECT 2", "SELECT * FROM read_text('/etc/passwd')", "COPY documents TO '/tmp/x.csv'",
        "SET enable_external_access = true", "ATTACH '/tmp/x.duckdb'", "SELECT * FROM '/etc/passwd'", "INSTALL httpfs",
        "LOAD httpfs", "PRAGMA database_list", "SELECT nothing", "", "EXPORT DATABASE '/tmp/x'", "CREATE TABLE x (y INT)",
        "SELECT * FROM glob('/etc/*')",
    ):  # fmt: skip
        assert ask(harm)[0] in (400, 422), harm


def test_another_file_in_its_place_is_read(observatory: Path, tmp_path: Path, reports) -> None:  # type: ignore[no-untyped-def]
    served = tmp_path / "served.duckdb"
    shutil.copy(observatory, served)
    client = TestClient(create(served), base_url=HERE)
    before = client.get("/api/documents?limit=1").json()["total"]
    saidao.build(reports(3), tmp_path / "new.duckdb", jobs=1)
    (tmp_path / "new.duckdb").replace(served)
    assert client.get("/api/documents?limit=1").json()["total"] == 3 != before
    assert client.get("/zh/").status_code == 200
    served.write_bytes(b"no database")
    answer = client.get("/zh/targets")
    assert answer.status_code == 503
    assert "served.duckdb" in answer.text
    assert client.get("/api/info").status_code == 503
    served.unlink()
    assert client.get("/zh/targets").status_code == 503
    shutil.copy(observatory, served)
    assert client.get("/api/documents?limit=1").json()["total"] == before


@pytest.mark.parametrize("language", ["zh", "en"])
def test_files_that_cannot_be_served_are_explained(
    language: str, observatory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from saidao.cli import main

    (tmp_path / "broken.duckdb").write_bytes(b"\0" * 20_000)
    shutil.copy(observatory, tmp_path / "newer.duckdb")
    with duckdb.connect(str(tmp_path / "newer.duckdb")) as connection:
        connection.execute(f"UPDATE meta SET value = '{schema.VERSION + 1}' WHERE key = 'schema_version'")
    with duckdb.connect(str(tmp_path / "foreign.duckdb")) as connection:
        connection.execute("CREATE TABLE t (x INT)")
    for name in ("broken.duckdb", "newer.duckdb", "foreign.duckdb", "missing.duckdb"):
        assert main(["serve", str(tmp_path / name), "--lang", language]) == 2
        told = capsys.readouterr().err
        assert name in told
        assert "Traceback" not in told


def test_a_file_that_a_build_writes_is_explained(observatory: Path, tmp_path: Path) -> None:
    file = tmp_path / "busy.duckdb"
    shutil.copy(observatory, file)
    code = f"import duckdb, sys; c = duckdb.connect({str(file)!r}); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        with pytest.raises(DatabaseError) as error:
            Holder(file)
        assert error.value.code == "locked"
        writer.communicate()


@pytest.mark.parametrize(("language", "word"), [("zh", "已就绪"), ("en", "is served at")])
def test_the_command_says_where_and_serves(language: str, word: str, observatory: Path) -> None:
    command = [sys.executable, "-m", "saidao", "serve", str(observatory), "--port", "0", "--lang", language]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server:
        assert server.stdout is not None
        told = server.stdout.readline()
        try:
            assert word in told
            [address] = re.findall(r"http://127\.0\.0\.1:\d+/", told)
            with urllib.request.urlopen(f"{address}{language}/", timeout=60) as answer:
                assert answer.status == 200
                assert "coverage" in answer.read().decode()
        finally:
            server.send_signal(signal.SIGINT)
            assert server.wait(30) == 0


def test_an_answer_is_made_once() -> None:
    answers = Answers(kept=2)
    made: list[int] = []
    gate = threading.Event()

    def make() -> int:
        gate.wait(5)
        made.append(1)
        return 7

    found: list[int] = []
    readers = [threading.Thread(target=lambda: found.append(answers.get("x", make))) for _ in range(8)]
    for reader in readers:
        reader.start()
    gate.set()
    for reader in readers:
        reader.join()
    assert found == [7] * 8
    assert made == [1]
    for key in "abc":
        answers.get(key, lambda: 1)
    assert not answers.has("x")
    with pytest.raises(ValueError, match="wrong"):
        answers.get("y", _fail)
    assert answers.get("y", lambda: 3) == 3


def _fail() -> int:
    raise ValueError("wrong")


def test_readers_are_many(observatory: Path) -> None:
    client = TestClient(create(observatory), base_url=HERE)
    wrong: list[str] = []
    expected = {
        address: client.get(address).text for address in ("/zh/targets", "/en/ledger", "/api/statements?limit=50")
    }

    def read() -> None:
        for address, text in expected.items():
            if client.get(address).text != text:
                wrong.append(address)

    threads = [threading.Thread(target=read) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


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
