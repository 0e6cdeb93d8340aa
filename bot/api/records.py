"""The decision record to take away, over the API and from a page without scripts."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Response
from fastapi.security import HTTPAuthorizationCredentials

from bot.api.authentication import ContainerDep, ConversationDep, authenticate
from bot.api.problems import problem_responses
from bot.record import Format, Record
from bot.storage.engine import in_database

router = APIRouter(prefix="/conversations", tags=["conversations"])
page = APIRouter(include_in_schema=False)

MOST_TURNS = 1_000_000
EndedByTurn = Annotated[
    int | None,
    Query(ge=0, le=MOST_TURNS, description="Of the last walk that had ended by this turn."),
]

NOTHING_BUT_ITS_STYLE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The record, as a file. `Content-Disposition` names it by day and flow",
        "content": {
            media_type: {"schema": {"type": "string", "format": "binary"}}
            for media_type in (
                "text/markdown",
                "text/html",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            )
        },
    }
}


@router.get(
    "/{conversation_id}/record",
    response_class=Response,
    responses=FILES | problem_responses(401, 404),
)
async def read_record(
    conversation: ConversationDep,
    container: ContainerDep,
    format: Format = "markdown",
    turn: EndedByTurn = None,
) -> Response:
    record = await in_database(container.records.last, conversation, format, turn)
    return file_response(record, "attachment")


@page.post("/record")
async def print_record(
    container: ContainerDep,
    conversation: Annotated[str, Form()],
    token: Annotated[str, Form()],
    turn: Annotated[int | None, Form(ge=0, le=MOST_TURNS)] = None,
) -> Response:
    """A form, so that the token stands in no address."""
    bearer = HTTPAuthorizationCredentials(scheme="Bearer", credentials=token)
    mine = await authenticate(container, conversation, bearer)
    record = await in_database(container.records.last, mine, "html", turn)
    return printable(record)


def printable(record: Record) -> Response:
    """To read and print in the browser."""
    response = file_response(record, "inline")
    response.headers["Content-Security-Policy"] = NOTHING_BUT_ITS_STYLE
    return response


def file_response(record: Record, disposition: str) -> Response:
    headers = {
        "Content-Disposition": content_disposition(disposition, record.file_name),
        "Cache-Control": "no-store",
    }
    return Response(record.content, media_type=record.media_type, headers=headers)


def content_disposition(disposition: str, file_name: str) -> str:
    """The name in ASCII for who reads nothing else, and as it is (RFC 6266)."""
    plain = unicodedata.normalize("NFKD", file_name).encode("ascii", "ignore").decode()
    return f"{disposition}; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"
