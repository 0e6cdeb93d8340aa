"""What is counted: how many and how long, never who or what.

`deploy/grafana/first-principles.json` shows it, `deploy/prometheus/alerts.yaml` watches it, and
docs/runbook.md says what to do about it.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

registry = CollectorRegistry()

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

requests = Histogram(
    "principles_request_seconds",
    "Requests by method, operation and status.",
    ("method", "operation", "status"),
    registry=registry,
    buckets=SECONDS,
)
turns = Counter(
    "principles_turns",
    "Turns by what was sent (text, choice) and what came of it: answered, danger (999 first), again"
    " (a retry), unanswered (Rasa did not reply), off, database (it failed), or the reason of a"
    " refusal.",
    ("kind", "outcome"),
    registry=registry,
)
turn_seconds = Histogram(
    "principles_turn_seconds",
    "A turn from its being screened to its reply, by what came of it.",
    ("outcome",),
    registry=registry,
    buckets=SECONDS,
)
stage_seconds = Histogram(
    "principles_stage_seconds",
    "Parts of a turn: lock (its wait for the turn before it), rasa (with the actions), keep.",
    ("stage",),
    registry=registry,
    buckets=SECONDS,
)
under_way = Gauge("principles_turns_under_way", "Turns not yet answered.", registry=registry)
messages = Counter(
    "principles_messages", "Messages sent, by their type.", ("type",), registry=registry
)
alarms = Counter(
    "principles_alarms",
    "Safety messages, by their reason and whether they stood in the place of everything else.",
    ("reason", "interrupts"),
    registry=registry,
)
unanswered = Counter(
    "principles_unanswered",
    "Turns and openings of conversations on which Rasa did not reply.",
    registry=registry,
)
not_kept = Counter(
    "principles_safety_not_kept", "Safety replies that were given and not kept.", registry=registry
)
rasa_ended = Counter(
    "principles_rasa_ended",
    "Times that Rasa ended by itself and was started again.",
    registry=registry,
)
database_seconds = Histogram(
    "principles_database_seconds",
    "Uses of the database by the gateway, from a thread being free to the answer.",
    registry=registry,
    buckets=SECONDS,
)
database_failures = Counter(
    "principles_database_failures", "Uses of the database that failed.", registry=registry
)
connections_in_use = Gauge(
    "principles_database_connections_in_use",
    "Connections to the database that are at work.",
    registry=registry,
)
connections = Gauge(
    "principles_database_connections",
    "Connections to the database that this server may have.",
    registry=registry,
)
redis_failures = Counter(
    "principles_redis_failures", "Uses of Redis that failed.", registry=registry
)
part_ready = Gauge(
    "principles_part_ready",
    "Whether a part answered when /readyz was asked last: 1 or 0.",
    ("part",),
    registry=registry,
)


def exposition() -> bytes:
    return generate_latest(registry)
