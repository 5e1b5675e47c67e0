"""Lays figures out as Markdown, which reads well on a terminal too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from evaluation.gold import Passage, Record
from evaluation.scoring import FIELDS, Pair, Score, same_value, score

NAMES = {
    "gold": "labels",
    "precision": "detection precision",
    "recall": "detection recall",
    "f1": "detection F1",
    "full_record": "full record",
}

DESCRIBED = {"missed": "not found", "spurious": "found, but no label"} | {name: f"{name} wrong" for name in FIELDS}


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, its first column to the left, the others to the right."""
    lines = [header, ["---"] + ["---:"] * (len(header) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def figures(passages: Sequence[Passage], found: Mapping[str, Sequence[Record]], floors: Mapping[str, float]) -> str:
    """Every figure, over all passages and by group, with its floor."""
    groups = {"all": list(passages)}
    for passage in passages:
        groups.setdefault(passage.group, []).append(passage)
    scores = {name: score(members, found).figures for name, members in groups.items()}
    rows = [
        [
            NAMES.get(name, name),
            *(
                f"{scores[group][name]:.3f}" if isinstance(scores[group][name], float) else f"{scores[group][name]:,}"
                for group in groups
            ),
            f"{floors[name]:g}" if name in floors else "",
        ]
        for name in scores["all"]
    ]
    passages_row = ["passages", *(f"{len(members):,}" for members in groups.values()), ""]
    return table(["figure", *groups, "floor"], [passages_row, *rows])


def by_kind(scored: Score) -> str:
    """How well each kind of statement does: a rank is easier than a rate of change."""
    kinds = Counter(pair.gold.kind for pair in scored.pairs if pair.gold is not None)
    rows = []
    for kind, count in kinds.most_common():
        pairs = [pair for pair in scored.pairs if pair.gold is not None and pair.gold.kind == kind]
        part = Score(pairs, 0).figures
        rows.append([str(kind), f"{count:,}", *(f"{part[name]:.3f}" for name in ("recall", *FIELDS, "full_record"))])
    return table(["kind", "labels", "recall", *FIELDS, "full record"], rows)


def kinds_of_error(scored: Score) -> str:
    """What goes wrong, counted; a record with two wrong fields counts for both."""
    counts: Counter[str] = Counter()
    for pair in scored.errors:
        counts.update(_errors(pair))
    rows = [[DESCRIBED[name], f"{count:,}"] for name, count in counts.most_common()]
    confused = Counter(
        f"{field}: {getattr(pair.gold, field)} read as {getattr(pair.found, field)}"
        for pair in scored.errors
        for field in ("kind", "bound", "status")
        if field in pair.wrong
    )
    most = [[name, f"{count:,}"] for name, count in confused.most_common(8)]
    return table(["error", "count"], rows) + "\n\n" + table(["confusion", "count"], most)


def peers(passages: Sequence[Passage], results: Mapping[str, Mapping[str, Sequence[Record]] | None]) -> str:
    """What each system finds and gets right; None stands for one that is not installed.

    Numbers are compared without their sign: a fall is named by the verb, which only the first system reads.
    """
    rows = []
    for name, found in results.items():
        if found is None:
            rows.append([name, *["not installed"] * 3, "", "", "", ""])
            continue
        scored = score(passages, found)
        labels = [pair for pair in scored.pairs if pair.gold is not None]
        with_unit = [pair for pair in labels if _same_amount(pair, unit=True)]
        sums = sum(_money(pair) for pair in labels)
        shares = (
            *(scored.figures[figure] for figure in ("precision", "recall", "f1")),
            sum(_same_amount(pair, unit=False) for pair in labels) / len(labels),
            len(with_unit) / len(labels),
            sum(map(_money, with_unit)) / sums if sums else 0.0,
        )
        full = f"{scored.figures['full_record']:.3f}" if any(r.kind for rs in found.values() for r in rs) else "–"
        rows.append([name, *(f"{share:.3f}" for share in shares), full])
    header = ["system", "precision", "recall", "F1", "number right", "number and unit right", "of money", "full record"]
    return table(header, rows)


def _same_amount(pair: Pair, unit: bool) -> bool:
    if pair.gold is None or pair.found is None:
        return False
    sizes = [
        replace(
            record,
            low=None if record.low is None else abs(record.low),
            high=None if record.high is None else abs(record.high),
            unit=record.unit if unit else None,
        )
        for record in (pair.gold, pair.found)
    ]
    return same_value(*sizes)


def _money(pair: Pair) -> bool:
    return pair.gold is not None and pair.gold.unit in ("元", "美元")


def listed(errors: Sequence[Pair], limit: int) -> str:
    """The first errors in full, for the one who mends them."""
    lines = []
    for pair in errors[:limit]:
        lines.append(f"{pair.passage.id}: {', '.join(_errors(pair))}")
        lines += [
            f"    {side:6} {_line(record)}" for side, record in (("label", pair.gold), ("found", pair.found)) if record
        ]
    return "\n".join(lines)


def _errors(pair: Pair) -> tuple[str, ...]:
    if pair.found is None:
        return ("missed",)
    return pair.wrong if pair.gold is not None else ("spurious",)


def _line(record: Record) -> str:
    low, high = (f"{value:f}" if value is not None else "?" for value in (record.low, record.high))
    amount = low if low == high else f"{low} to {high}"
    return (
        f"{record.quote} | {record.indicator} | {record.kind} {amount} {record.unit} {record.bound} "
        f"| {record.status} {record.period}"
    )
