"""Which other sites' pages may call the API: those that are named. Nobody reads our pages."""

from __future__ import annotations

from starlette.middleware.cors import CORSMiddleware
from starlette.types import Receive, Scope, Send

from bot.api.public_paths import API


class NamedOrigins(CORSMiddleware):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith(API):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)
