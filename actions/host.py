"""The actions' own listener: Rasa's action webhook, and vectors for its featuriser.

Loopback only. Every request carries the secret that the assistant made at start.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import zlib
from collections.abc import Iterable
from typing import Any, Protocol

import numpy as np
from fastapi import Depends, FastAPI, HTTPException, Request, Response
from numpy.typing import NDArray
from pydantic import BaseModel, Field
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionNotFoundException

from actions.turn import TurnAction
from bot.rasa.secret import HEADER


class Encoder(Protocol):
    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        """Normalised vectors, one row a text."""


class Texts(BaseModel):
    texts: list[str] = Field(max_length=512)


def create_actions_app(encoder: Encoder, actions: Iterable[TurnAction], secret: str) -> FastAPI:
    executor = ActionExecutor()
    for action in actions:
        executor.register_function(action.name, action.run)

    async def check_secret(request: Request) -> None:
        given = request.headers.get(HEADER, "")
        if not secrets.compare_digest(given.encode(), secret.encode()):
            raise HTTPException(403, "this listener is for the assistant's own parts")

    app = FastAPI(openapi_url=None, dependencies=[Depends(check_secret)])

    @app.post("/webhook")
    async def webhook(request: Request) -> Response:
        call = await action_call(request)
        try:
            result = await executor.run(call)
        except ActionNotFoundException as missing:
            error = {"error": missing.message, "action_name": missing.action_name}
            return json_response(error, 404)
        return json_response(result.model_dump() if result else None)

    @app.post("/encode")
    async def encode(body: Texts) -> Response:
        """Little-endian float32 rows, one after the other."""
        vectors = await asyncio.to_thread(encoder.encode, body.texts)
        return Response(
            np.ascontiguousarray(vectors, dtype="<f4").tobytes(),
            media_type="application/octet-stream",
            headers={"X-Dimensions": str(vectors.shape[1])},
        )

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    return app


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


def json_response(content: Any, status: int = 200) -> Response:
    return Response(json.dumps(content), status, media_type="application/json")
