"""The brief of an industry: who bets on it, who first and most, with which tools, targets and carriers."""

from __future__ import annotations

from collections import defaultdict

from saidao.analyses import profile_parts as parts
from saidao.analyses.attention import Wanted
from saidao.analyses.evidence import Choice
from saidao.analyses.matrix import Matrix, matrix
from saidao.analyses.notes import Place
from saidao.analyses.panel import gather
from saidao.analyses.profile import Fact, Profile, Record, Section, Sources, code, codes, count, regions
from saidao.analyses.tree import tree
from saidao.filters.names import industry_ids

_SHOWN, _FIRST, _TARGETS = 12, 6, 15


def industry_profile(sources: Sources, industry: str, year: int | None, level: str | None) -> Profile:
    """The facts about an industry and those below it in a year, over the regions of a level.

    Args:
        sources: see `Sources`.
        industry: the industry's id.
        year: of the reports; the last one if None.
        level: province, prefecture, county or central; the level with most reports of the year if None.
    """
    node = tree(sources.lexicon)[industry]
    levels = sources.connection.execute(
        "SELECT level, year, count(DISTINCT adcode) FROM documents WHERE type = 'work_report' AND adcode IS NOT NULL"
        " AND year IS NOT NULL AND region IS NOT NULL GROUP BY ALL ORDER BY 3 DESC, 2 DESC, 1"
    ).fetchall()
    known = [row for row in levels if level is None or row[0] == level]
    wanted = year if year is not None else max((of for _, of, _ in known), default=0)
    chosen = level or next((name for name, of, _ in known if of == wanted), "province")
    profile = Profile("industry", industry, node.label, chosen, wanted)
    found = matrix(
        sources.connection, sources.lexicon, year=wanted, level=chosen, evidence=True,
        wanted=Wanted(industry=[industry], depth=node.level),
    )  # fmt: skip
    ids = industry_ids(industry, sources.lexicon)
    reports = [r for r in found.panel.documents.documents.values() if r.year == wanted]
    documents = [r.id for r in reports]
    profile.sections.append(_overview(sources, profile, found))
    if any(cell["mentions"] for cell in found.cells):
        profile.sections += [
            _most(sources, profile, found),
            _first(sources, profile),
            _tools(sources, profile, found),
            _commitments(sources, profile, found),
            parts.carriers(sources, profile, [{"id": id} for id in documents], ids),
            parts.themes(sources, profile, documents=documents, industries=ids),
        ]
    profile.notes = sources.notes.notes
    return profile


def _overview(sources: Sources, profile: Profile, found: Matrix) -> Section:
    """How many regions, of how many; what changed; what is missing."""
    section = Section("overview")
    missing = [gap for gap in found.gaps if gap["reason"] == "no_report" and gap["year"] == profile.year]
    everyone = len({code for code, year in found.panel.reports if year == profile.year})
    year = Fact(profile.year, "year")
    if not everyone:
        section.say("profile.no_reports", year=year, level=code(profile.level, "level"))
        return section
    crowd = next((record for record in found.crowding), None)
    if crowd is None:
        section.say("profile.nobody", regions=count(everyone), year=year, level=code(profile.level, "level"))
    else:
        mentions = [record for record in found.evidence if record["counted"] == "mention"]
        firsts: dict[str, Record] = {}
        for record in mentions:
            firsts.setdefault(record["adcode"], record)
        section.say(
            "profile.spread", year=year, level=code(profile.level, "level"), all=count(everyone), regions=count(crowd["regions"]),
            mentions=count(crowd["mentions"], _counted(sources, profile, mentions)), index=Fact(crowd["herfindahl"], "index"),
            alike=Fact(crowd["alike"], "quotient"),
        )  # fmt: skip
        planned = [record for record in mentions if record["status"] == "planned"]
        done = [record for record in mentions if record["status"] == "done"]
        section.say("profile.states", planned=count(len(planned)), done=count(len(done)))
        if crowd["paired_regions"]:
            section.say(
                "profile.paired", last=Fact(profile.year - 1, "year"), paired=count(crowd["paired_regions"]),
                now=count(crowd["paired_mentions"]), then=count(crowd["last_mentions"]),
                last_regions=count(crowd["last_regions"]),
            )  # fmt: skip
            for name in ("came", "went"):
                if crowd[name]:
                    places = [(c["adcode"], c["region"]) for c in found.cells if c["region"] in crowd[name]]
                    proofs = sources.notes.of(sources.places([firsts[a] for a, _ in places if a in firsts]))
                    section.say(f"profile.{name}", count=count(len(places)), names=regions(places, proofs))
        else:
            section.say("profile.no_pairs", last=Fact(profile.year - 1, "year"))
    if missing:
        section.say(
            "profile.missing", count=count(len(missing)), names=regions([(g["adcode"], g["region"]) for g in missing])
        )
    return section


def _counted(sources: Sources, profile: Profile, records: list[Record], region: str | None = None) -> tuple[int, ...]:
    command = ["matrix", "DB", "--part", "evidence", "--industry", profile.subject, "--year", str(profile.year)]
    return sources.notes.of(
        sources.places(records), command + (["--region", region] if region else ["--level", profile.level])
    )


