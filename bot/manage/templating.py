"""How a page at `/manage` is drawn."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse

from bot.container import Container
from bot.manage.editing import editing_of
from bot.manage.laid_out import laid_out, opening
from bot.manage.names import called, edited_names, in_words, says, text_of, where
from bot.manage.navigation import nav_for
from bot.manage.people import Person
from bot.manage.roles import Role
from bot.manage.slip_words import is_file, sentence
from bot.manage.workbench import get_workbench
from bot.operations.edition_words import EditionWords
from bot.rendering.local_time import LOCAL
from bot.web.templating import TEMPLATES
from knowledge.areas import area_name
from knowledge.notices import notice_name


def _moment(at: datetime, zone: ZoneInfo = LOCAL) -> str:
    return f"{at.astimezone(zone):%-d %B %Y, %H:%M}"


TEMPLATES.env.filters["moment"] = _moment
TEMPLATES.env.filters["laid_out"] = laid_out
TEMPLATES.env.filters["opening"] = opening
TEMPLATES.env.filters["called"] = called
TEMPLATES.env.filters["in_words"] = in_words
TEMPLATES.env.filters["edition_words"] = EditionWords.of
TEMPLATES.env.filters["notice_name"] = notice_name
TEMPLATES.env.filters["where"] = where
TEMPLATES.env.filters["says"] = says
TEMPLATES.env.filters["text_of"] = text_of
TEMPLATES.env.filters["sentence"] = sentence
TEMPLATES.env.tests["in_file"] = is_file
TEMPLATES.env.filters["area"] = area_name


def manage_page(
    request: Request,
    container: Container,
    name: str,
    person: Person | None,
    /,
    *,
    status: int = 200,
    **context: object,
) -> HTMLResponse:
    """`name` is the template's, below `templates/`: `manage/history.html`.

    The template gets `person`, `nav` and `csrf`, which every form sends along:
    `<input type="hidden" name="csrf" value="{{ csrf }}">`. `by_itself`: whether a page that waits
    asks again (`manage/asking_again.html`).
    """
    workbench, token = get_workbench(request), request.state.manage_token
    shared = {
        "person": person,
        "roles": list(Role),
        "nav": nav_for(person) if person else [],
        "here": request.url.path,
        "by_itself": "still" not in request.query_params,
        "csrf": workbench.cookie.csrf(token),
        "by_provider": workbench.by_provider,
        "partnership": container.contacts.partnership,
        "run_by": container.settings.run_by,
        "names": edited_names(editing_of(container)),
    }
    response = TEMPLATES.TemplateResponse(request, name, {**shared, **context}, status_code=status)
    if request.state.manage_token_is_new:
        workbench.cookie.set(response, token)
    return response
