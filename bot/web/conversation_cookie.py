"""The cookie of one conversation, for a browser without scripts: it holds the token.

Its path is the conversation's own, so that two in two tabs know nothing of each other. It has no
age, so it is gone once the browser is closed.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Cookie, Response

from bot.settings import Settings

NAME = "fp_conversation"

Token = Annotated[str, Cookie(alias=NAME)]


def address(conversation_id: str) -> str:
    """Of the conversation's page, and of whatever is done with it."""
    return f"/ask/{conversation_id}"


def remember(response: Response, settings: Settings, conversation_id: str, token: str) -> None:
    response.set_cookie(
        NAME,
        token,
        path=address(conversation_id),
        httponly=True,
        samesite="strict",
        secure=settings.public_url.startswith("https:"),
    )


def forget(response: Response, conversation_id: str) -> None:
    response.delete_cookie(NAME, path=address(conversation_id))
