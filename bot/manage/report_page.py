"""`/manage/report`: the report for the board, as a page and as a Word document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from bot.api.authentication import ContainerDep
from bot.asked.report import BoardReport, Period, ReportSource, board_report, within
from bot.asked.report_word import report_word
from bot.container import Container
from bot.manage.access import ReaderDep
from bot.manage.asked_pages import today
from bot.manage.reviews_page import overdue
from bot.manage.templating import manage_page
from bot.manage.typed_fields import Slips, TypedFields
from bot.operations.edition_changes import edition_changes, titles_of
from bot.record.render import WORD

router = APIRouter(prefix="/report")

USUAL = timedelta(days=90)
"""A board meets every quarter."""
DAYS = ("from", "to")


def get_period(
    since: Annotated[str, Query(alias="from")] = "", until: Annotated[str, Query(alias="to")] = ""
) -> Period:
    """What is no day is left out; the two in the wrong order are turned round."""
    end = _day(until) or today()
    start = _day(since) or end - USUAL
    return Period(min(start, end), max(start, end))


PeriodDep = Annotated[Period, Depends(get_period)]


@router.get("")
async def report(
    request: Request, container: ContainerDep, person: ReaderDep, period: PeriodDep
) -> HTMLResponse:
    made = await run_sync(report_of, container, period)
    blocks = [(type(block).__name__, block) for block in made.blocks]
    return manage_page(
        request,
        container,
        "manage/report.html",
        person,
        title=made.title,
        blocks=blocks,
        period=period,
        slips=_slips(request.query_params),
    )


@router.get(".docx")
async def as_word(container: ContainerDep, _: ReaderDep, period: PeriodDep) -> Response:
    made = await run_sync(report_of, container, period)
    content = await run_sync(report_word, made, datetime.now(UTC))
    name = f"report-{period.since:%Y%m%d}-{period.until:%Y%m%d}.docx"
    return Response(
        content,
        media_type=WORD,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


def report_of(container: Container, period: Period) -> BoardReport:
    """Synchronous. Raises ContentError, and SQLAlchemyError where the database fails."""
    store, editions = container.use.asked, container.editions
    titles = titles_of(container.knowledge.library)
    return board_report(
        period,
        ReportSource(
            partnership=container.contacts.partnership,
            counts=store.counts(period.since, period.until),
            groups=container.alike.groups(store.asked(period.since, period.until, dealt_with=True)),
            keeps_questions=container.settings.keep_asked,
            flows={flow.id: flow.title for flow in container.flows.values()},
            changes=[
                (each, edition_changes(editions, each.id, titles))
                for each in within(period, editions.history())
            ],
            overdue=overdue(container, today()),
        ),
    )


def _day(text: str) -> date | None:
    return TypedFields().day("", text)


def _slips(asked: Mapping[str, str]) -> Slips:
    """What was typed and is no day."""
    typed = TypedFields()
    for name in DAYS:
        typed.day(name, asked.get(name, ""))
    return typed.slips
