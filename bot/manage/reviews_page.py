"""`/manage/reviews`: what is due, as a page and as a calendar to subscribe to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hmac import compare_digest

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from bot.api.authentication import ContainerDep
from bot.api.problems import not_found
from bot.container import Container
from bot.manage.access import ReaderDep
from bot.manage.asked_pages import today
from bot.manage.cookie import PATH
from bot.manage.impact_pages import STATES
from bot.manage.templating import manage_page
from bot.operations.due import Due, DueReview, OpenIn, due, reviews
from bot.operations.due_calendar import calendar
from bot.operations.threads import in_thread
from knowledge.revision.open_places import OpenPlace

router = APIRouter(prefix="/reviews")


def reviews_of(container: Container) -> list[DueReview]:
    return reviews(container.knowledge.library, container.content)


def due_of(container: Container) -> Due:
    """Of what is published. Synchronous. Raises ContentError."""
    folder = container.editions.live_folder()
    return due(container.knowledge.library, container.content, folder, container.settings.data_dir)


@dataclass(frozen=True)
class OpenRow:
    """A place that is open, with all that it cites of the document and that is open alike."""

    document_id: str
    place: OpenPlace
    cited: tuple[str, ...]


def rows_of(found: Sequence[OpenIn]) -> list[OpenRow]:
    """In their order."""
    rows: dict[tuple[object, ...], list[OpenIn]] = {}
    for each in found:
        to = each.place.assigned.to if each.place.assigned else None
        key = each.document_id, each.place.citation.key, each.place.kind, to
        rows.setdefault(key, []).append(each)
    return [
        OpenRow(
            together[0].document_id,
            together[0].place,
            tuple(each.place.citation.cited for each in together),
        )
        for together in rows.values()
    ]


def overdue(container: Container, day: date) -> list[DueReview]:
    return [each for each in reviews_of(container) if each.is_overdue(day)]


@router.get("")
async def reviews_due(request: Request, container: ContainerDep, person: ReaderDep) -> HTMLResponse:
    found, day = await in_thread(lambda: due_of(container)), today()
    return manage_page(
        request,
        container,
        "manage/reviews.html",
        person,
        overdue=found.overdue(day),
        coming=found.coming(day),
        unsigned=found.unsigned,
        places=rows_of(found.places),
        states=STATES,
        has_feed=container.settings.reviews_token is not None,
    )


@router.get("/{token}.ics")
async def feed(container: ContainerDep, token: str) -> Response:
    """For a calendar program, which cannot sign in: it brings the token of the setting."""
    wanted = container.settings.reviews_token
    if wanted is None or not compare_digest(token.encode(), wanted.get_secret_value().encode()):
        raise not_found()
    manage = f"{container.settings.public_url.rstrip('/')}{PATH}"
    partnership = container.contacts.partnership
    content = calendar(reviews_of(container), datetime.now(UTC), today(), partnership, manage)
    return Response(
        content,
        media_type="text/calendar; charset=utf-8",
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": 'inline; filename="reviews-due.ics"',
        },
    )
