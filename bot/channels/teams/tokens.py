"""Whether a request comes from Microsoft's connector and is meant for this bot."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any

import httpx
import jwt

from bot.channels.teams.microsoft_hosts import Microsoft
from bot.channels.teams.single_flight import SingleFlight

CLOCK_SKEW_S = 300
KEYS_LIVE_S = 24 * 3600
KEYS_REST_S = 300
"""How long to wait before an unknown key id makes us ask Microsoft again."""

KEYS_WAIT_S = 1.0
"""How long somebody whose key is known waits for newer ones: a safety reply waits no longer."""

CHANNEL = "msteams"


class Unauthorised(Exception):
    """The token is missing, is not Microsoft's, or is not for this bot."""


class KeysUnreachable(Exception):
    """Microsoft's public keys cannot be had, so no token can be checked now."""


class ConnectorTokens:
    """Checks bearer tokens as the Bot Connector's authentication document asks.

    The SDK's own check lets a token without `exp` pass, lets a second issuer pass without
    a `serviceurl` claim, and fetches keys on the event loop.
    """

    def __init__(self, app_id: str, microsoft: Microsoft, client: httpx.AsyncClient) -> None:
        self._app_id = app_id
        self._microsoft = microsoft
        self._client = client
        self._keys: dict[str, jwt.PyJWK] = {}
        self._asked_at = -KEYS_LIVE_S - 1.0
        self._fetching = SingleFlight(self._fetch)

    async def check(self, authorization: str | None) -> str:
        """The service URL that the token vouches for. Raises Unauthorised or KeysUnreachable."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthorised("no bearer token")
        try:
            header = jwt.get_unverified_header(token)
            key = await self._key(str(header.get("kid", "")))
            claims: Mapping[str, Any] = jwt.decode(
                token,
                key,
                algorithms=["RS256"],
                audience=self._app_id,
                issuer=self._microsoft.issuer,
                leeway=CLOCK_SKEW_S,
                options={"require": ["exp", "iss", "aud", "serviceurl"]},
            )
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
            raise Unauthorised(type(error).__name__) from None
        return str(claims["serviceurl"])

    async def _key(self, key_id: str) -> jwt.PyJWK:
        """A key that is known serves on where Microsoft cannot be reached for newer ones."""
        age = time.monotonic() - self._asked_at
        if key_id in self._keys:
            if age > KEYS_LIVE_S:
                await asyncio.wait({self._fetching.begin()}, timeout=KEYS_WAIT_S)
        elif age > KEYS_REST_S:
            await self._fetching.result()
        if key_id not in self._keys:
            raise Unauthorised("unknown key")
        return self._keys[key_id]

    async def _fetch(self) -> None:
        """Raises KeysUnreachable."""
        try:
            reply = await self._client.get(self._microsoft.keys_url)
            listed = reply.raise_for_status().json()["keys"]
            usable = jwt.PyJWKSet([key for key in listed if _is_for_teams(key)])
        except (httpx.HTTPError, jwt.PyJWTError, ValueError, KeyError, TypeError) as error:
            raise KeysUnreachable(type(error).__name__) from None
        self._asked_at = time.monotonic()
        self._keys = {key.key_id: key for key in usable if key.key_id}


def _is_for_teams(key: Any) -> bool:
    return (
        isinstance(key, dict)
        and key.get("kty") == "RSA"
        and CHANNEL in key.get("endorsements", [CHANNEL])
    )
