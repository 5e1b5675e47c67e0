"""Pages: Markdown and HTML, their metadata, headings, pictures and noise."""

from __future__ import annotations

from pathlib import Path

import pytest

import forms
from readers import one, put
from saidao.sources import images

FEED = """
---
title: '某地一季度产业观察'
categories:
 - 新媒体
 - 某聚合平台
headimg: 'https://proxy.example/?http://img.example/1_1024.jpg'
author: 某聚合平台
comments: false
date: Fri, 18 Feb 2022 03:19:20 GMT
thumbnail: 'https://proxy.example/?http://img.example/0.jpg'
---

<div>
<p><strong>某视听网消息：</strong>第一段。</p><p></p><div class="img_box" onclick><div><img class="lazy" data-original="http://img.example/1_1024.jpg" data-height="372" data-width="877" src="https://proxy.example/?http://img.example/1_1024.jpg" referrerpolicy="no-referrer"></div></div>第二段，" 集群 "达 3 个。<p></p>
<img src="javascript:void(0)"><img src="data:image/gif;base64,AAAA" data-src="//img.example/2.png" alt="厂 房">第三段。<p>

</p><div id="recommend_bottom"></div>
</div>
"""


def test_a_feed_article(tmp_path: Path) -> None:
    raw = one(put(tmp_path, "a.md", FEED))
    assert raw.text == '某视听网消息：第一段。\n第二段，" 集群 "达 3 个。\n第三段。'
    assert raw.title == "某地一季度产业观察"
    assert raw.date == "Fri, 18 Feb 2022 03:19:20 GMT"
    assert (raw.aggregator, raw.publisher) == ("某聚合平台", None)
    assert raw.categories == ("新媒体", "某聚合平台")
    assert [(i.url, i.width, i.height, i.alt) for i in raw.images] == [
        ("http://img.example/0.jpg", None, None, None),
        ("http://img.example/1_1024.jpg", 877, 372, None),
        ("https://img.example/2.png", None, None, "厂 房"),
    ]
    assert raw.images[1].given == "https://proxy.example/?http://img.example/1_1024.jpg"
    assert [raw.text[i.offset : i.offset + 3] for i in raw.images] == ["某视听", "第二段", "第三段"]


def test_markdown_marks(tmp_path: Path) -> None:
    source = """# 总标题

## 一、回顾 ##
**加粗**与*斜体*、~~删除~~和`代码`，3*5*2 与 a_b_c 不变。
- 甲项
1. 乙项
> 引文
[查看原文](https://a.example/1.htm)
见[规划全文](https://a.example/2.htm "标题")。![图一](https://a.example/3.png)
小标题
---
| 指标 | 目标 |
|------|-----:|
| 增速 | 5% |

```
增长 *5*%
```
<p>段内<b>标签</b></p><p>另段</p>

***
尾\\*号 &amp; 1 < 2
"""
    raw = one(put(tmp_path, "a.md", source))
    assert raw.text.split("\n") == [
        "总标题", "一、回顾", "加粗与斜体、删除和代码，3*5*2 与 a_b_c 不变。", "甲项", "1. 乙项", "引文", "见规划全文。", "小标题",
        "指标\t目标", "增速\t5%", "增长 *5*%", "段内标签", "另段", "尾*号 & 1 < 2",
    ]  # fmt: skip
    assert [(raw.text[h.start : h.end], h.level) for h in raw.headings] == [
        ("总标题", 1),
        ("一、回顾", 2),
        ("小标题", 2),
    ]
    assert [(n.text, n.reason) for n in raw.noise] == [("查看原文 https://a.example/1.htm", "link")]
    assert raw.title == "总标题"
    (image,) = raw.images
    assert (image.url, image.alt, raw.text[: image.offset].endswith("见规划全文。")) == (
        "https://a.example/3.png",
        "图一",
        True,
    )


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    assert one(put(tmp_path, "a.md", "---\n正文第一段。\n---\n第二段。")).text.endswith("第二段。")


def test_an_author_who_is_a_person_is_kept_as_byline(tmp_path: Path) -> None:
    raw = one(put(tmp_path, "a.md", "---\nauthor: 张三\nsource: 某报\n---\n正文。"))
    assert (raw.aggregator, raw.publisher) == (None, "某报")
    assert [(n.text, n.reason) for n in raw.noise] == [("张三", "byline")]


PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>2026年青岚县政府工作报告_青岚县人民政府网</title>
<meta name="ArticleTitle" content="2026年青岚县政府工作报告"><meta name="PubDate" content="2026-01-22 08:00">
<meta name="ContentSource" content="青岚日报"><meta name="SiteName" content="青岚县人民政府网">
<meta name="ColumnName" content="政府工作报告"><link rel="canonical" href="http://www.example.gov.cn/a.html">
<style>p {color: red}</style></head><body>
<div class="header">青岚县人民政府</div><nav><a href="/">首页</a> &gt; <a href="/x">报告</a></nav>
<form id="aspnet"><input type="text" value="请输入关键字"><button>搜索</button>
<div class="main"><h1>2026年青岚县政府工作报告</h1><div>来源：青岚日报　时间：2026-01-22</div>
<div class="TRS_Editor"><p>　　各位代表：</p><p>全县生产总值增长<span>5</span><b>%</b>，<br/>城镇新增就业<!-- 注 -->4200人。</p>
<p style="display:none">隐藏的2025年旧稿增长9%</p><div>裸段落<div>内层段落</div>尾段落</div>
<table><tr><th>指标</th><th>目标</th></tr><tr><td><p>生产总值</p></td><td>5%左右</td></tr></table>
<img data-original="/upload/1.jpg" src="/loading.gif" width="600" style="height: 400px">
<p>过去一年，我们坚持稳中求进，统筹发展和安全，完成了县人民代表大会确定的目标任务，各项事业取得新的进展。</p></div>
<div class="share">分享到：微信</div></div></form>
<ul><li><a href="1">2025年报告</a></li><li><a href="2">2024年报告</a></li><li><a>2023年报告</a></li><li><a>2022年报告</a></li></ul>
<script>var rate = "增长99%";</script><footer>主办：县政府办公室</footer></body></html>"""


def test_a_page_of_a_government_site(tmp_path: Path) -> None:
    raw = one(put(tmp_path, "a.html", PAGE))
    assert raw.text.split("\n")[:9] == [
        "2026年青岚县政府工作报告", "来源：青岚日报 时间：2026-01-22".replace(" ", "　"), "各位代表：", "全县生产总值增长5%，",
        "城镇新增就业4200人。", "裸段落", "内层段落", "尾段落", "指标\t目标",
    ]  # fmt: skip
    assert raw.text.split("\n")[9] == "生产总值\t5%左右"
    assert raw.text.endswith("各项事业取得新的进展。")
    assert (raw.title, raw.date, raw.publisher) == ("2026年青岚县政府工作报告", "2026-01-22 08:00", "青岚日报")
    assert raw.url == "http://www.example.gov.cn/a.html"
    assert raw.categories == ("政府工作报告",)
    noise = " ".join(n.text for n in raw.noise)
    for word in ["搜索", "隐藏的", "首页", "分享到", "2023年报告", "主办", "青岚县人民政府"]:
        assert word in noise
    assert "var rate" not in raw.text
    (image,) = raw.images
    assert (image.url, image.width, image.height) == ("http://www.example.gov.cn/upload/1.jpg", 600, 400)
    assert raw.text[image.offset :].startswith("过去一年")


def test_the_address_that_a_government_page_gives_is_that_of_its_pictures(tmp_path: Path) -> None:
    link = '<link rel="canonical" href="http://www.example.gov.cn/a.html">'
    page = PAGE.replace(link, '<meta name="Url" content="https://www.example.gov.cn/b/c.html">')
    raw = one(put(tmp_path, "a.html", page))
    assert raw.url == "https://www.example.gov.cn/b/c.html"
    assert raw.images[0].url == "https://www.example.gov.cn/upload/1.jpg"
    assert one(put(tmp_path, "b.html", PAGE.replace(link, '<meta name="Url" content="/b/c.html">'))).url is None


def test_furniture_that_holds_the_text_is_none(tmp_path: Path) -> None:
    raw = one(
        put(
            tmp_path, "a.html", f"<body><div class='nav'><p>{forms.TEXT}</p></div><div class='footer'>页脚</div></body>"
        )
    )
    assert "312.5亿元" in raw.text
    assert "页脚" not in raw.text


def test_a_page_of_nothing_but_links_keeps_its_text(tmp_path: Path) -> None:
    raw = one(
        put(
            tmp_path,
            "a.html",
            "<body><ul>" + "".join(f"<li><a>第{i}年报告</a></li>" for i in range(20)) + "</ul></body>",
        )
    )
    assert len(raw.text.split("\n")) == 20


@pytest.mark.parametrize(
    "paragraph", ["<p>{}</p>", "{}<br>", "<div>{}</div>", "<div><span>{}</span></div>", "<p>{}", "<li>{}</li>"]
)
def test_paragraphs_however_they_are_made(tmp_path: Path, paragraph: str) -> None:
    body = "\n".join(paragraph.format(line) for line in forms.PARAGRAPHS)
    assert one(put(tmp_path, "a.html", f"<html><body><div>{body}</div></body></html>")).text == forms.TEXT


@pytest.mark.parametrize(
    ("given_address", "real"),
    [
        ("https://p.example/?http://a.example/1.jpg", "http://a.example/1.jpg"),
        ("https://p.example/?url=http%3A%2F%2Fa.example%2F1.jpg%3Fx%3D1&w=100", "http://a.example/1.jpg?x=1"),
        ("https://p.example/img?w=1&src=https://a.example/1.jpg&q=2", "https://a.example/1.jpg"),
        ("https://a.example/1.jpg?x=1", "https://a.example/1.jpg?x=1"),
        ("//a.example/1.jpg", "https://a.example/1.jpg"),
        ("javascript:alert(1)", None),
        ("data:image/png;base64,AA", None),
        (" java\nscript:alert(1)", None),
    ],
)
def test_addresses_of_pictures(given_address: str, real: str | None) -> None:
    assert images.real_address(given_address) == real


def test_the_largest_of_a_srcset() -> None:
    assert images.largest("a.jpg 320w, b.jpg 1024w, c.jpg 640w") == "b.jpg"
    assert images.largest("a.jpg, b.jpg 2x") == "b.jpg"
