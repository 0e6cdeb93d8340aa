"""Who may speak for a conversation: whoever holds its token."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bot.conversations import Conversation, ExpiredToken, NotYours, UnknownToken
from bot.parts import Parts
from bot.problems import IN_DANGER, Problem, not_found
from bot.store import in_database

bearer = HTTPBearer(auto_error=False, description="The token of one conversation.")


def get_parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


PartsDep = Annotated[Parts, Depends(get_parts)]
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


def get_client(request: Request) -> str:
    """The address that asks; behind a trusted proxy, the one that the proxy names."""
    return request.client.host if request.client else "unknown"


Client = Annotated[str, Depends(get_client)]


async def authenticate(parts: Parts, conversation_id: str, bearer: Bearer) -> Conversation:
    """Raises a Problem: 401 for a wrong, missing or expired token, 404 for another's."""
    try:
        return await in_database(
            parts.conversations.authenticate,
            conversation_id,
            bearer.credentials if bearer else "",
        )
    except UnknownToken:
        raise wrong_token() from None
    except NotYours:
        raise not_found() from None
    except ExpiredToken:
        raise expired_token() from None


async def get_conversation(conversation_id: str, parts: PartsDep, bearer: Bearer) -> Conversation:
    return await authenticate(parts, conversation_id, bearer)


ConversationDep = Annotated[Conversation, Depends(get_conversation)]


def wrong_token() -> Problem:
    return Problem(
        401,
        "wrong-token",
        "The token is missing or wrong",
        f"{IN_DANGER} Send `Authorization: Bearer` with the token of this conversation, or open a"
        " new one.",
        headers={"WWW-Authenticate": "Bearer"},
    )


def expired_token() -> Problem:
    return Problem(
        401,
        "expired-token",
        "This conversation is over",
        f"{IN_DANGER} Its time has passed. Open a new conversation.",
        headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
    )
