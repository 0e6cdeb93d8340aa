"""A flow as a drawing and as a page that a safeguarding lead can check on one sheet."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flows.model import Flow, Flows, Outcome, Step

CLASSES = {
    "supported": "fill:#cce2d8,stroke:#005a30",
    "ask_first": "fill:#fff7bf,stroke:#594d00",
    "advice": "fill:#fcd6c3,stroke:#6e3619",
    "not_supported": "fill:#f4cdda,stroke:#80224d",
    "info": "fill:#d2e2f1,stroke:#144e81",
    "safety": "fill:#f6d7d2,stroke:#942514",
    "not_covered": "fill:#eeefef,stroke:#383f43",
}
KINDS = {
    "supported": "the sources support this",
    "ask_first": "the sources point to asking first",
    "advice": "take advice",
    "not_supported": "the sources do not support this",
    "info": "what the sources say",
    "safety": "safety first",
    "not_covered": "not settled by the sources",
}


def mermaid(flow: Flow, flows: Flows) -> str:
    """The flow as a Mermaid flowchart: questions as boxes, outcomes rounded, by kind."""
    lines = ["flowchart TD"]
    for step in flow.steps.values():
        lines.append(f'  {step.id}["{_safe(step.ask)}"]')
    for outcome in flow.outcomes.values():
        says = f"{KINDS[outcome.kind]}<br/>{outcome.id}"
        lines.append(f'  {outcome.id}(["{_safe(says)}"]):::{outcome.kind}')
    for other in dict.fromkeys(_elsewhere(flow)):
        lines.append(f'  {other}[["{_safe(flows[other].title)}"]]')
    for step in flow.steps.values():
        for option in step.options:
            lines.append(f'  {step.id} -->|"{_safe(option.label)}"| {option.go}')
    for outcome in flow.outcomes.values():
        if outcome.then:
            lines.append(f"  {outcome.id} --> {outcome.then}")
        if outcome.offer:
            label = _safe(outcome.offer.label)
            lines.append(f'  {outcome.id} -.->|"{label}"| {_offered(outcome, flow)}')
    kinds = dict.fromkeys(outcome.kind for outcome in flow.outcomes.values())
    lines += [f"  classDef {kind} {CLASSES[kind]}" for kind in kinds]
    return "\n".join(lines)


def _elsewhere(flow: Flow) -> Iterator[str]:
    nodes = flow.nodes()
    goes = [option.go for step in flow.steps.values() for option in step.options]
    goes += [outcome.then for outcome in flow.outcomes.values() if outcome.then]
    yield from (go for go in goes if go not in nodes)


def _offered(outcome: Outcome, flow: Flow) -> str:
    offer = outcome.offer
    return flow.steps[offer.step].option(offer.option).go if offer else ""


def _safe(text: str) -> str:
    return text.replace('"', "#quot;")


def page(flow: Flow, flows: Flows) -> str:
    """The flow on one sheet, in Markdown: drawing, questions and outcomes."""
    parts = [
        f"# {flow.title}",
        f"`{flow.id}`. Made by `principles flows draw` from "
        f"`data/flows/{flow.id}.yaml`; do not edit.",
        f"```mermaid\n{mermaid(flow, flows)}\n```",
        "## Starts with words like",
        "\n".join(f"- {trigger}" for trigger in flow.triggers),
        "## Questions",
        *(_question(step) for step in flow.steps.values()),
        "## Outcomes",
        *(_outcome(outcome, flows) for outcome in flow.outcomes.values()),
    ]
    return "\n\n".join(parts) + "\n"


def _question(step: Step) -> str:
    options = "\n".join(f"- {option.label} → `{option.go}`" for option in step.options)
    return f"### {step.id}: {step.ask}\n\nWhy it is asked: {step.why}\n\n{options}"


def _outcome(outcome: Outcome, flows: Flows) -> str:
    lines = [f"### {outcome.id}: {KINDS[outcome.kind]}"]
    if outcome.fixed:
        lines.append(f"Not from the sources: {outcome.fixed}")
    lines.append(outcome.say)
    if outcome.then is None:
        lines.append(flows.decides[outcome.kind])
    if outcome.quotes:
        lines.append("Quotes: " + ", ".join(f"`{quote}`" for quote in outcome.quotes))
    if outcome.cards:
        lines.append("Cards: " + ", ".join(f"`{card}`" for card in outcome.cards))
    if outcome.then:
        lines.append(f"Then: `{outcome.then}`")
    return "\n\n".join(lines)


def contents(flows: Flows) -> str:
    """The catalogue's first page: every flow by task, and the shared cards."""
    parts = [
        "# Flows",
        f"{len(flows)} flows with {sum(len(flow.outcomes) for flow in flows.values())} outcomes. "
        "Made by `principles flows draw`; do not edit. Every path and where it ends: "
        "[golden table](golden.md).",
    ]
    for task in flows.tasks:
        listed = [flow for flow in flows.values() if flow.task == task]
        lines = "\n".join(f"- [{flow.title}]({flow.id}.md)" for flow in listed)
        parts.append(f"## {task}\n\n{lines}")
    cards = "\n".join(
        f"- `{card.id}`{' (not from the sources)' if card.fixed else ''}: {card.text}"
        for card in flows.cards.values()
    )
    parts.append(f"## Cards\n\n{cards}")
    return "\n\n".join(parts) + "\n"
