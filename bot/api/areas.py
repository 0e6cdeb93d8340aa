"""The areas that the sources are from."""

from __future__ import annotations

from bot.container import Container
from bot.errors import Refusal


def known_area(container: Container, area: str | None) -> str | None:
    """Raises a Refusal for an area that no source is from: what is kept is not free text."""
    if area is None:
        return container.settings.area
    areas = container.knowledge.library.areas
    if area.lower() in areas:
        return area.lower()
    raise Refusal("unknown-area", members={"areas": list(areas)})
