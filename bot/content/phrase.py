"""A phrase, what may be filled into it, and groups of phrases."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, ConfigDict

from knowledge.schema import Strict


def blanks_of(phrase: str) -> set[str]:
    """Raises ValueError where a brace is open."""
    try:
        return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}
    except ValueError:
        raise ValueError("a brace is open; write { } only around a name") from None


def blanks(*names: str) -> AfterValidator:
    """The words in braces that a phrase may have, which `str.format` fills in."""

    def check(phrase: str) -> str:
        if unknown := blanks_of(phrase) - set(names):
            allowed = ", ".join(f"{{{name}}}" for name in names) or "nothing"
            raise ValueError(f"{{{unknown.pop()}}} cannot be filled in; {allowed} can")
        return phrase

    return AfterValidator(check)


def complete(literal: Any) -> AfterValidator:
    """Every one of the literal's values has a phrase."""

    def check(phrases: Mapping[str, Any]) -> Mapping[str, Any]:
        if missing := sorted(set(get_args(literal)) - phrases.keys()):
            raise ValueError(f"add {', '.join(missing)}")
        return phrases

    return AfterValidator(check)


Phrase = Annotated[str, blanks()]


class PhraseGroup(Strict):
    model_config = ConfigDict(str_min_length=1)
