"""What may be asked for without signing in: one list, each path as its route is written."""

from __future__ import annotations

from starlette.routing import compile_path

API = "/api/"
"""What lies below answers a program, and every other address a person."""

PUBLIC_PATHS = (
    # The way in and out.
    "/signin",
    "/signin/callback",
    "/signin/end",
    # Statements that anyone may read, and what they look like.
    "/privacy",
    "/accessibility",
    "/brand.css",
    "/widget.js",
    "/widget/{version}/{name}",
    # For whoever runs the assistant. The metrics ask for a token of their own.
    "/healthz",
    "/readyz",
    "/metrics",
    "/api/v1/healthz",
    "/api/v1/readyz",
    "/api/v1/metrics",
    # These ask for the token of a conversation, which only a signed-in person can open.
    "/record",
    "/ask/deleted",
    "/ask/{conversation_id}",
    "/ask/{conversation_id}/delete",
    "/ask/{conversation_id}/feedback",
    "/ask/{conversation_id}/record",
    "/api/v1/conversations/{conversation_id}",
    "/api/v1/conversations/{conversation_id}/messages",
    "/api/v1/conversations/{conversation_id}/record",
    "/api/v1/feedback",
    # Microsoft's token, or a link that was signed here.
    "/teams/messages",
    "/teams/records/{signed}",
)

OWN_SIGN_IN = "/manage"
"""What lies here or below has a sign-in of its own, by role; that of practitioners neither opens
nor shuts it."""

_PATTERNS = tuple(compile_path(path)[0] for path in PUBLIC_PATHS)


def is_public(path: str) -> bool:
    """Whether the router would take `path`, already decoded, for one of the public ones."""
    return any(pattern.match(path) for pattern in _PATTERNS)


def has_own_sign_in(path: str) -> bool:
    return path == OWN_SIGN_IN or path.startswith(f"{OWN_SIGN_IN}/")
