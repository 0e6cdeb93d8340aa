"""What is counted: how many and how long, never who or what."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

registry = CollectorRegistry()

requests = Histogram(
    "principles_request_seconds",
    "Requests by method, operation and status.",
    ("method", "operation", "status"),
    registry=registry,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
messages = Counter(
    "principles_messages", "Messages sent, by their type.", ("type",), registry=registry
)
unanswered = Counter(
    "principles_unanswered", "Turns on which Rasa did not reply.", registry=registry
)


def exposition() -> bytes:
    return generate_latest(registry)
