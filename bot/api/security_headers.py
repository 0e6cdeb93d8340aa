"""What every answer carries: a request id, and headers that tell a browser what it may do."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

from bot.settings import Settings

API = ("/api/", "/healthz", "/readyz", "/metrics")


class SecurityHeaders:
    """The same for every page; what the API answers is not to be stored by anyone."""

    def __init__(self, settings: Settings) -> None:
        ancestors = " ".join(("'self'", *settings.frame_ancestors))
        self._fixed = {
            "Content-Security-Policy": "; ".join(
                (
                    "default-src 'none'",
                    "script-src 'self'",
                    "style-src 'self'",
                    "img-src 'self' data:",
                    "font-src 'self'",
                    "connect-src 'self'",
                    "form-action 'self'",
                    "base-uri 'none'",
                    f"frame-ancestors {ancestors}",
                    "require-trusted-types-for 'script'",
                    "trusted-types 'none'",
                )
            ),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        }
        if settings.public_url.startswith("https://"):
            self._fixed["Strict-Transport-Security"] = "max-age=31536000"

    def add(self, headers: MutableHeaders, path: str, request_id: str) -> None:
        for name, value in self._fixed.items():
            headers.setdefault(name, value)
        if path.startswith(API):
            headers["Cache-Control"] = "no-store"
        headers["X-Request-ID"] = request_id
