"""Carries what was said to Rasa, over loopback, and brings its messages back."""

from __future__ import annotations

import json
from urllib.parse import quote

import httpx
import structlog
from pydantic import ValidationError

from bot.choices import Choice
from bot.conversations import Conversation
from bot.messages import MESSAGES, Message
from bot.rasa.secret import HEADER

log = structlog.get_logger()


class NoReply(Exception):
    """Rasa does not answer, or answers nothing that can be shown."""


class Messenger:
    """Speaks to the channel of `bot/rasa/channel.py` over kept-alive connections."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    @classmethod
    def to(cls, port: int, secret: str) -> Messenger:
        """Nothing here waits for long: whoever sends says how long a whole turn may take."""
        return cls(
            httpx.AsyncClient(
                base_url=f"http://127.0.0.1:{port}",
                headers={HEADER: secret},
                timeout=httpx.Timeout(10.0, connect=1.0),
                limits=httpx.Limits(max_connections=100, max_keepalive_connections=50),
                trust_env=False,
            )
        )

    async def send(self, conversation: Conversation, said: str | Choice) -> list[Message]:
        """Raises NoReply. A text loses its leading slashes: only a choice is a command to Rasa."""
        if isinstance(said, Choice):
            return await self._post(conversation, f"/choose{json.dumps({'choice': str(said)})}")
        return await self._post(conversation, said.lstrip("/ \n") or "?")

    async def forget(self, conversation_id: str) -> None:
        """Removes Rasa's memory of a conversation. Raises NoReply."""
        path = f"/webhooks/principles/conversations/{quote(conversation_id, safe='')}"
        try:
            (await self._client.delete(path)).raise_for_status()
        except httpx.HTTPError as error:
            raise NoReply from error

    async def answers(self) -> bool:
        try:
            return (await self._client.get("/webhooks/principles/", timeout=2.0)).is_success
        except httpx.HTTPError:
            return False

    async def close(self) -> None:
        await self._client.aclose()

    async def _post(self, conversation: Conversation, message: str) -> list[Message]:
        body = {
            "sender": conversation.id,
            "message": message,
            "metadata": {"area": conversation.area, "mode": conversation.mode},
        }
        try:
            reply = await self._client.post("/webhooks/principles/webhook", json=body)
            reply.raise_for_status()
            messages = MESSAGES.validate_python([each["custom"] for each in reply.json()])
        except httpx.HTTPError as error:
            log.warning("rasa.down", error=type(error).__name__)
            raise NoReply from error
        except (ValidationError, ValueError, LookupError, TypeError) as error:
            log.error("rasa.unreadable", error=type(error).__name__)
            raise NoReply from error
        if not messages:
            log.error("rasa.silent")
            raise NoReply
        return messages
