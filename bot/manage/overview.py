"""The first page of `/manage`: what is answered from, since when, and what is due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from bot.api.authentication import ContainerDep
from bot.asked.looking import PERIODS
from bot.container import Container
from bot.manage.access import ReaderDep, SignInDep
from bot.manage.asked_pages import HERE as ASKED
from bot.manage.asked_pages import today
from bot.manage.editing import get_editing
from bot.manage.reviews_page import due_of
from bot.manage.templating import manage_page
from bot.operations.due import KINDS
from bot.operations.threads import in_thread

router = APIRouter()

REVIEWS = "/manage/reviews"
OWN_PAGE = {"notice": "/manage/notices", "contact": "/manage/contacts"}
"""Where what is due is changed, for the kinds that are listed by it."""


@dataclass(frozen=True)
class DueCount:
    """How much of something waits, and where it is listed."""

    number: int
    one: str
    many: str
    path: str


@router.get("")
async def overview(
    request: Request, container: ContainerDep, person: ReaderDep, sign_in: SignInDep
) -> HTMLResponse:
    library = container.knowledge.library
    names = {person.name, sign_in.account or person.name}
    return manage_page(
        request,
        container,
        "manage/overview.html",
        person,
        answers_from=container.edition,
        live=await in_thread(container.editions.live),
        documents=len(library.documents),
        passages=len(library.passages),
        counts=await in_thread(lambda: counts_of(container, names)),
    )


def counts_of(container: Container, names: Collection[str]) -> list[DueCount]:
    """`names`: of whoever looks. Synchronous. Raises ContentError."""
    found, day = due_of(container), today()
    late = Counter(each.kind for each in found.overdue(day))
    asked = container.use.asked.asked(day - timedelta(days=PERIODS[0]), None)
    draft = get_editing(container).drafts.open()
    return [
        DueCount(
            found.places_of(names),
            "place was given to you to look at",
            "places were given to you to look at",
            f"{REVIEWS}#places",
        ),
        DueCount(
            len(draft.changes) if draft else 0,
            "change waits to be published",
            "changes wait to be published",
            "/manage/changes",
        ),
        *(
            DueCount(
                late[kind],
                f"{kind} is overdue for review",
                f"{kind}s are overdue for review",
                OWN_PAGE.get(kind, f"{REVIEWS}#overdue"),
            )
            for kind in KINDS
        ),
        DueCount(
            found.places_open,
            "place has to be looked at, as its source has changed",
            "places have to be looked at, as their source has changed",
            f"{REVIEWS}#places",
        ),
        DueCount(
            len(found.unsigned),
            "document is not signed as it stands",
            "documents are not signed as they stand",
            f"{REVIEWS}#unsigned",
        ),
        DueCount(
            len(asked),
            f"question of the last {PERIODS[0]} days waits",
            f"questions of the last {PERIODS[0]} days wait",
            ASKED,
        ),
    ]
