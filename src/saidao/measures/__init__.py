"""Codes a sentence of policy: tools, status, themes, industries, carriers, and how firm its wording is.

`find` gives one `Coding` for a text that is taken as one sentence. The codebook is `docs/measures-codebook.md`; what the
codes are told by stands in the data files.
"""

from __future__ import annotations

from saidao.lexicon import Lexicon
from saidao.measures import carriers, industries, status, themes, tools, wording
from saidao.measures.records import Carrier, Coding, Cue, Industry

__all__ = ["Carrier", "Coding", "Cue", "Industry", "find", "folded"]


def find(text: str, lexicon: Lexicon, *, tone: float = 0.0, stated: str | None = None) -> Coding:
    """The codes of a sentence; offsets are counted in `text`.

    Args:
        text: the sentence, folded to plain characters.
        lexicon: the data files.
        tone: how much it sounds like a plan, in log odds; 0 for no opinion.
        stated: its status, where the section that it stands in tells.
    """
    known_tools = tools.tools(lexicon)
    mentions = industries.find(text, industries.names(lexicon))
    when = stated or status.find(text, status.status(lexicon), tone)
    tool_cues = [cue for cue in tools.find(text, mentions, known_tools) if when != "context" or cue.code in STANDING]
    theme_cues = themes.find(text, themes.themes(lexicon))
    worded = wording.find(text, wording.wording(lexicon))
    coded = {cue.code for cue in tool_cues}
    return Coding(
        start=0,
        end=len(text),
        tools=tuple(tool for tool in known_tools.order if tool in coded),
        status=when,
        themes=tuple(theme for theme in themes.ORDER if any(cue.code == theme for cue in theme_cues)),
        industries=tuple(mentions),
        carriers=tuple(carriers.find(text, carriers.heads(lexicon))),
        strength=max((int(cue.code) for axis, cue in worded if axis == "strength"), default=0),
        commits=tuple(cue.code for axis, cue in worded if axis == "commits"),
        mechanisms=tuple(cue.code for axis, cue in worded if axis == "mechanism"),
        relations=tuple(cue.code for axis, cue in worded if axis == "relation"),
        cues=(*tool_cues, *theme_cues, *(cue for _, cue in worded)),
    )


STANDING = frozenset({"standards_quality", "credit_finance"})
"""Tools that a sentence may have that neither reports nor plans: a standard says what it is for."""


def folded(codes: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """The 20 tools of the literature that the 24 stand for, each once."""
    fold = tools.tools(lexicon).fold
    return tuple(dict.fromkeys(fold[code] for code in codes))
