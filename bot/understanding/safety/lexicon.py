"""Cries for help in other languages, word by word: the file says what each means."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import regex
from pydantic import Field

from bot.messages import SafetyReason
from knowledge.errors import ContentError
from knowledge.schema import NonEmptyText, Strict, validated
from knowledge.yaml_source import YamlSource

SEPARATED = regex.compile(r"[\p{Latin}\p{Cyrillic}]")
"""Scripts whose words stand apart; in others the words of an entry may be joined to more."""
NO_LETTER = regex.compile(r"[^\p{L}\p{M}\d]+")
UNDOTTED = str.maketrans({"ı": "i", "ё": "е", "ø": "o", "ł": "l"})
"""Letters that are other letters to a machine, and the same to whoever types in a hurry."""


class DangerWords(Strict):
    """One cry for help. `spoken` is heard in the message `said`, and not in `other`."""

    words: NonEmptyText
    means: NonEmptyText
    language: NonEmptyText
    said: Annotated[str, Field(alias="for", min_length=1)]
    other: Annotated[str, Field(alias="against", min_length=1)]

    def is_in(self, text: str) -> bool:
        """`text` as `folded` gives it."""
        words = folded(self.words)
        return (f" {words} " if SEPARATED.search(words) else words) in f" {text} "


class DangerLexiconFile(Strict):
    immediate_danger: tuple[DangerWords, ...]
    self_harm: tuple[DangerWords, ...]


@dataclass(frozen=True)
class DangerLexicon:
    entries: tuple[tuple[SafetyReason, DangerWords], ...]

    @classmethod
    def read(cls, path: Path) -> DangerLexicon:
        """Raises ContentError for a file that cannot be used, or that fails its own examples."""
        source = YamlSource.read(path)
        file = validated(source, DangerLexiconFile)
        by_reason: dict[SafetyReason, tuple[DangerWords, ...]] = {
            "immediate_danger": file.immediate_danger,
            "self_harm": file.self_harm,
        }
        found = cls(tuple((reason, each) for reason, own in by_reason.items() for each in own))
        if problems := list(found.failures()):
            raise ContentError.at(source.place, "; ".join(problems))
        return found

    def heard(self, text: str) -> SafetyReason | None:
        """The first reason whose words are in `text`."""
        said = folded(text)
        return next((reason for reason, entry in self.entries if entry.is_in(said)), None)

    def failures(self) -> Iterator[str]:
        """What is wrong with each entry that does not do what its own examples say."""
        for _, entry in self.entries:
            if not entry.is_in(folded(entry.said)):
                yield f"“{entry.words}” is not heard in its example “{entry.said}”"
            if entry.is_in(folded(entry.other)):
                yield f"“{entry.words}” is heard in “{entry.other}”, where it must not be"


def folded(text: str) -> str:
    """Small letters without accents, and single spaces for all that is no letter."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(UNDOTTED)
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return NO_LETTER.sub(" ", letters).strip()
