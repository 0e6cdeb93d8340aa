"""The gateway: the only part of the assistant that faces a network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from fastapi import FastAPI, Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import Response
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from bot import __version__
from bot.api import (
    conversations,
    editions,
    feedback,
    flows,
    health,
    knowledge,
    oidc,
    problems,
    records,
    refused,
)
from bot.api.compression import CompressedPages
from bot.api.cors import NamedOrigins
from bot.api.head import HeadAsGet
from bot.api.middleware import RequestMiddleware
from bot.api.path_prefix import PathPrefix
from bot.channels.teams.settings import TeamsSettings
from bot.container import Container
from bot.conversation.store import UnknownToken
from bot.errors import Refusal
from bot.manage import installation as manage
from bot.web import ask, changes, flow_steps, pages, widget_files
from bot.web import induction as induction

log = structlog.get_logger()

BASE = "/api/v1"
DESCRIPTION = (
    "Answers safeguarding questions from the principles documents of local partnerships, "
    "word for word. Errors are `application/problem+json` with a stable `type`."
)


def create_app(container: Container) -> FastAPI:
    settings, phrases = container.settings, container.phrases
    app = FastAPI(
        title="First Principles",
        version=__version__,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        # A redirect would name the host that the caller names.
        redirect_slashes=False,
        responses=problems.problem_responses(422, 500),
        lifespan=_lifespan,
    )
    app.state.container = container
    refused.install(app, phrases)
    for router in (
        conversations.router,
        records.router,
        knowledge.router,
        flows.router,
        editions.router,
        feedback.router,
        health.router,
    ):
        app.include_router(router, prefix=BASE)
    app.include_router(health.router, include_in_schema=False)
    oidc.install(app, settings, container.engine)
    if settings.allowed_origins:
        app.add_middleware(
            NamedOrigins,
            allow_origins=settings.allowed_origins,
            allow_methods=["GET", "POST", "DELETE"],
            # The chat on a page of the same site goes with the reader's sign-in.
            allow_credentials=True,
            allow_headers=["Authorization", "Content-Type", "Idempotency-Key"],
            expose_headers=[
                "Content-Disposition",
                "RateLimit",
                "RateLimit-Policy",
                "Retry-After",
                "X-Request-ID",
            ],
        )
    app.include_router(records.page)
    app.include_router(widget_files.router)
    app.include_router(pages.router)
    app.include_router(changes.router)
    app.include_router(flow_steps.router)
    app.include_router(ask.router)
    app.include_router(induction.router)
    manage.install(app, settings, container.engine)
    teams = TeamsSettings.read()
    if teams.is_on:
        # Microsoft's SDK takes 1.5 s and 70 MB to import.
        from bot.channels.teams.routes import teams_router

        app.include_router(teams_router(teams, lambda: container_of(app)))
    problems.describe(app)
    app.add_middleware(HeadAsGet)
    app.add_middleware(RequestMiddleware, settings=settings, phrases=phrases)
    if settings.path_prefix:
        app.add_middleware(PathPrefix, prefix=settings.path_prefix)
    app.add_middleware(CompressedPages)
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.trusted_proxies))

    @app.exception_handler(SQLAlchemyError)
    async def database_unreachable(request: Request, error: SQLAlchemyError) -> Response:
        log.error("database.failed", error=type(error).__name__)
        return refused.refusal_response(request, problems.database_unreachable(), phrases)

    @app.exception_handler(UnknownToken)
    async def forgotten_meanwhile(request: Request, _: UnknownToken) -> Response:
        return refused.refusal_response(request, Refusal("wrong-token"), phrases)

    return app


def container_of(app: FastAPI) -> Container:
    container: Container = app.state.container
    return container


def answer_from(app: FastAPI, container: Container) -> None:
    """From the next request on. Turns that are under way end as they began."""
    app.state.container = container
    container.take_over()


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    container = container_of(app)
    watching = asyncio.create_task(container.switch.watch())
    # Another takes its place with each edition, and it is not to stay in memory.
    del container
    yield
    watching.cancel()
    await container_of(app).close()
