"""Who may open a page at `/manage`. Every route there asks for a role, but those of signing in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request

from bot.manage.cookie import NAME, PATH, fresh_token
from bot.manage.people import Person
from bot.manage.roles import Role
from bot.manage.sign_ins import OpenSignIn
from bot.manage.workbench import Workbench, WorkbenchDep
from bot.storage.engine import in_database

__all__ = [
    "AdministratorDep",
    "ApproverDep",
    "EditorDep",
    "Person",
    "ReaderDep",
    "SignInDep",
]

SAFE = frozenset({"GET", "HEAD"})
PASSWORD = f"{PATH}/password"


class SignInNeeded(Exception):
    """`back` is where the person was going."""

    def __init__(self, back: str) -> None:
        super().__init__(back)
        self.back = back


class RoleNeeded(Exception):
    def __init__(self, role: Role, person: Person) -> None:
        super().__init__(role)
        self.role = role
        self.person = person


class PasswordChangeNeeded(Exception):
    """The password was given by another, and must be changed before anything else."""


class FormRefused(Exception):
    """A form that was not drawn for this browser and this sign-in."""


async def guard(request: Request, workbench: WorkbenchDep) -> None:
    """Runs before every route at `/manage`: the cookie is read, and whatever may change something
    must come from a form of ours. Raises FormRefused."""
    token = workbench.cookie.token(request.cookies.get(NAME))
    request.state.manage_token = token or fresh_token()
    request.state.manage_token_is_new = token is None
    if request.method in SAFE:
        return
    if token is None or not _is_from_here(request):
        raise FormRefused
    form = await request.form()
    if not workbench.cookie.is_csrf(token, form.get("csrf")):
        raise FormRefused


def _is_from_here(request: Request) -> bool:
    """By what the browser says of itself; one that says nothing is held to the form's token."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    own = urlsplit(request.app.state.container.settings.public_url)
    return origin in {
        f"{own.scheme}://{own.netloc}",
        f"{request.url.scheme}://{request.url.netloc}",
    }


async def get_sign_in(request: Request, workbench: WorkbenchDep) -> OpenSignIn:
    """Raises SignInNeeded."""
    found = await signed_in(request, workbench)
    if found is None:
        raise SignInNeeded(_address(request))
    return found


SignInDep = Annotated[OpenSignIn, Depends(get_sign_in)]


async def signed_in(request: Request, workbench: Workbench) -> OpenSignIn | None:
    return await in_database(workbench.sign_ins.find, request.state.manage_token)


def _address(request: Request) -> str:
    """Where a form was sent to is no page to come back to."""
    if request.method not in SAFE:
        return PATH
    query = f"?{request.url.query}" if request.url.query else ""
    return request.url.path + query


def at_least(role: Role) -> Callable[[OpenSignIn], Awaitable[Person]]:
    async def check(sign_in: SignInDep) -> Person:
        """Raises PasswordChangeNeeded and RoleNeeded."""
        if sign_in.must_change:
            raise PasswordChangeNeeded
        if not sign_in.person.role.includes(role):
            raise RoleNeeded(role, sign_in.person)
        return sign_in.person

    return check


ReaderDep = Annotated[Person, Depends(at_least(Role.READER))]
EditorDep = Annotated[Person, Depends(at_least(Role.EDITOR))]
ApproverDep = Annotated[Person, Depends(at_least(Role.APPROVER))]
AdministratorDep = Annotated[Person, Depends(at_least(Role.ADMINISTRATOR))]


def own_path(wanted: str) -> str:
    """The page at `/manage` that was asked for; the first page for any other address."""
    path = urlsplit(wanted).path if wanted.startswith("/") else ""
    return wanted if path == PATH or path.startswith(f"{PATH}/") else PATH
