"""Broken and hostile input gives rejects with a clear code: never an exception, a hang, or unbounded memory."""

from __future__ import annotations

import io
import json
import os
import struct
import subprocess
import sys
import textwrap
import zipfile
import zlib
from pathlib import Path

import pytest

import forms
from hostile import code, load, put
from saidao import sources
from saidao.models import Raw, Reject


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "标题,正文\n"),
        ("a.tsv", "标题\t正文\n"),
        ("a.json", "[]"),
        ("a.jsonl", "\n\n"),
        ("a.md", "\n"),
        ("a.txt", " \n"),
    ],
)
def test_a_file_without_records_is_told(tmp_path: Path, name: str, content: str) -> None:
    (only,) = load(put(tmp_path, name, content.encode()))
    assert isinstance(only, Reject)


def test_a_parquet_file_without_rows_is_told(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"正文": pa.array([], pa.string())}), tmp_path / "a.parquet")
    assert code(tmp_path / "a.parquet") == "no_text"
    pq.write_table(pa.table({"正文": [None, "增长5%。"], "备注": ["甲", "乙"]}), tmp_path / "a.parquet")
    found = load(tmp_path / "a.parquet")
    assert [getattr(each, "code", "document") for each in found] == ["row_without_text", "document"]


# --- wrong names, empty and foreign files ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"", "empty_file"),
        ("a.docx", b"", "empty_file"),
        ("a.txt", b" \n\t\r\n ", "no_text"),
        ("a.html", b"<html><body><script>x()</script></body></html>", "no_text"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "WordDocument".encode("utf-16-le"), "doc_not_read"),
        ("a.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "WordDocument".encode("utf-16-le"), "wps_not_read"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "Workbook".encode("utf-16-le"), "xls_not_read"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99 + "EncryptedPackage".encode("utf-16-le"), "encrypted_office"),
        ("a.ppt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "office_not_read"),
        ("a.rtf", b"{\\rtf1 a}", "rtf_not_read"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00", "media_not_read"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "media_not_read"),
        ("a.mp4", b"\x00\x00\x00\x18ftypmp42", "media_not_read"),
        ("a.gz", b"\x1f\x8b\x08\x00\x00", "archive_not_read"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00", "archive_not_read"),
        ("a.bin", b"\x00\x01\x02\x03" * 50, "unknown_binary"),
        ("a.xyz", "一段文字".encode(), "unknown_format"),
        ("a.docx", "一段文字".encode(), "broken_docx"),
        ("a.pdf", "一段文字".encode(), "broken_pdf"),
        ("a.parquet", b"PAR1", "truncated_file"),
        ("a.zip", "一段文字".encode(), "broken_archive"),
        ("a.txt", b"\x81\xff\xfe\x80" * 40, "undecodable_text"),
        ("a.txt", "政府工作报告".encode() + "报".encode()[:2], "truncated_file"),
        ("a.json", b"[" * 100_000, "broken_json"),
        ("a.json", b'{"text": ' + b"9" * 10_000 + b"}", "broken_json"),
        ("a.md", b"---\ntitle: [a\n---\n\xe6\x96\x87", "broken_front_matter"),
        ("a.md", b"---\ntitle: a: b: c\n\t- x\n---\n\xe6\x96\x87", "broken_front_matter"),
        ("a.md", b"---\ntitle: x\nno end\n", "broken_front_matter"),
    ],
)  # fmt: skip
def test_named_rejects(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    assert code(put(tmp_path, name, content)) == expected


def test_content_goes_before_extension(tmp_path: Path) -> None:
    for name, content, kind in [
        ("page.txt", forms.html(), "html"),
        ("old.xls", forms.xlsx(), "xlsx"),
        ("old.doc", forms.docx(), "docx"),
        ("export.xls", forms.html(), "html"),
        ("data.csv", forms.parquet(), "parquet"),
        ("noname", forms.text(), "text"),
    ]:
        (raw,) = load(put(tmp_path, name, content))
        assert isinstance(raw, Raw), (name, raw)
        assert raw.source.format == kind
        assert "312.5亿元" in raw.text


# --- bombs ----------------------------------------------------------------------------------------------------------


def zeros(mib: int) -> bytes:
    return b"\x00" * (mib * 2**20)


def test_zip_bomb(tmp_path: Path) -> None:
    assert code(put(tmp_path, "a.zip", forms.zipped({"a.txt": zeros(20)}))) == "zip_bomb"


def test_zip_bomb_in_a_zip(tmp_path: Path) -> None:
    inner = forms.zipped({f"{i}.txt": zeros(12) for i in range(4)})
    found = load(put(tmp_path, "a.zip", forms.zipped({"b.zip": inner, "ok.txt": forms.text()})))
    assert [each.code for each in found if isinstance(each, Reject)] == ["zip_bomb"] * 4
    assert [each.source.member for each in found if isinstance(each, Raw)] == ["ok.txt"]


def test_overlapping_entries_are_a_bomb(tmp_path: Path) -> None:
    """Many entries of the table of contents that share one piece of packed data."""
    content = zlib.compress(zeros(1), 9)[2:-4]
    crc = zlib.crc32(zeros(1))
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(content), 2**20, 5, 0) + b"a.txt" + content
    directory = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(content), 2**20, 5, 0, 0, 0, 0, 0, 0)
        + b"a.txt"
        for _ in range(1000)
    )
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1000, 1000, len(directory), len(local), 0)
    assert code(put(tmp_path, "a.zip", local + directory + end)) == "zip_bomb"


