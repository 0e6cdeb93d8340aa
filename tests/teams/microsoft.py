"""Microsoft as the bot sees it: public keys, its own token, and a connector that looks hard."""

from __future__ import annotations

import json
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

import jwt
from anyio.to_thread import run_sync
from cryptography.hazmat.primitives.asymmetric import rsa
from jsonschema import Draft6Validator
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

APP_ID = "3f2a1c80-7d58-4a3e-9b1e-0c5d6a7b8e9f"
TENANT = "7c0de111-2222-4333-8444-555566667777"
SECRET = "a secret of the registration"
BOT = {"id": f"28:{APP_ID}", "name": "First Principles"}
ISSUER = "https://api.botframework.com"


def switched_on(stub_url: str) -> dict[str, str]:
    """The environment of a gateway that answers Teams."""
    return {
        "FP_TEAMS_APP_ID": APP_ID,
        "FP_TEAMS_TENANT_ID": TENANT,
        "FP_TEAMS_SECRET": SECRET,
        "FP_TEAMS_STUB_URL": stub_url,
    }


CARD_SCHEMA = json.loads(
    (files("adaptive_cards") / "schemas" / "schema-1.5.json").read_text("utf-8")
)
CARDS = Draft6Validator(CARD_SCHEMA)
CARD_TYPE = "application/vnd.microsoft.card.adaptive"
PATIENCE_S = 10.0


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


KEY = new_key()


