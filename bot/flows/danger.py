"""The answers that say that somebody is in danger."""

from __future__ import annotations

from collections.abc import Iterator

from bot import choices
from bot.flows.model import Flows, Outcome


def danger_choices(flows: Flows) -> frozenset[str]:
    """The ids of the options, of every flow, that lead straight to an outcome of kind `safety`."""
    return frozenset(_danger_choices(flows))


def _danger_choices(flows: Flows) -> Iterator[str]:
    for flow in flows.values():
        for step in flow.steps.values():
            for option in step.options:
                node = flows.node(flow.id, option.go)
                if isinstance(node, Outcome) and node.kind == "safety":
                    yield choices.step(flow.id, step.id, option.id)
