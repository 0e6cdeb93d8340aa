"""Whether people can read a flow easily. Not for Rasa's environment, which lacks the measure."""

from __future__ import annotations

from collections.abc import Iterator

from textstat import automated_readability_index

from bot.flows.model import Flow, Flows
from knowledge.errors import Violation

# Automated readability index: 9 is read easily at about fourteen.
GRADE = 9.0


def hard_to_read(flows: Flows) -> Iterator[Violation]:
    """Flows whose questions and outcomes need more than an easy reading age."""
    for flow in flows.values():
        grade = automated_readability_index(" ".join(_shown(flow)))
        if grade > GRADE:
            yield Violation(
                flow.place, f"reads at grade {grade:.1f}; at most {GRADE:.0f} is easy to read"
            )


def _shown(flow: Flow) -> Iterator[str]:
    for step in flow.steps.values():
        yield from (step.ask, step.why)
    for outcome in flow.outcomes.values():
        yield outcome.say
        if outcome.fixed:
            yield outcome.fixed
