"""What became of last year's promises."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from saidao.models import POINTS
from saidao.outputs.promises import MARKS
from saidao.outputs.tables import Record
from saidao.outputs.texts import plain_number
from saidao.reports.blocks import Block, Cell, Chapter, Heading, Paragraph, Piece, Table, text
from saidao.reports.chapters.writer import STYLES, Writer

_JUDGED = ("beaten", "met", "missed")


def chapter(writer: Writer) -> Chapter:
    """The chapter."""
    say, last = writer.say, writer.year - 1
    made = Chapter("ledger", say("report.ledger", last=last))
    ids = [line.id for line in writer.facts.promises.indicators]
    rows = [r for r in writer.facts.promises.promises if r["indicator_id"] in set(ids)]
    if not rows:
        return made
    used = [id for id in ids if any(r["indicator_id"] == id for r in rows)]
    legend = "  ".join(f"{mark} {say.label(f'outcome.{name}')}" for name, mark in MARKS.items())
    rules = writer.facts.promises.rules.tolerances
    made.blocks = [
        Heading("outcomes", say("report.outcomes")),
        Paragraph(
            text(say("report.ledger_note", last=last, growth=rules["growth"][1], level=percent(rules["level"][1]))),
            "note",
        ),
        counts(writer, rows, used),
        Heading("ledger-table", say("report.ledger_table", last=last)),
        Paragraph(text(say("report.ledger_legend", legend=legend)), "note"),
        matrix(writer, rows, used),
        Heading("missed", say("report.missed", last=last)),
        *(missed(writer, rows) or [Paragraph(text(say("report.none_missed")), "note")]),
        Heading("beaten", say("report.beaten", last=last)),
        *(missed(writer, rows, "beaten") or [Paragraph(text("—"), "note")]),
    ]
    return made


def counts(writer: Writer, rows: list[Record], used: list[str]) -> Table:
    """A row an indicator with the outcomes."""
    made: list[list[Cell]] = []
    for id in used:
        found = Counter(r["outcome"] for r in rows if r["indicator_id"] == id)
        judged = sum(found[name] for name in _JUDGED)
        share = f"{100 * (found['beaten'] + found['met']) / judged:.0f}%" if judged else "—"
        made.append([text(writer.say.indicator(id)), *(text(found[name] or "·", "" if found[name] else "soft") for name in MARKS),
                     text(judged), text(share)])  # fmt: skip
    head = [writer.say.label("column.indicator"), *(writer.say.label(f"outcome.{name}") for name in MARKS),
            writer.say("report.judged"), writer.say("report.share_kept")]  # fmt: skip
    return Table(head, made, (3, *[1.1] * (len(head) - 1)), frozenset(range(1, len(head))))


def matrix(writer: Writer, rows: list[Record], used: list[str]) -> Table:
    """Regions by indicators: a sign for the outcome, which leads to the result's sentence, or else the target's."""
    found: dict[str, dict[str, Record]] = {}
    for record in rows:
        row = found.setdefault(record["adcode"] + record["region"], {"": record})
        earlier = row.get(record["indicator_id"])
        if earlier is None or earlier["outcome"] not in _JUDGED:
            row[record["indicator_id"]] = record
    made: list[list[Cell]] = []
    for row in found.values():
        line: list[Cell] = [text(writer.place(row[""]))]
        for id in used:
            each = row.get(id)
            places = (writer.places(each, "result_") or writer.places(each, "target_")) if each else ()
            outcome = each["outcome"] if each else ""
            line.append((Piece(MARKS[outcome], places, STYLES.get(outcome, "soft")),) if each else ())
        made.append(line)
    head = [writer.say.label("column.region"), *(writer.short(id) for id in used)]
    return Table(head, made, (1.2, *[1.0] * len(used)), frozenset(range(1, len(used) + 1)), wide=True)


def missed(writer: Writer, rows: list[Record], outcome: str = "missed") -> list[Block]:
    """The targets with one outcome, the widest gap of each indicator first."""
    say = writer.say
    order = {line.id: n for n, line in enumerate(writer.facts.promises.indicators)}
    found = [r for r in rows if r["outcome"] == outcome]
    found.sort(key=lambda r: (order[r["indicator_id"]], -abs(r["gap"] or 0), r["adcode"]))
    if not found:
        return []
    made: list[list[Cell]] = []
    for record in found:
        target = record | {"target_unit": record["unit"], "target_qualitative": record["qualitative"]}
        result = record | {"result_unit": record["unit"]}
        points = POINTS if record["unit"] == "%" else record["unit"]
        gap = "" if record["gap"] is None else writer.measured(record["gap"], points)
        made.append([text(say.indicator(record["indicator_id"])), text(writer.place(record)),
                     writer.figure(target, "target_"), writer.figure(result, "result_"),
                     text(f"+{gap}" if gap and record["gap"] > 0 else gap)])  # fmt: skip
    last = writer.year - 1
    head = [say.label("column.indicator"), say.label("column.region"), f"{say.label('targets.target')} {last}",
            f"{say.label('targets.result')} {last}", say("report.gap")]  # fmt: skip
    return [Table(head, made, (2.6, 1.4, 2.2, 2, 1.4), frozenset((2, 3, 4)))]


def percent(part: Decimal) -> str:
    """A part of one as percent."""
    return f"{plain_number(part * 100)}%"
