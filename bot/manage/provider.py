"""Signing in at `/manage` with the organisation's own provider, which also gives the role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import httpx
import structlog
from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth, StarletteOAuth2App
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from joserfc.errors import JoseError
from starlette.responses import Response

from bot.api.authentication import ContainerDep
from bot.container import Container
from bot.manage.access import own_path
from bot.manage.cookie import PATH
from bot.manage.people import Person
from bot.manage.roles import Role
from bot.manage.templating import manage_page
from bot.manage.workbench import WorkbenchDep
from bot.settings import Settings
from bot.storage.engine import in_database

NEXT = "manage_next"
PREFIX = "principles-"
"""`principles-editor` at the provider is the role of editor here."""

log = structlog.get_logger()


def provider_router(settings: Settings) -> APIRouter | None:
    """None where there is no provider, which is first asked when somebody signs in."""
    issuer, secret = settings.oidc_issuer, settings.oidc_client_secret
    if not (issuer and secret):
        return None
    provider = OAuth().register(
        "manage",
        client_id=settings.oidc_client_id,
        client_secret=secret.get_secret_value(),
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256"},
    )
    return _routes(provider, settings)


def _routes(provider: StarletteOAuth2App, settings: Settings) -> APIRouter:
    router = APIRouter()
    callback = f"{settings.public_url.rstrip('/')}{PATH}/signin/callback"

    @router.get("/signin/provider")
    async def to_provider(request: Request, container: ContainerDep, next: str = "") -> Response:
        request.session[NEXT] = own_path(next)
        try:
            reply: Response = await provider.authorize_redirect(request, callback)
        except (httpx.HTTPError, ValueError) as error:
            return _unreachable(request, container, error)
        return reply

    @router.get("/signin/callback")
    async def from_provider(
        request: Request, container: ContainerDep, workbench: WorkbenchDep
    ) -> Response:
        try:
            token = await provider.authorize_access_token(request)
        except (OAuthError, JoseError) as error:
            log.warning("manage.signin_refused", error=type(error).__name__)
            return manage_page(request, container, "manage/refused.html", None, status=401)
        except (httpx.HTTPError, ValueError) as error:
            return _unreachable(request, container, error)
        back = own_path(request.session.pop(NEXT, PATH))
        claims = token.get("userinfo") or {}
        name = name_in(claims)
        role = role_in(claims.get(settings.manage_role_claim))
        if role is None:
            await in_database(workbench.audit.note, name, "sign_in_failed", "no role")
            return manage_page(
                request, container, "manage/no_role.html", None, status=403, name=name
            )
        person = Person(name, role)
        await in_database(workbench.sign_ins.end, request.state.manage_token)
        fresh = await in_database(workbench.sign_ins.begin_for, person)
        await in_database(workbench.audit.note, name, "signed_in", role.value)
        # The cookie is not sent along where another site has led, so a page of ours leads on.
        page = manage_page(request, container, "manage/signed_in.html", None, next=back)
        workbench.cookie.set(page, fresh)
        return page

    return router


def role_in(claim: object) -> Role | None:
    """The highest role among the values of the claim; None where it names none of ours."""
    values: Iterable[object] = claim.split() if isinstance(claim, str) else ()
    if isinstance(claim, list | tuple):
        values = claim
    named = {value for value in values if isinstance(value, str)}
    return next((role for role in reversed(Role) if f"{PREFIX}{role}" in named), None)


def name_in(claims: Mapping[str, Any]) -> str:
    """As the history shows it."""
    for claim in ("name", "preferred_username"):
        value = claims.get(claim)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())[:120]
    return "somebody without a name"


def _unreachable(request: Request, container: Container, error: Exception) -> HTMLResponse:
    log.error("signin.provider_unreachable", error=type(error).__name__)
    return manage_page(request, container, "manage/unreachable.html", None, status=503)
