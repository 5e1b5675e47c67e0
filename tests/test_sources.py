"""Finding inputs, and what every reader gives: the same report from every format, no file passed over silently."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import pytest

import forms
from readers import load, one, put, short
from saidao import lexicon, sources
from saidao.models import Raw


@pytest.mark.parametrize("name", [name for name in forms.FORMS if not name.endswith(".zip")])
def test_the_same_report_from_every_format(tmp_path: Path, name: str) -> None:
    raw = one(put(tmp_path, name, forms.FORMS[name]()))
    assert raw.text == forms.TEXT
    assert raw.source.format in sources.FORMATS
    assert raw.source.path.endswith(name)
    if name.startswith("reports."):
        assert (raw.source.row, raw.region, raw.year, raw.date) == (1, "青岚县", "2026", "2026-01-20")
        assert raw.title == forms.ROW["标题"]
    if name in ("report.md", "report.html", "report.docx"):
        assert {raw.text[h.start : h.end] for h in raw.headings} == forms.HEADINGS


@pytest.mark.parametrize("name", forms.FORMS)
def test_every_format_within_a_zip(tmp_path: Path, name: str) -> None:
    plain = load(put(tmp_path, name, forms.FORMS[name]()))
    packed = load(put(tmp_path, "all.zip", forms.zipped({f"文件/{name}": forms.FORMS[name]()})))
    assert short(packed) == short(plain)
    assert all((each.source.member or "").startswith(f"文件/{name}") for each in packed)


def test_the_codes_of_formats_and_rejects_are_explained() -> None:
    rows = lexicon.load().rows("rejects")
    assert all(row["zh"] and row["en"] and ("{detail}" in row["zh"]) == ("{detail}" in row["en"]) for row in rows)


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    program = "import sys, saidao.sources; print([m for m in ('pyarrow', 'pypdfium2', 'lxml', 'selectolax') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_folders_are_walked_in_order_and_nothing_is_passed_over_silently(tmp_path: Path) -> None:
    for name in ["b.txt", "a/2.txt", "a/10.txt", ".hidden.txt", ".git/config", "~$b.docx", "Thumbs.db", "c.png"]:
        put(tmp_path, name, forms.TEXT if name.endswith("txt") else b"\x89PNG\r\n\x1a\n")
    found = list(sources.discover([tmp_path]))
    names = [(u.path if isinstance(u, sources.Unit) else u.source.path).removeprefix(f"{tmp_path}/") for u in found]
    codes = ["" if isinstance(u, sources.Unit) else u.code for u in found]
    assert dict(zip(names, codes, strict=True)) == {
        ".git": "ignored_hidden", ".hidden.txt": "ignored_hidden", "Thumbs.db": "ignored_system_file",
        "a/10.txt": "", "a/2.txt": "", "b.txt": "", "c.png": "media_not_read", "~$b.docx": "ignored_lock_file",
    }  # fmt: skip
    assert names == sorted(names)


def test_a_path_given_twice_is_read_once(tmp_path: Path) -> None:
    file = put(tmp_path, "a/x.txt", forms.TEXT)
    assert len(list(sources.discover([tmp_path, file, tmp_path / "a", str(file)]))) == 1


def test_a_hidden_file_given_by_name_is_read(tmp_path: Path) -> None:
    assert one(put(tmp_path, ".report.txt", forms.TEXT)).text == forms.TEXT


def test_units_can_be_sent_to_another_process(tmp_path: Path) -> None:
    put(tmp_path, "a.zip", forms.FORMS["reports.zip"]())
    units = list(sources.discover([tmp_path]))
    assert len(units) == 2
    for unit in units:
        assert isinstance(unit, sources.Unit)
        again = pickle.loads(pickle.dumps(unit))
        assert again == unit
        assert short(list(sources.read(again))) == [forms.TEXT]


def test_a_file_name_that_is_not_utf_8(tmp_path: Path) -> None:
    name = bytes(tmp_path) + b"/" + "报告.txt".encode("gb18030")
    with open(name, "wb") as out:  # noqa: PTH123
        out.write(forms.text())
    (raw,) = load(tmp_path)
    assert isinstance(raw, Raw)
    assert raw.source.path.endswith("/报告.txt")


def renamed(archive: bytes, old: bytes, new: bytes) -> bytes:
    assert len(old) == len(new)
    return archive.replace(old, new)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_member_names_without_the_flag(tmp_path: Path, encoding: str) -> None:
    raw = "湖南省报告.txt".encode(encoding)
    placeholder = b"x" * (len(raw) - 4) + b".txt"
    archive = renamed(forms.zipped({placeholder.decode(): forms.text()}), placeholder, raw)
    assert one(put(tmp_path, "a.zip", archive)).source.member == "湖南省报告.txt"


def test_members_are_told_apart_and_ordered(tmp_path: Path) -> None:
    inner = forms.zipped({"x.txt": forms.text()})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the name that stands twice is the point here
        for name, content in [("b/", b""), ("b/报告.txt", forms.text()), ("a.txt", b"one"), ("a.txt", b"two"),
                              ("__MACOSX/._a.txt", b"\x00"), ("n.zip", inner), (".DS_Store", b"x")]:  # fmt: skip
            archive.writestr(name, content)
    found = load(put(tmp_path, "a.zip", out.getvalue()))
    shown = [(each.source.member, getattr(each, "code", None) or each.text[:3]) for each in found]
    assert shown == [
        (".DS_Store", "ignored_hidden"),
        ("__MACOSX/._a.txt", "ignored_system_file"),
        ("a#2.txt", "two"),
        ("a.txt", "one"),
        ("b/报告.txt", "202"),
        ("n.zip!/x.txt", "202"),
    ]


EXPECTED = {
    "provincial-2026": 20, "provincial-2025": 20, "national": 61, "policy-documents": 221, "news": 1, "broadcast-news": 59,
}  # fmt: skip


def test_the_real_material_loads_whole(shared: Path) -> None:
    counts = dict.fromkeys(EXPECTED, 0)
    for each in load(shared / "corpus"):
        assert isinstance(each, Raw), each
        counts[each.source.path.split("/corpus/")[1].split("/")[0]] += 1
        assert len(each.text) > 20
        assert all(line and line == line.strip() for line in each.text.split("\n"))
        for image in each.images:
            assert 0 <= image.offset <= len(each.text)
            assert image.url.startswith("http")
    assert counts == EXPECTED


def test_the_real_news_article(shared: Path) -> None:
    raw = one(shared / "corpus" / "news")
    assert raw.aggregator == "ZAKER"
    assert [(i.width, i.height) for i in raw.images] == [(877, 372), (872, 370), (879, 384)]
    assert all("cors" not in i.url for i in raw.images)
    assert len(raw.text.split("\n")) == 4
