"""The only way into Rasa: typed text or a click that the gateway has checked."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as reply

from bot.choices import Choice
from bot.rasa import patches
from bot.rasa.secret import HEADER

CLICK = re.compile(r"/choose(\{.*\})", re.DOTALL)


class PrinciplesChannel(InputChannel):
    """`POST webhook` takes `{"sender", "message", "metadata"}` and returns `[{"custom": Message}]`.

    A message that starts with `/` is a click, `/choose{"choice": …}`, or is refused. The
    gateway takes leading slashes off what people type, so nobody can type a command to Rasa.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    @classmethod
    def name(cls) -> str:
        return "principles"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any]) -> PrinciplesChannel:
        return cls(**credentials)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        routes = Blueprint("principles")

        @routes.middleware("request")
        async def check_secret(request: Request) -> HTTPResponse | None:
            given = request.headers.get(HEADER, "").encode()
            if hmac.compare_digest(given, self._secret):
                return None
            return reply({"error": "this listener is for the assistant's own parts"}, 403)

        @routes.after_server_stop
        async def hang_up(*_: Any) -> None:
            await patches.hang_up()

        @routes.get("/")
        async def health(request: Request) -> HTTPResponse:
            ready = request.app.ctx.agent.is_ready()
            return reply({"status": "ok" if ready else "starting"}, 200 if ready else 503)

        @routes.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            collected = CollectingOutputChannel()
            await on_new_message(user_message(request.json, collected))
            return reply([{"custom": said["custom"]} for said in collected.messages])

        # Sanic logs the address, and with it the id, of a request whose body nobody read.
        @routes.delete("/conversations/<sender:str>", ignore_body=False)
        async def forget(request: Request, sender: str) -> HTTPResponse:
            agent = request.app.ctx.agent
            async with agent.lock_store.lock(sender):
                agent.tracker_store.forget(sender)
            agent.lock_store.cleanup(sender, -1)
            return reply(None, 204)

        return routes


def user_message(body: Any, output: CollectingOutputChannel) -> UserMessage:
    """Raises InvalidUsage (400) when the body is not the channel's."""
    if not isinstance(body, dict):
        raise InvalidUsage("a message is a JSON object")
    sender, text, metadata = body.get("sender"), body.get("message"), body.get("metadata") or {}
    if not (isinstance(sender, str) and sender and isinstance(text, str) and text.strip()):
        raise InvalidUsage("a message names its sender and has a text")
    text = text.strip()
    if text.startswith("/"):
        text = checked_click(text)
    return UserMessage(
        text, output, sender, input_channel=PrinciplesChannel.name(), metadata=metadata
    )


def checked_click(text: str) -> str:
    match = CLICK.fullmatch(text)
    try:
        payload = json.loads(match.group(1)) if match else {}
        choice = Choice.parse(payload["choice"])
    except (KeyError, TypeError, ValueError) as broken:
        raise InvalidUsage("a click is one choice id") from broken
    return f"/choose{json.dumps({'choice': str(choice)})}"
