"""The areas that the sources are from."""

from __future__ import annotations

from bot.api.problems import IN_DANGER, Problem
from bot.container import Container


def known_area(container: Container, area: str | None) -> str | None:
    """Raises a 422 Problem for an area that no source is from: what is kept is not free text."""
    if area is None:
        return container.settings.area
    documents = container.knowledge.library.documents.values()
    areas = sorted({each.area for each in documents if each.area})
    if area.lower() in areas:
        return area.lower()
    raise Problem(
        422,
        "unknown-area",
        "No source is from this area",
        f"{IN_DANGER} Leave `area` out, or send one of `areas`.",
        areas=areas,
    )
