"""Which language to speak: the option, else the environment, else English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from saidao.outputs.messages import LANGUAGES


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language of `--lang`, else of LC_ALL, LC_MESSAGES or LANG.

    The arguments are looked through before they are parsed, since help texts and complaints need the language, too.
    """
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        value = argument.partition("=")[2] if argument.startswith("--lang=") else None
        if argument == "--lang" and at + 1 < len(arguments):
            value = arguments[at + 1]
        if value in LANGUAGES:
            return value
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "zh" if environment[name].lower().startswith("zh") else "en"
    return "en"
