"""What is wrong with flows that can be read: each problem with file and line.

A flow that cannot be read at all is a ContentError of `read_flows`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from bot.flows.citations import miscited
from bot.flows.match import folded, shared_wordings
from bot.flows.model import AdviceCard, Flow, Flows, Node, Outcome, Step, StepOption
from knowledge.errors import Location, Violation

# The most words that each kind of text may have.
LIMITS = {"ask": 30, "why": 20, "label": 13, "say": 50, "fixed": 45, "text": 60}
SENTENCE = 28

# A child may be at risk in these tasks, so danger is asked about before anything else.
DANGER_FIRST = {
    "culture_and_identity",
    "hear_the_child",
    "made_a_mistake",
    "new_concern",
    "parents_not_engaging",
    "rights_conflict",
    "share_without_consent",
    "tell_parents",
}
DANGER = re.compile(r"\bimmediate danger\b", re.IGNORECASE)
MAY_BE = {"Yes", "Not sure", "Yes, or may be"}
# What the sources are said to support, or not, they must be quoted for.
SUPPORTED = {"supported", "ask_first", "not_supported"}

# An outcome says what the sources support; it never tells anyone to share or to hold back.
DECIDES = re.compile(
    r"\b(?:you (?:should|must|can|may|have to) (?:not )?(?:share|disclose|tell)"
    r"|(?:do not|don't|never) (?:share|disclose)|go ahead and|yes, share)\b",
    re.IGNORECASE,
)


def problems(flows: Flows, passages: Container[str]) -> list[Violation]:
    """Every problem of every flow and card. `passages` holds the ids that can be quoted."""
    from bot.flows.readability import hard_to_read  # Rasa's environment has no measure for it.

    found = [*broken(flows), *unquotable(flows, passages), *_learnt_twice(flows)]
    for flow in flows.values():
        for step in flow.steps.values():
            found += _of_step(step)
        for outcome in flow.outcomes.values():
            found += _of_outcome(outcome, flows)
    for card in flows.cards.values():
        found += _of_card(card)
    return [*found, *_of_danger(flows), *miscited(flows, passages), *hard_to_read(flows)]


def broken(flows: Flows) -> Iterator[Violation]:
    """What would stop a walk: a way that leads nowhere, to nothing or round in a circle."""
    for flow in flows.values():
        yield from _broken(flow, flows)


def unquotable(flows: Flows, passages: Container[str]) -> Iterator[Violation]:
    """Outcomes and cards that quote what is not there: their readers would get nothing."""
    for part, quote in quoted(flows):
        if quote not in passages:
            yield Violation(part.place, f"there is no passage '{quote}'")


def quoted(flows: Flows) -> Iterator[tuple[Outcome | AdviceCard, str]]:
    """Every outcome and card with each passage that it quotes."""
    for flow in flows.values():
        for outcome in flow.outcomes.values():
            for quote in outcome.quotes:
                yield outcome, quote
    for card in flows.cards.values():
        for quote in card.quotes:
            yield card, quote


def _broken(flow: Flow, flows: Flows) -> Iterator[Violation]:
    if flow.start not in flow.steps:
        yield Violation(flow.place, f"start '{flow.start}' is not a step")
        return
    for both in flow.steps.keys() & flow.outcomes.keys():
        yield Violation(flow.steps[both].place, f"'{both}' is a step and an outcome")
    for outcome in flow.outcomes.values():
        if outcome.kind not in flows.decides:
            yield Violation(
                outcome.place,
                f"`decides` in flows_shared.yaml lacks '{outcome.kind}'",
            )
    unresolved = list(_unresolved(flow, flows))
    yield from unresolved
    if not unresolved:
        yield from _unreachable(flow)
        yield from _circles(flow)


def _unresolved(flow: Flow, flows: Flows) -> Iterator[Violation]:
    nodes = flow.nodes()
    for step in flow.steps.values():
        for option in step.options:
            if option.go not in nodes and option.go not in flows:
                yield Violation(option.place, f"'{option.go}' is no step, outcome or flow")
    for outcome in flow.outcomes.values():
        if outcome.then and outcome.then not in nodes and outcome.then not in flows:
            yield Violation(outcome.place, f"'{outcome.then}' is no step, outcome or flow")
        if (
            outcome.offer
            and flows.option(f"{flow.id}/{outcome.offer.step}", outcome.offer.option) is None
        ):
            offer = f"{outcome.offer.step}/{outcome.offer.option}"
            yield Violation(outcome.place, f"offers '{offer}', which is no option of this flow")


def _unreachable(flow: Flow) -> Iterator[Violation]:
    nodes = flow.nodes()
    seen: set[str] = set()
    waiting = [flow.start]
    while waiting:
        name = waiting.pop()
        if name not in seen and name in nodes:
            seen.add(name)
            waiting += leads_to(nodes[name])
    for name, node in nodes.items():
        if name not in seen:
            yield Violation(node.place, f"nothing leads to '{name}'")


def leads_to(node: Node) -> list[str]:
    if isinstance(node, Step):
        return [option.go for option in node.options]
    return [node.then] if node.then else []


def _circles(flow: Flow) -> Iterator[Violation]:
    """Outcomes that follow each other in a circle would never let anybody answer."""
    for name, outcome in flow.outcomes.items():
        seen = {name}
        following = flow.outcomes.get(outcome.then or "")
        while following and following.id not in seen:
            seen.add(following.id)
            following = flow.outcomes.get(following.then or "")
        if following and following.id == name:
            yield Violation(outcome.place, f"'{name}' comes back to itself without a question")


def _of_step(step: Step) -> Iterator[Violation]:
    yield from _text(step.place, "ask", step.ask)
    yield from _text(step.place, "why", step.why)
    if len(step.options) < 2:
        yield Violation(step.place, "a question needs at least two options")
    for words in sorted(shared_wordings(step.options)):
        yield Violation(step.place, f"'{words}' would fit more than one option")
    for option in step.options:
        yield from _text(option.place, "label", option.label)


def _of_outcome(outcome: Outcome, flows: Flows) -> Iterator[Violation]:
    yield from _text(outcome.place, "say", outcome.say)
    yield from _text(outcome.place, "fixed", outcome.fixed or "")
    if not outcome.quotes and not outcome.fixed:
        yield Violation(
            outcome.place, f"'{outcome.id}' has no source: give `quotes`, or mark it with `fixed`"
        )
    if outcome.kind in SUPPORTED and not outcome.quotes:
        yield Violation(outcome.place, f"`{outcome.kind}` needs `quotes` that bear it out")
    if outcome.kind == "safety" and "999" not in (outcome.fixed or ""):
        yield Violation(
            outcome.place, f"'{outcome.id}' is about safety: say what to do in `fixed`, with 999"
        )
    if DECIDES.search(outcome.say):
        yield Violation(
            outcome.place, "an outcome says what the sources support, and never decides"
        )
    for card in outcome.cards:
        if card not in flows.cards:
            yield Violation(outcome.place, f"there is no card '{card}'")


def _of_danger(flows: Flows) -> Iterator[Violation]:
    """Whoever may have a child in danger before them is told 999 before anything else."""
    for flow in flows.values():
        if flow.id in DANGER_FIRST and not any(
            _is_safety(flows, flow, option) for option in flows.start(flow.id).options
        ):
            yield Violation(flow.place, "ask first whether a child is in danger")
        for step in flow.steps.values():
            asks = DANGER.search(step.ask) or (flow.id in DANGER_FIRST and step.id == flow.start)
            for option in step.options if asks else ():
                if option.label in MAY_BE and not _is_safety(flows, flow, option):
                    yield Violation(
                        option.place,
                        f"'{option.label}' may mean danger: lead to an outcome of kind `safety`",
                    )


def _is_safety(flows: Flows, flow: Flow, option: StepOption) -> bool:
    if option.go not in flow.nodes() and option.go not in flows:
        return True  # `broken` names it.
    node = flows.node(flow.id, option.go)
    return isinstance(node, Outcome) and node.kind == "safety"


def _learnt_twice(flows: Flows) -> Iterator[Violation]:
    """Words that are to start two flows start neither surely."""
    seen: dict[str, Flow] = {}
    for flow in flows.values():
        for words in flow.learnt_from:
            other = seen.setdefault(folded(words), flow)
            if other is not flow:
                yield Violation(flow.place, f"“{words}” stands in {other.place.file} too")


def _of_card(card: AdviceCard) -> Iterator[Violation]:
    yield from _text(card.place, "text", card.text)
    if not card.quotes and not card.fixed:
        yield Violation(
            card.place, f"'{card.id}' has no source: give `quotes`, or mark it `fixed: true`"
        )


def _text(place: Location, kind: str, text: str) -> Iterator[Violation]:
    words = len(text.split())
    if words > LIMITS[kind]:
        yield Violation(
            place, f"`{kind}` has {words} words; at most {LIMITS[kind]} are easy to read"
        )
    for sentence in re.split(r"(?<=[.?])\s", text):
        if len(sentence.split()) > SENTENCE:
            yield Violation(place, f"a sentence of `{kind}` has more than {SENTENCE} words")
