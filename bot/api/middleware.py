"""Every request passes here first. What comes after an answer only writes it another way."""

from __future__ import annotations

import asyncio
import re
import secrets
import time

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.api.refused import refusal_response, undrawn_response
from bot.api.security_headers import SecurityHeaders
from bot.content.phrases import Phrases
from bot.errors import Refusal
from bot.operations import metrics, tracing
from bot.settings import Settings
from knowledge.importing.limits import MAX_BYTES

log = structlog.get_logger()

MAX_HEADER_BYTES = 32 * 1024
BODY_WITHIN_S = 20.0
UPLOADS = re.compile(r"/manage/documents/(?:import|[^/]+/new-edition)")
"""Where a document is sent to, by somebody who has signed in at /manage."""
UPLOAD_BYTES = 4 * MAX_BYTES
"""A file that is larger than is read gets as far as the words that say so."""
UPLOAD_WITHIN_S = 900.0
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class RequestMiddleware:
    """Adds headers and a request id, bounds what comes in, and lets no traceback out.

    The access line names the operation and not the address as typed: a query may hold a name.
    """

    def __init__(self, app: ASGIApp, settings: Settings, phrases: Phrases) -> None:
        self._app = app
        self._headers = SecurityHeaders(settings)
        self._phrases = phrases
        self._max_body = settings.max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        started = time.perf_counter()
        status = 0

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._headers.add(MutableHeaders(scope=message), scope["path"], request_id)
            await send(message)

        with (
            structlog.contextvars.bound_contextvars(request_id=request_id),
            tracing.span("request") as span,
        ):
            try:
                is_upload = (
                    scope["method"] == "POST" and UPLOADS.fullmatch(scope["path"]) is not None
                )
                most = UPLOAD_BYTES if is_upload else self._max_body
                if refused := self._refuse(Headers(scope=scope), most):
                    reply = refusal_response(Request(scope), refused, self._phrases)
                    await reply(scope, receive, send_on)
                else:
                    patience_s = UPLOAD_WITHIN_S if is_upload else BODY_WITHIN_S
                    await self._app(scope, BoundedBody(receive, most, patience_s), send_on)
            except Exception:
                log.error("request.failed", exc_info=True)
                if not status:
                    await self._told_of_a_fault(Request(scope))(scope, receive, send_on)
            finally:
                method, operation = _record(scope, status, time.perf_counter() - started)
                span.set_attributes(
                    {
                        "http.request.method": method,
                        "http.response.status_code": status,
                        "operation": operation,
                        "request_id": request_id,
                    }
                )

    def _told_of_a_fault(self, request: Request) -> Response:
        """What kept one page from being drawn may keep this one, too."""
        internal = Refusal("internal")
        try:
            return refusal_response(request, internal, self._phrases)
        except Exception:
            log.error("refusal.not_drawn", exc_info=True)
            return undrawn_response(request, internal, self._phrases)

    def _refuse(self, headers: Headers, most: int) -> Refusal | None:
        if sum(len(name) + len(value) for name, value in headers.raw) > MAX_HEADER_BYTES:
            return Refusal("headers-too-large")
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > most:
            return Refusal("body-too-large")
        return None


class BoundedBody:
    """A body that does not say its length is counted as it comes in, and may not dawdle."""

    def __init__(self, receive: Receive, limit: int, patience_s: float) -> None:
        self._receive = receive
        self._left = limit
        self._until: float | None = asyncio.get_running_loop().time() + patience_s

    async def __call__(self) -> Message:
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            raise HTTPException(408) from None
        if not message.get("more_body"):
            # What comes after the body is that the caller has gone, and may take its time.
            self._until = None
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise HTTPException(413)
        return message


def _record(scope: Scope, status: int, seconds: float) -> tuple[str, str]:
    """Its method and operation, of which there are only so many."""
    method = scope["method"] if scope["method"] in METHODS else "other"
    operation = getattr(scope.get("endpoint"), "__name__", "none")
    metrics.requests.labels(method, operation, str(status)).observe(seconds)
    ms = round(seconds * 1000, 1)
    log.info("request", method=method, operation=operation, status=status, ms=ms)
    return method, operation
