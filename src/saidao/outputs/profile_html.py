"""A brief as one HTML file without anything from outside; notes and numbers lead to one another."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import IO

from saidao.outputs.profile import BACK, Brief, Paragraph, Table, Words

_STYLE = """
:root { --ink: #22262a; --soft: #5b6670; --line: #dfe4e8; --head: #eef2f5; --accent: #1f4e79; --mark: #ffe7a3; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e7ea; --soft: #9aa5af; --line: #39424a; --head: #252c32; --accent: #8fbce6; --mark: #6a5500; }
  body { background: #16191c; }
}
* { box-sizing: border-box; }
body { color: var(--ink); font: 15px/1.65 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  margin: 0 auto; max-width: 58rem; padding: 2rem 1.2rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.3; margin: 0 0 .4rem; }
h2 { border-bottom: 1px solid var(--line); font-size: 1.12rem; margin: 1.8rem 0 .6rem; padding-bottom: .2rem; }
p { margin: .4rem 0; }
.intro { color: var(--soft); font-size: .9rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; margin: .5rem 0; width: 100%; }
th { background: var(--head); font-weight: 600; text-align: left; white-space: nowrap; }
th, td { border-bottom: 1px solid var(--line); padding: .28rem .5rem; vertical-align: top; }
td.number, th.number { text-align: right; }
td.number { font-variant-numeric: tabular-nums; }
a { color: var(--accent); text-decoration: none; }
a:hover, a:focus { text-decoration: underline; }
sup { line-height: 0; white-space: normal; }
sup a { font-size: .72rem; padding: 0 .1em; }
ol { font-size: .85rem; padding-left: 2.4rem; }
li { margin: .35rem 0; overflow-wrap: anywhere; scroll-margin-top: 1rem; }
li:target, a:target { background: var(--mark); }
mark { background: var(--mark); color: inherit; }
.id { color: var(--soft); font-family: ui-monospace, Consolas, monospace; font-size: .78rem; }
@media print { body { font-size: 10pt; max-width: none; padding: 0; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
"""


def write(made: Brief, out: IO[str]) -> None:
    """Writes the brief."""
    references: dict[int, list[int]] = defaultdict(list)
    counter = [0]

    def words(words: Words) -> str:
        links = []
        for number in words.notes:
            counter[0] += 1
            references[number].append(counter[0])
            links.append(f'<a id="r{counter[0]}" href="#n{number}">{number}</a>')
        return escape(words.text) + (f"<sup>{' '.join(links)}</sup>" if links else "")

    body = [f"<h1>{escape(made.title)}</h1>", f'<p class="intro">{escape(made.intro)}</p>']
    for part in made.parts:
        body.append(f"<section><h2>{escape(part.heading)}</h2>")
        for block in part.blocks:
            if isinstance(block, Paragraph):
                body.append(f"<p>{''.join(words(each) for each in block.words)}</p>")
            else:
                body.append(_table(block, words))
        body.append("</section>")
    body.append(f'<section><h2>{escape(made.notes_heading)}</h2><ol class="notes">')
    for note in made.notes:
        sentence = "".join(f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in note.pieces)
        link = f' <a href="{escape(note.address)}">{escape(made.page)}</a>' if note.address else ""
        tail = f' <span class="id">{escape(note.tail)}</span>' if note.tail else ""
        back = " ".join(
            f'<a href="#r{n}" title="{escape(made.back)}" aria-label="{escape(made.back)}">↩</a>'
            for n in references[note.number][:BACK]
        )
        body.append(
            f'<li id="n{note.number}" value="{note.number}">{escape(note.head)}{sentence}{tail}{link} {back}</li>'
        )
    body.append("</ol></section>")
    language = "zh-CN" if made.language == "zh" else "en"
    out.write(
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(made.title)}</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _table(block: Table, words: object) -> str:
    assert callable(words)
    classes = [' class="number"' if number else "" for number in block.numbers]
    head = "".join(f"<th{kind}>{escape(text)}</th>" for text, kind in zip(block.heads, classes, strict=True))
    rows = "".join(
        "<tr>" + "".join(f"<td{kind}>{words(cell)}</td>" for cell, kind in zip(row, classes, strict=True)) + "</tr>"
        for row in block.rows
    )
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
