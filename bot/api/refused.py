"""What is refused: a page for whoever reads pages, and for a program the problem."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from bot.api.problems import (
    OF_STATUS,
    STATUS,
    invalid_request,
    not_found,
    problem_headers,
    problem_response,
    words_on_a_page,
)
from bot.api.public_paths import API
from bot.container import Container
from bot.content.phrases import Phrases
from bot.errors import Refusal
from bot.web.numbers import ringable
from bot.web.templating import page

HTML = "text/html"
UNDRAWN = Markup(
    '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>{0}</title></head><body><main><h1>{0}</h1><p>{1}</p></main></body></html>"
)
JSON = ("application/json", "application/problem+json")


def install(app: FastAPI, phrases: Phrases) -> None:
    """Every refusal, of ours or of the framework's, in the same form."""

    @app.exception_handler(Refusal)
    async def refused(request: Request, error: Refusal) -> Response:
        return refusal_response(request, error, phrases)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return refusal_response(request, invalid_request(error), phrases)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        reason = OF_STATUS.get(error.status_code)
        if reason is None:
            return refusal_response(request, not_found(), phrases)
        return refusal_response(request, Refusal(reason), phrases, error.headers)


def refusal_response(
    request: Request,
    refusal: Refusal,
    phrases: Phrases,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The page is the same for everybody, and repeats nothing of the address: below `/manage` it
    tells a stranger no more than elsewhere."""
    if not wants_page(request):
        return problem_response(refusal, phrases, headers)
    container: Container = request.app.state.container
    title, detail = words_on_a_page(refusal, phrases)
    response = page(
        request,
        container,
        "missing.html" if refusal.reason == "not-found" else "refused.html",
        STATUS[refusal.reason],
        title=title,
        detail=detail,
    )
    response.headers.update({**(headers or {}), **problem_headers(refusal)})
    return response


def undrawn_response(request: Request, refusal: Refusal, phrases: Phrases) -> Response:
    """The same where no template can be drawn: the words alone, with their numbers to ring."""
    if not wants_page(request):
        return problem_response(refusal, phrases)
    title, detail = words_on_a_page(refusal, phrases)
    words = UNDRAWN.format(title, ringable(detail))
    return HTMLResponse(words, STATUS[refusal.reason], {"Cache-Control": "no-store"})


def wants_page(request: Request) -> bool:
    """Whether whoever asks would rather read a page than JSON. A program that names neither gets
    JSON, and the API has no pages."""
    if request.scope["path"].startswith(API):
        return False
    accepted = _accepted(request.headers.get("Accept", ""))
    return accepted.get(HTML, 0.0) > max(accepted.get(each, 0.0) for each in JSON)


def _accepted(header: str) -> dict[str, float]:
    """How much each kind of content is wanted (RFC 9110, section 12.5.1)."""
    accepted = {}
    for part in header.split(","):
        kind, *parameters = (each.strip().lower() for each in part.split(";"))
        weights = (each.removeprefix("q=") for each in parameters if each.startswith("q="))
        accepted[kind] = _weight(next(weights, "1"))
    return accepted


def _weight(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return 0.0