def _most(sources: Sources, profile: Profile, found: Matrix) -> Section:
    """The regions with most mentions."""
    section = Section("most")
    by: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in found.evidence:
        by[record["adcode"], record["counted"]].append(record)
    cells = sorted((c for c in found.cells if c["mentions"]), key=lambda c: (-c["mentions"], c["adcode"]))
    section.table(
        ("region", "mentions", "mentions_change", "share", "quotient", "commitments", "carriers"),
        [
            {
                "region": regions([(cell["adcode"], cell["region"])]),
                "mentions": count(cell["mentions"], _counted(sources, profile, by[cell["adcode"], "mention"], cell["region"])),
                "mentions_change": Fact(cell["mentions_change"], "change"),
                "share": Fact(cell["share"], "percent"),
                "quotient": Fact(cell["quotient"], "quotient"),
                "commitments": count(cell["commitments"], _counted(sources, profile, by[cell["adcode"], "commitment"], cell["region"])),
                "carriers": count(cell["carriers"]),
            }
            for cell in cells[:_SHOWN]
        ],
    )  # fmt: skip
    if len(cells) > _SHOWN:
        section.say("profile.others", count=count(len(cells) - _SHOWN),
                    names=regions([(c["adcode"], c["region"]) for c in cells[_SHOWN:]]))  # fmt: skip
    return section


def _first(sources: Sources, profile: Profile) -> Section:
    """Which regions' reports named it first, as far as the database goes back."""
    section = Section("first")
    wanted = Wanted(industry=[profile.subject], depth=tree(sources.lexicon)[profile.subject].level)
    panel = gather(
        sources.connection, sources.lexicon, Choice(level=profile.level, year=f"1900-{profile.year}"), ["work_report"], wanted
    )  # fmt: skip
    years: dict[str, int] = {}
    since: dict[str, int] = {}
    for (adcode, year), tallies in sorted(panel.tallies.items(), key=lambda item: item[0][1]):
        since.setdefault(adcode, year)
        if any(tally.mentions for tally in tallies.values()):
            years.setdefault(adcode, year)
    order = sorted(years, key=lambda adcode: (years[adcode], panel.reports[adcode, years[adcode]].date is None,
                                              str(panel.reports[adcode, years[adcode]].date), adcode))  # fmt: skip
    rows = []
    for adcode in order[:_FIRST]:
        report = panel.reports[adcode, years[adcode]]
        row = sources.connection.execute(
            'SELECT document_id, "start", "end", id FROM mentions WHERE document_id = ? AND NOT generic AND industry_id IN'
            ' (SELECT unnest(?::VARCHAR[])) ORDER BY "start" LIMIT 1',
            [report.id, industry_ids(profile.subject, sources.lexicon)],
        ).fetchone()
        notes = sources.notes.of([Place(*row)]) if row else ()
        rows.append(
            {
                "region": regions([(adcode, report.region)]),
                "first_year": Fact(years[adcode], "year", notes=notes),
                "known_from": Fact(since[adcode], "year"),
            }
        )
    section.say("profile.first", first=Fact(min(since.values()), "year"), regions=count(len(years)))
    section.table(("region", "first_year", "known_from"), rows)
    return section


def _tools(sources: Sources, profile: Profile, found: Matrix) -> Section:
    """The tools of the sentences that name it, against all industries."""
    section = Section("tools")
    chosen = Wanted(industry=[profile.subject], depth=tree(sources.lexicon)[profile.subject].level)
    both = matrix(
        sources.connection, sources.lexicon, by="industry-tool", year=profile.year, level=profile.level, wanted=chosen,
        evidence=True,
    )  # fmt: skip
    named = [cell for cell in both.cells if cell["measures"]]
    if not named:
        section.say("profile.no_tools")
        return section
    by: dict[str, list[Record]] = defaultdict(list)
    for record in both.evidence:
        by[record["tool"]].append(record)
    rows = []
    for cell in named[:_SHOWN]:
        command = ["measures", "DB", "--industry", profile.subject, "--year", str(profile.year), "--tool", cell["tool"],
                   "--level", profile.level, "--type", "work_report"]  # fmt: skip
        rows.append(
            {
                "tool": code(cell["tool"], "tool"),
                "sentences": count(cell["measures"], sources.notes.of(sources.places(by[cell["tool"]]), command)),
                "sentences_change": Fact(cell.get("measures_change"), "change"),
                "share": Fact(cell["share"], "percent"),
                "regions": count(cell["regions"]),
            }
        )
    section.table(("tool", "sentences", "sentences_change", "share", "regions"), rows)
    return section


def _commitments(sources: Sources, profile: Profile, found: Matrix) -> Section:
    """The targets with figures, region by region."""
    section = Section("commitments")
    records = [record for record in found.evidence if record["counted"] == "commitment"]
    if not records:
        section.say("profile.no_commitments")
        return section
    told = {
        row[0]: row[1:]
        for row in sources.connection.execute(
            "SELECT id, indicator, period FROM statements WHERE id IN (SELECT unnest(?::VARCHAR[]))",
            [[record["id"] for record in records]],
        ).fetchall()
    }
    section.say("profile.commitments", count=count(len(records), _counted(sources, profile, records)),
                regions=count(len({record["adcode"] for record in records})))  # fmt: skip
    section.table(
        ("region", "named", "indicator", "figure", "period"),
        [
            {
                "region": regions([(record["adcode"], record["region"])]),
                "named": codes([record["named_id"]], "industry"),
                "indicator": Fact(told[record["id"]][0]),
                "figure": Fact(record["quote"], notes=sources.notes.of(sources.places([record]))),
                "period": Fact(told[record["id"]][1]),
            }
            for record in records[:_TARGETS]
        ],
    )
    return section
