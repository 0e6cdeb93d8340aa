"""The bearer of a conversation: unguessable, and kept here only as a hash."""

from __future__ import annotations

import hashlib
import secrets

CONVERSATION_ID_BYTES = 18
TOKEN_BYTES = 32


def new_conversation_id() -> str:
    return secrets.token_urlsafe(CONVERSATION_ID_BYTES)


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(secret: str) -> str:
    """SHA-256: a token has 256 random bits, so a slow hash would add nothing."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def matches(token: str, stored: str) -> bool:
    return secrets.compare_digest(digest(token), stored)
