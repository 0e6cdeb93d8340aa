"""Where a form comes from, as the browser says."""

from __future__ import annotations

from fastapi import Request

from bot.errors import Refusal

ELSEWHERE = ("cross-site", "same-site")


def from_here(request: Request) -> None:
    """Raises a Refusal for a form of another origin, which could leave its own code or words here.

    A browser that does not say is believed, and so is an address that somebody typed ("none").
    """
    if request.headers.get("Sec-Fetch-Site") in ELSEWHERE:
        raise Refusal("sent-from-elsewhere")
