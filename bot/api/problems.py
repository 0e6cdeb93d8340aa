"""Refusals as `application/problem+json` (RFC 9457): a stable `type`, never the user's text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from starlette.responses import JSONResponse

from bot.content.phrases import Phrases
from bot.conversation.rate_limits import RateLimited
from bot.errors import Refusal, RefusalReason

TYPE = "urn:first-principles:problem:"
MEDIA_TYPE = "application/problem+json"

STATUS: dict[RefusalReason, int] = {
    "bad-activity": 400,
    "bad-request": 400,
    "body-too-large": 413,
    "choice-not-on-offer": 422,
    "database-unreachable": 503,
    "encoder-failed": 503,
    "expired-token": 401,
    "forbidden": 403,
    "foreign-organisation": 403,
    "headers-too-large": 431,
    "internal": 500,
    "invalid-json": 422,
    "invalid-request": 422,
    "keys-unreachable": 503,
    "link-over": 404,
    "method-not-allowed": 405,
    "no-record": 404,
    "not-found": 404,
    "not-from-microsoft": 401,
    "not-json": 415,
    "not-one-of-both": 422,
    "not-readable-now": 503,
    "not-ready": 503,
    "not-removed": 503,
    "not-text": 422,
    "sent-from-elsewhere": 403,
    "sign-in-elsewhere": 401,
    "sign-in-needed": 401,
    "sign-in-refused": 401,
    "sign-in-unchecked": 503,
    "sign-in-unreachable": 503,
    "sign-out-failed": 503,
    "switched-off": 503,
    "text-empty": 422,
    "text-too-long": 422,
    "too-many-at-once": 429,
    "too-many-requests": 429,
    "too-slow": 408,
    "turn-under-way": 409,
    "unauthorised": 401,
    "unknown-area": 422,
    "unknown-language": 422,
    "wrong-token": 401,
}
TYPES: dict[RefusalReason, str] = {
    "foreign-organisation": "not-on-the-list",
    "not-from-microsoft": "wrong-token",
    "not-one-of-both": "invalid-request",
    "too-many-at-once": "too-many-requests",
}
"""Where two refusals are one type of the contract, in other words."""

CHALLENGES: dict[RefusalReason, str] = {
    "expired-token": 'Bearer error="invalid_token"',
    "not-from-microsoft": "Bearer",
    "wrong-token": "Bearer",
}
"""`WWW-Authenticate` (RFC 9110)."""

OF_STATUS: dict[int, RefusalReason] = {
    400: "bad-request",
    401: "unauthorised",
    403: "forbidden",
    405: "method-not-allowed",
    408: "too-slow",
    413: "body-too-large",
    415: "not-json",
}
"""What the framework refuses by a status alone; every other status is `not-found`."""


class ProblemDetails(BaseModel):
    """What an error looks like; some kinds carry further members."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "example": {
                "type": f"{TYPE}text-too-long",
                "title": "The text is too long",
                "status": 422,
                "detail": "Send at most 2,000 characters. Shorten the text or send it in parts.",
            }
        },
    )

    type: str
    title: str
    status: int
    detail: str


def problem_details(refusal: Refusal, phrases: Phrases) -> dict[str, Any]:
    """The members of the problem, as JSON values."""
    words = phrases.refusals[refusal.reason]
    return {
        "type": TYPE + TYPES.get(refusal.reason, refusal.reason),
        "title": words.title,
        "status": STATUS[refusal.reason],
        "detail": words.detail.format(**refusal.blanks),
        **refusal.members,
    }


def words_on_a_page(refusal: Refusal, phrases: Phrases) -> tuple[str, str]:
    """What is wrong and what to do next, for a person."""
    words = phrases.refusals[refusal.reason]
    detail = words.on_a_page or words.detail
    return words.title_on_a_page or words.title, detail.format(**refusal.blanks)


def problem_headers(refusal: Refusal) -> dict[str, str]:
    headers: dict[str, str] = {}
    if isinstance(refusal, RateLimited):
        headers |= refusal.allowance.headers
    if refusal.retry_after_s is not None:
        headers["Retry-After"] = str(refusal.retry_after_s)
    if challenge := CHALLENGES.get(refusal.reason):
        headers["WWW-Authenticate"] = challenge
    return headers


def problem_response(
    refusal: Refusal, phrases: Phrases, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    return JSONResponse(
        problem_details(refusal, phrases),
        STATUS[refusal.reason],
        {**(headers or {}), **problem_headers(refusal)},
        media_type=MEDIA_TYPE,
    )


def not_found() -> Refusal:
    return Refusal("not-found")


def database_unreachable() -> Refusal:
    return Refusal("database-unreachable", retry_after_s=30)


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For OpenAPI: the errors that an operation may answer with."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
    return {
        status: {"description": STATUS_TITLES[status], "content": content} for status in statuses
    }


STATUS_TITLES = {
    401: "The token is wrong, missing or expired",
    404: "There is nothing at this address, or it is not yours to see",
    409: "Another turn of this conversation is under way",
    413: "The request is too large",
    422: "The request is not valid; the conversation is unharmed",
    429: "Too many requests",
    500: "Something went wrong here",
    503: "A part of the assistant does not answer, or it is switched off",
}


def describe(app: FastAPI) -> None:
    """Puts the form of an error into the description of the API, in the place of FastAPI's own."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        document = plain()
        document["components"]["schemas"]["ProblemDetails"] = ProblemDetails.model_json_schema()
        return document

    app.openapi = openapi  # type: ignore[method-assign] # FastAPI's own way to extend it


def invalid_request(error: RequestValidationError) -> Refusal:
    """Where the request is wrong, and how; the wrong value itself is left out.

    Only names that this API knows can stand in `where`: bodies ignore unknown fields.
    """
    wrong = [
        {"where": ".".join(str(part) for part in each["loc"]), "what": each["type"]}
        for each in error.errors()
    ]
    if any(each["what"] == "json_invalid" for each in wrong):
        return Refusal("invalid-json")
    return Refusal("invalid-request", members={"errors": wrong})
