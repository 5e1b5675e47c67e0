"""Who speaks, where, when, and what kind of document it is.

Evidence counts in this order: the text, what the source says (columns, front matter of a file), the name of the file.
Where two of them disagree the first is followed, and a note says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from saidao.documents import dates
from saidao.documents.front import Front
from saidao.documents.front import cues as front_cues
from saidao.documents.genres import Genres, genres, of_title
from saidao.documents.issuers import Issuer, Issuers, issuers
from saidao.documents.regions import Region
from saidao.lexicon import Lexicon, variants
from saidao.models import Note, Raw

HEAD = 3000
"""How far into the text evidence of the issuer is looked for (characters)."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SIGNED = re.compile(
    r"\n(?P<who>[^\n。，；：]{2,60})\n?\s*(?P<date>(?:\d{4}|[〇○零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日)\s*\Z"
)
_SIGNED_END = 400


@dataclass(frozen=True, slots=True)
class _Cues:
    """How a text says for whom it speaks and which year it is of, from `cues.csv`."""

    spoken_for: re.Pattern[str]
    reviewed: re.Pattern[str]
    planned: re.Pattern[str]
    proposed: re.Pattern[str]


def _compile(lexicon: Lexicon) -> _Cues:
    pattern = lexicon.pattern
    return _Cues(
        pattern(r"{speaks_for}(?P<who>[\u4e00-\u9fff]{1,24}?{governing_bodies}|{bodies_spoken_for})[，,。向]"),
        pattern(r"(?:^|\n)[^\n。]{0,6}?(?P<year>(?:19|20)\d\d)\s?年[^\n。；]{0,22}{review_headings}"),
        pattern(r"(?:^|\n)[^\n。]{0,12}?(?P<year>(?:19|20)\d\d)\s?年[^\n。；]{0,12}{planned_work}"),
        pattern(r"{report_proposes}(\d{4})年"),
    )


def _cues(lexicon: Lexicon) -> _Cues:
    return lexicon.compiled("documents.identify", _compile)


@dataclass(slots=True)
class Identity:
    """What is known of a document besides its text."""

    title: str | None = None
    issuer: Issuer | None = None
    region: Region | None = None
    type: str = "other"
    year: int | None = None
    date: str | None = None
    session: str | None = None
    publisher: str | None = None
    aggregator: str | None = None
    notes: list[Note] = field(default_factory=list)


def identify(raw: Raw, front: Front, text: str, lexicon: Lexicon, *, reported: bool = False) -> Identity:
    """The identity of a document.

    Args:
        raw: what the reader found.
        front: what stood before the content.
        text: the content.
        lexicon: names and cues.
        reported: whether a dateline opens the content.
    """
    known = genres(lexicon)
    bodies = issuers(lexicon)
    file = _file(raw)
    found = Identity()
    _title(found, raw, front)
    _type(found, raw, front, text, file, known, reported)
    session = front.session
    if session is None and found.type in ("work_report", "resolution", "plan_report", "budget_report"):
        session = front_cues(lexicon).session.search(text[:600])
    place = _place(session, bodies)
    found.session = _session(session, place, lexicon)
    _issuer(found, raw, text, place, file, bodies, lexicon)
    _date(found, raw, front, text)
    _year(found, raw, front, text, session, place, file, lexicon)
    return found


def _file(raw: Raw) -> str:
    """The name of the file or member, folders included, without its ending; a data set's own name says nothing."""
    if raw.source.row is not None and raw.source.format not in ("csv", "tsv", "xlsx") and raw.source.row > 1:
        return ""
    name = raw.source.member or raw.source.path
    parts = re.split(r"[\\/!]+", name)
    return re.sub(r"\.[A-Za-z0-9]{1,8}\Z", "", parts[-1])


def _title(found: Identity, raw: Raw, front: Front) -> None:
    given = (raw.title or "").strip() or None
    own = re.sub(r"\s+", " ", front.title).strip() if front.title else None
    if own is None or given is None:
        found.title = own or given
        return
    same = re.sub(r"\W", "", own) in re.sub(r"\W", "", given)
    # 政府工作报告 alone says less than the source's 2026年湖南省政府工作报告.
    found.title = given if same else own
    if not same and re.sub(r"\W", "", given) not in re.sub(r"\W", "", own):
        found.notes.append(Note("title_given", given))


