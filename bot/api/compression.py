"""Compressed answers, where nothing in them is secret.

A page that holds a secret beside words that somebody else chose gives it away by its compressed
size (BREACH): what is not listed here stays as it is.
"""

from __future__ import annotations

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send

PAGES = frozenset({"/", "/chat", "/sources", "/changes", "/privacy"})
BELOW = ("/widget", "/sources/", "/flows/", "/brand.css", "/accessibility")


class CompressedPages(GZipMiddleware):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "http" and (path in PAGES or path.startswith(BELOW)):
            await super().__call__(scope, receive, send)
        else:
            await self.app(scope, receive, send)
