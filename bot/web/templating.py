"""What all pages share: templates, dates in words, and who runs the assistant."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from bot.container import Container
from bot.messages import ENGLISH
from bot.web.emphasis import emphasised
from bot.web.languages import spoken
from bot.web.numbers import ringable
from bot.web.widget_files import HELP_NOW, assets

FOLDER = Path(__file__).resolve().parent


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


TEMPLATES = Jinja2Templates(FOLDER / "templates", context_processors=[assets])
TEMPLATES.env.filters["day"] = _day
TEMPLATES.env.filters["ringable"] = ringable
TEMPLATES.env.filters["emphasised"] = emphasised


def page(
    request: Request, container: Container, name: str, status: int = 200, **context: object
) -> HTMLResponse:
    """A page is not stored by a browser or a proxy: it may hold what a person said."""
    shared = {
        "partnership": container.contacts.partnership,
        "help_now": container.contacts.of(*HELP_NOW),
        "phrases": container.phrases,
        "language": spoken(container, ENGLISH),
        "run_by": container.settings.run_by,
        "signed_in": bool(request.scope.get("session", {}).get("id")),
    }
    return TEMPLATES.TemplateResponse(
        request,
        name,
        {**shared, **context},
        status_code=status,
        headers={"Cache-Control": "no-store"},
    )
