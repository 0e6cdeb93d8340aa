"""The ids that options carry, so that a click says what it means even when it comes late.

A choice is `verb:argument`. An option of a flow names its flow and step, so a click
on an old question corrects that question and never answers the one now open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verb = Literal["step", "change", "start", "do", "safety", "module", "quiz"]
VERBS: tuple[Verb, ...] = ("step", "change", "start", "do", "safety", "module", "quiz")


@dataclass(frozen=True)
class Choice:
    verb: Verb
    argument: str

    def __str__(self) -> str:
        return f"{self.verb}:{self.argument}"

    @classmethod
    def parse(cls, text: str) -> Choice:
        """Raises ValueError when `text` is not a choice id."""
        verb, colon, argument = text.partition(":")
        for known in VERBS:
            if verb == known and colon and argument:
                return cls(known, argument)
        raise ValueError(f"not a choice id: {text[:80]!r}")


def step(flow: str, step_id: str, option: str) -> str:
    return f"step:{flow}/{step_id}/{option}"


def change(flow: str, step_id: str) -> str:
    """Ask an answered question of the flow again."""
    return f"change:{flow}/{step_id}"


def start(flow: str) -> str:
    return f"start:{flow}"


def do(command: str) -> str:
    return f"do:{command}"
