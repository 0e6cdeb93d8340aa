"""What is refused at `/manage`, as a page in plain words."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from bot.api.public_paths import has_own_sign_in
from bot.manage.access import (
    PASSWORD,
    FormRefused,
    PasswordChangeNeeded,
    RoleNeeded,
    SignInNeeded,
    own_path,
    signed_in,
)
from bot.manage.cookie import PATH
from bot.manage.templating import manage_page
from bot.manage.workbench import get_workbench
from bot.storage.engine import in_database
from knowledge.errors import ContentError


def install(app: FastAPI) -> None:
    @app.exception_handler(SignInNeeded)
    async def to_sign_in(_: Request, needed: SignInNeeded) -> Response:
        back = urlencode({"next": needed.back}) if needed.back != PATH else ""
        return RedirectResponse(f"{PATH}/signin" + (f"?{back}" if back else ""), 303)

    @app.exception_handler(PasswordChangeNeeded)
    async def to_password(_: Request, __: PasswordChangeNeeded) -> Response:
        return RedirectResponse(PASSWORD, 303)

    @app.exception_handler(RoleNeeded)
    async def role_needed(request: Request, needed: RoleNeeded) -> Response:
        workbench = get_workbench(request)
        return manage_page(
            request,
            request.app.state.container,
            "manage/role_needed.html",
            needed.person,
            status=403,
            needed=needed.role,
            administrators=await in_database(workbench.accounts.administrators),
        )

    @app.exception_handler(FormRefused)
    async def form_refused(request: Request, _: FormRefused) -> Response:
        return await _told(request, "manage/form_refused.html", 403)

    @app.exception_handler(ContentError)
    async def content_unusable(request: Request, broken: ContentError) -> Response:
        if not has_own_sign_in(request.url.path):
            raise broken
        return await _told(
            request,
            "manage/content_unusable.html",
            409,
            slips=broken.violations,
            back=_page_before(request),
        )


def _page_before(request: Request) -> str:
    """The page at `/manage` that a form was sent from; the first one where nobody says."""
    came = urlsplit(request.headers.get("Referer", ""))
    if came.netloc != request.url.netloc or request.method == "GET":
        return PATH
    return own_path(f"{came.path}?{came.query}" if came.query else came.path)


async def _told(request: Request, name: str, status: int, **context: object) -> Response:
    sign_in = await signed_in(request, get_workbench(request))
    person = sign_in.person if sign_in else None
    container = request.app.state.container
    return manage_page(request, container, name, person, status=status, **context)
