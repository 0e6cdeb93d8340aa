"""The chat for a browser without scripts: a form is sent, a page comes back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse
from fastapi.security import HTTPAuthorizationCredentials
from pydantic import BaseModel

from bot.api.access import Client, PartsDep, authenticate
from bot.api.conversations import forget_conversation
from bot.conversations import Conversation
from bot.parts import Parts
from bot.problems import Problem
from bot.turn import Said
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


@router.post("/ask")
async def ask(
    request: Request, parts: PartsDep, client: Client, asked: Annotated[Asked, Form()]
) -> HTMLResponse:
    try:
        talk = await _talk(parts, client, asked)
    except Problem as problem:
        return _refused(request, parts, problem, None)
    choice = None if asked.text.strip() else asked.choice or None
    said = Said(asked.text, choice, key=asked.key or None, client=client)
    try:
        await parts.turns.take(talk.conversation, said)
    except Problem as problem:
        return _refused(request, parts, problem, talk)
    *earlier, last = await run_sync(parts.conversations.exchange, talk.conversation)
    return page(request, parts, "answer.html", talk=talk, last=last, earlier=earlier)


@router.post("/ask/delete")
async def delete(request: Request, parts: PartsDep, held: Annotated[Held, Form()]) -> HTMLResponse:
    try:
        conversation = await _authenticate(parts, held)
        await forget_conversation(conversation, parts)
    except Problem as problem:
        return _refused(request, parts, problem, None)
    return page(request, parts, "deleted.html")


async def _talk(parts: Parts, client: str, asked: Asked) -> Talk:
    if asked.conversation:
        return Talk(await _authenticate(parts, asked), asked.token)
    await parts.limits.client(client)
    conversation, token = await run_sync(parts.conversations.open, parts.settings.area, "guidance")
    await parts.turns.open(conversation)
    return Talk(conversation, token)


async def _authenticate(parts: Parts, held: Held) -> Conversation:
    bearer = HTTPAuthorizationCredentials(scheme="Bearer", credentials=held.token)
    return await authenticate(parts, held.conversation, bearer)


def _refused(request: Request, parts: Parts, problem: Problem, talk: Talk | None) -> HTMLResponse:
    return page(request, parts, "answer.html", problem.status, problem=problem.body, talk=talk)