def test_sizes_in_the_header_are_not_believed(tmp_path: Path) -> None:
    data = bytearray(forms.zipped({"a.txt": zeros(20)}))
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.index(signature) + offset
        data[at : at + 4] = struct.pack("<L", 100)
    assert code(put(tmp_path, "a.zip", bytes(data))) in ("broken_archive", "zip_bomb")


def test_archives_in_archives_end(tmp_path: Path) -> None:
    data = forms.zipped({"a.txt": forms.text()})
    for depth in range(6):
        data = forms.zipped({f"{depth}.zip": data})
    assert code(put(tmp_path, "a.zip", data)) == "archive_too_deep"


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
def test_bomb_in_a_word_file(tmp_path: Path, part: str) -> None:
    bomb = b"<?xml version='1.0'?><a>" + b" " * (20 * 2**20) + b"</a>"
    assert code(put(tmp_path, "a.docx", forms.repacked(forms.docx(), {part: bomb}))) == "zip_bomb"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_bomb_in_a_workbook(tmp_path: Path, part: str) -> None:
    bomb = b"<?xml version='1.0'?><a>" + b" " * (20 * 2**20) + b"</a>"
    assert "zip_bomb" in [
        getattr(r, "code", "") for r in load(put(tmp_path, "a.xlsx", forms.repacked(forms.xlsx(), {part: bomb})))
    ]


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/hostname">]><x>&c;&f;</x>'
)


@pytest.mark.parametrize("content", [ENTITIES, ENTITIES.decode().encode("utf-16"), b" " * 5000 + ENTITIES[21:]])
@pytest.mark.parametrize(
    ("name", "part"),
    [("a.docx", "word/document.xml"), ("a.docx", "word/_rels/document.xml.rels"), ("a.xlsx", "xl/worksheets/sheet1.xml"),
     ("a.xlsx", "xl/sharedStrings.xml"), ("a.xlsx", "xl/workbook.xml")],
)  # fmt: skip
def test_entities_are_refused(tmp_path: Path, name: str, part: str, content: bytes) -> None:
    made = forms.docx() if name == "a.docx" else forms.xlsx()
    found = load(put(tmp_path, name, forms.repacked(made, {part: content})))
    assert {getattr(each, "code", "") for each in found} <= {"xml_entity", "broken_docx", "broken_xlsx"}
    if not content.startswith(b" "):
        assert getattr(found[0], "code", "") == "xml_entity"


def test_entities_in_html_stay_text(tmp_path: Path) -> None:
    page = ENTITIES.replace(b"<x>", b"<html><body>").replace(b"</x>", "结束</body></html>".encode())
    (raw,) = load(put(tmp_path, "a.html", page))
    assert isinstance(raw, Raw)
    assert len(raw.text) < 1_000
    assert "hahaha" not in raw.text


