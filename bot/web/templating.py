"""What all pages share: templates, dates in words, and who runs the assistant."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from markupsafe import Markup, escape

from bot.container import Container
from bot.messages import ENGLISH
from bot.web.emphasis import emphasised
from bot.web.languages import spoken
from bot.web.widget_files import HELP_NOW, assets

FOLDER = Path(__file__).resolve().parent
NUMBER = re.compile(r"\b(?:999|101|111|116 ?\d{3}|0\d{2,4} ?\d{3,4}(?: ?\d{3,4})?)\b")
"""A number as the contacts write it. `contacts.js` has the same, for where scripts run."""


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


def _ringable(text: str) -> Markup:
    """The text with each number that a phone can ring as a link."""
    parts = []
    at = 0
    for found in NUMBER.finditer(text):
        number = found.group()
        parts += [escape(text[at : found.start()]), _ring(number)]
        at = found.end()
    return Markup("").join([*parts, escape(text[at:])])


def _ring(number: str) -> Markup:
    return Markup('<a href="tel:{}">{}</a>').format(number.replace(" ", ""), number)


TEMPLATES = Jinja2Templates(FOLDER / "templates", context_processors=[assets])
TEMPLATES.env.add_extension("jinja2.ext.do")
TEMPLATES.env.filters["day"] = _day
TEMPLATES.env.filters["ringable"] = _ringable
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
