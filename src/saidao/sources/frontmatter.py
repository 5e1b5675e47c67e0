"""YAML front matter, read without trust: no aliases, no tags, no types but text."""

from __future__ import annotations

import re
from typing import Any

import yaml

from saidao.errors import SourceError
from saidao.sources import limits

_OPENING = re.compile(r"\A\s*?(?:^|(?<=\n))---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_ENTRY = re.compile(r"^[\w\-\u4e00-\u9fff\"']+[ \t]*[:：]", re.MULTILINE)


class _Strict(yaml.SafeLoader):
    """Reads scalars as text, so that dates and version numbers stay as written; refuses aliases."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise SourceError("broken_front_matter", "aliases are not allowed")
        return super().compose_node(parent, index)


_Strict.yaml_implicit_resolvers = {}


def split(text: str) -> tuple[dict[str, Any], str]:
    """The front matter as a dictionary (empty if there is none), and the rest of the text.

    Raises:
        SourceError: `broken_front_matter`: it does not close, is not YAML, is no mapping, uses aliases, or is too long.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return {}, text
    closing = _CLOSING.search(text, opening.end())
    head = text[opening.end() : closing.start()] if closing else text[opening.end() :]
    if closing is None or len(head) > limits.FRONT_MATTER_CHARACTERS:
        if not _ENTRY.match(head[:1_000].lstrip()):
            return {}, text  # a rule across the page, not front matter
        raise SourceError("broken_front_matter", "it does not close" if closing is None else f"{len(head)} characters")
    if not head.strip():
        return {}, text[closing.end() :]
    try:
        value = yaml.load(head, Loader=_Strict)
    except yaml.YAMLError as error:
        raise SourceError("broken_front_matter", " ".join(str(error).split())[: limits.DETAIL_CHARACTERS]) from None
    except (RecursionError, ValueError) as error:
        raise SourceError("broken_front_matter", type(error).__name__) from None
    if not isinstance(value, dict):
        if not _ENTRY.search(head):
            return {}, text
        raise SourceError("broken_front_matter", "no list of names and values")
    return {str(key).strip().lower(): each for key, each in value.items()}, text[closing.end() :]


def strings(value: Any) -> tuple[str, ...]:
    """A front matter value as texts: a list's items, or the one scalar."""
    if value is None or isinstance(value, dict):
        return ()
    if isinstance(value, list):
        return tuple(text for item in value for text in strings(item))
    text = str(value).strip()
    return (text,) if text else ()
