"""A step or a result of a flow as a page, for a colleague: without anybody's answers."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from bot.api.authentication import ContainerDep
from bot.api.problems import not_found
from bot.flows import AskStep, Step, TellOutcome, Walk
from bot.rendering.flows import FlowRenderer
from bot.rendering.plain_text import PlainText
from bot.web.templating import page

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/flows/{flow_id}/{node_id}")
async def flow_step(
    request: Request, container: ContainerDep, flow_id: str, node_id: str
) -> HTMLResponse:
    flow = container.flows.get(flow_id)
    node = flow.nodes().get(node_id) if flow else None
    if flow is None or node is None:
        raise not_found()
    renderer = FlowRenderer(
        container.flows,
        container.knowledge.library.quote,
        PlainText(container.phrases.quotations),
    )
    walk = Walk(flow.id)
    asks = isinstance(node, Step)
    shown = AskStep(node, walk) if isinstance(node, Step) else TellOutcome(node, walk)
    return page(
        request,
        container,
        "flow_step.html",
        flow=flow,
        asks=asks,
        message=renderer.message(shown),
    )
