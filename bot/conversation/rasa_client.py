"""Carries what was said to Rasa, over loopback, and brings its messages back."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import aiohttp
import numpy as np
import structlog
from anyio.to_thread import run_sync
from numpy.typing import NDArray
from pydantic import ValidationError
from yarl import URL

from bot.choices import Choice
from bot.conversation.store import Conversation
from bot.messages import MESSAGES, Message
from bot.rasa.secret import HEADER
from knowledge.encoder import EncoderFailed

log = structlog.get_logger()

# Nothing here waits for long: whoever sends says how long a whole turn may take.
LONG = aiohttp.ClientTimeout(total=10.0, connect=1.0)
SHORT = aiohttp.ClientTimeout(total=2.0)
BROKEN = (aiohttp.ClientError, TimeoutError)

CHANNEL = "/webhooks/principles"
"""The path of the channel. What stands before Rasa where it runs apart
(`bot/operations/rasa_apart.py`) answers there too, and at `learnt` below it."""

VectorOf = Callable[[str], NDArray[np.float32]]


class RasaUnavailable(Exception):
    """Rasa does not answer, or answers nothing that can be shown."""


@dataclass(frozen=True)
class Told:
    """What the gateway knows of a text.

    `learner` is the id of the code that was typed in it; `before` what was typed a moment before
    it, with which it may be one thought; `doubtful` that it may tell of danger, so that only an
    option's own words answer with it; `after_999` that 999 alone was said before it; `documents`
    the ids of those that it named by words that were taken out of it, and `documents_before` the
    same of the messages before it, by their redacted words.
    """

    learner: str | None = None
    before: str | None = None
    doubtful: bool = False
    after_999: bool = False
    documents: Sequence[str] = ()
    documents_before: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def as_metadata(self) -> dict[str, Any]:
        known = {
            "learner": self.learner,
            "before": self.before,
            "doubtful": "yes" if self.doubtful else None,
            "after_999": "yes" if self.after_999 else None,
            "documents": self.documents,
            "documents_before": self.documents_before,
        }
        return {name: each for name, each in known.items() if each}


NOTHING_TOLD = Told()


class RasaChannel:
    """Speaks to the channel of `bot/rasa/components/channel.py` over kept-alive connections, for
    whoever has nothing to say in a conversation.

    aiohttp and not httpx, because it costs less of every turn.
    """

    def __init__(self, url: str, secret: str) -> None:
        self.exchange(url)
        self._headers = {HEADER: secret}
        self._opened: aiohttp.ClientSession | None = None

    def exchange(self, url: str) -> None:
        """Another Rasa is asked from now on. What is on its way to the one before is answered."""
        self._url = f"{url}{CHANNEL}"

    async def forget(self, conversation_id: str) -> None:
        """Removes Rasa's memory of a conversation. Raises RasaUnavailable."""
        path = f"/conversations/{quote(conversation_id, safe='')}"
        try:
            async with self._session.delete(URL(self._url + path, encoded=True)) as reply:
                reply.raise_for_status()
        except BROKEN as error:
            raise RasaUnavailable from error

    async def answers(self) -> bool:
        try:
            async with self._session.get(f"{self._url}/", timeout=SHORT) as reply:
                return reply.ok
        except BROKEN:
            return False

    async def learnt(self) -> str:
        """What the model of a Rasa that runs apart was made from, as `bot.operations.training` has
        it. Raises RasaUnavailable."""
        try:
            async with self._session.get(f"{self._url}/learnt", timeout=SHORT) as reply:
                reply.raise_for_status()
                return str((await reply.json())["learnt"])
        except (*BROKEN, ValueError, LookupError, TypeError) as error:
            raise RasaUnavailable from error

    async def close(self) -> None:
        if self._opened:
            await self._opened.close()
            self._opened = None

    @property
    def _session(self) -> aiohttp.ClientSession:
        """Made at first use, because it belongs to the loop that runs then."""
        if self._opened is None:
            self._opened = aiohttp.ClientSession(headers=self._headers, timeout=LONG)
        return self._opened


class RasaClient(RasaChannel):
    """What is said in a conversation, there and back.

    `vector_of` gives the vector that goes with a text, so that Rasa need not ask for it.
    """

    def __init__(self, url: str, secret: str, vector_of: VectorOf) -> None:
        super().__init__(url, secret)
        self._vector_of = vector_of

    async def send(
        self,
        conversation: Conversation,
        said: str | Choice,
        told: Told = NOTHING_TOLD,
    ) -> list[Message]:
        """Raises RasaUnavailable. A text loses its leading slashes: only a choice commands Rasa."""
        if isinstance(said, Choice):
            # A click has no words; it may ask again what was asked before it.
            click, before = json.dumps({"choice": str(said)}), told.documents_before
            known = Told(documents_before=before).as_metadata()
            return await self._post(conversation, f"/choose{click}", known)
        text = said.lstrip("/ \n") or "?"
        try:
            vector = await run_sync(self._vector_of, text)
        except EncoderFailed as error:
            log.error("encoder.failed")
            raise RasaUnavailable from error
        more = {"vector": b64encode(vector.astype("<f4").tobytes()).decode()}
        return await self._post(conversation, text, more | told.as_metadata())

    async def _post(
        self, conversation: Conversation, message: str, more: dict[str, Any] | None = None
    ) -> list[Message]:
        body = {
            "sender": conversation.id,
            "message": message,
            "metadata": {"area": conversation.area, "mode": conversation.mode, **(more or {})},
        }
        try:
            async with self._session.post(f"{self._url}/webhook", json=body) as reply:
                reply.raise_for_status()
                said = json.loads(await reply.read())
            messages = MESSAGES.validate_python([each["custom"] for each in said])
        except BROKEN as error:
            log.warning("rasa.down", error=type(error).__name__)
            raise RasaUnavailable from error
        except (ValidationError, ValueError, LookupError, TypeError) as error:
            log.error("rasa.unreadable", error=type(error).__name__)
            raise RasaUnavailable from error
        if not messages:
            log.error("rasa.silent")
            raise RasaUnavailable
        return messages
