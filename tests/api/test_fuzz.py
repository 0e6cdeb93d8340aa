"""The API, fuzzed from its own description, and the one place that takes any text."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok

from bot.understanding.normalisation import normalise
from bot.understanding.screening import LONGEST, SEARCHED_FOR_DANGER
from tests.api.standins import Talk

QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
BUDGET = settings(max_examples=10, deadline=None, suppress_health_check=QUIET, database=None)

# One character that becomes eighteen, one that becomes three, and some that vanish.
CHANGING = st.sampled_from("\ufdfa\ufb03\u0301\u200b\U000e0041\x00\n\u2028 a")
TEXTS = st.one_of(
    st.text(st.characters(), max_size=300),
    st.text(CHANGING, max_size=300),
    st.tuples(st.text(CHANGING, min_size=1, max_size=8), st.integers(1, 3000)).map(
        lambda repeated: repeated[0] * repeated[1]
    ),
)


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


def rule_broken(text: str) -> str | None:
    """The rule for which a text is refused, its length counted in one form."""
    if len(text) > SEARCHED_FOR_DANGER or len(normalise(text)) > LONGEST:
        return "text-too-long"
    if any("\ud800" <= character <= "\udfff" for character in text):
        return "not-text"
    return None if normalise(text) else "text-empty"


def send(whole: Talk, text: str) -> httpx.Response:
    """Written with escapes, so that half characters travel too."""
    return whole.client.post(
        f"/api/v1/conversations/{whole.id}/messages",
        content=json.dumps({"text": text}),
        headers=whole.headers | {"Content-Type": "application/json"},
    )


def test_any_text_is_answered_or_refused_by_a_rule_and_never_echoed(whole: Talk) -> None:
    fixed = {
        rule_broken(text): send(whole, text).json()
        for text in ("", "what may I share " * 200, "\ud800 may I share")
    }

    @given(text=TEXTS)
    @example("\ufdfa" * 200)
    @example("a" * (LONGEST + 1))
    @example("\u200b" * 50)
    @example("half a pair \udfff")
    @settings(max_examples=60, deadline=None, suppress_health_check=QUIET, database=None)
    def hold(text: str) -> None:
        reply = send(whole, text)
        rule = rule_broken(text)
        if reply.status_code == 200:
            types = [message["type"] for message in reply.json()["messages"]]
            assert rule is None or types[0] == "safety"
        else:
            assert reply.status_code == 422
            assert reply.json() == fixed[rule]

    hold()
