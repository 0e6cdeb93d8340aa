"""`/manage/asked`: what was asked and not answered, alike questions together."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from bot.api.authentication import ContainerDep
from bot.asked.contribution import ASKED_KINDS
from bot.asked.groups import AskedGroup
from bot.asked.looking import PERIODS, AskedFilter, Looking
from bot.container import Container
from bot.manage.access import Person, ReaderDep
from bot.manage.cookie import PATH
from bot.manage.editing import Editing, EditingDep
from bot.manage.gap_form import contacts_now
from bot.manage.passage_picker import PassageChoice, Shelf
from bot.manage.templating import manage_page

router = APIRouter(prefix="/asked")

HERE = f"{PATH}/asked"
OF_A_PAGE = 20
DONE = {
    "question": "Written for the passage, in the draft. It counts once the draft is published.",
    "gap": "Added as a known gap, in the draft. It counts once the draft is published.",
    "hidden": "Hidden from this page.",
}


def today() -> date:
    return datetime.now(UTC).date()


def areas_of(container: Container) -> list[str]:
    documents = container.knowledge.library.documents.values()
    return sorted({each.area for each in documents if each.area})


def looking_at(container: Container) -> Looking:
    return Looking(container.use.asked, container.alike, container.knowledge, today)


def get_filter(
    container: ContainerDep, kind: str = "", area: str = "", days: int = PERIODS[0]
) -> AskedFilter:
    return AskedFilter.of(kind, area, days, areas_of(container))


FilterDep = Annotated[AskedFilter, Depends(get_filter)]


@router.get("")
async def asked(
    request: Request,
    container: ContainerDep,
    person: ReaderDep,
    wanted: FilterDep,
    page: int = 1,
    done: str = "",
    left: int = 0,
) -> HTMLResponse:
    """`left`: how many questions of the group that was dealt with are still listed."""
    looking = looking_at(container)
    groups = await run_sync(looking.groups, wanted)
    first = max(page - 1, 0) * OF_A_PAGE
    shown = groups[first : first + OF_A_PAGE]
    now = await run_sync(lambda: {each.id: looking.now(each) for each in shown})
    return manage_page(
        request,
        container,
        "manage/asked.html",
        person,
        groups=shown,
        total=len(groups),
        now=now,
        page=page,
        more=len(groups) > first + OF_A_PAGE,
        wanted=wanted,
        periods=PERIODS,
        kinds=ASKED_KINDS,
        areas=areas_of(container),
        keeps=container.settings.keep_asked,
        kept_days=container.settings.asked_retention_days,
        done=DONE.get(done, ""),
        left=left,
    )


@router.get("/{group_id}")
async def group(
    request: Request,
    container: ContainerDep,
    person: ReaderDep,
    editing: EditingDep,
    wanted: FilterDep,
    group_id: str,
) -> HTMLResponse:
    found = await run_sync(looking_at(container).group, wanted, group_id)
    if found is None:
        return group_gone(request, container, person, wanted)
    return await group_page(request, container, person, wanted, found, editing)


async def group_page(
    request: Request,
    container: Container,
    person: Person,
    wanted: AskedFilter,
    found: AskedGroup,
    editing: Editing,
    *,
    status: int = 200,
    problem: str = "",
    typed: object = None,
) -> HTMLResponse:
    """`editing`: to choose passages and whom to ask from. `typed`: what a form that was refused
    held, so that nobody types it again. Raises ContentError."""
    contacts = await run_sync(contacts_now, container, editing)
    now = await run_sync(looking_at(container).now, found)
    find, passage = getattr(typed, "find", ""), getattr(typed, "passage", "")
    near = [hit.passage_id for hit in now.hits]

    def choices() -> list[PassageChoice]:
        shelf = Shelf(editing.now().folder)
        return shelf.choices(find, [passage] if passage else [], near)

    return manage_page(
        request,
        container,
        "manage/asked_group.html",
        person,
        status=status,
        group=found,
        contacts=contacts.choices,
        first_contact=contacts.ring_first[:1],
        now=now,
        wanted=wanted,
        problem=problem,
        typed=typed,
        find=find,
        choices=await run_sync(choices),
    )


def group_gone(
    request: Request, container: Container, person: Person, wanted: AskedFilter
) -> HTMLResponse:
    """More was asked meanwhile, or somebody else has dealt with it."""
    return manage_page(
        request, container, "manage/asked_gone.html", person, status=404, wanted=wanted
    )
