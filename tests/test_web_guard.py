"""The page does no harm: what makes no sense is refused, words are never code, only known names are answered."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import saidao
from saidao.web.app import FILES, create
from saidao.web.guard import name_of
from web_pages import HERE, Parts


@pytest.fixture(scope="module")
def database(observatory: Path) -> saidao.api.Database:
    return saidao.open(observatory)


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


@pytest.mark.parametrize(
    ("address", "language", "to"),
    [
        ("/", "", "/zh/"),
        ("/", "en-GB,en", "/en/"),
        ("/ledger?region=%E6%B9%96%E5%8D%97%E7%9C%81", "zh-CN", "/zh/ledger?region=%E6%B9%96%E5%8D%97%E7%9C%81"),
        ("/targets", "de", "/en/targets"),
    ],
)
def test_an_address_without_a_language_leads_to_the_readers(
    address: str, language: str, to: str, client: TestClient
) -> None:
    answer = client.get(address, headers={"accept-language": language}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, to)


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
