"""Areas as people write them."""

from __future__ import annotations

SMALL = frozenset({"and", "by", "in", "of", "on", "the", "upon"})
"""Words inside the name of a place that keep their small letters."""


def area_name(area: str) -> str:
    """Of "stoke-on-trent", as documents have it, "Stoke on Trent"."""
    words = area.replace("-", " ").split()
    inside = (each if each in SMALL else each.capitalize() for each in words[1:])
    return " ".join((words[0].capitalize(), *inside)) if words else area