def _type(found: Identity, raw: Raw, front: Front, text: str, file: str, known: Genres, reported: bool) -> None:
    own = known.opened(text) or of_title(front.title, known)
    given = known.names.get((raw.type or "").strip().lower()) or of_title(raw.type, known)
    title = of_title(raw.title, known)
    candidates = [kind for kind in (own, given, title, of_title(file, known)) if kind]
    if front.greeted and front.session is not None and "work_report" not in candidates[:1] and not own:
        candidates.insert(0, candidates[0] if candidates and candidates[0].endswith("_report") else "work_report")
    if not candidates and reported and not front.greeted:
        candidates = ["news"]
    found.type = candidates[0] if candidates else "other"
    if (
        own
        and (other := given or title)
        and own != other
        and not {own, other} <= {"plan", "action_plan", "guide", "measures", "opinion", "notice", "report"}
    ):
        found.notes.append(Note("type_disagrees", f"{own} ≠ {other}"))


def _place(session: re.Match[str] | None, bodies: Issuers) -> Region | None:
    if session is None:
        return None
    if session["national"]:
        return bodies.regions.by_code.get("100000")
    before = session["place"]
    for at in range(len(before) - 1):
        found = bodies.regions.leading(before[at:])
        if found and at + found[1] == len(before):
            return found[0]
    return bodies.regions.mentioned(before.rpartition("在")[2]) if before else None


def _session(session: re.Match[str] | None, place: Region | None, lexicon: Lexicon) -> str | None:
    if session is None:
        return None
    committee = lexicon.words("standing_committee")
    standing = committee[0] if any(word in session[0] for word in committee) else ""
    nation = lexicon.words("whole_nation")[0] if session["national"] else ""
    congress, sitting = lexicon.words("congress")[0], lexicon.words("congress_sitting")[0]
    body = f"第{session['term']}届{nation}{congress}{standing}第{session['nth']}{sitting}"
    if session["national"] or place is None:
        return body
    return place.name + body


def _issuer(
    found: Identity, raw: Raw, text: str, place: Region | None, file: str, bodies: Issuers, lexicon: Lexicon
) -> None:
    column = _column_region(raw, bodies)
    guess = column or bodies.regions.mentioned(found.title or "") or bodies.regions.mentioned(file)
    if found.type in ("news", "broadcast"):
        return
    given = bodies.named(raw.issuer or "", guess)
    own: Issuer | None = None
    if found.type == "resolution" and place is not None:
        own = bodies.congress(place)
    elif place is not None:
        own = bodies.government(place)
    elif found.type in ("work_report", "plan_report", "budget_report"):
        own = _spoken_for(text, guess, bodies, lexicon)
        if own is None and given is None and guess is None and bodies.council.name in (found.title or ""):
            own = bodies.council
    else:
        own = bodies.leading(found.title or "", guess) or _signed(text, guess, bodies)
    told = own or given
    if told is None and raw.issuer and _CHINESE.search(raw.issuer):
        # A name that no list holds is still the issuer's name.
        told = Issuer(raw.issuer.strip(), (column.level if column else ""), column)
        found.notes.append(Note("issuer_unknown", raw.issuer.strip()[:80]))
    elif told is None and raw.issuer:
        found.notes.append(Note("issuer_unknown", raw.issuer.strip()[:80]))
    if told is None and guess is not None:
        told = bodies.government(guess)
    found.issuer = told
    found.region = told.region if told else None
    _compare(found, raw, column, own, given, file, bodies)


def _column_region(raw: Raw, bodies: Issuers) -> Region | None:
    if not raw.region:
        return None
    if raw.region.strip() in bodies.regions.by_code:
        return bodies.regions.by_code[raw.region.strip()]
    return bodies.regions.mentioned(raw.region) if _CHINESE.search(raw.region) else bodies.regions.english(raw.region)


def _spoken_for(text: str, guess: Region | None, bodies: Issuers, lexicon: Lexicon) -> Issuer | None:
    found = _cues(lexicon).spoken_for.search(text[:HEAD])
    return bodies.named(found["who"], guess) if found is not None else None


def _signed(text: str, guess: Region | None, bodies: Issuers) -> Issuer | None:
    found = _SIGNED.search(text[-_SIGNED_END:])
    return bodies.named(re.sub(r"\s+", "、", found["who"].strip()), guess) if found else None


