"""Plain values that pass between the stages. They import nothing from the project.

Offsets are counted in Unicode code points, from the start of the text that the value belongs to; `end` is exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

POINTS = "百分点"
"""The unit of differences between percentages; like all units as the data files write it."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document was read from."""

    path: str
    """File path as given, with `/` between folders."""
    member: str | None = None
    """Name inside an archive (`a.zip` in `b.zip`: joined with `!/`)."""
    row: int | None = None
    """Record number in a data set, from 1, header not counted; for a workbook with several sheets see `sheet`."""
    sheet: str | None = None
    format: str = ""
    """`markdown`, `html`, `text`, `docx`, `pdf`, `csv`, `tsv`, `json`, `jsonl`, `parquet`, `xlsx`."""
    encoding: str | None = None

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What orders sources; the smallest is a document's primary source."""
        return (self.path, self.member or "", self.sheet or "", self.row or 0)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of a document, placed in its text."""

    url: str
    """Its real address: lazily loaded attributes are read, proxies removed."""
    offset: int
    """Where in the text it stands."""
    width: int | None = None
    height: int | None = None
    alt: str | None = None
    given: str | None = None
    """The address as the page gave it, where that differs."""


@dataclass(frozen=True, slots=True)
class Noise:
    """A piece of the source that is not content: kept for inspection, never read, counted or searched."""

    text: str
    reason: str
    """`button`, `navigation`, `source_line`, `caption`, `byline`, `title`, `link`, `boilerplate`, `script`, …"""
    offset: int
    """Where in the content text it stood."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that the source marks as a heading."""

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Raw:
    """One candidate document as a reader yields it: text with one paragraph a line, and whatever the source says of it.

    Metadata are strings as the source gives them; reading them is the next stage's work.
    """

    source: Source
    text: str
    title: str | None = None
    issuer: str | None = None
    region: str | None = None
    type: str | None = None
    year: str | None = None
    date: str | None = None
    url: str | None = None
    publisher: str | None = None
    aggregator: str | None = None
    categories: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
    images: tuple[Image, ...] = ()
    noise: tuple[Noise, ...] = ()


@dataclass(frozen=True, slots=True)
class Reject:
    """An input that did not become a document, and why."""

    source: Source
    code: str
    """Id of a row of `data/rejects.csv`."""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A doubt or a disagreement about a document, for example between its file name and its text."""

    code: str
    """Id of a row of `data/notes.csv`."""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document with one role. Sections tile the text in order; they do not nest."""

    start: int
    end: int
    role: str
    """`review_year`, `review_five_years`, `outlook_five_years`, `main_targets`, `plan_year`, `problems`, `other`."""
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; with the white space between them, sentences tile the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document that has been understood."""

    id: str
    """First 16 hex digits of the SHA-256 of `text`."""
    text: str
    title: str | None
    issuer: str | None
    """Who speaks, in full Chinese: `湖南省人民政府`, `国务院`, `工业和信息化部`."""
    level: str | None
    """`central`, `province`, `prefecture`, `county`."""
    adcode: str | None
    """Division code, GB/T 2260, six digits; `100000` for the whole country."""
    region: str | None
    """Full Chinese name of the division: `湖南省`; `全国` for the whole country."""
    type: str
    """Id of a row of `data/types.csv`: `work_report`, `plan`, `opinion`, `notice`, `news`, `broadcast`, …, `other`."""
    year: int | None
    """The report's year (a work report given in 2026 has 2026, whatever years it speaks of)."""
    date: str | None
    """ISO 8601 day of issue, of delivery, or of publication."""
    session: str | None
    """`湖南省第十四届人民代表大会第四次会议`."""
    publisher: str | None
    aggregator: str | None
    url: str | None
    categories: tuple[str, ...] = ()


