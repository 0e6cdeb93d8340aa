"""The actions' own listener: Rasa's action webhook, and vectors for its featuriser.

Loopback only. Every request carries the secret that the assistant made at start.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import zlib
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionNotFoundException
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from actions.actions import ACTIONS, RunsActions
from bot.operations import tracing
from bot.rasa.secret import HEADER


class TextEncoder(Protocol):
    def describe(self, texts: list[str]) -> NDArray[np.float32]:
        """What Rasa learns from, one row a text."""


class ActionServer:
    """The routes, over an encoder and the one pipeline of all actions."""

    def __init__(self, encoder: TextEncoder, pipeline: RunsActions, secret: str) -> None:
        self._encoder = encoder
        self._secret = secret.encode()
        self._executor = ActionExecutor()
        for action in ACTIONS:
            self._executor.register_action(action(pipeline))

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/webhook", self.webhook, methods=["POST"]),
                Route("/encode", self.encode, methods=["POST"]),
                Route("/health", self.health),
            ]
        )

    async def webhook(self, request: Request) -> Response:
        self._check_secret(request)
        call = await action_call(request)
        try:
            with tracing.span("action", told_of(call)):
                result = await self._executor.run(call)
        except ActionNotFoundException as missing:
            error = {"error": missing.message, "action_name": missing.action_name}
            return JSONResponse(error, 404)
        return JSONResponse(result.model_dump() if result else None)

    async def encode(self, request: Request) -> Response:
        """Little-endian float32 rows, one after the other."""
        self._check_secret(request)
        texts = await encode_call(request)
        vectors = await asyncio.to_thread(self._encoder.describe, texts)
        return Response(
            np.ascontiguousarray(vectors, dtype="<f4").tobytes(),
            media_type="application/octet-stream",
            headers={"X-Dimensions": str(vectors.shape[1])},
        )

    async def health(self, request: Request) -> Response:
        self._check_secret(request)
        return JSONResponse({"status": "ok"})

    def _check_secret(self, request: Request) -> None:
        given = request.headers.get(HEADER, "").encode()
        if not secrets.compare_digest(given, self._secret):
            raise HTTPException(403, "this listener is for the assistant's own parts")


def told_of(call: dict[str, Any]) -> dict[str, str]:
    """What the gateway told Rasa of the text, as far as it is words."""
    message = (call["tracker"] or {}).get("latest_message") or {}
    metadata = message.get("metadata") or {}
    return {name: each for name, each in metadata.items() if isinstance(each, str)}


async def action_call(request: Request) -> dict[str, Any]:
    body = await request.body()
    try:
        if request.headers.get("Content-Encoding") == "deflate":
            body = zlib.decompress(body)
        call = json.loads(body)
    except (ValueError, zlib.error) as broken:
        raise HTTPException(400, "the body is not an action call in JSON") from broken
    if not isinstance(call, dict) or "tracker" not in call:
        raise HTTPException(400, "an action call names an action and carries a tracker")
    return call


async def encode_call(request: Request) -> list[str]:
    try:
        texts = json.loads(await request.body())["texts"]
    except (ValueError, LookupError, TypeError) as broken:
        raise HTTPException(400, "the body has no texts to encode") from broken
    if not (isinstance(texts, list) and all(isinstance(text, str) for text in texts)):
        raise HTTPException(400, "texts are a list of strings")
    return texts
