"""The same small report in every form that is read: makers of files for tests of reading."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

PARAGRAPHS = [
    "2026年青岚县政府工作报告",
    "各位代表：",
    "一、2025年工作回顾",
    "过去一年，全县地区生产总值达到312.5亿元，增长5.6%，城镇新增就业4200人。",
    "二、2026年工作安排",
    "今年主要预期目标是：地区生产总值增长5%左右，粮食产量稳定在18万吨以上，居民收入增长与经济增长同步。",
]
TEXT = "\n".join(PARAGRAPHS)
ROW = {"标题": "2026年青岚县政府工作报告", "地区": "青岚县", "年份": "2026", "发布日期": "2026-01-20", "正文": TEXT}
HEADINGS = {PARAGRAPHS[2], PARAGRAPHS[4]}


def markdown() -> bytes:
    body = "\n\n".join(f"## {line}" if line in HEADINGS else line for line in PARAGRAPHS)
    return f"---\ntitle: 2026年青岚县政府工作报告\ndate: 2026-01-20\n---\n\n{body}\n".encode()


def html(encoding: str = "utf-8") -> bytes:
    body = "".join(f"<h2>{line}</h2>" if line in HEADINGS else f"<p>{line}</p>" for line in PARAGRAPHS)
    head = f'<meta charset="{encoding}"><meta name="ArticleTitle" content="{PARAGRAPHS[0]}">'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(encoding)


def text(encoding: str = "utf-8") -> bytes:
    return TEXT.encode(encoding)


def docx() -> bytes:
    import docx as word

    document = word.Document()
    for line in PARAGRAPHS:
        document.add_paragraph(line, style="Heading 1" if line in HEADINGS else None)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(lines: list[str] | None = None, pages: int = 1) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    drawing = canvas.Canvas(out, pagesize=A4, invariant=1)
    for _ in range(pages):
        drawing.setFont("STSong-Light", 12)
        y = 780.0
        for line in lines if lines is not None else PARAGRAPHS:
            piece = ""
            for character in line:
                if drawing.stringWidth(piece + character, "STSong-Light", 12) > 450:
                    drawing.drawString(72, y, piece)
                    piece, y = "", y - 20
                piece += character
            drawing.drawString(72, y, piece)
            y -= 20
        drawing.showPage()
    drawing.save()
    return out.getvalue()


def csv(delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    cells = (f'"{value}"' if "\n" in value else value for value in ROW.values())
    return f"{delimiter.join(ROW)}\r\n{delimiter.join(cells)}\r\n".encode(encoding)


def json_list() -> bytes:
    return json.dumps([ROW], ensure_ascii=False).encode()


def json_lines() -> bytes:
    return (json.dumps(ROW, ensure_ascii=False) + "\n").encode()


def parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table({name: [value] for name, value in ROW.items()}), out)
    return out.getvalue()


def xlsx(rows: list[list[Any]] | None = None) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": datetime.datetime(2026, 1, 1)})
        sheet = book.add_worksheet("文件")
        for number, row in enumerate(rows if rows is not None else [list(ROW), list(ROW.values())]):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in members.items():
            # Dated 1980, as an entry is unless told: the same members give the same bytes.
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return out.getvalue()


def repacked(package: bytes, changes: dict[str, bytes]) -> bytes:
    """An Office file with some of its parts replaced or added."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped(parts | changes)


FORMS: dict[str, Callable[[], bytes]] = {
    "report.md": markdown,
    "report.html": html,
    "report.txt": text,
    "report.docx": docx,
    "report.pdf": pdf,
    "reports.csv": csv,
    "reports.tsv": lambda: csv("\t"),
    "reports.json": json_list,
    "reports.jsonl": json_lines,
    "reports.parquet": parquet,
    "reports.xlsx": xlsx,
    "reports.zip": lambda: zipped({"report.txt": text(), "folder/report.md": markdown()}),
}
"""File name to maker, one for each format and the archive."""
