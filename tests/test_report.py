"""The yearly report: its links lead somewhere, its quotes are exact, and the same database gives the same bytes."""

from __future__ import annotations

import html
import re
import zipfile
from pathlib import Path
from urllib.parse import unquote

import duckdb
import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import html as pages

import saidao
from conftest import report_text
from saidao import reports
from saidao.cli import main
from saidao.outputs import fonts
from saidao.reports.blocks import Table, Tiles
from saidao.store.quotes import Place, quotes

HOSTILE = '<script>alert("x")</script>&<img src=x onerror=alert(1)>#{panic()}\\u{0}$*_@[link](x)'


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    for n in range(4):
        for year in (2025, 2026):
            text = report_text(n, year)
            if n == 1:
                text = text.replace("；城镇新增就业", f"（{HOSTILE}）；城镇新增就业")
                text += f"\n大力发展人工智能产业{HOSTILE}，建设2个千亿级产业集群。"
            (folder / f"{n}-{year}.txt").write_text(text, "utf-8")
    saidao.build(folder, folder / "it.duckdb", jobs=1)
    with duckdb.connect(str(folder / "it.duckdb")) as connection:  # whatever a source may call its document
        connection.execute("UPDATE documents SET title = title || ? WHERE region = '四川省'", [HOSTILE])
    return folder / "it.duckdb"


@pytest.fixture(scope="module")
def report(database: Path) -> reports.Report:
    with saidao.open(database) as opened:
        return reports.compose(opened, language="zh")


@pytest.fixture(scope="module")
def folder(report: reports.Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("made")
    formats = reports.FORMATS if fonts.chinese() else ("site", "docx")
    reports.write(report, made, formats)
    return made


def test_every_figure_has_its_sentence(report: reports.Report, database: Path) -> None:
    with saidao.open(database) as opened:
        texts = {row["id"]: row["text"] for row in opened.sql("SELECT id, text FROM documents")}
    places = [place for chapter in report.chapters for place in chapter.places()]
    assert len(places) > 20
    for place in [*places, *(place for listing, _, _ in report.lists for place in listing.places)]:
        found = report.notes.quoted[place]
        assert texts[place.document][place.start : place.end] == found.quote
        assert texts[place.document][found.sentence_start :].startswith(found.sentence)
    marked = 0
    for region in report.notes.regions:
        for source in region.sources:
            for entry in source.entries:
                assert "".join(text for text, _ in entry.parts()) == entry.quoted.sentence
                marked += sum(number is not None for _, number in entry.parts())
    assert marked >= len(set(places)) - 1  # a sentence that is cited whole bears no mark


def test_targets_stand_in_the_table(report: reports.Report) -> None:
    [chapter] = [each for each in report.chapters if each.id == "targets"]
    tables = [block for block in chapter.blocks if isinstance(block, Table)]
    rows = {row[0][0].text: [piece.text for piece in row[1]] for row in tables[0].rows}
    assert rows["湖南"][0] == "5%左右"
    assert rows["四川"][0] == "6%左右"
    assert any(isinstance(block, Tiles) and block.grid for block in chapter.blocks)


def test_the_site_is_whole(folder: Path) -> None:
    files = sorted(folder.rglob("*.html"))
    assert len(files) > 8
    trees = {file: pages.fromstring(file.read_text("utf-8")) for file in files}
    ids = {file: set(tree.xpath("//@id")) for file, tree in trees.items()}
    links = 0
    for file, tree in trees.items():
        assert not tree.xpath("//script | //*[@style] | //*[starts-with(name(@*), 'on')]"), file
        assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]/@content")[0]
        for target in tree.xpath("//@href | //@src"):
            assert not re.match("[a-z]+:|/", target), f"{file.name}: {target}"
            name, _, anchor = target.partition("#")
            to = (file.parent / unquote(name)).resolve() if name else file
            assert to.is_file(), f"{file.name}: {target}"
            assert not anchor or anchor in ids[to], f"{file.name}: {target}"
            links += bool(anchor)
    assert links > 60


