"""Accounts, for administrators: who may sign in at `/manage`, and as what."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from bot.api.authentication import ContainerDep
from bot.container import Container
from bot.manage.access import AdministratorDep, Person
from bot.manage.accounts import AccountRefused
from bot.manage.cookie import PATH
from bot.manage.roles import Role
from bot.manage.templating import manage_page
from bot.manage.workbench import Workbench, WorkbenchDep
from bot.storage.engine import in_database

router = APIRouter(prefix="/accounts")


@router.get("")
async def accounts(
    request: Request, container: ContainerDep, person: AdministratorDep, workbench: WorkbenchDep
) -> HTMLResponse:
    return await _list(request, container, person, workbench)


@router.post("")
async def add_account(
    request: Request,
    container: ContainerDep,
    person: AdministratorDep,
    workbench: WorkbenchDep,
    name: Annotated[str, Form()] = "",
    display_name: Annotated[str, Form()] = "",
    role: Annotated[Role, Form()] = Role.READER,
) -> Response:
    """The one-time password is shown in the answer, and never again."""
    if workbench.by_provider:
        return await _list(request, container, person, workbench)
    invite = partial(workbench.accounts.invite, name, display_name, role)
    try:
        async with workbench.one_at_a_time:
            account, password = await run_sync(invite)
    except AccountRefused as refused:
        return await _list(
            request,
            container,
            person,
            workbench,
            422,
            problem=str(refused),
            name=name,
            display_name=display_name,
            role=role,
        )
    await _note(workbench, person, "account_added", f"{account.name}, {role}")
    return _one_time(request, container, person, account.name, password)


@router.post("/{name}/role")
async def change_role(
    request: Request,
    container: ContainerDep,
    person: AdministratorDep,
    workbench: WorkbenchDep,
    name: str,
    role: Annotated[Role, Form()],
) -> Response:
    try:
        await in_database(workbench.accounts.set_role, name, role)
    except AccountRefused as refused:
        return await _list(request, container, person, workbench, 409, problem=str(refused))
    await _note(workbench, person, "role_changed", f"{name}, {role}")
    return RedirectResponse(f"{PATH}/accounts", 303)


@router.post("/{name}/password")
async def new_password(
    request: Request,
    container: ContainerDep,
    person: AdministratorDep,
    workbench: WorkbenchDep,
    name: str,
) -> Response:
    """For who has forgotten theirs."""
    try:
        async with workbench.one_at_a_time:
            password = await run_sync(workbench.accounts.give_one_time_password, name)
    except AccountRefused as refused:
        return await _list(request, container, person, workbench, 409, problem=str(refused))
    await _note(workbench, person, "password_given", name)
    return _one_time(request, container, person, name, password)


@router.post("/{name}/{change}")
async def enable_or_disable(
    request: Request,
    container: ContainerDep,
    person: AdministratorDep,
    workbench: WorkbenchDep,
    name: str,
    change: Literal["enable", "disable"],
) -> Response:
    known = {"enable": workbench.accounts.enable, "disable": workbench.accounts.disable}
    try:
        await in_database(known[change], name)
    except AccountRefused as refused:
        return await _list(request, container, person, workbench, 409, problem=str(refused))
    await _note(workbench, person, f"account_{change}d", name)
    return RedirectResponse(f"{PATH}/accounts", 303)


async def _note(workbench: Workbench, person: Person, event: str, detail: str) -> None:
    await in_database(workbench.audit.note, person.name, event, detail)


def _one_time(
    request: Request, container: Container, person: Person, name: str, password: str
) -> HTMLResponse:
    return manage_page(
        request, container, "manage/one_time.html", person, account=name, password=password
    )


async def _list(
    request: Request,
    container: Container,
    person: Person,
    workbench: Workbench,
    status: int = 200,
    **context: object,
) -> HTMLResponse:
    return manage_page(
        request,
        container,
        "manage/accounts.html",
        person,
        status=status,
        accounts=await in_database(workbench.accounts.all),
        **context,
    )
