"""The golden table: every path of every flow and where it ends, for a person to sign."""

from __future__ import annotations

from bot.flows.model import Flow, Flows, Outcome
from bot.flows.walk import Trace, paths

SIGN = "Checked by (name, role): ____________________ Date: __________"


def golden(flows: Flows) -> str:
    """In Markdown, one line a path. A change of routing or outcome changes a line."""
    tables = [_table(flow, flows) for flow in flows.values()]
    total = sum(text.count("\n| ") - 1 for text in tables)
    intro = (
        "# Golden table\n\n"
        f"Every path of every flow: {total} in all. Made by `principles flows table`; do not "
        "edit. A person checks each outcome and signs for the flow."
    )
    return "\n\n".join([intro, *tables]) + "\n"


def _table(flow: Flow, flows: Flows) -> str:
    rows = [f"| {_path(trace, flow)} | {_end(trace, flow)} |" for trace in _traces(flow, flows)]
    return "\n".join(
        [
            f"## {flow.title}",
            "",
            f"`{flow.id}`, {len(rows)} paths. {SIGN}",
            "",
            "| answers | ends in |",
            "|---|---|",
            *rows,
        ]
    )


def _traces(flow: Flow, flows: Flows) -> list[Trace]:
    return [walk.trace(flows) for walk in paths(flow.id, flows)]


def _path(trace: Trace, flow: Flow) -> str:
    """The answers in order; an outcome passed on the way stands in brackets."""
    on_the_way = trace.events if trace.asking else trace.events[:-1]
    return " · ".join(
        f"({_name(each.flow, each.id, flow)})"
        if isinstance(each, Outcome)
        else f"{_name(each.step.flow, each.step.id, flow)} {each.option.label}"
        for each in on_the_way
    )


def _end(trace: Trace, flow: Flow) -> str:
    if trace.asking:
        return f"asks {_name(trace.asking.flow, trace.asking.id, flow)} again"
    outcome = trace.outcome
    return f"{outcome.kind}: {_name(outcome.flow, outcome.id, flow)}" if outcome else ""


def _name(of: str, node: str, flow: Flow) -> str:
    return node if of == flow.id else f"{of}/{node}"
