"""Optional sign-in with any OpenID Connect provider. Who a person is, is not kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import httpx
import structlog
from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import (
    OAuth,
    StarletteIntegration,
    StarletteOAuth2App,
)
from fastapi import APIRouter, FastAPI, Request
from joserfc.errors import JoseError
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.api.authentication import get_client
from bot.api.knowledge import nothing_but
from bot.api.problems import STATUS, problem_headers, problem_response, words_on_a_page
from bot.api.public_paths import API, has_own_sign_in, is_public
from bot.api.sessions import Sessions
from bot.container import Container
from bot.errors import Refusal, RefusalReason
from bot.settings import Settings
from bot.storage.engine import in_database
from bot.web.templating import page

log = structlog.get_logger()

NEXT = "next"
ASK = "/ask"
FRAMES = ("frame", "iframe")
STATE = "_state_"
"""What the names begin with under which Authlib keeps them."""
READ_AGAIN = frozenset({"code_verifier", "nonce", "redirect_uri"})
STATES_AT_ONCE = 4
"""Of sign-ins begun and not ended: a browser drops a cookie of more than 4 kB."""
SIGNED_OUT = "Every copy of this sign-in has ended, on this device and on any other."


def install(app: FastAPI, settings: Settings, engine: Engine) -> None:
    """Does nothing without an issuer. The provider is first asked when somebody signs in."""
    issuer, secret = settings.oidc_issuer, settings.oidc_client_secret
    if not (issuer and secret and settings.session_secret):
        return
    providers = OAuth()
    providers.framework_integration_cls = BesideOthers
    provider = providers.register(
        "provider",
        client_id=settings.oidc_client_id,
        client_secret=secret.get_secret_value(),
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid", "code_challenge_method": "S256"},
    )
    life = timedelta(hours=settings.conversation_hours)
    sessions = Sessions(engine, life)
    app.include_router(sign_in_router(provider, sessions, settings.public_url.rstrip("/")))
    app.add_middleware(SignedIn, sessions=sessions)
    app.add_middleware(
        SessionMiddleware,
        secret_key=settings.session_secret.get_secret_value(),
        session_cookie="principles_session",
        max_age=int(life.total_seconds()),
        same_site="lax",
        https_only=settings.public_url.startswith("https://"),
    )


class BesideOthers(StarletteIntegration):  # type: ignore[misc] # Authlib has no types
    """Authlib forgets a sign-in as soon as another begins: of two tabs the first could not end.

    With each is kept where its tab was going, and of what Authlib keeps what it reads again: not
    the whole address of the provider, which would fill the cookie.
    """

    async def set_state_data(
        self, session: dict[str, Any] | None, state: str, data: dict[str, Any]
    ) -> None:
        session = {} if session is None else session
        others = pending(session)[1 - STATES_AT_ONCE :]
        kept = {name: value for name, value in data.items() if name in READ_AGAIN}
        await super().set_state_data(session, state, kept | {NEXT: session.pop(NEXT, "/")})
        session.update(others)


def pending(session: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What is kept of the sign-ins that have begun and not ended, the oldest first."""
    states = [(name, kept) for name, kept in session.items() if name.startswith(STATE)]
    return sorted(states, key=lambda each: float(each[1]["exp"]))


def is_open(path: str) -> bool:
    return is_public(path) or has_own_sign_in(path)


class SignedIn:
    """Lets nobody past who has not signed in: a page leads to sign-in, the API says 401.

    What they typed is read for danger all the same, and kept nowhere.
    """

    def __init__(self, app: ASGIApp, sessions: Sessions) -> None:
        self._app = app
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused: Response | None = None
        if scope["type"] == "http" and not is_open(scope["path"]):
            request = Request(scope, receive)
            if refused := await self._refuse(request):
                refused = await safety_reply(request) or refused
        await (refused or self._app)(scope, receive, send)

    async def _refuse(self, request: Request) -> Response | None:
        try:
            if await in_database(self._sessions.is_open, request.session):
                return None
        except SQLAlchemyError:
            log.error("signin.unchecked", exc_info=True)
            return told(request, Refusal("sign-in-unchecked", retry_after_s=60))
        if request.url.path.startswith(API) or request.method != "GET" or is_framed(request):
            return told(request, Refusal(needed(request)))
        request.session[NEXT] = request.url.path
        return RedirectResponse("/signin", 303)


