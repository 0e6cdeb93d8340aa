"""HEAD at the address of a page. FastAPI, unlike Starlette, answers it with 405."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from bot.api.public_paths import API


class HeadAsGet:
    """A page answers HEAD as it answers GET (RFC 9110, section 9.1): the server, which goes by the
    request as it came, sends no body. What the API takes stands in its description: not HEAD."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_head = scope["type"] == "http" and scope["method"] == "HEAD"
        if is_head and not scope["path"].startswith(API):
            scope = {**scope, "method": "GET"}
        await self._app(scope, receive, send)
