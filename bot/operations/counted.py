"""A number with what it counts, in words."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """`many`: where it is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
