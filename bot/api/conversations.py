"""Conversations: open one, take a turn, read it again, take its record away, remove it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Body, Header, Response
from pydantic import BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema
from pydantic.config import JsonDict

from bot.api.areas import known_area
from bot.api.authentication import Bearer, Client, ContainerDep, ConversationDep, authenticate
from bot.api.problems import problem_responses
from bot.conversation.rasa_client import RasaUnavailable
from bot.conversation.store import Mode
from bot.errors import Refusal
from bot.messages import ENGLISH, Message
from bot.storage.engine import in_database
from bot.understanding.screening import LONGEST, UserMessage

router = APIRouter(prefix="/conversations", tags=["conversations"])


def _string(value: object) -> str:
    """Any string: one that is too long or broken is searched for danger before it is refused."""
    if not isinstance(value, str):
        raise ValueError("a string is expected")
    return value


TypedText = Annotated[
    str,
    PlainValidator(_string),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST}),
]
ChoiceId = Annotated[
    str,
    PlainValidator(_string),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 200}),
]


LanguageCode = Annotated[
    str,
    PlainValidator(_string),
    WithJsonSchema({"type": "string", "example": "cy"}),
]


class Opening(BaseModel):
    """`area` is the one whose own document comes first; see `/sources` for those there are."""

    model_config = ConfigDict(json_schema_extra={"example": {"area": "example-town"}})

    area: str | None = Field(default=None, max_length=80)
    mode: Mode = "guidance"


class Opened(BaseModel):
    conversation_id: str
    token: str
    expires_at: datetime
    messages: list[Message]


EXAMPLE: JsonDict = {
    "turn": 1,
    "messages": [
        {
            "type": "safety",
            "text": "If anyone is in danger now, …\n\nPolice, ambulance or fire: 999",
            "lead": "If anyone is in danger now, …",
            "reason": "immediate_danger",
            "interrupts": False,
            "contacts": [
                {"label": "Police, ambulance or fire", "detail": "999", "source": "fixed"}
            ],
        },
        {
            "type": "answer",
            "text": "The sources may not answer this. These are the nearest passages.\n\n…",
            "asked": "You asked: “who tells the school”",
            "lead": "The sources may not answer this. These are the nearest passages.",
            "confidence": "closest",
            "quotes": [],
            "where_to_ask": [
                {"label": "Safeguarding lead", "detail": "Your own", "source": "local"}
            ],
            "options": [{"id": "start:tell_parents", "label": "Do I tell the parents?"}],
            "did_you_mean": [{"id": "start:tell_parents", "label": "Do I tell the parents?"}],
        },
    ],
}
"""A reply in parts: danger is possible, and the sources may not answer."""


class TurnBody(BaseModel):
    """Exactly one of what was typed and what was clicked."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [{"required": ["text"]}, {"required": ["choice"]}],
            "example": {"text": "Can I share this without consent?"},
        }
    )

    text: TypedText | None = None
    choice: ChoiceId | None = None
    language: LanguageCode | None = Field(
        default=None,
        description="The one to speak of danger in (BCP 47), English where it is left out. It "
        "comes with each turn, because 999 waits for nothing that is kept.",
    )


class TurnReply(BaseModel):
    """Its messages come in one order: safety, privacy, what answers with the flows that go with it
    and whom to ask; last the open question of a flow."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    turn: int
    messages: list[Message]


class KeptTurn(TurnReply):
    """`said` is redacted; `choice` is the id of the option that was clicked."""

    said: str | None
    choice: str | None
    at: datetime


class Exchange(BaseModel):
    conversation_id: str
    area: str | None
    mode: str
    expires_at: datetime
    turns: list[KeptTurn]


@router.post("", status_code=201, responses=problem_responses(413, 422, 429))
async def open_conversation(
    container: ContainerDep, client: Client, opening: Annotated[Opening | None, Body()] = None
) -> Opened:
    await container.rate_limiter.client(client)
    opening = opening or Opening()
    area = known_area(container, opening.area)
    conversation, token = await in_database(container.conversations.open, area, opening.mode)
    first = await container.turns.open(conversation)
    return Opened(
        conversation_id=conversation.id,
        token=token,
        expires_at=conversation.expires_at,
        messages=first.messages,
    )


@router.post(
    "/{conversation_id}/messages", responses=problem_responses(401, 404, 409, 413, 422, 429, 503)
)
async def take_turn(
    conversation_id: str,
    container: ContainerDep,
    bearer: Bearer,
    body: TurnBody,
    client: Client,
    response: Response,
    idempotency_key: Annotated[str | None, Header()] = None,
) -> TurnReply:
    """Danger is answered before the token is looked at: 999 waits for no database."""
    choice = body.choice if body.text is None else None
    said = UserMessage(
        body.text or "",
        choice,
        key=idempotency_key,
        client=client,
        conversation=conversation_id,
        language=body.language or ENGLISH,
    )
    screened = await container.screener.screen(said)
    if not container.safety.speaks(said.language):
        spoken = container.safety.languages
        unknown = Refusal("unknown-language", members={"languages": spoken})
        screened = replace(screened, refusal=unknown)
    if (body.text is None) == (body.choice is None):
        screened = replace(screened, refusal=not_one_of_both())
    reply = await container.turns.take(
        screened, partial(authenticate, container, conversation_id, bearer)
    )
    if reply.allowance:
        response.headers.update(reply.allowance.headers)
    return TurnReply(turn=reply.turn, messages=reply.messages)


def not_one_of_both() -> Refusal:
    return Refusal(
        "not-one-of-both", members={"errors": [{"where": "body", "what": "value_error"}]}
    )


@router.get("/{conversation_id}", responses=problem_responses(401, 404))
async def read_conversation(conversation: ConversationDep, container: ContainerDep) -> Exchange:
    turns = await in_database(container.conversations.exchange, conversation)
    return Exchange(
        conversation_id=conversation.id,
        area=conversation.area,
        mode=conversation.mode,
        expires_at=conversation.expires_at,
        turns=[
            KeptTurn(
                turn=turn.number,
                said=turn.said,
                choice=turn.choice,
                at=turn.at,
                messages=turn.messages,
            )
            for turn in turns
        ],
    )


@router.delete(
    "/{conversation_id}", status_code=204, responses=problem_responses(401, 404, 409, 503)
)
async def forget_conversation(conversation: ConversationDep, container: ContainerDep) -> None:
    """Here and in Rasa's memory. When Rasa cannot be reached nothing is removed: ask again."""
    try:
        await container.turns.delete(conversation.id)
    except RasaUnavailable:
        raise Refusal("not-removed", retry_after_s=30) from None
