"""Where a form comes from, as the browser says."""

from __future__ import annotations

from fastapi import Request

from bot.errors import Refusal


def from_here(request: Request) -> None:
    """Raises a Refusal for a form on another site, which could leave its own code or words here."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise Refusal("sent-from-elsewhere")
