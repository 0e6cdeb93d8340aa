"""Optional sign-in with any OpenID Connect provider. Who a person is, is not kept."""

from __future__ import annotations

import httpx
import structlog
from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth, StarletteOAuth2App
from fastapi import APIRouter, FastAPI, Request
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.problems import Problem
from bot.settings import Settings

log = structlog.get_logger()

SIGNED_IN = "signed_in"
NEXT = "next"
API = "/api/"
OPEN = (
    "/signin",
    "/healthz",
    "/readyz",
    "/metrics",
    "/widget",
    "/teams/",
    "/privacy",
    "/accessibility",
    "/api/v1/healthz",
    "/api/v1/readyz",
    "/api/v1/metrics",
    # These ask for the token of a conversation, which only a signed-in person can open.
    "/api/v1/conversations/",
    "/api/v1/feedback",
    "/record",
)


def install(app: FastAPI, settings: Settings) -> None:
    """Does nothing without an issuer. The provider is first asked when somebody signs in."""
    issuer, secret = settings.oidc_issuer, settings.oidc_client_secret
    if not (issuer and secret and settings.session_secret):
        return
    provider = OAuth().register(
        "provider",
        client_id=settings.oidc_client_id,
        client_secret=secret.get_secret_value(),
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid", "code_challenge_method": "S256"},
    )
    app.include_router(sign_in_router(provider, settings.public_url))
    app.add_middleware(SignedIn)
    app.add_middleware(
        SessionMiddleware,
        secret_key=settings.session_secret.get_secret_value(),
        session_cookie="principles_session",
        max_age=settings.conversation_hours * 3600,
        same_site="lax",
        https_only=settings.public_url.startswith("https://"),
    )


class SignedIn:
    """Lets nobody past who has not signed in: a page leads to sign-in, the API says 401."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused: Response | None = None
        if scope["type"] == "http" and not scope["path"].startswith(OPEN):
            request = Request(scope)
            if not request.session.get(SIGNED_IN):
                refused = _to_sign_in(request)
        await (refused or self._app)(scope, receive, send)


def _to_sign_in(request: Request) -> Response:
    if request.url.path.startswith(API) or request.method != "GET":
        return sign_in_needed().response()
    request.session[NEXT] = request.url.path
    return RedirectResponse("/signin", 303)


def sign_in_router(provider: StarletteOAuth2App, public_url: str) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    returns_to = f"{public_url.rstrip('/')}/signin/callback"

    @router.get("/signin")
    async def sign_in(request: Request) -> Response:
        try:
            reply: Response = await provider.authorize_redirect(request, returns_to)
        except (httpx.HTTPError, ValueError) as error:
            log.error("signin.provider_unreachable", error=type(error).__name__)
            raise provider_unreachable() from None
        return reply

    @router.get("/signin/callback")
    async def signed_in(request: Request) -> Response:
        try:
            await provider.authorize_access_token(request)
        except OAuthError as error:
            log.warning("signin.refused", error=type(error).__name__)
            raise refused() from None
        except (httpx.HTTPError, ValueError) as error:
            log.error("signin.provider_unreachable", error=type(error).__name__)
            raise provider_unreachable() from None
        wanted = request.session.get(NEXT, "/")
        request.session.clear()
        request.session[SIGNED_IN] = True
        return RedirectResponse(wanted, 303)

    @router.post("/signin/end")
    async def sign_out(request: Request) -> Response:
        request.session.clear()
        return RedirectResponse("/signin", 303)

    return router


def sign_in_needed() -> Problem:
    return Problem(
        401,
        "sign-in-needed",
        "Sign in first",
        "Open /signin in a browser. If a child is in danger, call 999.",
    )


def refused() -> Problem:
    return Problem(401, "sign-in-refused", "You are not signed in", "Open /signin to try again.")


def provider_unreachable() -> Problem:
    return Problem(
        503,
        "sign-in-unreachable",
        "Sign-in does not answer",
        "Try again in a minute, or tell your IT service desk. If a child is in danger, call 999.",
        headers={"Retry-After": "60"},
    )
