"""All pages at `/manage`. A form is checked once, here, before any of them."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from bot.manage import (
    account_pages,
    answers_page,
    asked_acts,
    asked_pages,
    audit_page,
    contact_acts,
    contact_pages,
    documents,
    draft_pages,
    gap_pages,
    help_pages,
    history_pages,
    impact_pages,
    imports,
    new_editions,
    notice_acts,
    notice_pages,
    overview,
    passages,
    password_page,
    place_pages,
    preview,
    removed_pages,
    report_page,
    retire_pages,
    review,
    reviews_page,
    sign_in_pages,
    sign_off_pages,
    withhold_pages,
)
from bot.manage.access import guard
from bot.manage.cookie import PATH

PAGES = (
    overview.router,
    imports.router,
    new_editions.router,
    impact_pages.router,
    place_pages.router,
    gap_pages.router,
    removed_pages.router,
    answers_page.router,
    retire_pages.router,
    sign_off_pages.router,
    documents.router,
    review.router,
    withhold_pages.router,
    passages.router,
    notice_pages.router,
    notice_acts.router,
    contact_pages.router,
    contact_acts.router,
    draft_pages.router,
    preview.router,
    history_pages.router,
    asked_pages.router,
    asked_acts.router,
    report_page.router,
    reviews_page.router,
    account_pages.router,
    help_pages.router,
    audit_page.router,
    password_page.router,
    sign_in_pages.router,
)


def manage_router(*more: APIRouter | None) -> APIRouter:
    router = APIRouter(
        include_in_schema=False,
        default_response_class=HTMLResponse,
        dependencies=[Depends(guard)],
    )
    for pages in (*PAGES, *filter(None, more)):
        router.include_router(pages, prefix=PATH)
    return router