def test_marks_of_the_site_are_the_quotes(folder: Path, report: reports.Report) -> None:
    numbers = {report.notes.number(place): report.notes.quoted[place] for c in report.chapters for place in c.places()}
    seen = set()
    for file in (folder / "evidence").glob("*.html"):
        for mark in pages.fromstring(file.read_text("utf-8")).xpath("//mark[@id]"):
            number = int(mark.get("id")[1:])
            assert mark.text_content() == numbers[number].quote
            seen.add(number)
    assert seen == set(numbers)


def test_hostile_text_is_shown_and_not_obeyed(folder: Path) -> None:
    text = "".join(file.read_text("utf-8") for file in folder.rglob("*.html"))
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert html.escape("<script>alert(", quote=False) in text
    written = "".join(p.text for p in Document(str(folder / "report.docx")).paragraphs)
    assert "<script>alert(" in written


def test_word_document_opens_and_its_links_lead_somewhere(folder: Path, report: reports.Report) -> None:
    document = Document(str(folder / "report.docx"))
    body = document.element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names))
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert anchors <= set(names)
    assert {f"n{number}" for number in range(1, len(report.notes) + 1)} <= anchors & set(names)
    assert any("TOC" in (code.text or "") for code in body.iter(qn("w:instrText")))
    assert any(paragraph.style.name == "Heading 2" for paragraph in document.paragraphs)
    fonts_of = document.styles["Normal"].element.rPr.rFonts
    assert fonts_of.get(qn("w:eastAsia"))


@pytest.mark.skipif(fonts.chinese() is None, reason="no font with Chinese characters is installed")
def test_pdf_keeps_the_characters(folder: Path, report: reports.Report) -> None:
    document = pypdfium2.PdfDocument(folder / "report.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in document)
    plain = re.sub(r"\s", "", text)
    assert re.sub(r"\s", "", report.title) in plain
    for place in (place for chapter in report.chapters for place in chapter.places()):
        quote = report.notes.quoted[place].quote
        if len(quote) < 15 and "<" not in quote:
            assert re.sub(r"\s", "", quote) in plain
    assert "\ufffd" not in text


def test_the_same_database_gives_the_same_bytes(folder: Path, database: Path, tmp_path: Path) -> None:
    assert main(["report", str(database), "-o", str(tmp_path), "--lang", "zh", *formats_of(folder)]) == 0
    names = sorted(file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    assert names == sorted(file.relative_to(tmp_path) for file in tmp_path.rglob("*") if file.is_file())
    for name in names:
        assert (folder / name).read_bytes() == (tmp_path / name).read_bytes(), name
    with zipfile.ZipFile(folder / "report.docx") as package:
        assert {info.date_time for info in package.infolist()} == {(2000, 1, 1, 0, 0, 0)}


def formats_of(folder: Path) -> list[str]:
    return [] if (folder / "report.pdf").exists() else ["--format", "site,docx"]


def test_in_english(database: Path, tmp_path: Path) -> None:
    assert main(["--lang", "en", "report", str(database), "-o", str(tmp_path), "--format", "site"]) == 0
    page = (tmp_path / "index.html").read_text("utf-8")
    assert "Government work reports of 2026" in page
    assert not (tmp_path / "report.docx").exists()


def test_mistakes_are_told(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "fonts"
    empty.mkdir()
    call = ["--lang", "en", "report", str(database), "-o", str(tmp_path / "out")]
    for more, told in (
        (["--year", "1999"], "1999"),
        (["--format", "epub"], "epub"),
        (["--font", str(empty)], "apt install fonts-noto-cjk"),
    ):
        assert main([*call, *more]) == 2
        assert told in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_nothing_of_others_is_touched(report: reports.Report, tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(saidao.errors.UsageError, match="lists"):
        reports.write(report, tmp_path, ("site",))
    assert (tmp_path / "lists" / "mine.txt").read_text("utf-8") == "mine"
    again = tmp_path / "again"
    for _ in range(2):  # its own pages are written anew
        reports.write(report, again, ("site",))
    assert (again / "index.html").is_file()


def test_a_place_that_is_not_there_is_an_error(database: Path) -> None:
    with saidao.open(database) as opened:
        id = opened.documents().rows()[0]["id"]
        with pytest.raises(saidao.errors.StoreError):
            quotes(opened.connection, [Place(id, 10**8, 10**8 + 3)])
