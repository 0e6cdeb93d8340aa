"""What every answer carries: a request id, and headers that tell a browser what it may do."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

from bot.api.public_paths import API, has_own_sign_in
from bot.settings import Settings

BEFORE_FRAMES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
)
AFTER_FRAMES = ("require-trusted-types-for 'script'", "trusted-types 'none'")
FOR_PROGRAMS = (API, "/healthz", "/readyz", "/metrics")


def policy(*ancestors: str) -> str:
    """A content security policy that lets `ancestors` show the page in a frame."""
    framed = f"frame-ancestors {' '.join(ancestors)}"
    return "; ".join((*BEFORE_FRAMES, framed, *AFTER_FRAMES))


MANAGED = {
    "Content-Security-Policy": policy("'none'"),
    # Without a referrer a browser does not say from which site a form comes.
    "Referrer-Policy": "same-origin",
}


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
        if is_managed:
            headers.update(MANAGED)
        headers.setdefault("Content-Security-Policy", self._policy)
        for name, value in self._fixed.items():
            headers.setdefault(name, value)
        if is_managed or path.startswith(FOR_PROGRAMS):
            headers["Cache-Control"] = "no-store"
        headers["X-Request-ID"] = request_id
