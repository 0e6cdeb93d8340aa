"""What is deployed with, as the tests read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from bot.settings import HOME

DEPLOY = HOME / "deploy"
CHART = DEPLOY / "helm" / "first-principles"
TEMPLATES = sorted((CHART / "templates").glob("*.yaml"))
NGINX = DEPLOY / "nginx" / "nginx.conf"
UNIT = DEPLOY / "systemd" / "first-principles.service"
SETTINGS_ENV = DEPLOY / "systemd" / "settings.env"

ASKED_FOR = re.compile(r"\$\{\w+:\?[^}]*\}")
WITH_DEFAULT = re.compile(r"\$\{\w+:-([^}]*)\}")
ACTION = re.compile(r"\{\{.*?\}\}")


def compose() -> dict[str, Any]:
    """compose.yaml with its merges and variables resolved, as compose itself resolves them."""
    text = (HOME / "compose.yaml").read_text("utf-8")
    text = ASKED_FOR.sub("https://principles.example.gov.uk", WITH_DEFAULT.sub(r"\1", text))
    resolved: dict[str, Any] = yaml.safe_load(text)
    return {key: value for key, value in resolved.items() if not key.startswith("x-")}


def without_actions(text: str) -> str:
    """A template as plain YAML: lines of nothing but actions go, and other actions are a word."""
    lines = (line for line in text.splitlines() if ACTION.sub("", line).strip() or not line)
    return ACTION.sub("action", "\n".join(lines))


def objects() -> Iterator[dict[str, Any]]:
    """Every object of the chart, without what its actions add."""
    for path in TEMPLATES:
        yield from yaml.safe_load_all(without_actions(path.read_text("utf-8")))


def an_object(kind: str) -> dict[str, Any]:
    (found,) = (each for each in objects() if each["kind"] == kind)
    return found


def values() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((CHART / "values.yaml").read_text("utf-8"))
    return found


def unit() -> dict[str, list[str]]:
    """Each option of the service with all its values."""
    found: dict[str, list[str]] = {}
    for line in UNIT.read_text("utf-8").splitlines():
        name, given, value = line.partition("=")
        if given and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found
