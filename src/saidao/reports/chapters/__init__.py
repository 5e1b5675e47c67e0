"""The chapters of a report: facts in, blocks out.

writer.py    what chapters share: words, figures that lead to their sentences, names of regions
overview.py  what stands out, what is covered, what is missing
targets.py   this year's targets against last year's, with wording, result, tile grid and distribution
ledger.py    what became of last year's promises
policy.py    industries most bet on, tools, carriers
wording.py   phrases that are new, rising, fading, vanished
method.py    how it was made, its limits, its sources
"""

from __future__ import annotations

from dataclasses import replace

from saidao.reports.blocks import Chapter, Table
from saidao.reports.chapters import ledger, method, overview, policy, targets, wording
from saidao.reports.chapters.writer import Writer, capital

PARTS = (overview, targets, ledger, policy, wording, method)


def chapters(writer: Writer) -> list[Chapter]:
    """All chapters that have something to tell."""
    made = [part.chapter(writer) for part in PARTS]
    for chapter in made:
        chapter.blocks = [
            replace(block, head=[capital(title) for title in block.head]) if isinstance(block, Table) else block
            for block in chapter.blocks
        ]
    return [chapter for chapter in made if chapter.blocks]
