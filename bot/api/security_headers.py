"""What every answer carries: a request id, and headers that tell a browser what it may do."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

from bot.api.public_paths import has_own_sign_in
from bot.settings import Settings

POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)
API = ("/api/", "/healthz", "/readyz", "/metrics")


def policy(*ancestors: str) -> str:
    """A content security policy that lets `ancestors` show the page in a frame."""
    return "; ".join((*POLICY, f"frame-ancestors {' '.join(ancestors)}"))


NEVER_FRAMED = policy("'none'")


class SecurityHeaders:
    """The same for every page; what the API answers is not to be stored by anyone."""

    def __init__(self, settings: Settings) -> None:
        self._policy = policy("'self'", *settings.frame_ancestors)
        self._fixed = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        }
        if settings.public_url.startswith("https://"):
            self._fixed["Strict-Transport-Security"] = "max-age=31536000"

    def add(self, headers: MutableHeaders, path: str, request_id: str) -> None:
        is_managed = has_own_sign_in(path)
        own = NEVER_FRAMED if is_managed else self._policy
        headers.setdefault("Content-Security-Policy", own)
        for name, value in self._fixed.items():
            headers.setdefault(name, value)
        if is_managed or path.startswith(API):
            headers["Cache-Control"] = "no-store"
        headers["X-Request-ID"] = request_id
