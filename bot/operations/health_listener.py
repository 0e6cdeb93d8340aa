"""What a platform asks a process without a gateway: is it alive, is it ready."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Missing = Callable[[], Awaitable[list[str]]]
"""Gives the names of the parts that do not answer."""


def health_app(missing: Missing) -> Starlette:
    """`/healthz` and `/readyz`, as the gateway has them. They tell nothing but names of parts, and
    ask for no secret."""

    async def alive(_: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def ready(_: Request) -> Response:
        if names := await missing():
            return JSONResponse({"status": "not ready", "missing": names}, 503)
        return JSONResponse({"status": "ready"})

    return Starlette(routes=[Route("/healthz", alive), Route("/readyz", ready)])
