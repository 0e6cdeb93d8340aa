"""What looks like personal data and is not: laws, inquiries, agencies, helplines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import regex

from knowledge.schema import Strict, validated
from knowledge.yaml_source import YamlSource

NEARBY = 30
NUMBERS = {"phone", "number", "case_number", "username"}


class AllowedFile(Strict):
    """`allow_list.yaml` as read; the file says what each list is for."""

    names: tuple[str, ...]
    phrases: tuple[str, ...]
    numbers: frozenset[str]


@dataclass(frozen=True)
class Allowed:
    names: frozenset[str]
    phrases: regex.Pattern[str]
    numbers: frozenset[str]

    @classmethod
    def read(cls, path: Path) -> Allowed:
        """Raises ContentError for a file that cannot be used."""
        file = validated(YamlSource.read(path), AllowedFile)
        return cls(
            names=frozenset(map(_plain, file.names)),
            phrases=_any_of([*file.phrases, *(name for name in file.names if " " in name)]),
            numbers=file.numbers,
        )

    def allows(self, text: str, start: int, end: int, kind: str) -> bool:
        said = text[start:end]
        if kind == "name":
            return self._allows_name(_plain(said)) or self._is_in_a_phrase(text, start, end)
        return kind in NUMBERS and regex.sub(r"\D", "", said) in self.numbers

    def _allows_name(self, name: str) -> bool:
        return name in self.names or not any(character.isalpha() for character in name)

    def _is_in_a_phrase(self, text: str, start: int, end: int) -> bool:
        found = self.phrases.finditer(text, max(0, start - NEARBY), end + NEARBY)
        return any(phrase.start() <= start and end <= phrase.end() for phrase in found)


def _any_of(phrases: list[str]) -> regex.Pattern[str]:
    """In either case, and with or without the apostrophe."""
    written = "|".join(regex.escape(phrase).replace("'", "'?") for phrase in phrases)
    return regex.compile(rf"\b(?:{written})\b", regex.IGNORECASE)


def _plain(name: str) -> str:
    return regex.sub(r"(?:['’]s?)?\W*$", "", name.strip()).casefold()
