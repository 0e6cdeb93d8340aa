"""Whether what somebody changes is still what they saw."""

from __future__ import annotations

from typing import Protocol

from pydantic import BaseModel

from knowledge.documents import sha256_of
from knowledge.errors import ContentError, Location


class ChangedMeanwhile(ContentError):
    """Somebody else has changed it since the form was shown."""


class ShownForm(Protocol):
    """A form, as it was typed or as something stands."""

    def said(self) -> dict[str, str]:
        """By field, in words that a person reads."""


def sum_of(shown: BaseModel) -> str:
    """Of what a form shows."""
    return sha256_of(shown.model_dump_json())


def must_be(seen: str, now: str, place: str, problem: str) -> None:
    """Both are sums. Raises ChangedMeanwhile where what is there now is not what was seen."""
    if seen != now:
        raise ChangedMeanwhile(*ContentError.at(Location(place), problem).violations)


def typed_otherwise(typed: ShownForm, now: ShownForm) -> dict[str, str]:
    """By field what was typed, where it is not what is there now."""
    there = now.said()
    return {name: words for name, words in typed.said().items() if words != there[name]}
