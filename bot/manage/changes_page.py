"""`/manage/changes` as it is drawn: what waits, what it changes, and if it may be published."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse

from bot.container import Container
from bot.manage.answer_groups import CALLED, AnswerGroup, grouped
from bot.manage.documents import PATH as DOCUMENTS
from bot.manage.draft_reading import DraftReading
from bot.manage.editing import Editing
from bot.manage.people import Person
from bot.manage.roles import Role
from bot.manage.templating import manage_page
from bot.operations.content_check import checked_content
from bot.operations.draft_documents import DraftDocument
from bot.operations.published_draft import WORSE_TOLD
from bot.operations.replay import Comparison
from bot.operations.replay.checks import AnswerChecks
from knowledge.errors import Violation


def changes_page(
    request: Request,
    container: Container,
    person: Person,
    editing: Editing,
    checks: AnswerChecks,
    *,
    check: bool = False,
    problem: str = "",
    status: int = 200,
    done: str = "",
    why: str = "",
    meant: Sequence[str] = (),
) -> HTMLResponse:
    """`check`: read the draft through and, where that finds nothing, ask it the questions. `meant`:
    the ids of the worse answers that are ticked."""
    content = editing.now()
    read = DraftReading.of(editing, container, content)
    answers = checks.find(container, content.draft) if content.draft else None
    # Where something were wrong, the answers would not have been checked.
    slips: tuple[Violation, ...] | None = () if answers else None
    if content.draft and (check or read.broken):
        found = checked_content(content.folder, container.settings.data_dir).slips
        slips = (*found, *(each for each in read.broken if each not in found))
        if not slips:
            answers = checks.begin(container, content.draft, content.folder)
    comparison = answers.comparison if answers else None
    return manage_page(
        request,
        container,
        "manage/changes.html",
        person,
        status=status,
        draft=content.draft,
        read=read,
        slips=slips,
        mended_at=_mended_at(slips or (), read.documents),
        answers=answers,
        worse_groups=grouped(comparison.regressions[:WORSE_TOLD]) if comparison else [],
        others=_others(comparison) if comparison else [],
        called=CALLED,
        most_meant=WORSE_TOLD,
        why=why,
        meant=meant,
        problem=problem,
        may_edit=person.role.includes(Role.EDITOR),
        may_publish=person.role.includes(Role.APPROVER),
        done=done,
    )


def _others(comparison: Comparison) -> list[AnswerGroup]:
    """What the draft changes, and does not make worse."""
    worse = {each.id for each in comparison.regressions}
    return grouped(each for each in comparison.changed if each.id not in worse)


def _mended_at(
    slips: tuple[Violation, ...], documents: list[DraftDocument]
) -> dict[Violation, str]:
    """The address of the form that mends a slip, where there is one."""
    found: dict[Violation, str] = {}
    for slip in slips:
        for each in documents:
            if place := each.place_of(slip):
                query = urlencode({"key": place.key})
                found[slip] = f"{DOCUMENTS}/{each.compared.id}/place?{query}"
                break
    return found
