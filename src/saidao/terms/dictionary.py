"""What is counted: terms with their groups, and the contexts in which they do not count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from saidao.errors import LexiconError
from saidao.lexicon import variants


class DictionaryError(LexiconError):
    """A mistake in a dictionary.

    Args:
        code: id of a row of `data/messages.csv`, without its `dictionary.`.
        place: file and line, `terms.csv:12`; the file alone where all of it is meant.
        values: what fills the places of that sentence.
    """

    def __init__(self, code: str, place: str, **values: object) -> None:
        super().__init__(f"dictionary.{code}", **values)
        self.code = code
        self.place = place

    def text(self, language: str) -> str:
        """The message in a language, `zh` or `en`, with its place before it."""
        said = super().text(language)
        return f"{self.place}: {said}" if self.place else said


@dataclass(frozen=True, slots=True)
class Term:
    """A string that is counted wherever it stands, but not inside one of `not_in`."""

    text: str
    group: str
    not_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Terms with the head that says where they come from."""

    id: str
    terms: tuple[Term, ...]
    name: str = ""
    english: str = ""
    version: str = ""
    source: str = ""
    licence: str = ""
    note: str = ""
    path: str = ""

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups in the order of the file."""
        return tuple(dict.fromkeys(term.group for term in self.terms))


def of_words(words: Sequence[str], not_in: Sequence[str] = ()) -> Dictionary:
    """A dictionary of words as they are typed. `人工智能|AI` is one group of two terms.

    Args:
        words: the words.
        not_in: contexts that do not count, for each word that stands in them.

    Raises:
        DictionaryError: a word is empty or given twice, or a context holds none of the words.
    """
    terms: dict[str, Term] = {}
    for word in words:
        spellings = [spelling.strip() for spelling in word.split("|")]
        for text in spellings:
            if fault := faulty(text):
                raise DictionaryError(fault, "", term=text)
            if text in terms:
                raise DictionaryError("twice", "", term=text)
            contexts = tuple(context for context in not_in if text in context and context != text)
            terms[text] = Term(text, spellings[0], contexts)
    for context in not_in:
        if not any(context in term.not_in for term in terms.values()):
            raise DictionaryError("idle_context", "", context=context)
    if not terms:
        raise DictionaryError("no_terms", "")
    return Dictionary("", tuple(terms.values()))


def faulty(text: str) -> str | None:
    """The code of what is wrong with a term or a context, if anything."""
    if not text.strip():
        return "empty_term"
    return "line_break" if any(c in text for c in "\n\r\0") else None


def contexts_of(cell: str) -> tuple[str, ...]:
    """The contexts in a cell, which `|` separates."""
    return tuple(context.strip() for context in variants(cell) if context.strip())
