"""For whoever runs the assistant: is it alive, is it ready, how is it doing."""

from __future__ import annotations

import secrets

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from bot.api.authentication import Bearer, ContainerDep
from bot.api.problems import not_found, problem_responses
from bot.errors import Refusal
from bot.operations import metrics

router = APIRouter(tags=["operation"])


class Health(BaseModel):
    status: str


@router.get("/healthz")
async def alive() -> Health:
    return Health(status="alive")


@router.get("/readyz", responses=problem_responses(503))
async def ready(container: ContainerDep) -> Health:
    if missing := await container.readiness.missing():
        raise Refusal("not-ready", members={"missing": missing}, missing=", ".join(missing))
    return Health(status="ready")


@router.get("/metrics", include_in_schema=False)
async def read_metrics(container: ContainerDep, bearer: Bearer) -> Response:
    """Only for who holds `FP_METRICS_TOKEN`; without that setting there is nothing here."""
    given = (bearer.credentials if bearer else "").encode()
    token = container.settings.metrics_token
    if not (token and secrets.compare_digest(given, token.get_secret_value().encode())):
        raise not_found()
    # Whoever asks for these may ask for nothing else.
    await container.readiness.missing()
    return Response(metrics.exposition(), media_type=CONTENT_TYPE_LATEST)
