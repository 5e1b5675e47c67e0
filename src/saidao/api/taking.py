"""Methods that take the filters of a list as arguments, without repeating them: `takes`."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from saidao.filters import Filters, about
from saidao.lexicon import load

P = ParamSpec("P")
F = TypeVar("F", bound=Filters)
S = TypeVar("S")
R = TypeVar("R")


def takes(filters: Callable[P, F]) -> Callable[[Callable[[S, F], R]], Callable[Concatenate[S, P], R]]:
    """Makes of a method that takes `filters` one that takes them one by one, as keywords.

    Signature and docstring say what may be given, as the class of the filters has it.
    """

    def decorate(method: Callable[[S, F], R]) -> Callable[Concatenate[S, P], R]:
        @wraps(method)
        def taking(self: S, /, *args: P.args, **given: P.kwargs) -> R:
            return method(self, filters(*args, **given))

        _describe(taking, filters)
        return taking

    return decorate


def _describe(method: Any, filters: Any) -> None:
    own = inspect.signature(method)
    given = inspect.signature(filters)
    first = next(iter(own.parameters.values()))
    kinds = about(filters)
    parameters = [p.replace(annotation=kinds[p.name][0]) for p in given.parameters.values()]
    method.__signature__ = inspect.Signature([first, *parameters], return_annotation=own.return_annotation)
    method.__annotations__ = {p.name: p.annotation for p in parameters} | {"return": own.return_annotation}
    texts = {row["id"]: row["en"] for row in load().rows("messages")}
    lines = [f"    {name}: {texts[filter.message]}" for name, (_, filter) in kinds.items()]
    method.__doc__ = "\n".join([inspect.cleandoc(method.__doc__ or ""), "", "Args:", *lines])
