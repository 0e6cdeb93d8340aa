"""Where the time of a request goes, as OpenTelemetry spans. Off unless FP_TRACES_URL names a
collector.

A span has a name, times, and of a request its method, operation, status and id; never what was
said, an address or a conversation. Rasa has no spans of its own: what it is told of a text carries
the trace on to the actions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.propagate import extract, inject
from opentelemetry.trace import Span, Status, StatusCode

from bot import __version__
from bot.operations import metrics
from bot.settings import Settings

SERVICE = "first-principles"
TRACE = "traceparent"
"""The key of W3C Trace Context, under which a trace is handed on."""

tracer = trace.get_tracer(SERVICE, __version__)


def configure(settings: Settings) -> None:
    """Once a process, before the first span. Spans are sent in the background; a collector that
    does not answer costs no request anything."""
    if settings.traces_url is None:
        return
    # They take a third of a second to import.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    whole = Resource.create({"service.name": SERVICE, "service.version": __version__})
    provider = TracerProvider(resource=whole)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(settings.traces_url)))
    trace.set_tracer_provider(provider)


@contextmanager
def span(name: str, carried: Mapping[str, str] | None = None) -> Iterator[Span]:
    """`carried`: what brings the trace along from another process. An error is told by its type,
    as its message may quote what was said."""
    context = extract(dict(carried)) if carried else None
    with tracer.start_as_current_span(
        name, context=context, record_exception=False, set_status_on_exception=False
    ) as current:
        try:
            yield current
        except Exception as error:
            current.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise


@contextmanager
def stage(name: str) -> Iterator[None]:
    """A part of a turn: a span, and a time in `principles_stage_seconds`."""
    with span(name), metrics.stage_seconds.labels(name).time():
        yield


def carried() -> dict[str, str]:
    """What takes the trace along to another process; nothing where there is none."""
    found: dict[str, str] = {}
    inject(found)
    return {TRACE: found[TRACE]} if TRACE in found else {}