@dataclass(slots=True)
class Statement:
    """A quantified statement, or a target in words. The fields are those of the codebook in `docs/codebook.md`."""

    start: int
    end: int
    quote: str
    indicator: str | None
    kind: str
    """`level`, `growth`, `delta`, `share`, `rank`, `multiple`; for targets in words `relation`, `delegated`, `text`."""
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    bound: str | None
    """`eq`, `ge`, `le`, `approx`; None for targets in words."""
    status: str
    """`achieved`, `target`, `reference`."""
    period: str | None
    region: str | None
    industry: str | None
    indicator_id: str | None = None
    scope: str | None = None
    """Words that narrow the indicator: `同口径`, `扣除价格因素`, `规模以上`; several are joined with `;`."""
    hedge: str | None = None
    """Words that soften or stress a target: `努力争取更好结果`, `力争`, `确保`; several are joined with `;`."""
    section: str | None = None
    """Role of the section it stands in."""
    wording: str | None = None
    """The words of a target in words: `与经济增长同步`."""
    industry_id: str | None = None
    """Id of a row of `data/industry_names.csv`, where the statement names one."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a sentence, or a part of it up to a semicolon, does. See `docs/measures-codebook.md`."""

    start: int
    end: int
    status: str
    """`done`, `planned`, `context`."""
    tools: tuple[str, ...]
    themes: tuple[str, ...]
    strength: int
    commits: tuple[str, ...]
    mechanisms: tuple[str, ...]
    relations: tuple[str, ...]
    regions: tuple[str, ...]
    """Places that it names, the issuer's own left out."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that gave a measure one of its codes."""

    measure: int
    """Where the measure begins."""
    start: int
    end: int
    quote: str
    code: str


@dataclass(frozen=True, slots=True)
class Mention:
    """An industry that a sentence names."""

    start: int
    end: int
    quote: str
    industry_id: str | None
    """Id of a row of `data/industry_names.csv`; None where only the form of the words tells (`…产业`)."""
    generic: bool
    status: str


@dataclass(frozen=True, slots=True)
class Carrier:
    """An entry of the register of clusters, chains, centres, projects, parks, firms, funds and actions."""

    start: int
    end: int
    quote: str
    type: str
    """Id of a row of `data/carrier_types.csv`."""
    name: str
    """The quote without its count."""
    number: int | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    bound: str | None
    measured: str | None
    """What the scale measures, in the text's words: `营业收入`."""
    deadline: int | None
    region: str | None
    industries: tuple[str, ...]
    status: str
    scale: tuple[int, int] | None
    """Where the figure of the scale stands."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader of a text knows before reading it."""

    issuer: str | None = None
    type: str | None = None
    year: int | None = None
    region: str | None = None
    sections: tuple[Section, ...] = ()
    title: str | None = None
    """What it is called: the years of the plan that it names are those of its goals."""


@dataclass(slots=True)
class Found:
    """What the sentences of a document hold."""

    statements: list[Statement] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    carriers: list[Carrier] = field(default_factory=list)


@dataclass(slots=True)
class Batch:
    """Everything that one document yields, ready to be stored."""

    document: Document
    raw: Raw
    sections: list[Section]
    sentences: list[Sentence]
    found: Found
    images: list[Image]
    noise: list[Noise]
    notes: list[Note]


@dataclass(frozen=True, slots=True)
class Statistic:
    """One number of a table of statistics. The fields are the columns of the table `statistics`."""

    region: str
    adcode: str
    year: int
    indicator: str
    """The file's own name, with the unit as it gives it."""
    indicator_id: str | None
    measure: str
    """`level`, `growth`, `share`, `delta`."""
    value: Decimal
    """Multipliers applied."""
    unit: str | None
    text: str
    """The cell as it stands."""
    path: str
    sheet: str | None
    row: int
    column: str
    basis: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class StatisticReject:
    """A file of statistics, a row of it or a cell that cannot be read; `code` is a row of `data/rejects.csv`."""

    path: str
    sheet: str | None
    row: int | None
    column: str | None
    code: str
    detail: str = ""
