"""One path through a flow, as a value: which flow, and which option at which step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.flows.model import Flows, Outcome, Step, StepOption


@dataclass(frozen=True)
class Answered:
    step: Step
    option: StepOption


TraceEvent = Answered | Outcome


@dataclass(frozen=True)
class Trace:
    """What the answers of a walk amount to: the events in order, then the open step if any."""

    events: tuple[TraceEvent, ...]
    asking: Step | None

    @property
    def answered(self) -> tuple[Answered, ...]:
        return tuple(each for each in self.events if isinstance(each, Answered))

    @property
    def outcome(self) -> Outcome | None:
        """The outcome that ended the walk."""
        last = self.events[-1] if self.events and not self.asking else None
        return last if isinstance(last, Outcome) else None

    def after(self, ref: str) -> tuple[Outcome, ...]:
        """The outcomes reached since the step called `ref` was answered."""
        found: list[Outcome] = []
        for event in self.events:
            if isinstance(event, Outcome):
                found.append(event)
            elif event.step.ref == ref:
                found.clear()
        return tuple(found)


@dataclass(frozen=True)
class Walk:
    """`answers` maps `flow/step` to an option's id, and holds the steps of the path only.

    A walk may cross into another flow. `reopened` is an answered step that is asked again.
    """

    flow: str
    answers: Mapping[str, str] = field(default_factory=dict)
    reopened: str | None = None

    def trace(self, flows: Flows) -> Trace:
        events: list[TraceEvent] = []
        seen: set[str] = set()
        node: Step | Outcome = flows.start(self.flow)
        while True:
            if isinstance(node, Outcome):
                events.append(node)
                if node.then is None:
                    return Trace(tuple(events), None)
                node = flows.node(node.flow, node.then)
                continue
            option = self._answer(node)
            # A path that comes back to a step asks it again.
            if option is None or node.ref in seen:
                return Trace(tuple(events), node)
            seen.add(node.ref)
            events.append(Answered(node, option))
            node = flows.node(node.flow, option.go)

    def _answer(self, step: Step) -> StepOption | None:
        chosen = self.answers.get(step.ref)
        return next((option for option in step.options if option.id == chosen), None)

    def asking(self, flows: Flows) -> Step | None:
        """The step that waits for an answer; None when the walk has ended."""
        return flows.step(self.reopened) if self.reopened else self.trace(flows).asking

    def may_answer(self, ref: str, flows: Flows) -> bool:
        """Whether the step is on the path: open now, or answered before."""
        trace = self.trace(flows)
        return ref in self.answers or (trace.asking is not None and trace.asking.ref == ref)

    def answer(self, ref: str, option: str, flows: Flows) -> Walk:
        """The walk with that answer; answers that are no longer on the path are gone.

        Raises KeyError when the step is not on the path or has no such option.
        """
        if not self.may_answer(ref, flows):
            raise KeyError(ref)
        flows.step(ref).option(option)
        changed = replace(self, answers={**self.answers, ref: option}, reopened=None)
        return changed.pruned(flows)

    def pruned(self, flows: Flows) -> Walk:
        path = {each.step.ref: each.option.id for each in self.trace(flows).answered}
        return replace(self, answers=path)

    def back(self, flows: Flows) -> Walk | None:
        """The walk without its last answer; None when there is none."""
        answered = self.trace(flows).answered
        if not answered:
            return None
        rest = {each.step.ref: each.option.id for each in answered[:-1]}
        return Walk(self.flow, rest)

    def reopen(self, ref: str) -> Walk:
        """Ask an answered step again. Raises KeyError when it was not answered."""
        if ref not in self.answers:
            raise KeyError(ref)
        return replace(self, reopened=ref)

    def to_json(self) -> dict[str, Any]:
        return {"flow": self.flow, "answers": dict(self.answers), "reopened": self.reopened}

    @classmethod
    def from_json(cls, value: Any, flows: Flows) -> Walk | None:
        """None when the flow is not there any more; answers that no longer fit are dropped."""
        if not isinstance(value, dict) or value.get("flow") not in flows:
            return None
        walk = cls(value["flow"], dict(value.get("answers") or {})).pruned(flows)
        reopened = value.get("reopened")
        return walk.reopen(str(reopened)) if reopened in walk.answers else walk


def paths(flow: str, flows: Flows) -> Iterator[Walk]:
    """Every way through a flow: each ends in an outcome or at a step that is asked again."""
    open_walks = [Walk(flow)]
    while open_walks:
        walk = open_walks.pop()
        step = walk.trace(flows).asking
        if step is None or step.ref in walk.answers:
            yield walk
            continue
        open_walks += [walk.answer(step.ref, option.id, flows) for option in reversed(step.options)]
