"""What a dialogue wants said, before anybody has put it into a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.flows.model import Flow, Outcome, Step
from bot.flows.walk import Walk


@dataclass(frozen=True)
class QuickReply:
    """A choice to go on with: its id, its label, and the heading it stands under, if any."""

    choice: str
    label: str
    group: str | None = None


@dataclass(frozen=True)
class Utterance:
    """One of the shared phrases, its blanks filled, and the ways on offered with it."""

    phrase: str
    values: Mapping[str, str] = field(default_factory=dict)
    quick_replies: tuple[QuickReply, ...] = ()


@dataclass(frozen=True)
class AskStep:
    step: Step
    walk: Walk


@dataclass(frozen=True)
class TellOutcome:
    """`resume` is a flow that was set aside and can be gone back to."""

    outcome: Outcome
    walk: Walk
    resume: Flow | None = None

    @property
    def final(self) -> bool:
        return self.outcome.then is None


FlowResponse = Utterance | AskStep | TellOutcome
