"""The JSON interface against its own description: whatever is asked, the server has an answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

schemathesis = pytest.importorskip("schemathesis")

from saidao.web.app import create  # noqa: E402


@pytest.fixture(scope="module")
def described(observatory: Path) -> Any:
    return schemathesis.openapi.from_asgi("/api/openapi.json", create(observatory, hosts=("*",), sql=True))


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(
    max_examples=12, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_no_question_breaks_the_server(case: Any) -> None:
    answer = case.call()
    assert answer.status_code < 500, f"{case.formatted_path}: {answer.text[:300]}"
    if answer.status_code == 200 and "/download/" not in case.path:
        case.validate_response(answer, checks=[schemathesis.checks.not_a_server_error])
        assert answer.headers["content-type"][0].startswith("application/json")
