"""The two addresses of the channel: Microsoft posts activities, people open record links."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx
import structlog
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from itsdangerous import BadSignature
from microsoft_teams.api.models.adaptive_card import AdaptiveCardActionMessageResponse

from bot.api.records import NOTHING_BUT_ITS_STYLE, file_response
from bot.channels.teams.activities import Activity, BadActivity, Clicked, ForeignTenant, read
from bot.channels.teams.cards import Cards
from bot.channels.teams.channel import Teams
from bot.channels.teams.connector import Connector, Credential
from bot.channels.teams.delivery import Delivery
from bot.channels.teams.elements import RATE
from bot.channels.teams.microsoft_hosts import Microsoft
from bot.channels.teams.records import RecordLinks
from bot.channels.teams.settings import TeamsSettings
from bot.channels.teams.tokens import ConnectorTokens, KeysUnreachable, Unauthorised
from bot.container import Container
from bot.content.phrases import TeamsPhrases
from bot.errors import Refusal
from bot.storage.engine import in_database

TIMEOUT_S = 10.0

log = structlog.get_logger()


def teams_router(settings: TeamsSettings, current: Callable[[], Container]) -> APIRouter:
    """Everything of the channel; its lifespan waits for answers still under way.

    `current` gives the parts that answer now.
    """
    container = current()
    phrases = container.phrases
    microsoft = Microsoft.of(settings)
    # However many cards a slow connector holds up, the next one has a connection of its own.
    client = httpx.AsyncClient(timeout=TIMEOUT_S, limits=httpx.Limits(max_connections=None))
    secret = settings.secret.get_secret_value() if settings.secret else ""
    public_url = container.settings.public_url.rstrip("/")
    links = RecordLinks(secret, public_url, settings.record_link_minutes)
    tokens = ConnectorTokens(str(settings.app_id), microsoft, client)
    credential = Credential(str(settings.app_id), secret, microsoft, client)
    connector = Connector(credential, client, phrases.teams.notification)
    delivery = Delivery(connector, Cards(public_url, phrases))
    teams = Teams(current, delivery, links, secret)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await teams.drain()
        await client.aclose()

    router = APIRouter(prefix="/teams", include_in_schema=False, lifespan=lifespan)

    @router.post("/messages")
    async def receive(request: Request) -> Response:
        activity = await _admitted(request, tokens, microsoft, settings.tenants)
        teams.receive(activity)
        return _acknowledged(activity, phrases.teams)

    @router.get("/records/{signed}")
    async def show_record(signed: str) -> Response:
        """A page: a link in Teams opens in a browser, without a token."""
        try:
            conversation_id, turn = links.read(signed)
        except BadSignature:
            raise Refusal("link-over") from None
        now = current()
        conversation = await in_database(now.conversations.known, conversation_id)
        if conversation is None:
            raise Refusal("link-over")
        record = await in_database(now.records.last, conversation, "html", turn)
        response = file_response(record, "inline")
        response.headers["Content-Security-Policy"] = NOTHING_BUT_ITS_STYLE
        return response

    return router


async def _admitted(
    request: Request, tokens: ConnectorTokens, microsoft: Microsoft, tenants: frozenset[str]
) -> Activity:
    """The activity, once all that can be checked of it has been. Raises a Refusal."""
    try:
        vouched_for = await tokens.check(request.headers.get("Authorization"))
        activity = read(json.loads(await request.body()), tenants)
    except Unauthorised as error:
        log.warning("teams.unauthorised", reason=str(error))
        raise Refusal("not-from-microsoft") from None
    except KeysUnreachable as error:
        log.error("teams.keys_unreachable", reason=str(error))
        raise Refusal("keys-unreachable", retry_after_s=30) from None
    except (BadActivity, ValueError, RecursionError):
        raise Refusal("bad-activity") from None
    except ForeignTenant:
        log.warning("teams.foreign_tenant")
        raise Refusal("foreign-organisation") from None
    if activity.service_url.rstrip("/") != vouched_for.rstrip("/"):
        log.warning("teams.unauthorised", reason="serviceurl")
        raise Refusal("not-from-microsoft")
    if not microsoft.may_reply_to(activity.service_url):
        log.warning("teams.foreign_host")
        raise Refusal("foreign-organisation")
    return activity


def _acknowledged(activity: Activity, phrases: TeamsPhrases) -> Response:
    """Microsoft waits seconds only; the reply itself is sent when it is ready."""
    if not isinstance(activity.event, Clicked):
        return Response(status_code=202)
    said = phrases.thanks if activity.event.verb == RATE else phrases.working
    return JSONResponse(AdaptiveCardActionMessageResponse(value=said).model_dump(by_alias=True))
