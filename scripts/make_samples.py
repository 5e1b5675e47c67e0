"""Makes the samples that are not plain text from the texts in `sample_texts/`.

Usage: python scripts/make_samples.py [--to FOLDER]

DOCX, XLSX, ZIP and the GB18030 text come out byte for byte the same on every run. The PDF needs a Chinese TrueType
font, WenQuanYi Micro Hei (Apache-2.0; Debian: fonts-wqy-microhei); where it is missing the PDF is left as it is.
"""

from __future__ import annotations

import argparse
import io
import zipfile
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

TEXTS = Path(__file__).parent / "sample_texts"
SAMPLES = Path(__file__).parent.parent / "samples"
FONT = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
EPOCH = (2024, 1, 1, 0, 0, 0)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>'
)
RELATIONSHIPS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
DOCUMENT_RELATIONSHIPS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
    "</Relationships>"
)
STYLES = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="{W}">'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style></w:styles>'
)


def read(name: str) -> list[str]:
    """The lines of a text in `sample_texts/`."""
    return (TEXTS / f"{name}.txt").read_text("utf-8").splitlines()


def archive(members: list[tuple[bytes, bytes]]) -> bytes:
    """A ZIP with fixed dates; names are bytes, written without the UTF-8 flag as older Chinese tools write them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members:
            # cp437 maps every byte to a character and back, so zipfile writes exactly these bytes...
            info = _PlainName(name.decode("cp437"), EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            target.writestr(info, content)
    return buffer.getvalue()


class _PlainName(zipfile.ZipInfo):
    """A member whose name keeps its bytes: zipfile alone would turn it into UTF-8 and set the flag."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's own name
        return self.filename.encode("cp437"), self.flag_bits


def docx(lines: list[str]) -> bytes:
    """A Word document: `# ` starts a heading, `| a | b |` lines make a table; the first line is the title."""
    body: list[str] = []
    table: list[str] = []

    def close_table() -> None:
        if table:
            body.append(f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(table)}</w:tbl>")
            table.clear()

    for number, line in enumerate(lines):
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            table.append(f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in cells)}</w:tr>")
            continue
        close_table()
        style = "Title" if number == 0 else "Heading1" if line.startswith("# ") else None
        body.append(paragraph(line.removeprefix("# "), style))
    close_table()
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{W}">'
        f"<w:body>{''.join(body)}<w:sectPr/></w:body></w:document>"
    )
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELATIONSHIPS,
        "word/document.xml": document,
        "word/styles.xml": STYLES,
        "word/_rels/document.xml.rels": DOCUMENT_RELATIONSHIPS,
    }
    return archive([(name.encode("ascii"), content.encode("utf-8")) for name, content in parts.items()])


def paragraph(text: str, style: str | None = None) -> str:
    """One `w:p`, its text in two runs as word processors leave it after an edit."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    middle = len(text) // 2
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in (text[:middle], text[middle:]) if part
    )
    return f"<w:p>{properties}{runs}</w:p>"


def xlsx() -> bytes:
    """A workbook of two sheets, policies and an earlier report, with the column names such collections use."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": datetime(*EPOCH)})
    sheets = {
        "中央文件": [
            (
                "推动大规模设备更新和消费品以旧换新行动方案（样例摘编）",
                "国务院",
                "2024-03-13",
                "https://www.gov.cn/",
                "equipment-renewal-2024",
            ),
        ],
        "历年报告": [
            ("1983年国务院政府工作报告（样例摘编）", "国务院", "1983-06-06", "https://www.gov.cn/", "national-1983"),
        ],
    }
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["序号", "标题", "发文机关", "发布日期", "网址", "正文"])
        for number, (title, issuer, date, url, text) in enumerate(rows, 1):
            sheet.write_row(number, 0, [number])
            sheet.write_row(number, 1, [title, issuer, date])
            sheet.write_string(number, 4, url)
            sheet.write_string(number, 5, "\n".join(read(text)))
    book.close()
    return buffer.getvalue()