def test_yaml_aliases_are_refused(tmp_path: Path) -> None:
    levels = "\n".join(f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 9)}]" for i in range(9))
    assert code(put(tmp_path, "a.md", f"---\na: &a [x]\n{levels}\n---\n正文".encode())) == "broken_front_matter"
    assert (
        code(put(tmp_path, "b.md", b"---\nx: !!python/object/apply:os.system [ls]\n---\n\xe6\x96\x87"))
        == "broken_front_matter"
    )


def test_a_sheet_of_two_far_cells_is_small(tmp_path: Path) -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>正文</t></is></c></row>'
        '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>一段文字。</t></is></c></row>'
        "</sheetData></worksheet>"
    )
    (raw,) = load(put(tmp_path, "a.xlsx", forms.repacked(forms.xlsx(), {"xl/worksheets/sheet1.xml": sheet.encode()})))
    assert isinstance(raw, Raw)
    wide = sheet.replace('r="A1048576"', 'r="XFD1048576"')
    assert (
        code(put(tmp_path, "b.xlsx", forms.repacked(forms.xlsx(), {"xl/worksheets/sheet1.xml": wide.encode()})))
        == "too_large"
    )


@pytest.mark.parametrize("opening", ["<div>", "<b>", "<a href=x>", "<table><tr><td>", "<font color=red>"])
def test_html_nested_without_end(tmp_path: Path, opening: str) -> None:
    assert code(put(tmp_path, "a.html", (opening * 100_000 + "文").encode())) == "broken_html"


def test_html_tag_of_endless_attributes(tmp_path: Path) -> None:
    page = "<div " + " ".join(f"a{i}=1" for i in range(300_000)) + ">文</div>"
    assert code(put(tmp_path, "a.html", page.encode())) == "broken_html"


# --- unsafe names ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["../a.txt", "a/../../b.txt", "/etc/a.txt", "C:\\a.txt", "..\\a.txt", "\\a.txt"])
def test_names_that_leave_the_archive(tmp_path: Path, name: str) -> None:
    found = load(put(tmp_path, "a.zip", forms.zipped({name: forms.text(), "ok.txt": forms.text()})))
    assert [each.code for each in found if isinstance(each, Reject)] == ["unsafe_member_name"]
    assert [each.source.member for each in found if isinstance(each, Raw)] == ["ok.txt"]


def test_encrypted_member(tmp_path: Path) -> None:
    data = bytearray(forms.zipped({"a.txt": forms.text()}))
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(signature) + offset] |= 1
    assert code(put(tmp_path, "a.zip", bytes(data))) == "encrypted_member"


def test_unknown_compression(tmp_path: Path) -> None:
    data = bytearray(forms.zipped({"a.txt": forms.text()}))
    for signature, offset in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        data[data.index(signature) + offset] = 9
    assert code(put(tmp_path, "a.zip", bytes(data))) == "unsupported_compression"


def test_damaged_member_leaves_the_others(tmp_path: Path) -> None:
    data = bytearray(forms.zipped({"a.txt": forms.text(), "b.txt": forms.text()}, zipfile.ZIP_STORED))
    data[60] ^= 255
    found = load(put(tmp_path, "a.zip", bytes(data)))
    assert [getattr(each, "code", "read") for each in found] == ["broken_archive", "read"]


# --- PDF ------------------------------------------------------------------------------------------------------------


def test_scanned_pdf(tmp_path: Path) -> None:
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    drawing = canvas.Canvas(out)
    drawing.rect(50, 50, 200, 300, fill=1)
    drawing.showPage()
    drawing.save()
    assert code(put(tmp_path, "a.pdf", out.getvalue())) == "scanned_pdf"


