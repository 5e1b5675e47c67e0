"""The records of a matrix: cells with shares, specialisation and change on last year; crowds; peers.

Everything is compared within one year and one level, over the regions of the choice that have a report. Last year's numbers
stand there only where the region has a report of last year too.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from saidao.analyses.attention import Tally
from saidao.analyses.crowding import crowding
from saidao.analyses.panel import Panel
from saidao.analyses.similarity import nearest
from saidao.analyses.specialisation import percent, quotients
from saidao.analyses.tree import UNLISTED, Node, tree
from saidao.lexicon import Lexicon

Record = dict[str, Any]

TRENDS = ("new", "more", "same", "fewer", "gone")

_WHERE = ("region", "adcode", "level", "year")
_NUMBERS = ("mentions", "planned", "done", "sentences", "commitments", "tools", "carriers")
_CHANGED = ("mentions", "commitments", "tools", "carriers")

_BESIDE = tuple(
    [column for name in names for column in (f"last_{name}", f"{name}_change")]
    for names in (_CHANGED, ("measures", "industries"))
)
"""Columns of last year's numbers, of industries and of tools."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "region-industry": (
        *_WHERE, "industry", "industry_id", *_NUMBERS, "share", "quotient", "trend",
        *(name for each in _CHANGED for name in (f"last_{each}", f"{each}_change")), "last_share", "share_change",
        "tool_ids", "document", "last_document",
    ),
    "region-tool": (
        *_WHERE, "tool", "measures", "planned", "done", "industries", "share", "quotient", "trend", "last_measures",
        "measures_change", "last_industries", "industries_change", "last_share", "share_change", "industry_ids",
        "document", "last_document",
    ),
    "industry-tool": (
        "level", "year", "industry", "industry_id", "tool", "measures", "regions", "regions_all", "share", "quotient",
        "trend", "paired_regions", "paired_measures", "last_measures", "measures_change", "region_names",
    ),
}  # fmt: skip
"""Columns of the cells of each view."""

CROWDING = (
    "level", "year", "industry", "industry_id", "tool", "mentions", "regions", "regions_all", "spread", "herfindahl",
    "alike", "most", "paired_regions", "paired_mentions", "last_mentions", "last_regions", "came", "went",
)  # fmt: skip
"""Columns of the crowding."""

SIMILARITY = ("region", "adcode", "level", "year", "rank", "peer", "peer_adcode", "cosine", "common")
"""Columns of the similarity."""


def of_regions(
    panel: Panel, first: int, last: int, lexicon: Lexicon, shown: Collection[str] | None = None, *, tools: bool = False,
    balanced: bool = False,
) -> list[Record]:  # fmt: skip
    """A record a region, year and industry (or tool) that the region's report of the year or of the last names.

    Balanced, there is one of each region with a report and each item that any region of its level names in the years: what the
    region does not name counts 0, its share is 0, and its quotient, too, where others name the item in that year.
    """
    nodes = tree(lexicon)
    records = []
    every = _every(panel, first, last) if balanced else {}
    for year, level, codes in panel.groups(first, last):
        attention = panel.attention(codes, year)
        known = {item for counts in attention.values() for item in counts} if balanced else frozenset()
        found = quotients(attention, {code: panel.totals[code, year] for code in codes})
        for code in codes:
            if shown is not None and code not in shown:
                continue
            now = panel.tallies[code, year]
            before = panel.tallies.get((code, year - 1))
            whole, last_whole = panel.totals[code, year], panel.totals.get((code, year - 1))
            report = panel.reports[code, year]
            earlier = panel.reports.get((code, year - 1))
            rows = []
            for item in now.keys() | (before or {}).keys() | every.get(level, set()):
                record = {
                    "region": report.region, "adcode": code, "level": level, "year": year,
                    **_named(item, nodes, tools), "quotient": found.get(code, {}).get(item),
                    "document": report.id, "last_document": earlier.id if earlier else None,
                }  # fmt: skip
                tally = now.get(item) or Tally()
                numbers = _tool_numbers if tools else _industry_numbers
                record |= numbers(tally)
                record["share"] = percent(tally.mentions, whole)
                if found and whole and item in known and not tally.mentions:
                    record["quotient"] = Decimal(0)
                old = None if before is None else before.get(item) or Tally()
                record |= _beside(record, old, tools)
                record["last_share"] = None if old is None else percent(old.mentions, last_whole)
                record["share_change"] = _difference(record["share"], record["last_share"])
                record["trend"] = None if old is None else _trend(tally.mentions, old.mentions)
                rows.append(record)
            value = "measures" if tools else "mentions"
            rows.sort(key=lambda r: (-r[value], -(r[f"last_{value}"] or 0), r["tool" if tools else "industry_id"]))
            records += rows
    return records