def is_framed(request: Request) -> bool:
    """Providers' pages refuse to be shown in a frame: the way in is then a link to a tab."""
    return request.headers.get("Sec-Fetch-Dest") in FRAMES


def needed(request: Request) -> RefusalReason:
    """A browser sends the cookie of a sign-in (SameSite=Lax) along from no page of another site."""
    is_elsewhere = request.headers.get("Sec-Fetch-Site") == "cross-site"
    return "sign-in-elsewhere" if is_elsewhere else "sign-in-needed"


def sign_in_router(provider: StarletteOAuth2App, sessions: Sessions, public_url: str) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/signin")
    async def sign_in(request: Request) -> Response:
        try:
            reply: Response = await provider.authorize_redirect(
                request, f"{public_url}/signin/callback"
            )
        except (httpx.HTTPError, ValueError) as error:
            log.error("signin.provider_unreachable", error=type(error).__name__)
            return told(request, Refusal("sign-in-unreachable", retry_after_s=60))
        return reply

    @router.get("/signin/callback")
    async def signed_in(request: Request) -> Response:
        session = request.session
        try:
            begun = await provider.framework.get_state_data(
                session, request.query_params.get("state")
            )
            if begun is None and await in_database(sessions.is_open, session):
                # Another tab was quicker: whoever is here has signed in.
                return RedirectResponse(f"{public_url}/", 303)
            await provider.authorize_access_token(request)
            await in_database(sessions.end, session)
        except (OAuthError, JoseError) as error:
            log.warning("signin.refused", error=type(error).__name__)
            return told(request, Refusal("sign-in-refused"))
        except (httpx.HTTPError, ValueError) as error:
            log.error("signin.provider_unreachable", error=type(error).__name__)
            return told(request, Refusal("sign-in-unreachable", retry_after_s=60))
        except SQLAlchemyError:
            log.error("signin.unchecked", exc_info=True)
            return told(request, Refusal("sign-in-unchecked", retry_after_s=60))
        others = pending(session)
        session.clear()
        session.update(sessions.begin(), **dict(others))
        # After our own address no path can name another site, whatever a browser makes of it.
        return RedirectResponse(public_url + quote(begun[NEXT]), 303)

    @router.post("/signin/end")
    async def sign_out(request: Request) -> Response:
        try:
            await in_database(sessions.end, request.session)
        except SQLAlchemyError:
            log.error("signin.not_ended", exc_info=True)
            return told(request, Refusal("sign-out-failed", retry_after_s=60))
        request.session.clear()
        return words(request, "You are signed out", SIGNED_OUT)

    return router


async def safety_reply(request: Request) -> Response | None:
    """What must be said first to somebody who has not signed in; None where nothing must."""
    typed = await _typed(request)
    if not typed:
        return None
    container: Container = request.app.state.container
    first = await container.search.danger(typed, client=get_client(request))
    if first is None:
        return None
    if request.url.path.startswith(API):
        return JSONResponse(nothing_but(first).model_dump(mode="json"))
    return page(request, container, "signin.html", title="Before you sign in", safety=first)


async def _typed(request: Request) -> str:
    """The words of a search or of the form of the chat."""
    if request.method == "POST" and request.url.path == ASK:
        words = (await request.form()).get("text")
        return words if isinstance(words, str) else ""
    return request.query_params.get("q", "")


def told(request: Request, refusal: Refusal) -> Response:
    """A problem of the API, or else a page."""
    container: Container = request.app.state.container
    if request.url.path.startswith(API):
        return problem_response(refusal, container.phrases)
    title, detail = words_on_a_page(refusal, container.phrases)
    response = words(request, title, detail, STATUS[refusal.reason])
    response.headers.update(problem_headers(refusal))
    return response


def words(request: Request, title: str, detail: str, status: int = 200) -> Response:
    container = request.app.state.container
    can_go_on = needed(request) == "sign-in-needed"
    return page(
        request,
        container,
        "signin.html",
        status,
        title=title,
        detail=detail,
        framed=is_framed(request),
        here=request.url.path if can_go_on else None,
    )
