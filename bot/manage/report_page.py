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
from bot.asked.report import board_report
from bot.asked.report_blocks import BoardReport, Period
from bot.asked.report_word import file_name, report_word
from bot.container import Container
from bot.manage.access import ReaderDep
from bot.manage.accounts import Accounts
from bot.manage.asked_pages import today
from bot.manage.templating import manage_page
from bot.manage.typed_fields import Slips, TypedFields
from bot.operations.board_source import BoardSources
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
        usual=usual_periods(today()),
        slips=_slips(request.query_params),
    )


@router.get(".docx")
async def as_word(container: ContainerDep, _: ReaderDep, period: PeriodDep) -> Response:
    made = await run_sync(report_of, container, period)
    content = await run_sync(report_word, made, datetime.now(UTC))
    return Response(
        content,
        media_type=WORD,
        headers={
            "Content-Disposition": f'attachment; filename="{file_name(made)}"',
            "Cache-Control": "no-store",
        },
    )


def usual_periods(day: date) -> list[tuple[str, Period]]:
    """Those that boards ask for, each with its name. A financial year begins in April."""
    this_month = day.replace(day=1)
    last_month = (this_month - timedelta(days=1)).replace(day=1)
    this_quarter = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    before = this_quarter - timedelta(days=1)
    last_quarter = date(before.year, 3 * ((before.month - 1) // 3) + 1, 1)
    year = date(day.year if day >= date(day.year, 4, 1) else day.year - 1, 4, 1)
    return [
        ("Last month", Period(last_month, this_month - timedelta(days=1))),
        ("Last quarter", Period(last_quarter, before)),
        ("This quarter", Period(this_quarter, day)),
        ("Since April", Period(year, day)),
    ]


def report_of(container: Container, period: Period) -> BoardReport:
    """Synchronous. Raises ContentError, and SQLAlchemyError where the database fails."""
    accounts = Accounts(container.engine).all()
    sources = BoardSources(
        container.settings,
        container.use.asked,
        container.alike.groups,
        container.editions,
        container.knowledge.library,
        container.content,
        {each.display_name: each.role for each in accounts},
    )
    return board_report(period, sources.of(period, today()))


def _day(text: str) -> date | None:
    return TypedFields().day("", text)


def _slips(asked: Mapping[str, str]) -> Slips:
    """What was typed and is no day."""
    typed = TypedFields()
    for name in DAYS:
        typed.day(name, asked.get(name, ""))
    return typed.slips
