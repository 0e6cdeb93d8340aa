"""What all pages share: templates, dates in words, and who runs the assistant."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from bot.container import Container

FOLDER = Path(__file__).resolve().parent
STATIC = FOLDER / "static"


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


TEMPLATES = Jinja2Templates(FOLDER / "templates")
TEMPLATES.env.filters["day"] = _day


def page(
    request: Request, container: Container, name: str, status: int = 200, **context: object
) -> HTMLResponse:
    """A page is not stored by a browser or a proxy: it may hold what a person said."""
    shared = {
        "partnership": container.contacts.partnership,
        "phrases": container.phrases,
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
