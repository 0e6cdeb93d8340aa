"""What was done at `/manage`, for administrators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from bot.api.authentication import ContainerDep
from bot.manage.access import AdministratorDep
from bot.manage.templating import manage_page
from bot.manage.workbench import WorkbenchDep
from bot.storage.engine import in_database

PAGE_LENGTH = 50

router = APIRouter()


@router.get("/audit")
async def audit(
    request: Request,
    container: ContainerDep,
    person: AdministratorDep,
    workbench: WorkbenchDep,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    lines = await in_database(workbench.audit.page, page, PAGE_LENGTH)
    return manage_page(
        request,
        container,
        "manage/audit.html",
        person,
        lines=lines[:PAGE_LENGTH],
        page=page,
        is_last=len(lines) <= PAGE_LENGTH,
    )
