"""Word documents and PDF files: paragraphs whole again, notes and running heads apart."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

import forms
from readers import load, one, put
from saidao import lexicon
from saidao.models import Raw
from saidao.sources.paragraphs import paragraphs

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(body: str, extra: dict[str, bytes] | None = None) -> bytes:
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return forms.repacked(forms.docx(), {"word/document.xml": document.encode(), **(extra or {})})


def test_word_paragraphs_tables_and_changes(tmp_path: Path) -> None:
    body = (
        "<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>一、回</w:t></w:r><w:r><w:t>顾</w:t></w:r></w:p>"
        "<w:p><w:r><w:t xml:space='preserve'>增长 </w:t></w:r><w:del><w:r><w:delText>4%</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>5%</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:br/><w:t>换行</w:t></w:r></w:p><w:p/>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>指标</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>目标</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:r><w:t>增速</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>5%</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>左右</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件内</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr><w:hyperlink><w:r><w:t>二、安排</w:t></w:r></w:hyperlink></w:p>"
    )
    raw = one(put(tmp_path, "a.docx", word_file(body)))
    assert raw.text.split("\n") == ["一、回顾", "增长 5%", "换行", "指标\t目标", "增速\t5% 左右", "控件内", "二、安排"]
    assert [(raw.text[h.start : h.end], h.level) for h in raw.headings] == [("一、回顾", 1), ("二、安排", 2)]


def test_word_notes_and_running_heads(tmp_path: Path) -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="r{i}" Type="http://x/{kind}" Target="{target}"/>'
            for i, (kind, target) in enumerate(
                [("footnotes", "footnotes.xml"), ("header", "header1.xml"), ("image", "media/1.png")]
            )
        )
        + "</Relationships>"
    )
    notes = f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:type="separator"><w:p/></w:footnote><w:footnote><w:p><w:r><w:t>脚注一</w:t></w:r></w:p></w:footnote></w:footnotes>'
    header = f'<w:hdr xmlns:w="{WORD}"><w:p><w:r><w:t>页眉</w:t></w:r></w:p></w:hdr>'
    picture = (
        '<w:p><w:r><w:t>图前</w:t></w:r></w:p><w:p><w:r><w:drawing xmlns:wp="http://wp" xmlns:a="http://a" xmlns:r="http://r">'
        '<wp:extent cx="952500" cy="476250"/><wp:docPr descr="厂房"/><a:blip r:embed="r2"/></w:drawing></w:r></w:p>'
        "<w:p><w:r><w:t>图后</w:t></w:r></w:p>"
    )
    extra = {
        "word/_rels/document.xml.rels": relations.encode(),
        "word/footnotes.xml": notes.encode(),
        "word/header1.xml": header.encode(),
    }
    raw = one(put(tmp_path, "a.docx", word_file(picture, extra)))
    assert raw.text == "图前\n图后\n脚注一"
    assert [(n.text, n.reason) for n in raw.noise] == [("页眉", "header")]
    (image,) = raw.images
    assert (image.url, image.width, image.height, image.alt) == ("word/media/1.png", 100, 50, "厂房")
    assert raw.text[image.offset :].startswith("图后")


def test_word_agrees_with_another_reader(shared: Path) -> None:
    import docx

    archive = zipfile.ZipFile(shared / "corpus" / "provincial-2025" / "省区市政府工作报告.zip")
    ours = [raw.text for raw in load(shared / "corpus" / "provincial-2025") if isinstance(raw, Raw)]
    theirs = {
        paragraphs("\n".join(p.text for p in docx.Document(io.BytesIO(archive.read(info))).paragraphs))
        for info in archive.infolist()[:4]
    }
    assert theirs <= set(ours)


def report_pdf(indent: int, space: int) -> bytes:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def running(canvas: object, document: object) -> None:
        canvas.setFont("STSong-Light", 9)  # type: ignore[attr-defined]
        canvas.drawString(72, 805, "青岚县政府工作报告汇编")  # type: ignore[attr-defined]
        canvas.drawCentredString(297, 30, f"— {document.page} —")  # type: ignore[attr-defined]

    style = ParagraphStyle("x", fontName="STSong-Light", fontSize=12, leading=20, wordWrap="CJK",
                           firstLineIndent=indent, spaceAfter=space)  # fmt: skip
    out = io.BytesIO()
    SimpleDocTemplate(out).build([Paragraph(line, style) for line in LONG], onFirstPage=running, onLaterPages=running)
    return out.getvalue()


LONG = [
    f"第{i}项工作："
    + f"全年完成投资{1000 + 37 * i}.5亿元，比上年增长{i % 9 + 1}.2%，建成“专精特新”企业{20 + i}家，" * (i % 4 + 1)
    + "进展顺利。"
    for i in range(60)
]


@pytest.mark.parametrize(("indent", "space"), [(24, 0), (0, 8)])
def test_pdf_paragraphs_are_whole_again(tmp_path: Path, indent: int, space: int) -> None:
    raw = one(put(tmp_path, "a.pdf", report_pdf(indent, space)))
    assert raw.text.split("\n") == LONG
    assert {n.reason for n in raw.noise} == {"header", "footer"}
    assert "青岚县政府工作报告汇编" in {n.text for n in raw.noise}


def test_radicals_become_characters() -> None:
    from saidao.sources import pdf

    table = pdf._radicals(lexicon.load())
    assert "".join(pdf._ordinary(c, table) for c in "⽬⼀⻓⺠⻋") == "目一长民车"
