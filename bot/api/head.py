"""A page answers HEAD as it answers GET (RFC 9110, section 9.1): FastAPI, unlike Starlette, does not."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from bot.api.refused import API


class HeadAsGet:
    """The server sends no body: it goes by the request as it came. What the API takes stands in its
    description, and HEAD does not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "HEAD":
            if not scope["path"].startswith(API):
                scope = {**scope, "method": "GET"}
        await self._app(scope, receive, send)