class Microsoft:
    """`wrong` holds what is amiss in any request of the bot; a test fails when it is not empty."""

    def __init__(self) -> None:
        self.key = KEY
        self.url = ""
        self.past: set[str] = set()
        self.chats: set[str] = set()
        self._arrived = threading.Condition()
        self.reset()
        self.app = Starlette(
            routes=[
                Route("/keys", self._keys),
                Route(f"/{TENANT}/oauth2/v2.0/token", self._grant, methods=["POST"]),
                Route("/uk/v3/conversations/{id}/activities", self._post, methods=["POST"]),
                Route("/uk/v3/conversations/{id}/activities/{card}", self._update, methods=["PUT"]),
            ]
        )

    def reset(self) -> None:
        """For the next test: a late card to a chat of the last one is taken and not counted."""
        with self._arrived:
            self.past |= self.chats
            self.chats = set()
            self.posted: list[dict[str, Any]] = []
            self.updated: list[tuple[str, dict[str, Any]]] = []
        self.wrong: list[str] = []
        self.typing = 0
        self.failures: deque[tuple[int, dict[str, str]]] = deque()
        self.is_held: Callable[[dict[str, Any]], bool] = lambda _: False
        self.let_go = threading.Event()
        self.holds = threading.Event()

    @property
    def service_url(self) -> str:
        return f"{self.url}/uk/"

    # What Microsoft sends

    def token(self, key: rsa.RSAPrivateKey | None = None, **changes: Any) -> str:
        """A connector token; a change to None leaves the claim or the header `kid` out."""
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": APP_ID,
            "nbf": now - 60,
            "exp": now + 3600,
            "serviceurl": self.service_url,
        }
        headers = {"kid": changes.pop("kid", "first")}
        claims = {name: value for name, value in (claims | changes).items() if value is not None}
        headers = {name: value for name, value in headers.items() if value is not None}
        return jwt.encode(claims, key or self.key, "RS256", headers)

    # What Microsoft answers

    async def _keys(self, _: Request) -> Response:
        return self.keys()

    def keys(self) -> JSONResponse:
        public: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(
            self.key.public_key(), as_dict=True
        )
        return JSONResponse(
            {"keys": [public | {"kid": "first", "use": "sig", "endorsements": ["msteams"]}]}
        )

    async def _grant(self, request: Request) -> Response:
        form = dict(await request.form())
        self._check(form.get("client_id") == APP_ID, "client_id")
        self._check(form.get("client_secret") == SECRET, "client_secret")
        self._check(form.get("scope") == "https://api.botframework.com/.default", "scope")
        return JSONResponse({"access_token": "the bot's own token", "expires_in": 3600})

    async def _post(self, request: Request) -> Response:
        activity = await request.json()
        self._check_request(request)
        self._check(activity.get("from", {}).get("id") == BOT["id"], "from is not the bot")
        if self.is_held(activity):
            self.holds.set()
            await run_sync(self.let_go.wait, PATIENCE_S)
        if request.path_params["id"] in self.past:
            return JSONResponse({"id": "late"}, 201)
        if activity["type"] == "typing":
            self.typing += 1
            return JSONResponse({})
        if self.failures:
            status, headers = self.failures.popleft()
            return Response(status_code=status, headers=headers)
        self._check_card(activity)
        self._check(bool(activity.get("replyToId")), "not a reply to anything")
        activity["conversation_id"] = request.path_params["id"]
        with self._arrived:
            if activity["conversation_id"] not in self.past:
                self.posted.append(activity)
                self._arrived.notify_all()
        return JSONResponse({"id": f"card-{len(self.posted)}"}, 201)

    async def _update(self, request: Request) -> Response:
        activity = await request.json()
        self._check_request(request)
        self._check_card(activity)
        with self._arrived:
            if request.path_params["id"] not in self.past:
                self.updated.append((request.path_params["card"], activity))
                self._arrived.notify_all()
        return JSONResponse({"id": request.path_params["card"]})

    # What is looked at

    def _check(self, right: bool, what: str) -> None:
        if not right:
            self.wrong.append(what)

    def _check_request(self, request: Request) -> None:
        self._check(
            request.headers.get("Authorization") == "Bearer the bot's own token", "Authorization"
        )
        self._check(request.headers["Content-Type"] == "application/json", "Content-Type")

    def _check_card(self, activity: dict[str, Any]) -> None:
        for attachment in activity["attachments"]:
            card = attachment["content"]
            self._check(attachment["contentType"] == CARD_TYPE, "contentType")
            self._check(len(json.dumps(activity)) < 28_000, "too long for Teams")
            self._check(bool(card.get("fallbackText")), "no fallbackText")
            self._check(bool(activity.get("summary")), "no summary")
            self._check(not re.search("#[0-9a-fA-F]{6}", json.dumps(card)), "a fixed colour")
            self.wrong += [f"card: {error.message}"[:200] for error in CARDS.iter_errors(card)]

    # What a test asks

    @contextmanager
    def holding(self, is_held: Callable[[dict[str, Any]], bool]) -> Iterator[threading.Event]:
        """A slow connector: it answers those activities only afterwards.

        What is yielded is set once there is such an activity.
        """
        self.is_held = is_held
        try:
            yield self.holds
        finally:
            self.is_held = lambda _: False
            self.let_go.set()

    def wait_for(self, cards: int, updates: int = 0) -> list[Any]:
        """The cards posted so far, once there are as many as that."""
        with self._arrived:
            done = self._arrived.wait_for(
                lambda: len(self.posted) >= cards and len(self.updated) >= updates, PATIENCE_S
            )
        assert done, (
            f"{len(self.posted)} of {cards} cards, {len(self.updated)} of {updates} updates"
        )
        return [each["attachments"][0]["content"] for each in self.posted]


def texts(card: Any) -> list[str]:
    """Every word that a card shows, in reading order."""
    found = []
    if isinstance(card, dict):
        if isinstance(card.get("inlines"), list):
            found.append("".join(run["text"] for run in card["inlines"]))
        elif isinstance(card.get("text"), str):
            found.append(card["text"])
        for name in ("body", "items", "actions"):
            found += [text for each in card.get(name, []) for text in texts(each)]
        found += [card["title"]] if "title" in card else []
    return found


def actions(card: Any) -> list[dict[str, Any]]:
    """Every button of a card, in reading order."""
    found: list[dict[str, Any]] = []
    for each in [*card.get("body", []), *card.get("items", [])]:
        found += actions(each) if "items" in each else each.get("actions", [])
    return found
