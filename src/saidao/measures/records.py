"""What is found in a sentence of policy: plain values, with the offsets of the words that gave them."""

from __future__ import annotations

from typing import NamedTuple


class Industry(NamedTuple):
    """A mention of an industry."""

    start: int
    end: int
    text: str
    id: str | None
    """Id of a row of `industry_names.csv`, or None for a name that only its form tells (`…产业`)."""
    generic: bool
    """It names a class of industries (制造业, 未来产业)."""


class Carrier(NamedTuple):
    """A named or counted bearer of policy."""

    start: int
    end: int
    text: str
    type: str
    """Id of a row of `carrier_types.csv`."""
    number: int | None
    """How many there are (`13条重点产业链`)."""


class Cue(NamedTuple):
    """Words that gave a code."""

    start: int
    end: int
    text: str
    code: str


class Coding(NamedTuple):
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