def _every(panel: Panel, first: int, last: int) -> dict[str, set[str]]:
    """What the regions of each level name in the years, or in the year before."""
    found: dict[str, set[str]] = {}
    for year, level, codes in panel.groups(first, last):
        places = [(code, each) for code in codes for each in (year - 1, year)]
        found.setdefault(level, set()).update(item for place in places for item in panel.tallies.get(place, {}))
    return found


def of_industries(
    panel: Panel, first: int, last: int, lexicon: Lexicon, shown: Collection[str] | None = None
) -> list[Record]:
    """A record a year, level, industry and tool: in how many sentences of how many regions they stand together.

    The change counts the regions alone that have a report of both years.
    """
    nodes = tree(lexicon)
    records = []
    for year, level, codes in panel.groups(first, last):
        chosen = [code for code in codes if shown is None or code in shown]
        pairs = panel.paired(chosen, year)
        whole = _together(panel, chosen, year)
        paired, old = _together(panel, pairs, year), _together(panel, pairs, year - 1)
        attention = {item: {tool: sum(by.values()) for tool, by in tools.items()} for item, tools in whole.items()}
        found = quotients(attention, {item: sum(counts.values()) for item, counts in attention.items()})
        keys = [(item, tool) for item, tools in whole.items() for tool in tools]
        keys += [(i, t) for i, tools in old.items() for t in tools if t not in whole.get(i, {})]
        rows = []
        for item, tool in keys:
            by = whole.get(item, {}).get(tool, {})
            count = sum(by.values())
            record: Record = {
                "level": level, "year": year, **_named(item, nodes, False), "tool": tool, "measures": count,
                "regions": len(by), "regions_all": len(chosen),
                "share": percent(count, sum(attention.get(item, {}).values())),
                "quotient": found.get(item, {}).get(tool), "paired_regions": len(pairs),
                "region_names": [panel.reports[code, year].region for code in sorted(by, key=lambda c: (-by[c], c))],
            }  # fmt: skip
            if pairs:
                record["paired_measures"] = sum(paired.get(item, {}).get(tool, {}).values())
                record["last_measures"] = sum(old.get(item, {}).get(tool, {}).values())
                record["measures_change"] = record["paired_measures"] - record["last_measures"]
                record["trend"] = _trend(record["paired_measures"], record["last_measures"])
            rows.append(record)
        totals = {item: sum(counts.values()) for item, counts in attention.items()}
        rows.sort(key=lambda r: (-totals.get(r["industry_id"], 0), r["industry_id"], -r["measures"], r["tool"]))
        records += rows
    return records


