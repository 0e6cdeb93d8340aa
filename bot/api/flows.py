"""The scripted flows: what there is, and each one's whole graph."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from bot.api.authentication import ContainerDep
from bot.api.problems import not_found, problem_responses
from bot.flows.model import Flow, OutcomeKind

router = APIRouter(prefix="/flows", tags=["flows"])


class FlowSummary(BaseModel):
    """`triggers` are examples of what a person may type to start it."""

    id: str
    title: str
    triggers: list[str]


class GraphOption(BaseModel):
    """`go` is the id of a step or outcome of this flow, or of another flow."""

    id: str
    label: str
    go: str


class GraphStep(BaseModel):
    id: str
    ask: str
    why: str
    options: list[GraphOption]


class GraphOutcome(BaseModel):
    """`quotes` are passage ids. With `then`, the walk goes on there."""

    id: str
    kind: OutcomeKind
    say: str
    quotes: list[str]
    cards: list[str]
    fixed: str | None
    then: str | None


class FlowGraph(FlowSummary):
    version: str
    start: str
    steps: list[GraphStep]
    outcomes: list[GraphOutcome]


@router.get("")
async def list_flows(container: ContainerDep) -> list[FlowSummary]:
    return [
        FlowSummary(id=flow.id, title=flow.title, triggers=list(flow.triggers))
        for flow in container.flows.values()
    ]


@router.get("/{flow_id}", responses=problem_responses(404))
async def read_flow(flow_id: str, container: ContainerDep) -> FlowGraph:
    if flow_id not in container.flows:
        raise not_found()
    return _graph(container.flows[flow_id])


def _graph(flow: Flow) -> FlowGraph:
    return FlowGraph(
        id=flow.id,
        title=flow.title,
        triggers=list(flow.triggers),
        version=flow.version,
        start=flow.start,
        steps=[
            GraphStep(
                id=step.id,
                ask=step.ask,
                why=step.why,
                options=[
                    GraphOption(id=option.id, label=option.label, go=option.go)
                    for option in step.options
                ],
            )
            for step in flow.steps.values()
        ],
        outcomes=[
            GraphOutcome(
                id=outcome.id,
                kind=outcome.kind,
                say=outcome.say,
                quotes=list(outcome.quotes),
                cards=list(outcome.cards),
                fixed=outcome.fixed,
                then=outcome.then,
            )
            for outcome in flow.outcomes.values()
        ],
    )
