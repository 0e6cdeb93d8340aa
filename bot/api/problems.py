"""Errors as `application/problem+json` (RFC 9457): a stable `type`, never the user's text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

IN_DANGER = "If a child is in danger, call 999."
TYPE = "urn:first-principles:problem:"


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


class Problem(Exception):
    """An error with an answer: what is wrong and what to do next."""

    def __init__(
        self,
        status: int,
        kind: str,
        title: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(kind)
        self.status = status
        self.kind = kind
        self.headers = dict(headers or {})
        self.body = {
            "type": TYPE + kind,
            "title": title,
            "status": status,
            "detail": detail,
            **members,
        }

    def response(self) -> JSONResponse:
        return JSONResponse(
            self.body, self.status, self.headers, media_type="application/problem+json"
        )


def not_found() -> Problem:
    return Problem(404, "not-found", "There is nothing here", "Check the address.")


def internal() -> Problem:
    return Problem(
        500,
        "internal",
        "Something went wrong here",
        f"{IN_DANGER} Nothing you sent was lost. Try again in a minute.",
    )


def database_unreachable() -> Problem:
    return Problem(
        503,
        "database-unreachable",
        "The assistant cannot keep anything just now",
        f"{IN_DANGER} Its database does not answer. Try again in a minute.",
        headers={"Retry-After": "30"},
    )


def encoder_failed() -> Problem:
    return Problem(
        503,
        "encoder-failed",
        "The sources cannot be searched just now",
        f"{IN_DANGER} Try again in a minute, and tell whoever runs the assistant.",
        headers={"Retry-After": "30"},
    )


def body_too_large() -> Problem:
    return of_status(413)


def of_status(status: int, headers: Mapping[str, str] | None = None) -> Problem:
    kind, title, detail = STATUS_PROBLEMS[status]
    return Problem(status, kind, title, f"{IN_DANGER} {detail}", headers=headers)


def headers_too_large() -> Problem:
    return Problem(
        431, "headers-too-large", "The headers are too large", f"Send fewer headers. {IN_DANGER}"
    )


STATUS_PROBLEMS = {
    400: ("bad-request", "The request cannot be read", "Check its form and send it again."),
    401: ("unauthorised", "A token is needed", "Send the conversation's token as a bearer."),
    403: ("forbidden", "This is not allowed", "Ask whoever runs this service for access."),
    405: ("method-not-allowed", "This address does not do that", "See /openapi.json."),
    408: ("too-slow", "The request came in too slowly", "Send it again, all at once."),
    413: ("body-too-large", "The request is too large", "A text has at most 2,000 characters."),
    415: ("not-json", "The request is not JSON", "Send JSON with Content-Type application/json."),
}


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For OpenAPI: the errors that an operation may answer with."""
    content = {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}
    }
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


def install(app: FastAPI) -> None:
    @app.exception_handler(Problem)
    async def problem(_: Request, error: Problem) -> JSONResponse:
        return error.response()

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        return invalid_request(error).response()

    @app.exception_handler(HTTPException)
    async def http(_: Request, error: HTTPException) -> JSONResponse:
        if error.status_code not in STATUS_PROBLEMS:
            return not_found().response()
        return of_status(error.status_code, error.headers).response()


def describe(app: FastAPI) -> None:
    """Puts the form of an error into the description of the API, in the place of FastAPI's own."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        document = plain()
        document["components"]["schemas"]["ProblemDetails"] = ProblemDetails.model_json_schema()
        return document

    app.openapi = openapi  # type: ignore[method-assign] # FastAPI's own way to extend it


def invalid_request(error: RequestValidationError) -> Problem:
    """Where the request is wrong, and how; the wrong value itself is left out.

    Only names that this API knows can stand in `where`: bodies ignore unknown fields.
    """
    wrong = [
        {"where": ".".join(str(part) for part in each["loc"]), "what": each["type"]}
        for each in error.errors()
    ]
    if any(each["what"] == "json_invalid" for each in wrong):
        return Problem(
            422,
            "invalid-json",
            "The body is not valid JSON",
            f"Send a JSON object in UTF-8. {IN_DANGER}",
        )
    return Problem(
        422,
        "invalid-request",
        "The request is not valid",
        f"{IN_DANGER} Mend what `errors` names, or see /openapi.json for what is expected.",
        errors=wrong,
    )
