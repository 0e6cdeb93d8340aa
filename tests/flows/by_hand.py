"""The flows as a person follows them with a finger on the file: none of `bot.flows` is used."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from bot.settings import HOME

Answers = tuple[tuple[str, str], ...]
"""`flow/step` and the option, in the order of the answers."""


@cache
def file(flow: str) -> dict[str, Any]:
    """Every scalar as it stands there: `no` is an option's id here."""
    text = (HOME / "data" / "flows" / f"{flow}.yaml").read_text("utf-8")
    read: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return read


def ends(flow: str) -> Iterator[tuple[Answers, tuple[str, ...], str]]:
    """Every way through: its answers, the outcomes passed or reached, and where it stands.

    It stands at `flow/outcome`, or at the `flow/step` that it comes back to.
    """
    yield from _on(flow, file(flow)["start"], (), ())


def _on(
    flow: str, name: str, answers: Answers, told: tuple[str, ...]
) -> Iterator[tuple[Answers, tuple[str, ...], str]]:
    if name in file(flow)["outcomes"]:
        outcome = file(flow)["outcomes"][name]
        told = (*told, f"{flow}/{name}")
        if "then" in outcome:
            yield from _on(flow, outcome["then"], answers, told)
        else:
            yield answers, told, f"{flow}/{name}"
    elif name in file(flow)["steps"]:
        ref = f"{flow}/{name}"
        if ref in dict(answers):
            yield answers, told, ref
            return
        for option in file(flow)["steps"][name]["options"]:
            yield from _on(flow, option["go"], (*answers, (ref, option["id"])), told)
    else:
        yield from _on(name, file(name)["start"], answers, told)
