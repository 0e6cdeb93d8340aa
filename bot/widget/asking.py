"""The chat for a browser without scripts: a form is sent, a page comes back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse
from fastapi.security import HTTPAuthorizationCredentials
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from bot.api.access import Client, PartsDep, authenticate
from bot.api.conversations import forget_conversation
from bot.conversations import Conversation, Turn
from bot.examination import Examined, Said
from bot.parts import Parts
from bot.problems import Problem, database_unreachable
from bot.store import in_database
from bot.turn import Reply
from bot.widget.site import page

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


class Held(BaseModel):
    """What the hidden fields of a form hold: the conversation so far, and a key for this turn."""

    conversation: str = ""
    token: str = ""
    key: str = ""


class Asked(Held):
    text: str = ""
    choice: str = ""


@dataclass(frozen=True)
class Talk:
    """A conversation that the next form goes on with."""

    conversation: Conversation
    token: str
    key: str = field(default_factory=lambda: secrets.token_hex(16))


class Asking:
    """Who asks, found out or opened only once the words are read."""

    def __init__(self, parts: Parts, client: str, asked: Asked) -> None:
        self._parts = parts
        self._client = client
        self._asked = asked
        self.talk: Talk | None = None

    async def conversation(self) -> Conversation:
        """Raises Problem."""
        if self._asked.conversation:
            found = await _authenticate(self._parts, self._asked)
            self.talk = Talk(found, self._asked.token)
            return found
        opened, token = await in_database(
            self._parts.conversations.open, self._parts.settings.area, "guidance"
        )
        await self._parts.turns.open(opened)
        self.talk = Talk(opened, token)
        return opened


@router.post("/ask")
async def ask(
    request: Request, parts: PartsDep, client: Client, asked: Annotated[Asked, Form()]
) -> HTMLResponse:
    choice = None if asked.text.strip() else asked.choice or None
    said = Said(
        asked.text,
        choice,
        key=asked.key or None,
        client=client,
        conversation=asked.conversation or None,
    )
    asking = Asking(parts, client, asked)
    try:
        examined = await parts.examiner.examine(said)
        reply = await parts.turns.take(examined, asking.conversation)
    except Problem as problem:
        return _refused(request, parts, problem, asking.talk)
    except SQLAlchemyError:
        return _refused(request, parts, database_unreachable(), asking.talk)
    earlier = await _earlier(parts, asking.talk, reply)
    return page(
        request,
        parts,
        "answer.html",
        talk=asking.talk,
        said=_shown(examined),
        messages=reply.messages,
        earlier=earlier,
    )


def _shown(examined: Examined) -> str | None:
    """The words typed, redacted. A child's words are not shown again, as they are not kept."""
    redaction = examined.redaction
    is_child = examined.alert is not None and examined.alert.reason == "child_user"
    return redaction.text if redaction and not is_child else None


async def _earlier(parts: Parts, talk: Talk | None, reply: Reply) -> list[Turn]:
    """The turns before this one; none where they cannot be read, so that the reply is shown."""
    if talk is None or not reply.turn:
        return []
    try:
        turns = await in_database(parts.conversations.exchange, talk.conversation)
    except SQLAlchemyError:
        return []
    return [turn for turn in turns if turn.number < reply.turn]


@router.post("/ask/delete")
async def delete(request: Request, parts: PartsDep, held: Annotated[Held, Form()]) -> HTMLResponse:
    try:
        conversation = await _authenticate(parts, held)
        await forget_conversation(conversation, parts)
    except Problem as problem:
        return _refused(request, parts, problem, None)
    except SQLAlchemyError:
        return _refused(request, parts, database_unreachable(), None)
    return page(request, parts, "deleted.html")


async def _authenticate(parts: Parts, held: Held) -> Conversation:
    bearer = HTTPAuthorizationCredentials(scheme="Bearer", credentials=held.token)
    return await authenticate(parts, held.conversation, bearer)


def _refused(request: Request, parts: Parts, problem: Problem, talk: Talk | None) -> HTMLResponse:
    return page(request, parts, "answer.html", problem.status, problem=problem.body, talk=talk)
