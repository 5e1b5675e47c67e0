"""A brief as Markdown, with footnotes; what comes from documents cannot become markup."""

from __future__ import annotations

import re
from typing import IO

from saidao.outputs.profile import Brief, Paragraph, Table, Told, Words

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$!&])")


def write(made: Brief, out: IO[str]) -> None:
    """Writes the brief."""
    print(f"# {plain(made.title)}\n\n{plain(made.intro)}\n", file=out)
    for part in made.parts:
        print(f"## {plain(part.heading)}\n", file=out)
        for block in part.blocks:
            print(_paragraph(block) if isinstance(block, Paragraph) else _table(block), file=out)
            print(file=out)
    print(f"## {plain(made.notes_heading)}\n", file=out)
    for note in made.notes:
        print(f"[^{note.number}]: {_note(note, made)}", file=out)


def plain(text: str) -> str:
    """A text on one line that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _words(words: Words) -> str:
    return plain(words.text) + "".join(f"[^{number}]" for number in words.notes)


def _paragraph(block: Paragraph) -> str:
    # the blanks at the ends of pieces stay: they part words
    return "".join(
        (" " if w.text[:1] == " " else "") + _words(w) + (" " if w.text[-1:] == " " and not w.notes else "")
        for w in block.words
    ).strip()


def _table(block: Table) -> str:
    lines = [
        "| " + " | ".join(plain(head) for head in block.heads) + " |",
        "| " + " | ".join("---:" if number else "---" for number in block.numbers) + " |",
    ]
    lines += ["| " + " | ".join(_words(cell) for cell in row) + " |" for row in block.rows]
    return "\n".join(lines)


def _note(note: Told, made: Brief) -> str:
    sentence = "".join(f"**{plain(text)}**" if marked else plain(text) for text, marked in note.pieces)
    link = f" [{plain(made.page)}]({note.address})" if note.address else ""
    return " ".join(filter(None, (plain(note.head), sentence, plain(note.tail)))) + link
