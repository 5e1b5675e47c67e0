"""Codes a sentence of policy: tools, status, themes, industries, carriers, and how firm its wording is.

`find` gives one `Coding` for a text that is taken as one sentence. The codebook is `docs/measures-codebook.md`; what the
codes are told by stands in the data files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from saidao.lexicon import Lexicon
from saidao.measures import carriers, industries, status, themes, tools, wording
from saidao.measures.records import Carrier, Coding, Cue, Industry
from saidao.measures.words import Words

__all__ = ["LONGEST", "Carrier", "Coding", "Cue", "Industry", "Known", "find", "folded", "known"]

S = TypeVar("S", Industry, Carrier, Cue)

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


def known(lexicon: Lexicon) -> Known:
    """The data files for measures, compiled once."""
    return lexicon.compiled("measures", _compile)


def find(
    text: str,
    data: Known,
    *,
    tone: float = 0.0,
    stated: str | None = None,
    places: Sequence[int] | None = None,
    source: str | None = None,
    offset: int = 0,
) -> Coding:
    """The codes of a sentence.

    Args:
        text: the sentence, folded to plain characters; what stands behind its first 4,000 is not read.
        data: the data files.
        tone: how much it sounds like a plan, in log odds; 0 for no opinion.
        stated: its status, where the section that it stands in tells.
        places: where a word may begin, if `Words.places` has told for a longer text.
        source: the text that words are cut from, where that is not `text` itself.
        offset: where in `source` the sentence begins; offsets are counted in `source`.
    """
    end = offset + len(text)
    if len(text) > LONGEST:
        text, places = text[:LONGEST], None
    hits = data.words.hits(text, places)
    mentions = industries.find(text, hits["industries"], data.industries)
    cues = tools.find(text, hits["tools"], mentions)
    borne = carriers.find(text, hits["carriers"], data.carriers)
    when = stated or status.find(text, data.status, tone)
    if when == "context":
        cues = [cue for cue in cues if cue.code in STANDING]
    themed = themes.find(text, hits["themes"])
    # How firm the wording is can be said only of something.
    worded = wording.find(text, data.wording) if cues or mentions or borne else wording.NOTHING
    coded, told = {cue.code for cue in cues}, {cue.code for cue in themed}
    cut = text if source is None else source
    return Coding(
        offset,
        end,
        tuple([tool for tool in data.tools.order if tool in coded]) if coded else (),
        when,
        tuple([theme for theme in themes.ORDER if theme in told]) if told else (),
        _placed(mentions, offset, cut),
        _placed(borne, offset, cut),
        worded.strength,
        worded.commits,
        worded.mechanisms,
        worded.relations,
        _placed([*cues, *themed, *worded.cues], offset, cut),
    )


def folded(codes: Sequence[str], data: Known) -> tuple[str, ...]:
    """The 20 tools of the literature that the 24 stand for, each once."""
    return tuple(dict.fromkeys(data.tools.fold[code] for code in codes))


def _placed(spans: Sequence[S], by: int, source: str) -> tuple[S, ...]:
    """Spans moved by an offset, with the words that stand there in the source."""
    return tuple([type(s)(s[0] + by, s[1] + by, source[s[0] + by : s[1] + by], *s[3:]) for s in spans])


def _compile(lexicon: Lexicon) -> Known:
    names, coded, heads = industries.names(lexicon), tools.tools(lexicon), carriers.heads(lexicon)
    words = Words(
        {"industries": names.words, "tools": coded.words, "themes": themes.themes(lexicon), "carriers": heads.words}
    )
    return Known(words, names, coded, heads, status.status(lexicon), wording.wording(lexicon))
