"""Issuers: who a name, a title or a signature says has spoken, in full Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass

from saidao.documents.regions import Region, Regions, regions
from saidao.lexicon import Lexicon, variants

_COUNTRY = "100000"
_JOINED = re.compile(r"\s*(?:[、,，;；\n]|\s和\s)\s*|\s{2,}")
_ENGLISH_FORM = re.compile(r"^(?:and|the)\s+|\s*\([^)]*\)|\s+of the People's Republic of China\b", re.I)
_ENGLISH_OFFICE = re.compile(
    r"^(?:the )?(?:General Office|Comprehensive Department|General Department) of (?:the )?", re.I
)
_ENGLISH_MANY = re.compile(r"^\w+ (?:Departments|Ministries)(?: including| Including) (?:the )?", re.I)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who speaks."""

    name: str
    level: str
    region: Region | None
    """The division it governs; the whole country for the centre."""


class Issuers:
    """Central bodies by name, and local ones by how their names are built."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.regions: Regions = regions(lexicon)
        country = self.regions.by_code.get(_COUNTRY)
        self._central: dict[str, Issuer] = {}
        self._english: list[tuple[str, Issuer]] = []
        for row in lexicon.rows("issuers"):
            issuer = Issuer(row["name"], row["level"], country)
            for name in (row["name"], *variants(row["variants"])):
                self._central.setdefault(name, issuer)
            self._english += [(name.lower(), issuer) for name in variants(row["english"])]
        self._english.sort(key=lambda pair: (-len(pair[0]), pair[0]))
        self._departments = [
            (name.lower(), row) for row in lexicon.rows("departments") for name in variants(row["english"])
        ]
        self._departments.sort(key=lambda pair: (-len(pair[0]), pair[0]))
        longest = sorted(self._central, key=lambda name: (-len(name), name))
        self._title = re.compile("|".join(map(re.escape, longest)) or r"(?!)")
        self.council = next(
            issuer for issuer in self._central.values() if issuer.name in lexicon.words("state_council")
        )
        """The government of the whole country."""
        self._government, self._congress = lexicon.words("government_suffixes")[0], lexicon.words("congress")[0]
        self._nation, self._general_office = lexicon.words("whole_nation")[0], lexicon.words("general_office")[0]
        self._about = lexicon.words("title_about")[0]
        self._office = lexicon.pattern(r"({issuers_offices})\Z")
        self._body = lexicon.pattern(
            r"(?P<gov>{government_names})(?P<office>{government_offices})?\Z|(?P<dept>[\u4e00-\u9fff]{2,14}{department_ends})\Z"
        )
        self._led = lexicon.pattern(r"{led_with}[\u4e00-\u9fff\d]{0,6}{led_bodies}?\Z")
        self._local = lexicon.pattern("{division_words}")

    def government(self, region: Region) -> Issuer:
        """The people's government of a division; the State Council for the whole country."""
        if region.level == "central":
            return Issuer(self.council.name, "central", region)
        return Issuer(region.name + self._government, region.level, region)

    def congress(self, region: Region) -> Issuer:
        """The people's congress of a division."""
        place = self._nation if region.level == "central" else region.name
        return Issuer(place + self._congress, region.level, region)

    def named(self, text: str, within: Region | None = None) -> Issuer | None:
        """The issuer that a name means, in Chinese or English; of several joined names the first decides.

        Args:
            text: `湖南省人民政府办公厅`, `省政府`, `工业和信息化部、财政部`, `Ministry of Finance`.
            within: the division known otherwise, for names such as `省人民政府`.
        """
        text = text.strip()[:300]
        if not text:
            return None
        if not any("\u4e00" <= sign <= "\u9fff" for sign in text):
            return self._in_english(text)
        names = [self._led.sub("", name) for name in _JOINED.split(text) if name]
        found = [issuer for name in names if (issuer := self._one(name, within))]
        if not found:
            return None
        first = found[0]
        together = list(dict.fromkeys(issuer.name for issuer in found))
        return first if len(together) == 1 else Issuer("、".join(together), first.level, first.region)

    def leading(self, title: str, within: Region | None = None) -> Issuer | None:
        """The issuer with whose name a title begins: `国务院关于…的意见`, `湖南省人民政府办公厅关于印发…的通知`."""
        head, about, _ = title[:80].partition(self._about)
        if not about:
            return None
        return self.named(head, within) if head else None

    def _one(self, name: str, within: Region | None) -> Issuer | None:
        if name in self._central:
            return self._central[name]
        if (office := self._office.search(name)) and (owner := self._central.get(name[: office.start()])):
            return Issuer(owner.name + office[0], owner.level, owner.region)
        place = self.regions.leading(name)
        if place is None:
            if within is None or not (body := self._local.match(name)):
                return None
            place, name = (within, within.name.__len__()), within.name + name[body.end() :]
        region, length = place
        rest = name[length:]
        if rest == "":
            return self.government(region)
        body = self._body.fullmatch(rest)
        if body is None:
            return None
        if body["gov"]:
            return Issuer(self.government(region).name + (body["office"] or ""), region.level, region)
        return Issuer(region.name + body["dept"], region.level, region)

    def _in_english(self, text: str) -> Issuer | None:
        found = []
        for name in re.split(r"\s*[,;]\s*", _ENGLISH_MANY.sub("", _ENGLISH_FORM.sub("", text))):
            if issuer := self._english_one(_ENGLISH_FORM.sub("", name.strip())):
                found.append(issuer)
        if not found:
            return None
        together = list(dict.fromkeys(issuer.name for issuer in found))
        return found[0] if len(together) == 1 else Issuer("、".join(together), found[0].level, found[0].region)

    def _english_one(self, name: str) -> Issuer | None:
        office = self._general_office if _ENGLISH_OFFICE.match(name) else ""
        low = name.lower()
        if region := self.regions.english(name):
            if region.level != "central":
                if "people's government" in low:
                    return Issuer(region.name + self._government + office, region.level, region)
                for cue, row in self._departments:
                    if cue in low:
                        return Issuer(
                            region.name + row[region.level if region.level == "province" else "prefecture"],
                            region.level,
                            region,
                        )
                return None
        for cue, issuer in self._english:
            if cue in low:
                if office and not issuer.name.endswith(office) and "general office" in low:
                    return Issuer(issuer.name + office, issuer.level, issuer.region)
                return issuer
        return None


def issuers(lexicon: Lexicon) -> Issuers:
    """The issuers of a lexicon, indexed once."""
    return lexicon.compiled("documents.issuers", Issuers)