def test_encrypted_pdf(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    drawing = canvas.Canvas(out, encrypt=StandardEncryption("secret", ownerPassword="owner"))
    drawing.drawString(50, 700, "hidden")
    drawing.showPage()
    drawing.save()
    assert code(put(tmp_path, "a.pdf", out.getvalue())) == "encrypted_pdf"


# --- size -----------------------------------------------------------------------------------------------------------

MEASURED = """
    import resource, sys
    import saidao.sources as sources
    from saidao.sources import delimited, jsons, markdown, parquet, plain
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    codes = []
    for unit in sources.discover([sys.argv[1]]):
        for each in [unit] if not isinstance(unit, sources.Unit) else sources.read(unit):
            codes.append(getattr(each, "code", "read"))
            del each
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(",".join(codes[:5]), len(codes), (after - before) // 1024)
"""


def measured(path: Path) -> tuple[str, int, int]:
    """Codes, number of results, and megabytes that reading took, in a process of its own that must end in time."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(MEASURED), str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    codes, count, megabytes = done.stdout.split()
    return codes, int(count), int(megabytes)


@pytest.mark.parametrize(
    ("name", "start", "end", "expected", "most"),
    [
        ("a.txt", b"", b"", "too_large", 10),
        ("a.md", b"# a\n", b"", "too_large", 10),
        ("a.html", b"<html><body><p>", b"</p>", "too_large", 10),
        ("a.csv", "标题,正文\na,".encode(), b"\nb,c\n", "too_large,read", 120),
        ("a.jsonl", b'{"text": "', b'"}\n{"text": "b"}\n', "too_large,read", 120),
    ],
)
def test_a_line_of_100_mb(tmp_path: Path, name: str, start: bytes, end: bytes, expected: str, most: int) -> None:
    file = tmp_path / name
    with file.open("wb") as out:
        out.write(start)
        for _ in range(100):
            out.write("工作".encode() * (2**20 // 6))
        out.write(end)
    codes, _, megabytes = measured(file)
    assert codes == expected
    assert megabytes <= most


def test_memory_stays_flat_over_many_rows(tmp_path: Path) -> None:
    row = json.dumps({"text": forms.TEXT * 5}, ensure_ascii=False) + "\n"
    put(tmp_path, "a.jsonl", (row * 30_000).encode())
    codes, count, megabytes = measured(tmp_path / "a.jsonl")
    assert codes.startswith("read")
    assert count == 30_000
    assert megabytes < 25


def test_parquet_of_one_repeated_value_is_read_in_batches(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    column = pa.DictionaryArray.from_arrays(pa.array([0] * 20_000, pa.int32()), pa.array(["工作" * 50_000]))
    pq.write_table(pa.table({"text": column}), tmp_path / "a.parquet")
    assert (tmp_path / "a.parquet").stat().st_size < 2**20
    unit = next(iter(sources.discover([tmp_path / "a.parquet"])))
    assert isinstance(unit, sources.Unit)
    found = sources.read(unit)
    assert isinstance(next(found), Raw)


def test_an_unclosed_quotation_mark_ends(tmp_path: Path) -> None:
    rows = "".join(f"{i},第{i}段文字\n" for i in range(2_000))
    found = load(put(tmp_path, "a.csv", f'标题,正文\n0,"开头没有结尾\n{rows}'.encode()))
    assert len(found) == 1


# --- files that are no files ----------------------------------------------------------------------------------------


def test_missing_and_special_files(tmp_path: Path) -> None:
    assert code(tmp_path / "nowhere") == "not_found"
    os.mkfifo(tmp_path / "pipe")
    assert code(tmp_path / "pipe") == "not_a_file"
    (tmp_path / "pipe").unlink()
    (tmp_path / "dangling").symlink_to(tmp_path / "gone")
    assert code(tmp_path / "dangling") == "unreadable"


def test_folders_that_lead_into_themselves(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    put(inner, "x.txt", forms.text())
    (inner / "up").symlink_to(tmp_path / "a")
    found = load(tmp_path)
    assert sorted(getattr(each, "code", "read") for each in found) == ["folder_loop", "read"]


def test_a_file_that_vanishes(tmp_path: Path) -> None:
    file = put(tmp_path, "a.txt", forms.text())
    (unit,) = sources.discover([file])
    file.unlink()
    assert isinstance(unit, sources.Unit)
    (reject,) = sources.read(unit)
    assert isinstance(reject, Reject)
    assert reject.code == "unreadable"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    file = put(tmp_path, "a.txt", forms.text())
    file.chmod(0)
    assert code(file) == "unreadable"
