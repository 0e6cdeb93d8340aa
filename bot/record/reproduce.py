"""The outcome that a printed stamp stands for, when its contents are still the same."""

from __future__ import annotations

from bot.choices import Choice
from bot.flows import TellOutcome, Walk
from bot.messages import OutcomeMessage
from bot.record.stamp import Printed
from bot.rendering.flows import FlowRenderer


def again(printed: Printed, script: FlowRenderer) -> OutcomeMessage:
    """Raises ValueError when the path no longer ends there, or the flows have changed since."""
    walk = Walk(printed.path[0].partition("/")[0])
    if walk.flow not in script.flows:
        raise ValueError(f"there is no flow '{walk.flow}'")
    for chosen in printed.path:
        ref, _, option = Choice.parse(f"step:{chosen}").argument.rpartition("/")
        try:
            walk = walk.answer(ref, option, script.flows)
        except KeyError as unknown:
            raise ValueError(f"the flows no longer have '{chosen}' on this path") from unknown
    outcome = walk.trace(script.flows).outcome
    if outcome is None:
        raise ValueError("this path does not end in an outcome")
    told = script.outcome(TellOutcome(outcome, walk))
    if told.version != printed.flows:
        raise ValueError(f"the flows have changed: now {told.version}, stamped {printed.flows}")
    return told
