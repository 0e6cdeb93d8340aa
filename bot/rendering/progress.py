"""How far a walk has still to go: about, because it depends on the answers."""

from __future__ import annotations

from statistics import fmean

from bot.flows import Flows, Outcome, Step


def steps_after(step: Step, flows: Flows) -> int:
    """About how many questions come after this one, for whoever is not at the end with it.

    The mean over the ways that go on, each taken to be as likely as the next: an answer that ends
    the walk at once is told by its outcome.
    """
    return round(_mean(step, flows, frozenset()))


def _mean(step: Step, flows: Flows, passed: frozenset[str]) -> float:
    """0 where no way goes on, else 1 or more."""
    passed = passed | {step.ref}
    lengths = [_length(step.flow, option.go, flows, passed) for option in step.options]
    return fmean(found) if (found := [each for each in lengths if each]) else 0


def _length(flow: str, target: str, flows: Flows, passed: frozenset[str]) -> float:
    node = flows.node(flow, target)
    while isinstance(node, Outcome):
        if node.then is None:
            return 0
        node = flows.node(node.flow, node.then)
    # A way that comes back to a question has an end of its own: the way out of it.
    return 0 if node.ref in passed else 1 + _mean(node, flows, passed)
