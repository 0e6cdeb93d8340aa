"""The dashboard and the alerts name metrics that are counted, and every alert is in the runbook."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from bot.operations import metrics
from bot.settings import HOME

BOARD = HOME / "deploy" / "grafana" / "first-principles.json"
ALERTS = HOME / "deploy" / "prometheus" / "alerts.yaml"
RUNBOOK = HOME / "docs" / "runbook.md"
NAME = re.compile(r"\bprinciples_\w+")
CHOSEN = re.compile(r"\{([^}]*)\}")
GROUPED = re.compile(r"by \(([^)]*)\)")
GIVEN_BY_PROMETHEUS = {"instance", "job", "le"}
SERIES = {
    "counter": ("_total",),
    "gauge": ("",),
    "histogram": ("_bucket", "_count", "_sum"),
}


def counted() -> dict[str, set[str]]:
    """Every series by its name, with the labels that it may have."""
    found: dict[str, set[str]] = {}
    for family in metrics.registry.collect():
        collector = metrics.registry._names_to_collectors[family.name]
        for end in SERIES[family.type]:
            found[family.name + end] = set(getattr(collector, "_labelnames", ()))
    return found


def rules() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load(ALERTS.read_text("utf-8"))["groups"]
    listed: list[dict[str, Any]] = group["rules"]
    return listed


def expressions() -> Iterator[str]:
    for panel in json.loads(BOARD.read_text("utf-8"))["panels"]:
        yield from (target["expr"] for target in panel["targets"])
    yield from (rule["expr"] for rule in rules())


@pytest.mark.parametrize("expression", expressions())
def test_what_is_named_is_counted_with_its_labels(expression: str) -> None:
    series = counted()
    names = set(NAME.findall(expression))
    assert names <= series.keys()
    known = set.union(GIVEN_BY_PROMETHEUS, *(series[name] for name in names))
    chosen = {label for each in CHOSEN.findall(expression) for label in re.findall(r"(\w+)=", each)}
    grouped = {label for each in GROUPED.findall(expression) for label in re.findall(r"\w+", each)}
    assert chosen | grouped <= known


def test_every_metric_is_shown_or_watched() -> None:
    named = set(NAME.findall(" ".join(expressions())))
    for family in metrics.registry.collect():
        assert {family.name + end for end in SERIES[family.type]} & named, family.name


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: str(rule["alert"]))
def test_every_alert_says_what_it_is_and_is_in_the_runbook(rule: dict[str, Any]) -> None:
    assert rule["annotations"]["summary"].endswith(".")
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert f"`{rule['alert']}`" in RUNBOOK.read_text("utf-8")


def test_the_runbook_names_no_alert_that_is_gone() -> None:
    named = set(re.findall(r"`(Principles\w+)`", RUNBOOK.read_text("utf-8")))
    assert named == {rule["alert"] for rule in rules()}


def test_prometheus_itself_reads_the_alerts() -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("no promtool here: it comes with Prometheus")
    subprocess.run([promtool, "check", "rules", str(ALERTS)], check=True, capture_output=True)
