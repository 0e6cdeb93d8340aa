"""A reply and what was asked before it, as one text for the encoder."""

from __future__ import annotations

SEPARATOR = "[SEP]"
"""The mark by which the encoder's model was taught to tell two texts apart. Joined by a line alone
they taught that calm words after a danger make it calm."""


def with_asked(asked: str, reply: str) -> str:
    """`asked` are the assistant's own words; both are redacted. Read as a message of its own: what
    was asked neither alarms nor calms, and says what "no" and "still" are about."""
    return f"{asked} {SEPARATOR} {reply}"
