"""Tools that take the filters of a list as arguments, without repeating them: `takes`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection
from functools import wraps
from typing import Annotated, Any, Literal, TypeVar

from mcp.types import CallToolResult
from pydantic import Field

from saidao.assistant.desk import Desk
from saidao.filters import Filter, Filters, about
from saidao.filters.names import Several
from saidao.outputs.messages import Messages

F = TypeVar("F", bound=Filters)


Tool = Callable[..., CallToolResult]


def takes(desk: Desk, filters: type[F], *, without: Collection[str] = ("limit",)) -> Callable[[Tool], Tool]:
    """Makes of a question a tool: what `filters` has becomes its arguments, before those of its own.

    The question takes the database, the filters, and what else the tool is given; the desk checks regions and documents
    and asks it. Filters that are named in `without` are no arguments of the tool.
    """
    say = Messages("en")

    def decorate(question: Tool) -> Tool:
        signature = inspect.signature(question, eval_str=True)
        own = [p.replace(kind=p.KEYWORD_ONLY) for p in list(signature.parameters.values())[2:]]
        given = [
            parameter.replace(annotation=_annotation(*about(filters)[name], say))
            for name, parameter in inspect.signature(filters).parameters.items()
            if name not in without
        ]

        @wraps(question)
        def tool(**values: Any) -> CallToolResult:
            rest = {p.name: values.pop(p.name, p.default) for p in own}
            return desk.ask(lambda database: question(database, filters(**desk.checked(values)), **rest))

        required = [p for p in own if p.default is p.empty]
        parameters = [*required, *given, *(p for p in own if p not in required)]
        tool.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
        tool.__annotations__ = {p.name: p.annotation for p in parameters} | {"return": signature.return_annotation}
        return tool

    return decorate


def _annotation(kind: Any, filter: Filter, say: Messages) -> Any:
    """The type of an argument, with its description."""
    if filter.values:
        one: Any = Literal[filter.values]
        kind = one | list[one] | None if kind == Several else one if kind is str else one | None
    elif kind == Several:
        kind = str | list[str] | None
    return Annotated[kind, Field(description=say(filter.message), ge=filter.low, le=filter.high)]
