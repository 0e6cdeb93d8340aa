"""Texts that are read together and must not be taken for one: what stands on the two sides of a
mark."""

from __future__ import annotations

from collections.abc import Sequence

SEPARATOR = "[SEP]"
"""The mark by which the encoder's model was taught to tell two texts apart. Joined by a line alone
they taught that calm words after a danger make it calm."""


def with_asked(asked: str, reply: str) -> str:
    """`asked` are the assistant's own words; both are redacted. Read as a message of its own: what
    was asked neither alarms nor calms, and says what "no" and "still" are about."""
    return f"{asked} {SEPARATOR} {reply}"


def with_option(asked: str, reply: str, option: str) -> str:
    """The same with one of the options that were offered, to be read for whether the reply means
    it."""
    return f"{with_asked(asked, reply)} {SEPARATOR} {option}"


def with_earlier(earlier: Sequence[str], text: str) -> str:
    """The same person's messages before it, oldest first: the last says what is wanted now, and
    those before it what it is about. The text alone where there are none."""
    before = "\n".join(earlier)
    return f"{before} {SEPARATOR} {text}" if before else text
