"""What a flow is made of: steps with options, and outcomes with the passages behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from knowledge.errors import NOWHERE, Location

if TYPE_CHECKING:
    from bot.flows.citation_rules import CitationRules

OutcomeKind = Literal[
    "supported", "ask_first", "advice", "not_supported", "info", "safety", "not_covered"
]


@dataclass(frozen=True)
class StepOption:
    """`also` holds other ways to say it; `go` names a step or outcome of the flow, or a flow."""

    id: str
    label: str
    go: str
    also: tuple[str, ...] = ()
    place: Location = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Step:
    flow: str
    id: str
    ask: str
    why: str
    options: tuple[StepOption, ...]
    place: Location = field(default=NOWHERE, compare=False, repr=False)

    @property
    def ref(self) -> str:
        return f"{self.flow}/{self.id}"

    def option(self, option_id: str) -> StepOption:
        """Raises KeyError when the step has no such option."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)


@dataclass(frozen=True)
class Offer:
    """A way on from an outcome: take another option of a step already answered."""

    label: str
    step: str
    option: str


@dataclass(frozen=True)
class Outcome:
    """`quotes` and `cards` are ids. `fixed` is text that is not from the sources.

    With `then`, the walk goes on at that step or flow; without it the walk ends here.
    """

    flow: str
    id: str
    kind: OutcomeKind
    say: str
    quotes: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    fixed: str | None = None
    then: str | None = None
    offer: Offer | None = None
    place: Location = field(default=NOWHERE, compare=False, repr=False)


Node = Step | Outcome


@dataclass(frozen=True)
class Flow:
    """`triggers` are the words on its page; `examples` are more ways to say them, for training.
    `first` is said where the flow is offered: what not to wait with. It is not from the sources.
    `offered_if_sure`: only where it is likelier than not, as its title says something of people.
    `owner` looks after it, and is to look at it again by `review_by`.

    `version` is a hash of what a walk asks, takes and says, and of what flows share, without
    triggers and examples: twelve hex digits.
    """

    id: str
    title: str
    task: str
    triggers: tuple[str, ...]
    examples: tuple[str, ...]
    start: str
    steps: Mapping[str, Step]
    outcomes: Mapping[str, Outcome]
    version: str
    first: str | None = None
    offered_if_sure: bool = False
    owner: str | None = None
    review_by: date | None = None
    place: Location = field(default=NOWHERE, compare=False, repr=False)

    @property
    def learnt_from(self) -> tuple[str, ...]:
        """All that people say who need this flow: what the assistant learns to tell it by."""
        return (*self.triggers, *self.examples)

    def nodes(self) -> Mapping[str, Node]:
        return {**self.steps, **self.outcomes}


@dataclass(frozen=True)
class AdviceCard:
    """Advice that several outcomes share. A `fixed` card is not from the sources."""

    id: str
    text: str
    quotes: tuple[str, ...] = ()
    fixed: bool = False
    place: Location = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Flows(Mapping[str, Flow]):
    """All flows by id, in the order of the menu, and what they share.

    `answers` holds other ways to give a common answer, by its label. `decides` says for
    each kind of outcome who decides. `phrases` are the assistant's own remarks. The checks
    hold every outcome against `citation_rules`.
    """

    flows: Mapping[str, Flow]
    cards: Mapping[str, AdviceCard]
    answers: Mapping[str, tuple[str, ...]]
    decides: Mapping[str, str]
    phrases: Mapping[str, str]
    tasks: tuple[str, ...]
    citation_rules: CitationRules

    def __getitem__(self, flow_id: str) -> Flow:
        return self.flows[flow_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.flows)

    def __len__(self) -> int:
        return len(self.flows)

    def start(self, flow_id: str) -> Step:
        flow = self[flow_id]
        return flow.steps[flow.start]

    def node(self, flow_id: str, target: str) -> Node:
        """What `target`, written in that flow, leads to. Raises KeyError when it leads nowhere."""
        nodes = self[flow_id].nodes()
        return nodes[target] if target in nodes else self.start(target)

    def step(self, ref: str) -> Step:
        """The step called `flow/step`. Raises KeyError."""
        flow_id, _, step_id = ref.partition("/")
        return self[flow_id].steps[step_id]

    def option(self, ref: str, option_id: str) -> StepOption | None:
        try:
            return self.step(ref).option(option_id)
        except KeyError:
            return None

    def phrase(self, name: str, **values: str) -> str:
        return self.phrases[name].format(**values)
