"""Codes a sentence of policy: tools, status, themes, industries, carriers, and how firm its wording is.

`find` gives one `Coding` for a text that is taken as one sentence. The codebook is `docs/measures-codebook.md`; what the
codes are told by stands in the data files.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from saidao.lexicon import Lexicon
from saidao.measures import carriers, industries, status, themes, tools, wording
from saidao.measures.gates import ALL, Gates
from saidao.measures.records import Carrier, Coding, Cue, Industry
from saidao.measures.words import Hit, Words

__all__ = ["LONGEST", "Carrier", "Coding", "Cue", "Industry", "Known", "Marks", "find", "folded", "known", "marks"]

S = TypeVar("S", Industry, Carrier, Cue)

_new: Any = tuple.__new__

LONGEST = 4000
"""No sentence is longer; what stands behind is not read."""

STANDING = frozenset({"standards_quality", "credit_finance"})
"""Tools that a sentence may have that neither reports nor plans: a standard says what it is for."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the data files say, compiled."""

    words: Words
    industries: industries.Names
    tools: tools.Tools
    carriers: carriers.Heads
    status: status.Status
    wording: wording.Wording
    gates: Gates
    """Of the cues of status and, behind them, the patterns of wording."""


def known(lexicon: Lexicon) -> Known:
    """The data files for measures, compiled once."""
    return lexicon.compiled("measures", _compile)


class Marks(NamedTuple):
    """What stands in a sentence, before it is known whether it reports or plans."""

    industries: list[Industry]
    tools: list[Cue]
    themes: list[Cue]
    carriers: list[Carrier]
    worded: list[Hit]
    """Words of `measure_wording.csv`."""

    def __bool__(self) -> bool:
        return bool(self.tools or self.industries or self.carriers or self.themes)


def marks(text: str, data: Known, hits: dict[str, list[Hit]] | None = None) -> Marks:
    """The industries, tools, themes and carriers of a sentence.

    Args:
        text: the sentence, folded to plain characters; what stands behind its first 4,000 is not read.
        data: the data files.
        hits: its words, if `Words.pieces` has told them for a longer text.
    """
    if len(text) > LONGEST:
        text, hits = text[:LONGEST], None
    hits = data.words.hits(text) if hits is None else hits
    if not (hits["tools"] or hits["industries"] or hits["carriers"] or "业" in text or "等" in text):
        return Marks([], [], themes.find(text, hits["themes"], []), [], hits["wording"])
    mentions = industries.find(text, hits["industries"], data.industries)
    borne = carriers.find(text, hits["carriers"], data.carriers)
    cues: list[Cue] = []
    if hits["tools"]:
        cues = tools.find(text, hits["tools"], mentions, data.tools.drive, carriers.titles(borne, data.carriers))
    found = themes.find(text, hits["themes"], mentions) if hits["themes"] else []
    return Marks(mentions, cues, found, borne, hits["wording"])


def find(
    text: str,
    data: Known,
    found: Marks | None = None,
    *,
    tone: float = 0.0,
    stated: str | None = None,
    source: str | None = None,
    offset: int = 0,
    may: int = ALL,
    lean: float = 0.0,
) -> Coding:
    """The codes of a sentence.

    Args:
        text: the sentence, folded to plain characters.
        data: the data files.
        found: its marks, if they are known already.
        tone: how much it sounds like a plan, in log odds; 0 for no opinion.
        stated: its status, where the section that it stands in tells.
        source: the text that words are cut from, where that is not `text` itself.
        offset: where in `source` the sentence begins; offsets are counted in `source`.
        may: the cues that may match, as `data.gates` tells.
        lean: how much documents of its kind plan rather than report, in log odds.
    """
    end = offset + len(text)
    text = text[:LONGEST]
    found = marks(text, data) if found is None else found
    when, names = (stated, stated != "context") if stated else status.find(text, data.status, tone, may, lean)
    cues = found.tools if names else [cue for cue in found.tools if cue.code in STANDING]
    # How firm the wording is can be said only of something.
    worded = wording.NOTHING
    if found:
        worded = wording.find(text, found.worded, data.wording, may >> len(data.status.cues))
    coded, told = {cue.code for cue in cues}, {cue.code for cue in found.themes}
    cut = text if source is None else source
    return Coding(
        offset,
        end,
        tuple(sorted(coded, key=data.tools.rank.__getitem__)) if coded else (),
        when,
        tuple([theme for theme in themes.ORDER if theme in told]) if told else (),
        _placed(found.industries, offset, cut),
        _placed(found.carriers, offset, cut),
        worded.strength,
        worded.commits,
        worded.mechanisms,
        worded.relations,
        _placed([*cues, *found.themes, *worded.cues], offset, cut),
    )


def folded(codes: Sequence[str], data: Known) -> tuple[str, ...]:
    """The 20 tools of the literature that the 24 stand for, each once."""
    return tuple(dict.fromkeys(data.tools.fold[code] for code in codes))


def _placed(spans: Sequence[S], by: int, source: str) -> tuple[S, ...]:
    """Spans moved by an offset, with the words that stand there in the source."""
    if not spans:
        return ()
    kind: Any = type(spans[0])
    moved = []
    span: Any
    for span in spans:
        start, end = span[0] + by, span[1] + by
        # Not the constructor: it takes twice as long, and a report has tens of thousands of spans.
        moved.append(_new(kind, (start, end, source[start:end], *span[3:])))
    return tuple(moved)


def _compile(lexicon: Lexicon) -> Known:
    names, coded, heads = industries.names(lexicon), tools.tools(lexicon), carriers.heads(lexicon)
    worded = wording.wording(lexicon)
    lists: dict[str, Iterable[tuple[str, Any]]] = {
        "industries": names.words,
        "tools": coded.words,
        "themes": themes.themes(lexicon),
        "carriers": heads.words,
        "wording": worded.words,
    }
    told = status.status(lexicon)
    gates = Gates([cue for *_, cue, _ in told.cues] + [cue for *_, cue in worded.patterns])
    return Known(Words(lists), names, coded, heads, told, worded, gates)
