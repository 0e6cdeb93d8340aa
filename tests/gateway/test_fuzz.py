"""The API, fuzzed from its own description."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok

from tests.gateway.standins import Talk

QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
BUDGET = settings(max_examples=10, deadline=None, suppress_health_check=QUIET, database=None)


@pytest.fixture(scope="module")
def whole(shared: httpx.Client) -> Talk:
    return Talk(shared)


def test_no_request_breaks_the_api(whole: Talk) -> None:
    """Answers are as described, never a fault of ours, and an error is always a problem."""
    api = schemathesis.openapi.from_url(f"{whole.client.base_url}/openapi.json")
    operations = [each.ok() for each in api.get_all_operations() if isinstance(each, Ok)]
    assert {"POST /api/v1/conversations", "GET /api/v1/search"} <= {
        operation.label for operation in operations
    }
    for operation in operations:
        check(operation, whole)


def check(operation: Any, whole: Talk) -> None:
    @given(case=operation.as_strategy())
    @BUDGET
    def hold(case: Any) -> None:
        # The token opens this conversation; what DELETE is tried on is another.
        if "conversation_id" in case.path_parameters:
            case.path_parameters["conversation_id"] = "x" if case.method == "DELETE" else whole.id
        reply = case.call(headers=whole.headers)
        assert reply.status_code < 500
        assert str(reply.status_code) in operation.definition.raw["responses"]
        if reply.status_code >= 400:
            assert reply.headers["content-type"] == ["application/problem+json"]

    hold()