def crowds(panel: Panel, first: int, last: int, lexicon: Lexicon, *, tools: bool = False) -> list[Record]:
    """A record a year, level and industry (or tool): how many regions name it, and how evenly.

    What no row of the data file names is left out: it is not one industry.
    """
    nodes = tree(lexicon)
    records: list[Record] = []
    for year, level, codes in panel.groups(first, last):
        now = panel.attention(codes, year)
        pairs = panel.paired(codes, year)
        old = panel.attention(pairs, year - 1)
        names = {code: panel.reports[code, year].region for code in codes}
        for item, crowd in crowding(now).items():
            if item == UNLISTED:
                continue
            record: Record = {
                "level": level, "year": year, **_named(item, nodes, tools), "mentions": crowd.total,
                "regions": crowd.regions, "regions_all": len(codes), "spread": percent(crowd.regions, len(codes)),
                "herfindahl": crowd.index, "alike": crowd.alike, "most": [names[code] for code in crowd.most[:5]],
                "paired_regions": len(pairs),
            }  # fmt: skip
            if pairs:
                was = {code for code in pairs if old[code].get(item)}
                has = {code for code in pairs if now[code].get(item)}
                record |= {
                    "paired_mentions": sum(now[code].get(item, 0) for code in pairs),
                    "last_mentions": sum(old[code].get(item, 0) for code in pairs),
                    "last_regions": len(was), "came": [names[code] for code in sorted(has - was)],
                    "went": [names[code] for code in sorted(was - has)],
                }  # fmt: skip
            records.append(record)
    return records


def peers(panel: Panel, first: int, last: int, shown: Collection[str] | None = None) -> list[Record]:
    """A record a region, year and peer, the nearest first. What no row of the data file names is left out."""
    records = []
    for year, level, codes in panel.groups(first, last):
        attention = {
            code: {item: count for item, count in counts.items() if item != UNLISTED}
            for code, counts in panel.attention(codes, year).items()
        }
        for peer in nearest(attention):
            if shown is None or peer.region in shown:
                records.append(
                    {
                        "region": panel.reports[peer.region, year].region, "adcode": peer.region, "level": level,
                        "year": year, "rank": peer.rank, "peer": panel.reports[peer.peer, year].region,
                        "peer_adcode": peer.peer, "cosine": peer.cosine, "common": list(peer.common),
                    }
                )  # fmt: skip
    return records


def _industry_numbers(tally: Tally) -> Record:
    return {
        "mentions": tally.mentions, "planned": tally.planned, "done": tally.done, "sentences": tally.sentences,
        "commitments": tally.commitments, "tools": len(tally.tools), "carriers": tally.carriers,
        "tool_ids": _most(tally.tools),
    }  # fmt: skip


def _tool_numbers(tally: Tally) -> Record:
    return {
        "measures": tally.mentions, "planned": tally.planned, "done": tally.done, "industries": len(tally.tools),
        "industry_ids": _most(tally.tools),
    }  # fmt: skip


def _most(counts: dict[str, int]) -> list[str]:
    return sorted(counts, key=lambda id: (-counts[id], id))


def _beside(now: Record, old: Tally | None, tools: bool) -> Record:
    """Last year's numbers and the change on them; nothing without a report of last year."""
    if old is None:
        return dict.fromkeys(_BESIDE[tools])
    if tools:
        last = {"measures": old.mentions, "industries": len(old.tools)}
    else:
        last = {
            "mentions": old.mentions,
            "commitments": old.commitments,
            "tools": len(old.tools),
            "carriers": old.carriers,
        }
    found: Record = {}
    for name, count in last.items():
        found[f"last_{name}"], found[f"{name}_change"] = count, now[name] - count
    return found


def _difference(now: Decimal | None, old: Decimal | None) -> Decimal | None:
    return None if now is None or old is None else now - old


def _trend(now: int, old: int) -> str | None:
    if not old:
        return "new" if now else None
    if not now:
        return "gone"
    return "more" if now > old else "fewer" if now < old else "same"


def _named(item: str, nodes: Any, tools: bool) -> Record:
    if tools:
        return {"tool": item}
    node: Node | None = nodes.get(item)
    return {"industry": node.label if node else item, "industry_id": item}


def _together(panel: Panel, codes: list[str], year: int) -> dict[str, dict[str, dict[str, int]]]:
    """Industry → tool → division → sentences."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for code in codes:
        for item, tally in panel.tallies.get((code, year), {}).items():
            for tool, count in tally.tools.items():
                found.setdefault(item, {}).setdefault(tool, {})[code] = count
    return found
