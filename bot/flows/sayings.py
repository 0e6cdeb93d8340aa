"""What a dialogue wants said, before anybody has put it into a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.flows.model import Flow, Outcome, Step
from bot.flows.walk import Walk


@dataclass(frozen=True)
class Way:
    """A choice to go on with: its id, its label, and the heading it stands under, if any."""

    choice: str
    label: str
    group: str | None = None


@dataclass(frozen=True)
class Remark:
    """One of the shared phrases, its blanks filled, and the ways on offered with it."""

    phrase: str
    values: Mapping[str, str] = field(default_factory=dict)
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True)
class Ask:
    step: Step
    walk: Walk


@dataclass(frozen=True)
class Tell:
    """`resume` is a flow that was set aside and can be gone back to."""

    outcome: Outcome
    walk: Walk
    resume: Flow | None = None

    @property
    def final(self) -> bool:
        return self.outcome.then is None


Saying = Remark | Ask | Tell
