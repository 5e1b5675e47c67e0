"""What is found in a sentence of policy: plain values, with the offsets of the words that gave them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Industry(Span):
    """A mention of an industry."""

    id: str | None
    """Id of a row of `industry_names.csv`, or None for a name that only its form tells (`…产业`)."""
    generic: bool
    """It names a class of industries (制造业, 未来产业)."""


@dataclass(frozen=True, slots=True)
class Carrier(Span):
    """A named or counted bearer of policy."""

    type: str
    """Id of a row of `carrier_types.csv`."""
    count: int | None
    """How many there are (`13条重点产业链`)."""


@dataclass(frozen=True, slots=True)
class Cue(Span):
    """Words that gave a code."""

    code: str


@dataclass(frozen=True, slots=True)
class Coding:
    """One sentence, coded."""

    start: int
    end: int
    tools: tuple[str, ...]
    """Ids of rows of `tools.csv`, in their order there."""
    status: str
    """`done`, `planned` or `context`."""
    themes: tuple[str, ...]
    industries: tuple[Industry, ...]
    carriers: tuple[Carrier, ...]
    strength: int
    """How binding the wording is: 0 nothing said, 1 explore, 2 encourage, 3 push on, 4 must."""
    commits: tuple[str, ...]
    """What makes it firm: `money`, `quota`, `deadline`."""
    mechanisms: tuple[str, ...]
    """How it is to be carried out: ids of `mechanisms.csv`."""
    relations: tuple[str, ...]
    """Whose it is: `national_plan`, `national_pilot`, `own_initiative`."""
    cues: tuple[Cue, ...]
    """The words behind each code."""

    def why(self, code: str) -> tuple[Cue, ...]:
        """The words that gave a code."""
        return tuple(cue for cue in self.cues if cue.code == code)
