"""The golden table: every path of every flow and where it ends, for a person to sign."""

from __future__ import annotations

from bot.flows.model import Flow, Flows, Outcome
from bot.flows.walk import Trace, Walk, paths

INTRO = """\
# Golden table

Every path of every flow, and where it ends: {total} in all. Made by `principles flows table`; do
not edit.

## To sign

Read each flow's page: it holds the questions, the outcomes in full and the passages behind them.
Then read its lines below. Sign for a flow when every line ends where it should.

Sign on paper, or on a copy: the command writes this page again, without names. Keep what was signed
with your partnership's own papers. A name stands for the versions beside it. A decision record
names the same versions in its stamp, so that anyone can see whether its flow was signed for.

Version of the sources: `{sources}`.
"""
COMPARE = """\
## To compare with what was signed

1. `principles flows table` writes this page again from the flows as they are now.
2. `diff SIGNED-COPY docs/flows/golden.md` shows every line that has changed. In a checkout,
   `git log -p docs/flows/golden.md` shows when, and by whom.
3. A line that has changed ends elsewhere, or is a new way. A version that has changed without its
   lines is new wording, in the flow or in what all flows share. Read the flow's page, and sign
   again.
4. A version of the sources that has changed is another text behind the same outcomes. Every flow
   is signed again."""


def golden(flows: Flows, sources: str) -> str:
    """In Markdown, one line a path. A change of routing or outcome changes a line.

    `sources` is the version of what is quoted, as a record's stamp has it.
    """
    walks = {flow.id: list(paths(flow.id, flows)) for flow in flows.values()}
    total = sum(map(len, walks.values()))
    return "\n".join(
        [
            INTRO.format(total=total, sources=sources),
            *_sheet(walks, flows),
            "",
            COMPARE,
            *(line for flow in flows.values() for line in _table(flow, walks[flow.id], flows)),
            "",
        ]
    )


def _sheet(walks: dict[str, list[Walk]], flows: Flows) -> list[str]:
    """One line a flow to sign on."""
    return [
        "| flow | paths | content version | name | role | date | signature |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| [{flow.title}]({flow.id}.md) | {len(walks[flow.id])} "
            f"| {_versions(walks[flow.id], flows)} | | | | |"
            for flow in flows.values()
        ),
    ]


def _versions(walks: list[Walk], flows: Flows) -> str:
    """Of the flow, then of every flow that it leads into."""
    crossed = dict.fromkeys(ref.partition("/")[0] for walk in walks for ref in walk.answers)
    return " + ".join(f"`{flows[flow].version}`" for flow in crossed)


def _table(flow: Flow, walks: list[Walk], flows: Flows) -> list[str]:
    traces = [walk.trace(flows) for walk in walks]
    return [
        "",
        f"## {flow.title}",
        "",
        f"[`{flow.id}`]({flow.id}.md), {len(walks)} paths, version {_versions(walks, flows)}.",
        "",
        "| answers | ends in |",
        "|---|---|",
        *(f"| {_path(trace, flow)} | {_end(trace, flow)} |" for trace in traces),
    ]


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
