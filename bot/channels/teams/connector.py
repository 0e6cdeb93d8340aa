"""Sends to the Bot Connector: the only way out of the channel."""

from __future__ import annotations

import time
from contextlib import suppress
from urllib.parse import quote

import httpx
from microsoft_teams.api.activities import MessageActivityInput, TypingActivityInput
from microsoft_teams.api.models import Account
from microsoft_teams.cards import AdaptiveCard
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt
from tenacity.wait import wait_exponential_jitter

from bot.channels.teams.activities import Activity
from bot.channels.teams.microsoft_hosts import Microsoft
from bot.channels.teams.single_flight import SingleFlight

ATTEMPTS = 5
LONGEST_WAIT_S = 30.0
TOKEN_SPARE_S = 300
"""For how long before its end a token is renewed, so that cards need not wait for it."""


class NotSent(Exception):
    """The connector did not take it, also not after the retries. The text holds no message."""


class Credential:
    """The bot's own bearer token, by OAuth client credentials, renewed before its end."""

    def __init__(
        self, app_id: str, secret: str, microsoft: Microsoft, client: httpx.AsyncClient
    ) -> None:
        self._form = {
            "grant_type": "client_credentials",
            "client_id": app_id,
            "client_secret": secret,
            "scope": microsoft.scope,
        }
        self._url = microsoft.token_url
        self._client = client
        self._token = ""
        self._renewed_from = self._ends_at = 0.0
        self._asking = SingleFlight(self._ask)

    async def bearer(self) -> str:
        """Raises httpx.HTTPError, KeyError or ValueError when no token can be had.

        Nobody waits for a new one while the old one is still good.
        """
        now = time.monotonic()
        if now < self._ends_at:
            if now >= self._renewed_from:
                self._asking.begin()
            return self._token
        return await self._asking.result()

    async def _ask(self) -> str:
        reply = (await self._client.post(self._url, data=self._form)).raise_for_status()
        granted = reply.json()
        token, lasts_s = str(granted["access_token"]), int(granted["expires_in"])
        self._token, self._ends_at = token, time.monotonic() + lasts_s
        self._renewed_from = self._ends_at - TOKEN_SPARE_S
        return token


class Connector:
    """Replies go where an activity came from; that this is Microsoft was checked on the way in."""

    def __init__(
        self,
        credential: Credential,
        client: httpx.AsyncClient,
        summary: str,
        first_wait_s: float = 1.0,
    ) -> None:
        self._credential = credential
        self._client = client
        self._summary = summary
        self._first_wait_s = first_wait_s

    async def send(self, to: Activity, card: AdaptiveCard) -> None:
        """A card in the chat, or in the thread, that `to` came from. Raises NotSent."""
        await self._request("POST", to, "", self._message(card, to.id))

    async def update(self, to: Activity, card_id: str, card: AdaptiveCard) -> None:
        """Puts `card` in the place of one sent before. Raises NotSent."""
        await self._request("PUT", to, f"/{quote(card_id, '')}", self._message(card))

    async def show_typing(self, to: Activity) -> None:
        """Tried once: a sign of life is not worth a wait."""
        with suppress(httpx.HTTPError, ValueError, KeyError):
            await self._once("POST", self._url(to, ""), TypingActivityInput(), to.bot)

    async def _request(
        self, method: str, to: Activity, tail: str, activity: MessageActivityInput
    ) -> None:
        retrying = AsyncRetrying(
            retry=retry_if_exception(_may_pass),
            wait=self._wait,
            stop=stop_after_attempt(ATTEMPTS),
            reraise=True,
        )
        try:
            await retrying(self._once, method, self._url(to, tail), activity, to.bot)
        except httpx.HTTPStatusError as error:
            raise NotSent(f"the connector answered {error.response.status_code}") from None
        except (httpx.HTTPError, KeyError, ValueError) as error:
            raise NotSent(type(error).__name__) from None

    def _url(self, to: Activity, tail: str) -> str:
        conversation = quote(to.conversation, "")
        return f"{to.service_url.rstrip('/')}/v3/conversations/{conversation}/activities{tail}"

    async def _once(
        self,
        method: str,
        url: str,
        activity: MessageActivityInput | TypingActivityInput,
        bot: Account,
    ) -> None:
        bearer = await self._credential.bearer()
        activity.from_ = bot
        reply = await self._client.request(
            method,
            url,
            json=activity.model_dump(mode="json", by_alias=True, exclude_none=True),
            headers={"Authorization": f"Bearer {bearer}"},
        )
        reply.raise_for_status()

    def _wait(self, state: RetryCallState) -> float:
        """What the connector asks for, else longer each time."""
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, httpx.HTTPStatusError):
            asked = error.response.headers.get("Retry-After", "")
            if asked.isdigit():
                return min(float(asked), LONGEST_WAIT_S)
        return wait_exponential_jitter(self._first_wait_s, LONGEST_WAIT_S)(state)

    def _message(self, card: AdaptiveCard, reply_to: str | None = None) -> MessageActivityInput:
        """`summary` is what a notification shows; it says nothing of the conversation."""
        message = MessageActivityInput(reply_to_id=reply_to, summary=self._summary)
        return message.add_card(card)


def _may_pass(error: BaseException) -> bool:
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code == 429 or error.response.status_code >= 500
    return isinstance(error, httpx.TransportError)
