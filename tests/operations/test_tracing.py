"""Spans say where the time goes, over Rasa to the actions, and nothing of what was said."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from actions.server import told_of
from bot.operations import tracing
from bot.settings import HOME
from tests.api.listener import listening
from tests.api.standins import StandIn, Talk

MARKED = "who keeps the chronology of Zebedee Quux"


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(tracing, "tracer", provider.get_tracer("test"))
    yield exporter
    provider.shutdown()


def told(spans: InMemorySpanExporter) -> list[dict[str, Any]]:
    return [json.loads(each.to_json()) for each in spans.get_finished_spans()]


def test_a_turn_is_one_trace_and_says_nothing_of_it(
    talk: Talk, rasa: StandIn, spans: InMemorySpanExporter
) -> None:
    assert talk.say(MARKED).status_code == 200
    request = last_request(spans)
    below = [each for each in spans.get_finished_spans() if is_below(each, request)]
    assert {each.name for each in below} == {"lock", "rasa", "keep"}
    assert dict(request.attributes or {}) == {
        "http.request.method": "POST",
        "http.response.status_code": 200,
        "operation": "take_turn",
        "request_id": (request.attributes or {})["request_id"],
    }
    carried = rasa.heard[-1]["metadata"][tracing.TRACE]
    assert f"{trace_of(request):032x}" in carried
    everything = json.dumps(told(spans))
    for word in ("Zebedee", "chronology", talk.id, talk.headers["Authorization"][7:]):
        assert word not in everything


def test_an_action_goes_on_with_the_trace(spans: InMemorySpanExporter) -> None:
    with tracing.span("rasa"):
        metadata = {**tracing.carried(), "learner": "a", "documents": ["003"]}
    call = {"tracker": {"latest_message": {"text": MARKED, "metadata": metadata}}}
    with tracing.span("action", told_of(call)):
        pass
    rasa, action = spans.get_finished_spans()
    assert trace_of(action) == trace_of(rasa)
    assert action.parent
    assert rasa.context
    assert action.parent.span_id == rasa.context.span_id
    assert told_of({"tracker": None}) == told_of({"tracker": {"latest_message": None}}) == {}


def test_an_error_is_told_by_its_type(spans: InMemorySpanExporter) -> None:
    with pytest.raises(ValueError, match="Zebedee"), tracing.stage("keep"):
        raise ValueError(MARKED)
    (span,) = told(spans)
    assert span["status"] == {"status_code": "ERROR", "description": "ValueError"}
    assert "Zebedee" not in json.dumps(span)


def test_without_a_collector_nothing_is_made_and_nothing_imported() -> None:
    code = (
        "import sys; from bot.operations import tracing; from bot.settings import Settings;"
        " tracing.configure(Settings()); assert not tracing.carried();"
        " assert 'opentelemetry.sdk.trace' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=HOME, check=True)


def test_with_a_collector_spans_are_sent_there() -> None:
    """In a process of its own: a provider is set once."""
    received: list[bytes] = []

    async def collector(scope: Any, receive: Any, send: Any) -> None:
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        received.append(body)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    with listening(collector) as address:
        code = (
            "from bot.operations import tracing; from bot.settings import Settings;"
            f" tracing.configure(Settings(traces_url='{address}/v1/traces'));"
            "\nwith tracing.span('request'): assert tracing.carried()"
            "\nfrom opentelemetry import trace; trace.get_tracer_provider().shutdown()"
        )
        subprocess.run([sys.executable, "-c", code], cwd=HOME, check=True)
    assert b"first-principles" in b"".join(received)
    assert b"request" in b"".join(received)


def last_request(spans: InMemorySpanExporter) -> ReadableSpan:
    for _ in range(100):
        found = [each for each in spans.get_finished_spans() if each.name == "request"]
        posts = [each for each in found if (each.attributes or {}).get("operation") == "take_turn"]
        if posts:
            return posts[-1]
        asyncio.run(asyncio.sleep(0.05))
    raise AssertionError("no request has a span")


def is_below(span: ReadableSpan, other: ReadableSpan) -> bool:
    return span is not other and trace_of(span) == trace_of(other)


def trace_of(span: ReadableSpan) -> int:
    assert span.context
    trace_id: int = span.context.trace_id
    return trace_id
