"""The history of the content at `/manage`, and the way back to an earlier edition."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from bot.api.authentication import ContainerDep
from bot.asked.coming_back import coming_back
from bot.container import Container
from bot.manage.access import ApproverDep, Person, ReaderDep
from bot.manage.cookie import PATH
from bot.manage.roles import Role
from bot.manage.templating import manage_page
from bot.manage.workbench import WorkbenchDep
from bot.operations.edition_changes import edition_changes, titles_of
from bot.operations.going_back import CannotGoBack, GoingBack, go_back
from bot.operations.threads import in_thread
from bot.storage.engine import in_database
from knowledge.editions import Edition

PAGE_LENGTH = 20
WHY_CHARACTERS = 2000

router = APIRouter(prefix="/history")
PageNumber = Annotated[int, Query(ge=1, le=100_000)]


@router.get("")
async def history(
    request: Request, container: ContainerDep, person: ReaderDep, page: PageNumber = 1
) -> HTMLResponse:
    editions = await in_thread(container.editions.history)
    first = (page - 1) * PAGE_LENGTH
    return manage_page(
        request,
        container,
        "manage/history.html",
        person,
        editions=editions[first : first + PAGE_LENGTH],
        live=editions[0].id,
        page=page,
        is_last=first + PAGE_LENGTH >= len(editions),
    )


@router.get("/{edition_id}")
async def edition(
    request: Request, container: ContainerDep, person: ReaderDep, edition_id: str
) -> HTMLResponse:
    found = await _found(container, edition_id)
    if found is None:
        return _missing(request, container, person)
    files = await in_thread(partial(container.editions.changed_files, edition_id))
    titles = titles_of(container.knowledge.library)
    changes = await in_thread(partial(edition_changes, container.editions, edition_id, titles))
    editions = await in_thread(container.editions.history)
    return manage_page(
        request,
        container,
        "manage/edition.html",
        person,
        edition=found,
        is_live=editions[0].id == found.id,
        is_first=editions[-1].id == found.id,
        answers=container.edition.id == found.id,
        changes=changes,
        there=set(container.knowledge.library.documents),
        files=files,
        may_go_back=person.role.includes(Role.APPROVER),
    )


@router.get("/{edition_id}/back")
async def confirm_going_back(
    request: Request, container: ContainerDep, person: ApproverDep, edition_id: str
) -> HTMLResponse:
    return await _confirmation(request, container, person, edition_id)


@router.post("/{edition_id}/back")
async def going_back(
    request: Request,
    container: ContainerDep,
    person: ApproverDep,
    workbench: WorkbenchDep,
    edition_id: str,
    why: Annotated[str, Form(max_length=WHY_CHARACTERS)] = "",
) -> Response:
    if not why.strip():
        return await _confirmation(request, container, person, edition_id, 422, no_reason=True)
    found = await _found(container, edition_id)
    if found is None:
        return _missing(request, container, person)
    waiting = await _coming_back(container, found)
    data = container.settings.data_dir
    back = partial(go_back, container.editions, data, edition_id, person.name, why)
    try:
        published = await in_thread(back)
    except CannotGoBack as unfit:
        told = str(unfit).splitlines()
        return await _confirmation(
            request, container, person, edition_id, 409, why=why, problems=told
        )
    await in_database(container.use.asked.unsettle, waiting)
    detail = f"{edition_id}, as edition {published.id}"
    await in_database(workbench.audit.note, person.name, "rolled_back", detail)
    return RedirectResponse(f"{PATH}/history/{published.id}", 303)


async def _confirmation(
    request: Request,
    container: Container,
    person: Person,
    edition_id: str,
    status: int = 200,
    **context: object,
) -> HTMLResponse:
    found = await _found(container, edition_id)
    if found is None:
        return _missing(request, container, person)
    titles = dict(titles_of(container.knowledge.library))
    back = await in_thread(partial(GoingBack.to, container.editions, found.id, titles))
    return manage_page(
        request,
        container,
        "manage/go_back.html",
        person,
        status=status,
        edition=found,
        back=back,
        waiting=len(await _coming_back(container, found)),
        **context,
    )


async def _coming_back(container: Container, edition: Edition) -> list[str]:
    """The questions that are on the list of those without an answer again, after going back."""
    return await in_thread(partial(coming_back, container.use.asked, container.editions, edition))


async def _found(container: Container, edition_id: str) -> Edition | None:
    editions = await in_thread(container.editions.history)
    return next((each for each in editions if each.id == edition_id), None)


def _missing(request: Request, container: Container, person: Person) -> HTMLResponse:
    return manage_page(request, container, "manage/missing.html", person, status=404)
