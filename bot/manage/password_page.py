"""Everybody's page for their own password."""

from __future__ import annotations

from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from bot.api.authentication import Client, ContainerDep
from bot.container import Container
from bot.conversation.rate_limits import RateLimited
from bot.manage.access import SignInDep
from bot.manage.passwords import SHORTEST, WeakPassword
from bot.manage.sign_in_pages import checked, renew
from bot.manage.sign_ins import OpenSignIn
from bot.manage.templating import manage_page
from bot.manage.workbench import WorkbenchDep
from bot.storage.engine import in_database

router = APIRouter(prefix="/password")

WRONG = "This is not your password as it is now. Type that one first."
DIFFERENT = "The two new passwords are not the same. Type the new one twice."
THE_SAME = "This is the password that you have. Choose another."
TOO_OFTEN = "Too many tries. Wait some minutes and try again."


@router.get("")
async def password_form(
    request: Request, container: ContainerDep, sign_in: SignInDep
) -> HTMLResponse:
    return _form(request, container, sign_in)


@router.post("")
async def change_password(
    request: Request,
    container: ContainerDep,
    sign_in: SignInDep,
    workbench: WorkbenchDep,
    client: Client,
    current: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Every sign-in of the account ends but this one, which begins anew."""
    if sign_in.account is None:
        return _form(request, container, sign_in)
    try:
        await container.rate_limiter.sign_in(sign_in.account, client)
    except RateLimited:
        return _form(request, container, sign_in, TOO_OFTEN, 429)
    account = await checked(workbench, sign_in.account, current)
    if problem := _problem(account is not None, current, new, again):
        return _form(request, container, sign_in, problem, 422)
    try:
        async with workbench.one_at_a_time:
            await run_sync(workbench.accounts.set_password, sign_in.account, new)
    except WeakPassword as weak:
        return _form(request, container, sign_in, str(weak), 422)
    await in_database(workbench.audit.note, sign_in.person.name, "password_changed")
    changed = await in_database(workbench.accounts.find, sign_in.account)
    page = manage_page(request, container, "manage/password_changed.html", sign_in.person)
    await renew(request, page, workbench, changed)
    return page


def _problem(is_right: bool, current: str, new: str, again: str) -> str | None:
    if not is_right:
        return WRONG
    if new != again:
        return DIFFERENT
    return THE_SAME if new == current else None


def _form(
    request: Request,
    container: Container,
    sign_in: OpenSignIn,
    problem: str | None = None,
    status: int = 200,
) -> HTMLResponse:
    return manage_page(
        request,
        container,
        "manage/password.html",
        sign_in.person,
        status=status,
        problem=problem,
        must=sign_in.must_change,
        shortest=SHORTEST,
    )
