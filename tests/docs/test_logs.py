"""Every event that is logged is in docs/logs.md, and none that is not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from bot.settings import HOME

PAGE = (HOME / "docs" / "logs.md").read_text("utf-8")
LEVELS = {"debug", "info", "warning", "error", "exception"}
EVENT = re.compile(r"[a-z_]+(\.[a-z_]+)?")


def logged() -> Iterator[str]:
    for package in ("bot", "actions"):
        for path in (HOME / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr in LEVELS
                    and isinstance(node.func.value, ast.Name)
                    and node.func.value.id == "log"
                ):
                    (first, *_) = node.args
                    assert isinstance(first, ast.Constant), f"{path}: an event is one word"
                    yield str(first.value)


def documented() -> set[str]:
    events = PAGE.split("| event | level |")[1]
    first_cells = re.findall(r"^\| ([^|]*) \|", events, re.MULTILINE)
    return {each for cell in first_cells for each in re.findall(r"`([^`]*)`", cell)}


def test_every_event_is_documented_and_none_that_is_gone() -> None:
    events = set(logged())
    assert all(EVENT.fullmatch(each) for each in events)
    assert events == documented()
