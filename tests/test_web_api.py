"""The JSON interface against its own description: whatever is asked, the server has an answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings

from saidao.web.app import create

PATHS = ("/api", "/{language}/download")


@pytest.fixture(scope="module")
def app(observatory: Path) -> FastAPI:
    return create(observatory, hosts=("*",), sql=True)


def test_no_question_breaks_the_server(app: FastAPI) -> None:
    described = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    operations = [each.ok() for each in described.get_all_operations()]
    assert len(operations) > 25
    assert all(operation.path.startswith(PATHS) for operation in operations)
    for operation in operations:
        broken(operation)


def broken(operation: Any) -> None:
    @given(case=operation.as_strategy())
    @settings(
        max_examples=10, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def ask(case: Any) -> None:
        answer = case.call()
        assert answer.status_code < 500, f"{case.formatted_path}: {answer.text[:300]}"
        if answer.status_code == 200 and operation.path.startswith("/api"):
            assert answer.headers["content-type"][0] == "application/json"
            answer.json()

    ask()


def test_the_description_tells_every_parameter(app: FastAPI) -> None:
    for path, methods in app.openapi()["paths"].items():
        assert set(methods) == {"get"}
        for parameter in methods["get"].get("parameters", []):
            if parameter["in"] == "query" and path != "/api/sql":
                assert parameter.get("description") or parameter["schema"].get("description"), (path, parameter["name"])
