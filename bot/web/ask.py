"""The chat for a browser without scripts: a form is sent, and leads to a page of its own.

Back and Reload load a page again and send nothing. The token is in a cookie of the conversation
(`bot.web.conversation_cookie`), and in no address.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.security import HTTPAuthorizationCredentials
from pydantic import BaseModel, Field
from sqlalchemy.exc import SQLAlchemyError

from bot.api.authentication import Client, ContainerDep, authenticate
from bot.api.conversations import forget_conversation
from bot.api.problems import (
    STATUS,
    database_unreachable,
    not_found,
    problem_headers,
    words_on_a_page,
)
from bot.api.records import MOST_TURNS, EndedByTurn, file_response, printable
from bot.container import Container
from bot.conversation.store import Conversation
from bot.conversation.turns import Reply
from bot.errors import Refusal, RefusalReason
from bot.induction.codes import to_keep
from bot.messages import FeedbackReason
from bot.storage.engine import in_database
from bot.understanding.screening import LONGEST, ScreenedMessage, UserMessage
from bot.web.conversation_cookie import Token, address, forget, remember
from bot.web.origin import from_here
from bot.web.shown_turns import ShownTurn, shown_turns
from bot.web.templating import page

router = APIRouter(prefix="/ask", include_in_schema=False, default_response_class=HTMLResponse)

ABOUT_THE_TEXT: tuple[RefusalReason, ...] = ("text-empty", "text-too-long", "not-text")
OVER: tuple[RefusalReason, ...] = ("wrong-token", "expired-token")


class AskForm(BaseModel):
    """`key` makes a form that is sent twice one turn."""

    text: str = ""
    choice: str = ""
    key: str = ""


class FeedbackForm(BaseModel):
    turn: int = Field(ge=0, le=MOST_TURNS)
    rating: Literal["useful", "not_useful"]
    reason: FeedbackReason | None = None


@dataclass(frozen=True)
class OpenConversation:
    """A conversation that the next form goes on with."""

    conversation: Conversation
    key: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def address(self) -> str:
        return address(self.conversation.id)


class FormCaller:
    """Who asks, found out or opened only once the words are read. `token` is that of a conversation
    just opened."""

    def __init__(
        self, request: Request, container: Container, held: tuple[str, str] | None = None
    ) -> None:
        self._request = request
        self._container = container
        self._held = held
        self.talk: OpenConversation | None = None
        self.token: str | None = None

    async def conversation(self) -> Conversation:
        """Raises a Refusal."""
        from_here(self._request)
        container = self._container
        if self._held:
            found = await _authenticate(container, *self._held)
        else:
            found, self.token = await in_database(
                container.conversations.open, container.settings.area, "guidance"
            )
            await container.turns.open(found)
        self.talk = OpenConversation(found)
        return found


@router.get("")
def begin() -> Response:
    """For whoever comes to the address of the form: it stands on the start page."""
    return RedirectResponse("/", 303)


@router.post("")
async def ask(
    request: Request, container: ContainerDep, client: Client, asked: Annotated[AskForm, Form()]
) -> Response:
    caller = FormCaller(request, container)
    response = await _take(request, container, client, asked, None, caller)
    if caller.talk and caller.token:
        remember(response, container.settings, caller.talk.conversation.id, caller.token)
    return response


@router.get("/deleted")
def deleted(request: Request, container: ContainerDep) -> HTMLResponse:
    return page(request, container, "deleted.html")


@router.post("/{conversation_id}")
async def go_on(
    request: Request,
    container: ContainerDep,
    client: Client,
    conversation_id: str,
    asked: Annotated[AskForm, Form()],
    token: Token = "",
) -> Response:
    caller = FormCaller(request, container, (conversation_id, token))
    return await _take(request, container, client, asked, conversation_id, caller)


@dataclass(frozen=True)
class Held:
    """A browser that comes back to its conversation, with what it was given for it."""

    request: Request
    container: Container
    conversation_id: str
    token: str

    async def answer(self, act: Callable[[OpenConversation], Awaitable[Response]]) -> Response:
        """What `act` makes of the conversation, or a page that says why it cannot be had."""
        talk = None
        try:
            found = await _authenticate(self.container, self.conversation_id, self.token)
            talk = OpenConversation(found)
            return await act(talk)
        except Refusal as refusal:
            return _refused(self.request, self.container, refusal, talk)
        except SQLAlchemyError:
            return _refused(self.request, self.container, database_unreachable(), talk)


def held(
    request: Request, container: ContainerDep, conversation_id: str, token: Token = ""
) -> Held:
    return Held(request, container, conversation_id, token)


HeldDep = Annotated[Held, Depends(held)]


@router.get("/{conversation_id}")
async def read(
    held: HeldDep, turn: Annotated[int | None, Query(ge=0, le=MOST_TURNS)] = None
) -> Response:
    """The last reply on top, or that of `turn`, where somebody has gone back to it."""
    container = held.container

    async def shown(talk: OpenConversation) -> Response:
        conversations = container.conversations
        turns = await in_database(conversations.exchange, talk.conversation)
        ratings = await in_database(conversations.ratings, talk.conversation)
        shown = shown_turns(turns, container.phrases.widget)
        on_top = next((each for each in shown if each.number == turn), shown[-1])
        return page(
            held.request,
            container,
            "answer.html",
            talk=talk,
            turn=on_top,
            earlier=[each for each in shown if 0 < each.number < on_top.number],
            is_latest=on_top is shown[-1],
            rating=ratings.get(on_top.number),
            longest=LONGEST,
        )

    return await held.answer(shown)


@router.get("/{conversation_id}/delete")
async def ask_before_deletion(held: HeldDep) -> Response:
    async def asked(talk: OpenConversation) -> Response:
        return page(held.request, held.container, "delete_conversation.html", talk=talk)

    return await held.answer(asked)


@router.post("/{conversation_id}/delete", dependencies=[Depends(from_here)])
async def delete(held: HeldDep) -> Response:
    async def deleted(talk: OpenConversation) -> Response:
        await forget_conversation(talk.conversation, held.container)
        response = RedirectResponse(address("deleted"), 303)
        forget(response, talk.conversation.id)
        return response

    return await held.answer(deleted)


@router.get("/{conversation_id}/record")
async def record(
    held: HeldDep, turn: EndedByTurn = None, format: Literal["html", "docx"] = "html"
) -> Response:
    async def made(talk: OpenConversation) -> Response:
        found = await in_database(held.container.records.last, talk.conversation, format, turn)
        return printable(found) if format == "html" else file_response(found, "attachment")

    return await held.answer(made)


@router.post("/{conversation_id}/feedback", dependencies=[Depends(from_here)])
async def give_feedback(held: HeldDep, given: Annotated[FeedbackForm, Form()]) -> Response:
    async def counted(talk: OpenConversation) -> Response:
        use = held.container.use
        if not await use.rate(talk.conversation, given.turn, given.rating, given.reason):
            raise not_found()
        return RedirectResponse(f"{talk.address}?turn={given.turn}#helped", 303)

    return await held.answer(counted)


async def _take(
    request: Request,
    container: Container,
    client: str,
    asked: AskForm,
    conversation_id: str | None,
    caller: FormCaller,
) -> Response:
    choice = None if asked.text.strip() else asked.choice or None
    said = UserMessage(
        asked.text, choice, key=asked.key or None, client=client, conversation=conversation_id
    )
    try:
        screened = await container.screener.screen(said)
        reply = await container.turns.take(screened, caller.conversation)
    except Refusal as refusal:
        return _refused(request, container, refusal, caller.talk, asked.text)
    except SQLAlchemyError:
        return _refused(request, container, database_unreachable(), caller.talk, asked.text)
    if caller.talk and _can_be_read_again(reply):
        return RedirectResponse(f"{caller.talk.address}?turn={reply.turn}", 303)
    return page(
        request,
        container,
        "answer.html",
        talk=caller.talk,
        turn=ShownTurn(reply.turn, _shown(screened), reply.messages),
        earlier=[],
        is_latest=True,
        longest=LONGEST,
    )


def _can_be_read_again(reply: Reply) -> bool:
    """Not a safety reply that could not be kept, nor a learner's new code."""
    return bool(reply.turn) and to_keep(reply.messages) == reply.messages


