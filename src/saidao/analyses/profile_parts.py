"""Parts that briefs of regions and of industries share: documents, carriers, themes."""

from __future__ import annotations

from typing import Any

from saidao.analyses.notes import Place
from saidao.analyses.profile import Fact, Profile, Record, Section, Sources, code, codes, count, regions

THEMES = ("shore_up", "build_strength", "resilience")
_ENTRIES = 10


def reports(sources: Sources, adcode: str) -> list[Record]:
    """The work reports of a division, by year; of one year the longest."""
    rows = sources.connection.execute(
        "SELECT id, year, date, title, characters FROM documents WHERE type = 'work_report' AND adcode = ?"
        " AND year IS NOT NULL ORDER BY year, characters DESC, id",
        [adcode],
    ).fetchall()
    found: dict[int, Record] = {}
    for row in rows:
        found.setdefault(row[1], dict(zip(("id", "year", "date", "title", "characters"), row, strict=True)))
    return list(found.values())


def documents(sources: Sources, profile: Profile, known: list[Record]) -> Section:
    """Which reports the brief rests on, and which are missing."""
    section = Section("documents")
    for year, missing in ((profile.year, "profile.no_report"), (profile.year - 1, "profile.no_last_report")):
        report = next((r for r in known if r["year"] == year), None)
        if report is None:
            section.say(missing, year=Fact(year, "year"))
            continue
        section.say(
            "profile.report", title=Fact(report["title"]), year=Fact(year, "year"), id=Fact(report["id"]),
            characters=count(report["characters"]), date=Fact(str(report["date"] or "—")),
        )  # fmt: skip
    return section


def figure(sources: Sources, cell: Record, prefix: str) -> Fact:
    """A target or a result with its note; nothing where there is none."""
    names = ("low", "high", "unit", "bound", "qualitative")
    record: dict[str, Any] = {name: cell.get(f"{prefix}{name}") for name in names}
    record["unit"] = record["unit"] or cell.get("unit")
    document = cell.get(f"{prefix}document")
    notes: tuple[int, ...] = ()
    if document is not None:
        notes = sources.notes.of([Place(document, cell[f"{prefix}start"], cell[f"{prefix}end"])])
    return Fact(record, "figure", notes=notes)


def carriers(sources: Sources, profile: Profile, known: list[Record], industries: list[str] | None = None) -> Section:
    """Clusters, chains, projects, funds with count, scale and deadline."""
    section = Section("carriers")
    where, parameters = "", []
    if industries is not None:
        where, parameters = " AND list_has_any(b.industries, ?::VARCHAR[])", [industries]
    rows = sources.connection.execute(
        'SELECT b.id, b.type, b.quote, b.number, f.quote, b.deadline, b.industries, b.document_id, b."start", b."end",'
        ' f."start", f."end", d.adcode, d.region, b.low FROM carriers b JOIN documents d ON d.id = b.document_id'
        " LEFT JOIN statements f ON f.id = b.statement_id"
        f" WHERE b.document_id IN (SELECT unnest(?::VARCHAR[])){where}"
        ' ORDER BY d.adcode, b."start", b."end"',
        [[r["id"] for r in known], *parameters],
    ).fetchall()
    if not rows:
        section.say("profile.no_carriers")
        return section
    told = [row for row in rows if row[3] is not None or row[4] is not None or row[5] is not None]
    command = ["carriers", "DB", "--year", str(profile.year), "--level", profile.level, "--type", "work_report"]
    command += ["--region", profile.name] if profile.kind == "region" else ["--industry", profile.subject]
    proofs = sources.notes.of([Place(row[7], row[8], row[9], row[0]) for row in rows], command)
    section.say("profile.carriers", all=count(len(rows), proofs), told=count(len(told)))
    told.sort(key=lambda row: (-(row[14] or 0), row[5] is None, -(row[3] or 0), row[12], row[8]))
    entries = []
    for row in told[:_ENTRIES]:
        places = [Place(row[7], row[8], row[9], row[0])]
        if row[10] is not None:
            places.append(Place(row[7], row[10], row[11]))
        entry = {
            "carrier": code(row[1], "carrier"),
            "entry": Fact(row[2], notes=sources.notes.of(places)),
            "number": count(row[3]),
            "scale": Fact(row[4]),
            "deadline": Fact(row[5], "year"),
            "industries": codes(row[6], "industry"),
        }
        entries.append(({"region": regions([(row[12], row[13])])} if profile.kind == "industry" else {}) | entry)
    first = ("region",) if profile.kind == "industry" else ()
    last = () if profile.kind == "industry" else ("industries",)
    section.table((*first, "carrier", "entry", "number", "scale", "deadline", *last), entries)
    return section


def themes(
    sources: Sources, profile: Profile, *, region: str | None = None, documents: list[str] | None = None,
    industries: list[str] | None = None,
) -> Section:  # fmt: skip
    """补短板, 锻长板, 强韧性: how many sentences, and which."""
    section = Section("themes")
    if documents is None:
        documents = [r["id"] for r in reports(sources, region or "") if r["year"] == profile.year]
    where, parameters = "", []
    if industries is not None:
        where = " AND m.id IN (SELECT measure_id FROM mentions WHERE industry_id IN (SELECT unnest(?::VARCHAR[])))"
        parameters = [industries]
    for theme in THEMES:
        rows = sources.connection.execute(
            'SELECT m.id, m.document_id, m."start", m."end", list(struct_pack(s := c."start", e := c."end") ORDER BY c."start")'
            " FROM measures m JOIN cues c ON c.measure_id = m.id AND c.code = ? WHERE list_contains(m.themes, ?)"
            f" AND m.document_id IN (SELECT unnest(?::VARCHAR[])){where} GROUP BY ALL ORDER BY 2, 3",
            [theme, theme, documents, *parameters],
        ).fetchall()
        if not rows:
            section.say("profile.no_theme", theme=code(theme, "theme"))
            continue
        command = ["measures", "DB", "--year", str(profile.year), "--level", profile.level, "--type", "work_report"]
        command += ["--theme", theme]
        command += ["--region", profile.name] if profile.kind == "region" else ["--industry", profile.subject]
        places = [Place(row[1], span["s"], span["e"], row[0]) for row in rows for span in row[4]]
        section.say(
            "profile.theme", theme=code(theme, "theme"), count=count(len(rows), sources.notes.of(places, command))
        )
    return section
