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

from bot.api.authentication import Client, ContainerDep, authenticate
from bot.api.conversations import forget_conversation
from bot.api.problems import STATUS, database_unreachable, problem_details
from bot.container import Container
from bot.conversation.store import Conversation, StoredTurn
from bot.conversation.turns import Reply
from bot.errors import Refusal
from bot.storage.engine import in_database
from bot.understanding.screening import ScreenedMessage, UserMessage
from bot.web.templating import page

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


class ConversationForm(BaseModel):
    """What the hidden fields of a form hold: the conversation so far, and a key for this turn."""

    conversation: str = ""
    token: str = ""
    key: str = ""


class AskForm(ConversationForm):
    text: str = ""
    choice: str = ""


@dataclass(frozen=True)
class OpenConversation:
    """A conversation that the next form goes on with."""

    conversation: Conversation
    token: str
    key: str = field(default_factory=lambda: secrets.token_hex(16))


class FormCaller:
    """Who asks, found out or opened only once the words are read."""

    def __init__(self, container: Container, client: str, asked: AskForm) -> None:
        self._container = container
        self._client = client
        self._asked = asked
        self.talk: OpenConversation | None = None

    async def conversation(self) -> Conversation:
        """Raises a Refusal."""
        if self._asked.conversation:
            found = await _authenticate(self._container, self._asked)
            self.talk = OpenConversation(found, self._asked.token)
            return found
        opened, token = await in_database(
            self._container.conversations.open, self._container.settings.area, "guidance"
        )
        await self._container.turns.open(opened)
        self.talk = OpenConversation(opened, token)
        return opened


@router.post("/ask")
async def ask(
    request: Request, container: ContainerDep, client: Client, asked: Annotated[AskForm, Form()]
) -> HTMLResponse:
    choice = None if asked.text.strip() else asked.choice or None
    said = UserMessage(
        asked.text,
        choice,
        key=asked.key or None,
        client=client,
        conversation=asked.conversation or None,
    )
    asking = FormCaller(container, client, asked)
    try:
        screened = await container.screener.screen(said)
        reply = await container.turns.take(screened, asking.conversation)
    except Refusal as refusal:
        return _refused(request, container, refusal, asking.talk)
    except SQLAlchemyError:
        return _refused(request, container, database_unreachable(), asking.talk)
    earlier = await _earlier(container, asking.talk, reply)
    return page(
        request,
        container,
        "answer.html",
        talk=asking.talk,
        said=_shown(screened),
        messages=reply.messages,
        turn=reply.turn,
        earlier=earlier,
    )


def _shown(screened: ScreenedMessage) -> str | None:
    """The words typed, redacted. A child's words are not shown again, as they are not kept."""
    redaction = screened.redaction
    is_child = screened.alert is not None and screened.alert.reason == "child_user"
    return redaction.text if redaction and not is_child else None


async def _earlier(
    container: Container, talk: OpenConversation | None, reply: Reply
) -> list[StoredTurn]:
    """The turns before this one; none where they cannot be read, so that the reply is shown."""
    if talk is None or not reply.turn:
        return []
    try:
        turns = await in_database(container.conversations.exchange, talk.conversation)
    except SQLAlchemyError:
        return []
    return [turn for turn in turns if turn.number < reply.turn]


@router.post("/ask/delete")
async def delete(
    request: Request, container: ContainerDep, held: Annotated[ConversationForm, Form()]
) -> HTMLResponse:
    try:
        conversation = await _authenticate(container, held)
        await forget_conversation(conversation, container)
    except Refusal as refusal:
        return _refused(request, container, refusal, None)
    except SQLAlchemyError:
        return _refused(request, container, database_unreachable(), None)
    return page(request, container, "deleted.html")


async def _authenticate(container: Container, held: ConversationForm) -> Conversation:
    bearer = HTTPAuthorizationCredentials(scheme="Bearer", credentials=held.token)
    return await authenticate(container, held.conversation, bearer)


def _refused(
    request: Request, container: Container, refusal: Refusal, talk: OpenConversation | None
) -> HTMLResponse:
    return page(
        request,
        container,
        "answer.html",
        STATUS[refusal.reason],
        problem=problem_details(refusal, container.phrases),
        talk=talk,
    )
