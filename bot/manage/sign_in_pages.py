"""Signing in at `/manage` with a local account, and signing out however one came in."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from bot.api.authentication import Client, ContainerDep
from bot.container import Container
from bot.conversation.rate_limits import RateLimited
from bot.manage.access import own_path, signed_in
from bot.manage.accounts import Account
from bot.manage.cookie import NAME, PATH
from bot.manage.templating import manage_page
from bot.manage.workbench import Workbench, WorkbenchDep
from bot.storage.engine import in_database

router = APIRouter()
UNKNOWN_NAME = "an unknown name"
"""What was typed for a name may be a password. It is kept nowhere."""


@router.get("/signin")
async def sign_in_form(
    request: Request, container: ContainerDep, workbench: WorkbenchDep, next: str = ""
) -> Response:
    if await signed_in(request, workbench):
        return RedirectResponse(own_path(next), 303)
    if not workbench.by_provider and not await in_database(workbench.accounts.exist):
        return manage_page(request, container, "manage/first_account.html", None)
    return _form(request, container, next)


@router.post("/signin")
async def sign_in(
    request: Request,
    container: ContainerDep,
    workbench: WorkbenchDep,
    client: Client,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "",
) -> Response:
    if workbench.by_provider:
        return _form(request, container, next)
    account_name = name.strip().lower()
    try:
        await container.rate_limiter.sign_in(account_name, client)
    except RateLimited as limited:
        return _too_often(request, container, next, limited)
    account = await checked(workbench, account_name, password)
    if account is None:
        known = await in_database(workbench.accounts.is_known, account_name)
        who = account_name if known else UNKNOWN_NAME
        await in_database(workbench.audit.note, who, "sign_in_failed")
        return _form(request, container, next, 401, wrong=True)
    await in_database(workbench.accounts.signed_in, account.name)
    await in_database(workbench.audit.note, account.display_name, "signed_in")
    response = RedirectResponse(own_path(next), 303)
    await renew(request, response, workbench, account)
    return response


@router.post("/signout")
async def sign_out(
    request: Request, container: ContainerDep, workbench: WorkbenchDep
) -> HTMLResponse:
    gone = await signed_in(request, workbench)
    await in_database(workbench.sign_ins.end, request.state.manage_token)
    if gone:
        await in_database(workbench.audit.note, gone.person.name, "signed_out")
    page = manage_page(request, container, "manage/signed_out.html", None)
    page.delete_cookie(NAME, path=PATH)
    return page


async def checked(workbench: Workbench, name: str, password: str) -> Account | None:
    """The account, if this is its password."""
    async with workbench.one_at_a_time:
        return await run_sync(workbench.accounts.check, name, password)


async def renew(
    request: Request, response: Response, workbench: Workbench, account: Account
) -> None:
    """A new token for a new sign-in: one that somebody else has put there opens nothing."""
    await in_database(workbench.sign_ins.end, request.state.manage_token)
    begin = partial(workbench.sign_ins.begin, account)
    workbench.cookie.set(response, await in_database(begin))


def _form(
    request: Request, container: Container, next: str, status: int = 200, **context: object
) -> HTMLResponse:
    back = own_path(next)
    return manage_page(
        request, container, "manage/signin.html", None, status=status, next=back, **context
    )


def _too_often(
    request: Request, container: Container, next: str, limited: RateLimited
) -> HTMLResponse:
    seconds = limited.allowance.reset_s
    response = _form(request, container, next, 429, minutes=-(-seconds // 60))
    response.headers["Retry-After"] = str(seconds)
    return response
