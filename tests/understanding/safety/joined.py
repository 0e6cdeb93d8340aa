"""Dangers joined to ordinary text: before it, after it and inside it, with and without stops."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import regex
import yaml

from bot.understanding.normalisation import normalise

HERE = Path(__file__).parent
SETS = ("unseen", "held_back", "held_back_2", "held_back_3")
QUESTIONS = HERE.parents[1] / "eval" / "questions.jsonl"
STOPS = regex.compile(r"[.,;:?!]")
COMPANY = ("answer", "flow", "abstain", "out_of_scope")
SEED = 11


@cache
def messages(name: str) -> dict[str, list[Any]]:
    lists: dict[str, list[Any]] = yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))
    return lists


@cache
def questions() -> list[dict[str, Any]]:
    return [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]


def dangers() -> list[str]:
    """Emergencies, and what people tell of harm to themselves, as children and of colleagues."""
    told = [
        text
        for name in SETS
        for kind in ("emergencies", "others")
        for text in messages(name).get(kind, [])
    ]
    return told + [row["q"] for row in questions() if row["kind"] == "emergency"]


def company() -> list[str]:
    """Questions and ordinary messages to join them to."""
    asked = [row["q"] for row in questions() if row["kind"] in COMPANY]
    return [
        text for text in [*asked, *messages("held_back_3")["ordinary"]] if len(text.split()) > 4
    ]


def joined(danger: str, other: str) -> Iterator[tuple[str, str]]:
    """How, and the text, normalised."""
    words = other.split()
    first, last = (" ".join(half) for half in (words[: len(words) // 2], words[len(words) // 2 :]))
    for how, text in (
        ("before, stopped", f"{stopped(danger)} {other}"),
        ("after, stopped", f"{stopped(other)} {danger}"),
        ("inside, stopped", f"{first}. {stopped(danger)} {last}"),
        ("before, a line", f"{danger}\n{other}"),
        ("after, a line", f"{other}\n{danger}"),
        ("inside, a line", f"{first}\n{danger}\n{last}"),
        ("before, a comma", f"{danger}, {other}"),
        ("after, a comma", f"{other}, {danger}"),
        ("inside, a comma", f"{first}, {danger}, {last}"),
        ("before, run on", f"{hurried(danger)} {hurried(other)}"),
        ("after, run on", f"{hurried(other)} {hurried(danger)}"),
        ("inside, run on", f"{hurried(first)} {hurried(danger)} {hurried(last)}"),
        ("after, and", f"{hurried(other)} and {hurried(danger)}"),
    ):
        yield how, normalise(text)


def stopped(text: str) -> str:
    return text if text[-1] in ".?!" else f"{text}."


def hurried(text: str) -> str:
    return " ".join(STOPS.sub(" ", text).lower().split())


def sample(told: list[str], others: list[str], each: int) -> list[tuple[str, str]]:
    """(how, text) of every danger in so many of the ways, drawn with the same seed each time."""
    dice = Random(SEED)
    return [
        way for text in told for way in dice.sample(list(joined(text, dice.choice(others))), each)
    ]
