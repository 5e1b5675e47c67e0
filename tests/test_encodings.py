"""Bytes become text: encodings are told, paragraphs found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import forms
from readers import load, one, put, short
from saidao.sources import encodings
from saidao.sources.paragraphs import paragraphs
from saidao.sources.plain import unwrapped

TRADITIONAL = "各位代表：去年我縣國內生產總值增長百分之五，工業與農業發展都很好，人民生活水平繼續提高。"
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv", "a.json", "a.jsonl", "a.html"])
def test_encodings_of_every_text_format(tmp_path: Path, name: str, encoding: str) -> None:
    content = {
        "a.csv": f'标题,正文\n报告,"{forms.TEXT}"\n',
        "a.json": json.dumps([{"正文": forms.TEXT}], ensure_ascii=False),
        "a.jsonl": json.dumps({"正文": forms.TEXT}, ensure_ascii=False) + "\n",
        "a.html": "<html><body>" + "".join(f"<p>{line}</p>" for line in forms.PARAGRAPHS) + "</body></html>",
    }.get(name, forms.TEXT)
    raw = one(put(tmp_path, name, content.encode(encoding)))
    assert raw.text == forms.TEXT
    assert (raw.source.encoding or "").split("-")[0] == encoding.split("-")[0]


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-16-be"])
def test_traditional_text(encoding: str) -> None:
    assert encodings.decode(TRADITIONAL.encode(encoding))[0] == TRADITIONAL


COMMON = "国的新业中全发化和人展动大建年一进实加力产高会推工地设在民行等持强区生务增体政成家提能作平重开文以出为长合个要保市日"


@settings(deadline=None)
@given(
    text=st.text(alphabet=COMMON + "，。0123456789%", min_size=8, max_size=60).filter(
        lambda t: any(c in COMMON for c in t)
    ),
    encoding=st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be"]),
)
def test_short_texts_are_told_by_their_commonest_characters(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assume(encoding == "utf-8" or not data.isascii() or any(byte < 0x20 for byte in data))  # else it is ASCII as well
    assert encodings.decode(data)[0] == text


@pytest.mark.parametrize("text", ["000。。业业业", "业业业业业业业业"])
def test_utf_16_that_is_valid_utf_8_by_chance(text: str) -> None:
    assert encodings.decode(text.encode("utf-16-le")) == (text, "utf-16")


def test_the_encoding_that_a_page_declares_counts_where_plausible(tmp_path: Path) -> None:
    assert one(put(tmp_path, "a.html", forms.html("gb2312"))).source.encoding == "gb18030"
    wrong = forms.html().replace(b'charset="utf-8"', b'charset="gb2312"')
    raw = one(put(tmp_path, "b.html", wrong))
    assert (raw.text, raw.source.encoding) == (forms.TEXT, "utf-8")


def test_a_long_ascii_beginning_does_not_hide_the_encoding(tmp_path: Path) -> None:
    rows = "".join(f"{i},filler\n" for i in range(30_000)) + f'9,"{forms.TEXT}"\n'
    found = load(put(tmp_path, "a.csv", ("id,正文\n" + rows).encode("gb18030")))
    assert len(found) == 30_001
    assert short(found[-1:]) == [forms.TEXT]


def test_paragraphs() -> None:
    given_text = "\ufeff　　第一段\u200b话 \r\n\r\n\t第\xa0二段\u2028第三段\x00　\x0b\n　\n４９４．５亿元"
    assert paragraphs(given_text) == "第一段话\n第 二段\n第三段\n４９４．５亿元"


@given(st.text())
def test_paragraphs_hold_for_any_text(text: str) -> None:
    made = paragraphs(text)
    assert paragraphs(made) == made
    assert all(line and line == line.strip() for line in made.split("\n")) or made == ""
    made.encode()


def test_lines_broken_at_a_width_are_joined() -> None:
    long = "过去一年全县地区生产总值和规模以上工业增加值都保持了较快的增长势头并且结构继续优化，" * 4 + "成绩来之不易。"
    indented = "　　" + long
    wrapped = "\n".join(indented[i : i + 30] for i in range(0, len(indented), 30))
    assert paragraphs(unwrapped(f"{wrapped}\n{wrapped}")) == f"{long}\n{long}"
    assert unwrapped(forms.TEXT) == forms.TEXT
    poem = "\n".join(["一句话到这里就结束了。"] * 20)
    assert unwrapped(poem) == poem
