"""The way on from a safety message: its one option, clicked, typed, or typed by its number."""

from __future__ import annotations

from collections.abc import Iterable

from bot.flows.match import folded, number

CARRY_ON = "safety:continue"
"""The id of the option."""


class CarryOn:
    """`labels`: what the option is called below each of the safety messages that have one."""

    def __init__(self, labels: Iterable[str]) -> None:
        self._labels = frozenset(map(folded, labels))

    def is_meant(self, text: str, *, numbered: bool = False) -> bool:
        """Whether the words typed are the option, or with `numbered` its number."""
        return folded(text) in self._labels or (numbered and number(text) == 1)
