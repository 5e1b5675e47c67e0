"""The filters of lists are stated once: whoever takes them takes the same, and refuses the same."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import saidao
from saidao import filters
from saidao.errors import UsageError
from saidao.filters import Filters, about
from saidao.outputs.messages import Messages

LISTS: dict[str, type[Filters]] = {
    "documents": filters.Documents, "statements": filters.Statements, "industries": filters.Mentions,
    "measures": filters.Measures, "carriers": filters.Carriers, "matrix": filters.Matrix, "targets": filters.Targets,
    "ledger": filters.Ledger,
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_filter_says_what_it_means(language: str) -> None:
    say = Messages(language)
    for made in LISTS.values():
        for name, (_, filter) in about(made).items():
            assert say(filter.message), name


@pytest.mark.parametrize("name", LISTS)
def test_methods_commands_and_addresses_take_the_same_filters(name: str) -> None:
    from saidao.cli import COMMANDS
    from saidao.web.api import SOURCES

    names = set(about(LISTS[name]))
    method = getattr(saidao.Database, name)
    assert set(inspect.signature(method).parameters) == {"self", *names}
    assert all(f"    {each}: " in method.__doc__ for each in names)
    assert set(SOURCES[name].question.model_fields) == names - {"limit"}
    if name in COMMANDS:
        options = {parameter.name for parameter in _command(name).params}
        assert names - {"document"} <= options, name


def _command(name: str) -> Any:
    import importlib

    return importlib.import_module(f"saidao.cli.{name}").command(Messages("en"))


@pytest.mark.parametrize(
    ("made", "given"),
    [
        (filters.Statements, {"status": "wished"}), (filters.Statements, {"kind": ["level", "depth"]}),
        (filters.Statements, {"period": "soon"}), (filters.Statements, {"section": "preface"}),
        (filters.Measures, {"tool": "magic"}), (filters.Measures, {"strength": 5}),
        (filters.Measures, {"status": "target"}), (filters.Carriers, {"limit": -1}), (filters.Mentions, {"year": "last"}),
        (filters.Ledger, {"outcome": "forgotten"}), (filters.Matrix, {"by": "region"}), (filters.Bets, {"depth": 0}),
        (filters.Reports, {"level": "street"}),
    ],
)  # fmt: skip
def test_what_a_filter_does_not_take_is_refused(made: Any, given: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        made(**given)


def test_names_in_either_language_become_codes() -> None:
    asked = filters.Statements(
        status="目标", kind=["增速", "level"], type="政府工作报告", region=[], section="plan_year"
    )
    assert asked.given() == {
        "status": ["target"], "kind": ["growth", "level"], "type": ["work_report"], "section": ["plan_year"],
    }  # fmt: skip
    assert filters.Measures(tool="产业基金", year=2026).given() == {"tool": ["industrial_fund"], "year": 2026}
