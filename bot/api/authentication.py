"""Who may speak for a conversation: whoever holds its token."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bot.api.problems import not_found
from bot.container import Container
from bot.conversation.store import Conversation, ExpiredToken, UnknownToken, WrongConversation
from bot.errors import Refusal
from bot.storage.engine import in_database

bearer = HTTPBearer(auto_error=False, description="The token of one conversation.")


def get_container(request: Request) -> Container:
    container: Container = request.app.state.container
    return container


ContainerDep = Annotated[Container, Depends(get_container)]
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


def get_client(request: Request) -> str:
    """The address that asks; behind a trusted proxy, the one that the proxy names."""
    return request.client.host if request.client else "unknown"


Client = Annotated[str, Depends(get_client)]


async def authenticate(container: Container, conversation_id: str, bearer: Bearer) -> Conversation:
    """Raises a Refusal for a wrong, missing or expired token; another's is not there."""
    try:
        return await in_database(
            container.conversations.authenticate,
            conversation_id,
            bearer.credentials if bearer else "",
        )
    except UnknownToken:
        raise Refusal("wrong-token") from None
    except WrongConversation:
        raise not_found() from None
    except ExpiredToken:
        raise Refusal("expired-token") from None


async def get_conversation(
    conversation_id: str, container: ContainerDep, bearer: Bearer
) -> Conversation:
    return await authenticate(container, conversation_id, bearer)


ConversationDep = Annotated[Conversation, Depends(get_conversation)]