def pdf(lines: list[str], font: Path) -> bytes:
    """A PDF with a text layer, its font embedded as a subset, a running header and page numbers."""
    from reportlab.lib.pagesizes import A5
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Chinese", str(font), subfontIndex=0))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A5, invariant=1)
    canvas.setTitle(lines[0])
    width, height = A5
    size, leading, margin = 12, 21, 56
    columns = int((width - 2 * margin) // size)
    y = 0.0
    page = 0

    def turn_page() -> None:
        nonlocal y, page
        if page:
            canvas.showPage()
        page += 1
        canvas.setFont("Chinese", 8)
        canvas.drawCentredString(width / 2, height - 32, "政府工作报告（样例摘编）")
        canvas.drawCentredString(width / 2, 28, f"— {page} —")
        canvas.setFont("Chinese", size)
        y = height - margin - size

    turn_page()
    for number, line in enumerate(lines):
        if number == 0:
            canvas.drawCentredString(width / 2, y, line)
            y -= 2 * leading
            continue
        for row in wrap("　　" + line, columns):
            if y < margin:
                turn_page()
            canvas.drawString(margin, y, row)
            y -= leading
    canvas.save()
    return buffer.getvalue()


def wrap(text: str, columns: int) -> list[str]:
    """Rows of at most `columns` full widths, broken as Chinese type is: no mark starts a row, no number parts."""
    rows: list[str] = []
    row, filled = "", 0.0
    for piece in pieces(text):
        wide = sum(1.0 if ord(c) > 0xFF else 0.56 for c in piece)
        if row and filled + wide > columns and piece[0] not in "，。；：、）”％%":
            rows.append(row)
            row, filled = "", 0.0
        row += piece
        filled += wide
    return [*rows, row] if row else rows


def pieces(text: str) -> list[str]:
    """Single characters, but runs of digits and Latin letters whole."""
    found: list[str] = []
    for character in text:
        if found and character.isascii() and found[-1].isascii() and character != " ":
            found[-1] += character
        else:
            found.append(character)
    return found


def scanned_pdf() -> bytes:
    """A PDF whose only content is a picture: 24 × 16 grey dots."""
    dots = bytes(((x * 37 + y * 91) % 5) * 60 for y in range(16) for x in range(24))
    drawing = b"q 400 0 0 260 90 400 cm /Im0 Do Q"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</Im0 4 0 R>>>>/Contents 5 0 R>>",
        b"<</Type/XObject/Subtype/Image/Width 24/Height 16/ColorSpace/DeviceGray/BitsPerComponent 8/Length %d>>stream\n"
        % len(dots)
        + dots
        + b"\nendstream",
        b"<</Length %d>>stream\n" % len(drawing) + drawing + b"\nendstream",
    ]
    content = b"%PDF-1.4\n"
    places: list[int] = []
    for number, item in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj" % number + item + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        content
        + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        + table
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(content))
    )


def make(font: Path | None) -> dict[str, bytes]:
    """Every generated sample by file name; the PDF only where `font` is there."""
    county = "县市/昆山市2023年政府工作报告.txt".encode("gbk")
    made = {
        "国务院-2024年政府工作报告.txt": ("\r\n".join(read("national-2024")) + "\r\n").encode("gb18030"),
        "2025年湖南省政府工作报告.docx": docx(read("hunan-2025")),
        "policies.xlsx": xlsx(),
        "县市报告.zip": archive([(county, "\n".join(read("kunshan-2023")).encode("utf-8"))]),
        "scanned-2019.pdf": scanned_pdf(),
        # The first bytes of an OLE file are all that tells an old Word document apart.
        "old-notice-2005.doc": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1528),
    }
    if font is not None:
        made["hefei-2025-work-report.pdf"] = pdf(read("hefei-2025"), font)
    return made


def main() -> None:
    """Write the samples."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=SAMPLES, help="folder to write into")
    folder: Path = parser.parse_args().to
    folder.mkdir(parents=True, exist_ok=True)
    font = FONT if FONT.is_file() else None
    if font is None:
        print("no Chinese font found, the PDF is left as it is (Debian: fonts-wqy-microhei)")
    for name, content in make(font).items():
        (folder / name).write_bytes(content)
        print(f"{len(content):>8}  {name}")


if __name__ == "__main__":
    main()