def _shown(screened: ScreenedMessage) -> str | None:
    """The words typed, redacted. A child's words are not shown again, as they are not kept."""
    redaction = screened.redaction
    is_child = screened.alert is not None and screened.alert.reason == "child_user"
    return redaction.text if redaction and not is_child else None


async def _authenticate(container: Container, conversation_id: str, token: str) -> Conversation:
    """Raises a Refusal. The cookie of another conversation is as good as none."""
    bearer = HTTPAuthorizationCredentials(scheme="Bearer", credentials=token)
    try:
        return await authenticate(container, conversation_id, bearer)
    except Refusal as refusal:
        raise refusal if refusal.reason in OVER else Refusal("wrong-token") from None


def _refused(
    request: Request,
    container: Container,
    refusal: Refusal,
    talk: OpenConversation | None = None,
    text: str = "",
) -> HTMLResponse:
    """What to do, with the words that were not taken, unless another site has put them there. Where
    the conversation is not to be had, whom to ring: its last reply may have been about danger."""
    title, detail = words_on_a_page(refusal, container.phrases)
    response = page(
        request,
        container,
        "not_taken.html",
        STATUS[refusal.reason],
        title=title,
        detail=detail,
        talk=talk,
        text="" if refusal.reason == "sent-from-elsewhere" else text,
        is_about_the_text=refusal.reason in ABOUT_THE_TEXT,
        is_help_open=refusal.reason in OVER,
        longest=LONGEST,
    )
    response.headers.update(problem_headers(refusal))
    return response