def _compare(
    found: Identity,
    raw: Raw,
    column: Region | None,
    own: Issuer | None,
    given: Issuer | None,
    file: str,
    bodies: Issuers,
) -> None:
    """Notes where region or issuer of column, title or file name are not those followed."""
    region = found.region
    if region is None:
        return
    if own is not None and given is not None and own.region is not None and given.name.split("、")[0] not in own.name:
        if own.region != given.region:
            found.notes.append(Note("issuer_disagrees", f"{own.name} ≠ {given.name}"))
    if own is None or found.type not in ("work_report", "plan_report", "budget_report"):
        return
    for label, other in (
        ("column", column),
        ("title", bodies.regions.mentioned(raw.title or "")),
        ("file", bodies.regions.mentioned(file)),
    ):
        if (
            other is not None
            and other != region
            and other.level != "central"
            and not bodies.regions.under(region, other)
        ):
            found.notes.append(Note("region_disagrees", f"{region.name} ≠ {label} {other.name}"))


def _date(found: Identity, raw: Raw, front: Front, text: str) -> None:
    found.date = front.date
    if (
        found.date is None
        and found.type not in ("news", "broadcast")
        and (signed := _SIGNED.search(text[-_SIGNED_END:]))
    ):
        found.date = dates.iso(signed["date"])
    given = dates.iso(raw.date)
    if raw.date and given is None and dates.year(raw.date) is None:
        found.notes.append(Note("date_unreadable", raw.date.strip()[:60]))
    elif given is not None and found.date not in (None, given):
        found.notes.append(Note("date_disagrees", f"{found.date} ≠ {given}"))
    if found.date is None:
        found.date = given
    if found.date is None:
        found.date = dates.iso(raw.title) or dates.iso(_file(raw)) if found.type in ("news", "broadcast") else None


def _year(
    found: Identity,
    raw: Raw,
    front: Front,
    text: str,
    session: re.Match[str] | None,
    place: Region | None,
    file: str,
    lexicon: Lexicon,
) -> None:
    report = found.type in ("work_report", "plan_report", "budget_report", "resolution")
    own: int | None = None
    if report:
        own = _report_year(front.title, found.type) or dates.year(front.date)
        if found.type in ("work_report", "resolution"):
            own = dates.year(front.date) or own
        if own is None and place is not None and place.level == "central" and session is not None:
            own = _session_year(session, lexicon)
            # a session named in the body may be an earlier one: 第十二届全国人民代表大会第一次会议以来的五年
            stated = dates.year(raw.year) or _report_year(raw.title, found.type)
            if own is not None and stated is not None and own != stated:
                own, found.session = stated, None
        if own is None and (reviewed := _cues(lexicon).reviewed.search(text[:HEAD])):
            own = int(reviewed["year"]) + 1
        if own is None and (planned := _cues(lexicon).planned.search(text)):
            own = int(planned["year"])
        if own is None and found.type == "resolution" and (told := _cues(lexicon).proposed.search(text)):
            own = int(told[1])
    titled = _report_year(raw.title, found.type) if report else None
    filed = _report_year(file, found.type) if report else None
    others = [("column", dates.year(raw.year)), ("title", titled), ("file", filed)]
    if own is None:
        own = next((year for _, year in others if year is not None), None) or dates.year(found.date)
    if own is None and not report:
        own = dates.year(file)
    found.year = own
    if own is None:
        found.notes.append(Note("year_unknown"))
        return
    found.notes += [
        Note("year_disagrees", f"{own} ≠ {label} {year}") for label, year in others if year is not None and year != own
    ]


def _report_year(title: str | None, kind: str) -> int | None:
    """The year of a report by its title: 2025年计划执行情况与2026年计划草案的报告 is one of 2026."""
    if kind in ("plan_report", "budget_report"):
        return max(dates.years(title), default=None)
    return dates.year(title)


def _session_year(session: re.Match[str], lexicon: Lexicon) -> int | None:
    term, nth = dates.numeral(session["term"]), dates.numeral(session["nth"])
    years = lexicon.compiled(
        "documents.congresses",
        lambda lexicon: {
            int(row["id"]): [int(y) for y in variants(row["years"])] for row in lexicon.rows("congresses")
        },
    ).get(term or 0, [])
    return years[nth - 1] if nth is not None and 1 <= nth <= len(years) else None
